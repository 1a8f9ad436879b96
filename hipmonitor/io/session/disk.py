"""The few things a recording asks of the disk, so that tests can give it one that is full or gone."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path
from typing import BinaryIO, cast

from hipmonitor.io.places import private_file, private_folder
from hipmonitor.io.session import lock


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


class Disk:
    """The real one. Every method may raise OSError."""

    def create(self, path: Path) -> BinaryIO:
        """A new file that only its owner can read, marked as being written; its folder is made where missing."""
        private_folder(path.parent)
        file = open(path, "xb", opener=_private)  # noqa: SIM115 - the writer closes it; Path.open has no opener
        lock.hold(file)
        self.sync_names(path.parent)
        return file

    def append_to(self, path: Path) -> BinaryIO:
        """A file to be added to, without a buffer; only its owner can read it. Made, with its folder, where missing."""
        private_folder(path.parent)
        new = not path.exists()
        file = open(path, "ab", buffering=0, opener=private_file)  # noqa: SIM115 - as above
        if new:
            self.sync_names(path.parent)
        return cast("BinaryIO", file)

    def remove(self, path: Path) -> None:
        """Take away a file that could not be begun."""
        path.unlink(missing_ok=True)

    def sync(self, file: BinaryIO) -> None:
        """What was flushed survives a loss of power."""
        os.fsync(file.fileno())

    def in_place(self, file: BinaryIO, path: Path) -> bool:
        """Whether the open file still has this name: a deleted one would take bytes and lose them all."""
        try:
            return os.path.samestat(os.fstat(file.fileno()), path.stat())
        except FileNotFoundError:
            return False

    def rename(self, path: Path, new: Path) -> None:
        """Give a file its name, lastingly."""
        path.replace(new)
        self.sync_names(new.parent)

    def sync_names(self, folder: Path) -> None:
        """Files that were made or renamed here survive a loss of power under their names."""
        if sys.platform != "win32":
            descriptor = os.open(folder, os.O_RDONLY)
            try:
                os.fsync(descriptor)
            finally:
                os.close(descriptor)

    def free_bytes(self, folder: Path) -> int:
        """Room left where the recording lies or will lie."""
        there = next(place for place in (folder.absolute(), *folder.absolute().parents) if place.exists())
        return shutil.disk_usage(there).free
