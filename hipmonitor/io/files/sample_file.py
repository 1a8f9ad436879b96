"""What every reader of another maker's file gives: samples in SI units, chunk by chunk, and a sentence on what is missing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from hipmonitor.core.arrays import Nanoseconds, Vec3s
from hipmonitor.core.errors import RecordingError

MOST_WORDS = 120
OFFSET = re.compile(r"(?<![\d:])(?P<sign>[+-]?)(?P<hours>1[0-4]|0?\d)(?::?(?P<minutes>[0-5]\d)(?::\d\d)?)?\s*$")
MOST_DAYS = 62
"""In one file; a sensor's battery lasts less, so a longer one has a clock that was set in between."""
KNOWN_BEGINNINGS = (
    (b"MD", "an Axivity .cwa file"),
    (b"\x89MCAP", "a recording of MCAP"),
    (b"PK\x03\x04", "a zip archive"),
    (b"\x1f\x8b", "a file packed with gzip"),
    (b"SQLite format 3", "a SQLite database"),
    (b"\x89HDF", "an HDF5 file"),
    (b"PAR1", "a Parquet file"),
    (b"%PDF", "a PDF"),
)


class FileClock(StrEnum):
    """What the times of a file count from."""

    WALL = "wall"
    """The wearer's local time without a zone; it is read as if it were UTC, so that days and hours are the wearer's."""
    UTC = "utc"
    OWN = "own"
    """The sensor's switching on, or the beginning of the file."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class SampleChunk:
    """n samples, in the order of their times."""

    t_ns: Nanoseconds
    """(n,) by the file's clock."""
    acc_mps2: Vec3s
    """(n, 3) specific force in the sensor's axes."""
    gyr_radps: Vec3s | None
    """(n, 3), or None: no gyroscope."""
    done: float
    """Share of the file that was gone through, 0-1."""


class FileDamage(Protocol):
    """What of a file could not be used."""

    @property
    def sentence(self) -> str:
        """For people; empty where nothing is missing."""


class SampleFile(Protocol):
    """One sensor's samples in a file. Opening one looks at its beginning and raises RecordingError where it is of no use."""

    path: Path

    @property
    def rate_hz(self) -> float:
        """Nominal sample rate."""

    @property
    def clock(self) -> FileClock:
        """What its times count from."""

    @property
    def utc_offset_s(self) -> int | None:
        """Of the wearer's local time, where the file says it."""

    @property
    def damage(self) -> FileDamage:
        """Complete after all chunks were read."""

    def chunks(self) -> Iterator[SampleChunk]:
        """All samples, some thousands at a time; each time from the file's beginning.

        Raises:
            RecordingError: it turns out to be of no use; names the file and the remedy.
        """


def offset_in(text: str) -> int | None:
    """Seconds east of Greenwich that a text ends in (+08:00, GMT+8, -04:00:00); None where it says none."""
    found = OFFSET.search(text)
    if found is None:
        return None
    seconds = int(found["hours"]) * 3600 + int(found["minutes"] or 0) * 60
    return -seconds if found["sign"] == "-" else seconds


def read_error(path: Path, error: OSError) -> RecordingError:
    """A file that cannot be opened or read, as a sentence."""
    if isinstance(error, IsADirectoryError):
        return RecordingError(f"{path}: is a folder; give a file in it")
    return RecordingError(f"{path}: cannot be opened ({error.strerror or error}); check the path")


def in_short(error: object) -> str:
    """What another library says of a damaged file, as one line of printable characters."""
    words = "".join(char if char.isprintable() else " " for char in str(error))
    return words if len(words) <= MOST_WORDS else f"{words[:MOST_WORDS]} ..."


def looks_like(path: Path) -> str:
    """What a file seems to be by its first bytes, for an error: an Axivity file, text, or the bytes themselves."""
    try:
        with path.open("rb") as file:
            begin = file.read(256)
    except OSError as error:
        raise read_error(path, error) from error
    if not begin:
        return "an empty file"
    named = next((words for mark, words in KNOWN_BEGINNINGS if begin.startswith(mark)), None)
    if named is not None:
        return named
    if all(byte >= 32 or byte in b"\t\r\n" for byte in begin):
        first = begin.decode("utf-8", errors="replace").splitlines()[0][:40]
        return f"text that begins with {first!r}"
    return f"a file that begins with the bytes {begin[:4].hex(' ')}"


def spans_too_long(path: Path, days: float) -> RecordingError:
    """A clock that was set in between, as a sentence."""
    return RecordingError(
        f"{path}: spans {days:.0f} days; the sensor's clock was set in between? Cut the file there "
        f"with the maker's software and give one recording, at most {MOST_DAYS} days"
    )
