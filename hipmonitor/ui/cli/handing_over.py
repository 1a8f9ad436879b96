"""The window and the monitor in the background hand the sensors to each other: one process has them at a time."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from typing import Any

from hipmonitor.core.errors import NotRunning
from hipmonitor.io.control import Release, ask

START = "from hipmonitor.ui.cli import main; main()"

if sys.platform == "win32":
    DETACHED: dict[str, Any] = {"creationflags": subprocess.CREATE_NEW_PROCESS_GROUP | subprocess.DETACHED_PROCESS}
else:
    DETACHED: dict[str, Any] = {"start_new_session": True}


class Handing:
    """What one window knows of it.

    Args:
        again: how a monitor is started that does the same as the window.
    """

    def __init__(self, again: Sequence[str]) -> None:
        self._again = list(again)
        self._borrowed = False

    def take_over(self) -> None:
        """From a monitor in the background, if one is running; afterwards that one is started again."""
        taken = take_over()
        if taken is not None:
            self._again, self._borrowed = taken or self._again, True

    def keep(self) -> None:
        """A session of the window has begun: from now on the wearer's answer decides what follows it."""
        self._borrowed = False

    def hand_over(self) -> None:
        """Start it."""
        self._borrowed = False
        hand_over(self._again)

    def give_back(self) -> None:
        """Start the one that was asked to finish, where no session came of it."""
        if self._borrowed:
            self.hand_over()


def take_over() -> list[str] | None:
    """Ask a monitor in the background to finish; how it is started again (empty: it does not say), or None where there is none."""
    try:
        again = ask(Release())["again"]
    except NotRunning:
        return None
    return [str(word) for word in again] if isinstance(again, list) else []


def hand_over(arguments: Sequence[str]) -> None:
    """Start the monitor in the background; it outlives this process."""
    quiet = subprocess.DEVNULL
    subprocess.Popen(  # noqa: S603 - our own program
        [sys.executable, "-c", START, *arguments], stdin=quiet, stdout=quiet, stderr=quiet, **DETACHED
    )
