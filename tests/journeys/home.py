"""A person's computer with a sensor on the air: commands as processes of their own, and a monitor in the background."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from hipmonitor.core.inbound import UserAction
from hipmonitor.io.control import Status, ask
from hipmonitor.io.session import read_session

PROGRAM = (sys.executable, "-c", "from hipmonitor.ui.cli import main; main()")
LIMIT_S = 90.0


@dataclass
class Home:
    """A person's computer: settings, recordings, and a sensor on the air."""

    folder: Path
    radio: str
    environment: dict[str, str] = field(init=False)

    def __post_init__(self) -> None:
        self.environment = {**os.environ, "DBUS_SESSION_BUS_ADDRESS": f"unix:path={self.folder}/no-bus"}

    @property
    def settings(self) -> Path:
        return self.folder / "config.toml"

    def say(self, *words: str) -> subprocess.CompletedProcess[str]:
        """A command, to its end."""
        return subprocess.run(
            [*PROGRAM, *words], env=self.environment, capture_output=True, text=True, timeout=LIMIT_S, check=False
        )

    def done(self, *words: str) -> str:
        """A command that must succeed."""
        result = self.say(*words)
        assert result.returncode == 0, result.stderr
        return result.stdout

    def until(self, condition: Callable[[dict[str, Any]], object], what: str) -> dict[str, Any]:
        """Ask again until it is so; there is no event to wait on in another process."""
        end = time.monotonic() + LIMIT_S
        while not condition(status := dict(ask(Status()))):
            assert time.monotonic() < end, f"{what} did not happen within {LIMIT_S:g} s: {status}"
            time.sleep(0.05)
        return status

    @contextmanager
    def monitor(self) -> Iterator[subprocess.Popen[str]]:
        """In the background; killed if the test leaves it running."""
        with subprocess.Popen(
            [*PROGRAM, "monitor", "--radio", self.radio],
            env=self.environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        ) as process:
            try:
                assert process.stderr is not None
                assert any("Monitoring." in line for line in process.stderr)
                yield process
            finally:
                process.kill()

    def recorded(self) -> list[object]:
        """The one recording, whole."""
        (path,) = (self.folder / "recordings").glob("*.mcap")
        return list(read_session(path))


def flowing(status: dict[str, Any]) -> bool:
    return status["flow"] == "flowing"


def actions(events: list[object]) -> list[object]:
    return [event.action for event in events if isinstance(event, UserAction)]
