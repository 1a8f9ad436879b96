"""The commands of the program on a day of the life: the same entry as a terminal's, while the clock on the wall is turned."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

from typer.testing import CliRunner

from hipmonitor.ui.cli.app import app
from hipmonitor.ui.kept import days as kept_days


class Wall:
    """Stands in for `time` where the program asks what day it is."""

    def __init__(self) -> None:
        self.now_s = 0.0

    def time(self) -> float:
        return self.now_s

    def turn(self, day: int, hours: float) -> None:
        self.now_s = 86_400 * day + 3600 * hours


@contextmanager
def at_home(home: Path, wall: Wall) -> Iterator[None]:
    """A computer of its own, whose clock is that wall's, in London's winter."""
    with (
        patch.dict(os.environ, HIPMONITOR_HOME=str(home)),
        patch.object(kept_days, "time", wall),
        patch.object(kept_days, "local_utc_offset_s", lambda _s: 0),
    ):
        yield


def say(*words: object) -> str:
    """A command that must succeed; what it prints."""
    result = CliRunner().invoke(app, [str(word) for word in words], catch_exceptions=False)
    if result.exit_code:
        raise RuntimeError(f"hipmonitor {' '.join(map(str, words))}: {result.exit_code}, {result.output}")
    return result.stdout


def told(*words: object) -> dict[str, Any]:
    """The same, as JSON."""
    document: dict[str, Any] = json.loads(say(*words, "--json"))
    return document
