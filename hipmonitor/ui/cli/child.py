"""A Python module as a process of its own that says JSON lines and never outlives the one who started it."""

from __future__ import annotations

import json
import queue
import subprocess
import sys
import tempfile
import threading
from collections.abc import Sequence
from types import TracebackType
from typing import Any, Self

from hipmonitor.core.errors import LinkError

# A group of its own: Ctrl-C is for the monitor, which then says goodbye to the sensor while it still is there.
if sys.platform == "win32":
    _GROUP: dict[str, Any] = {"creationflags": subprocess.CREATE_NEW_PROCESS_GROUP}
else:
    _GROUP: dict[str, Any] = {"start_new_session": True}

JsonLine = dict[str, Any]
READY_S = 20.0
END_S = 5.0


class Child:
    """Started at once; ended by leaving the context, or with the process that started it."""

    def __init__(self, name: str, module: str, arguments: Sequence[str]) -> None:
        self._name = name
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the child
        self._process = subprocess.Popen(  # noqa: S603 - our own modules
            [sys.executable, "-m", "hipmonitor.ui.cli.tied", module, *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            **_GROUP,
        )
        self._lines: queue.SimpleQueue[JsonLine | None] = queue.SimpleQueue()
        self._reader = threading.Thread(target=self._read, name=f"reads {name}", daemon=True)
        self._reader.start()

    @property
    def pid(self) -> int:
        """Its process."""
        return self._process.pid

    def line(self, key: str, seconds: float = READY_S) -> JsonLine:
        """The next line that has this key.

        Raises:
            LinkError: the process ended first, or it takes too long; the message has its own words.
        """
        while True:
            try:
                line = self._lines.get(timeout=seconds)
            except queue.Empty:
                raise LinkError(f"The {self._name} did not start within {seconds:.0f} s. Try again.") from None
            if line is None:
                raise LinkError(f"The {self._name} ended by itself. {self._last_words()}".strip())
            if key in line:
                return line

    def lines_so_far(self) -> list[JsonLine]:
        """What it said since the last call, without waiting."""
        lines: list[JsonLine] = []
        while not self._lines.empty():
            line = self._lines.get_nowait()
            if line is not None:
                lines.append(line)
        return lines

    def check(self) -> None:
        """Nothing, while it runs.

        Raises:
            LinkError: it has ended by itself; the message has its own words.
        """
        if self._process.poll() is not None:
            raise LinkError(f"The {self._name} ended by itself. {self._last_words()}".strip())

    def close(self) -> None:
        """Ask it to end, and see that it does."""
        if self._process.stdin is not None:
            self._process.stdin.close()
        try:
            self._process.wait(END_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._reader.join(END_S)
        if self._process.stdout is not None:
            self._process.stdout.close()
        self._errors.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _read(self) -> None:
        stream = self._process.stdout
        for raw in stream or ():
            try:
                line = json.loads(raw)
            except ValueError:
                continue
            if isinstance(line, dict):
                self._lines.put(line)
        self._lines.put(None)

    def _last_words(self) -> str:
        self._errors.seek(0)
        lines = self._errors.read().decode(errors="replace").strip().splitlines()
        return lines[-1] if lines else ""
