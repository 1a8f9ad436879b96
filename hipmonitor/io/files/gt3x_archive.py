"""A `.gt3x` file is a zip archive: info.txt says what it is, log.bin holds the records."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple, cast
from zipfile import BadZipFile, ZipExtFile, ZipFile
from zlib import error as ZlibError  # noqa: N812 - an exception, named like one

from hipmonitor.core.errors import RecordingError
from hipmonitor.io.files.gt3x_records import Records, find_records
from hipmonitor.io.files.sample_file import in_short, looks_like, read_error

BAD_ZIP = (BadZipFile, ZlibError, EOFError, NotImplementedError, RuntimeError, ValueError)
"""What Python's reader of archives raises for damaged, encrypted or strangely packed ones."""
MOST_INFO_BYTES = 1 << 16


class Piece(NamedTuple):
    """Whole records that follow each other."""

    data: bytes
    records: Records
    done: float
    """Share of log.bin that was gone through, 0-1."""
    breaks_off: bool
    """More should follow, and cannot be unpacked."""


@dataclass(frozen=True, slots=True)
class Gt3xArchive:
    """One of them."""

    path: Path

    def info(self) -> dict[str, str]:
        """info.txt: "key: value" a line, keys in small letters."""
        with self._archive() as archive, self._member(archive, "info.txt") as file:
            text = (_some(file, MOST_INFO_BYTES) or b"").decode("utf-8", errors="replace")
        pairs = (line.partition(":") for line in text.splitlines())
        return {key.strip().lower(): value.strip() for key, _, value in pairs}

    def pieces(self, size: int) -> Iterator[Piece]:
        """log.bin, about so many bytes at a time."""
        with self._archive() as archive, self._member(archive, "log.bin") as log:
            total, read, rest = max(1, archive.getinfo(log.name).file_size), 0, b""
            last = False
            while not last:
                new = _some(log, size)
                last, data = not new, rest + (new or b"")
                read += len(new or b"")
                records = find_records(data, last=last)
                rest = data[records.used :]
                yield Piece(data, records, min(1.0, read / total), new is None)

    def _archive(self) -> ZipFile:
        try:
            return ZipFile(self.path)
        except OSError as error:
            raise read_error(self.path, error) from error
        except BAD_ZIP as error:
            raise RecordingError(
                f"{self.path}: is no .gt3x file (a zip archive with info.txt and log.bin) but {looks_like(self.path)}, or it "
                "was cut off; download it from the sensor again"
            ) from error

    def _member(self, archive: ZipFile, name: str) -> ZipExtFile:
        names = {one.lower(): one for one in archive.namelist()}
        if name not in names:
            older = "an older kind (activity.bin): " if "activity.bin" in names else ""
            raise RecordingError(
                f"{self.path}: {older}the archive holds {in_short(', '.join(sorted(names))) or 'nothing'} and should hold info.txt "
                "and log.bin; export raw data as CSV with the maker's software and name its columns"
            )
        try:
            return cast("ZipExtFile", archive.open(names[name]))
        except (*BAD_ZIP, OSError) as error:
            raise RecordingError(
                f"{self.path}: {name} cannot be unpacked ({in_short(error)}); download it again"
            ) from error


def _some(file: ZipExtFile, size: int) -> bytes | None:
    """None where it cannot be unpacked."""
    try:
        return file.read(size)
    except (*BAD_ZIP, OSError):
        return None
