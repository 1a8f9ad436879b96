"""Tells a recording that is still being written from one that a crash left behind."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import BinaryIO

if sys.platform == "win32":

    def hold(file: BinaryIO) -> None:
        """Nothing to do: Windows keeps an open file from being renamed or deleted."""

    def is_held(path: Path) -> bool:
        """Not known there: a repair of an open file fails at the rename, with a message."""
        return False

else:
    import fcntl

    def hold(file: BinaryIO) -> None:
        """Mark the file as being written; the mark goes with the process, however it ends."""
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return  # Some network file systems have no locks; the recording matters more than the mark.

    def is_held(path: Path) -> bool:
        """Whether some process is writing the file right now."""
        try:
            with path.open("rb") as file:
                fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        except OSError:
            return False
        return False
