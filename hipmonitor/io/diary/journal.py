"""The diary's file: only added to, entry by entry, each on the disk before anybody is told that it is kept.

It is the one copy of what the wearer says, so nothing here ever writes over a byte of it.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Container
from pathlib import Path
from typing import BinaryIO, Final

from hipmonitor.core.errors import DiaryError
from hipmonitor.io import file_lock, places
from hipmonitor.io.diary.entries import KINDS, Entry
from hipmonitor.io.diary.lines import Trouble, entries_in, line_of
from hipmonitor.io.session.disk import Disk

WAIT_S: Final = 5.0
"""For another who writes; that takes milliseconds."""
READ_WAIT_S: Final = 0.2
LARGEST_BYTES: Final = 64 * 1024 * 1024
"""A year of ten entries a day has about 2 MB."""


def append(entry: Entry, path: Path | None = None, *, disk: Disk | None = None, wait_s: float = WAIT_S) -> None:
    """Keep one entry; what is there stays as it is, whatever happens.

    Raises:
        DiaryError: it was not kept; says why.
    """
    place, disk = path or places.diary_file(), disk or Disk()
    try:
        with disk.append_to(place) as file:
            if not file_lock.wait_for(file.fileno(), wait_s):
                raise DiaryError(f"{place}: another program writes to it; nothing was kept, please enter it again")
            _add(file, line_of(entry), disk)
    except OSError as error:
        why = error.strerror or error
        raise DiaryError(
            f"{place}: cannot be written ({why}). What you just entered is not kept, everything earlier is; "
            "make room on the disk or look at the folder, then enter it again"
        ) from error


def _add(file: BinaryIO, line: bytes, disk: Disk) -> None:
    """After what a crash left of a line, this one begins anew."""
    size = os.fstat(file.fileno()).st_size
    try:
        left = memoryview(line if _ends_whole(file, size) else b"\n" + line)
        while left:
            left = left[file.write(left) :]
        disk.sync(file)
    except OSError:
        with contextlib.suppress(OSError):  # what is left of it is read as a line that is not whole
            os.ftruncate(file.fileno(), size)
        raise


def _ends_whole(file: BinaryIO, size: int) -> bool:
    if size == 0:
        return True
    with Path(file.name).open("rb") as read:
        read.seek(size - 1)
        return read.read(1) == b"\n"


def read_entries(path: Path | None = None, only: Container[str] = KINDS) -> tuple[list[Entry], list[Trouble]]:
    """Everything that is whole, in order, and what is not; nothing of a diary that was never begun. `only`: as for `entries_in`.

    Raises:
        DiaryError: the file is there and cannot be read at all.
    """
    place = path or places.diary_file()
    try:
        with place.open("rb") as file:
            file_lock.wait_for(
                file.fileno(), READ_WAIT_S
            )  # else the last line may be half of one that is being written
            data = file.read(LARGEST_BYTES + 1)
    except FileNotFoundError:
        return [], []
    except OSError as error:
        raise DiaryError(f"{place}: cannot be read ({error.strerror}); look at the file and its folder") from error
    if len(data) > LARGEST_BYTES:
        raise DiaryError(f"{place}: is larger than {LARGEST_BYTES >> 20} MB; that is no diary of this program")
    return entries_in(data, only)
