"""The beginning of a recording: that it is one, of which format, and whose."""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from mcap.opcode import Opcode
from mcap.records import Header, Metadata

from hipmonitor.core.errors import RecordingError
from hipmonitor.core.instants import HostNs
from hipmonitor.io.session import layout
from hipmonitor.io.session.framing import MAGIC, Torn, parse, walk
from hipmonitor.io.session.ledger import Gap
from hipmonitor.io.session.naming import session_files
from hipmonitor.io.session.sealed import opened
from hipmonitor.io.session.versions import program

REMEDY = "give a .mcap file that hipmonitor wrote (an analysis also reads .cwa and .npz files, by these endings)"


@dataclass(frozen=True, slots=True)
class Head:
    """What stands before the first event."""

    metadata: Mapping[str, Mapping[str, str]]
    """By the record's name: "hipmonitor" (format and versions), "session", and "repair" where there was one."""

    @property
    def session_id(self) -> str:
        """What all files of one session say, or empty where it cannot be read."""
        return self.metadata.get(layout.SESSION_METADATA, {}).get("id", "")

    @property
    def sensor(self) -> str:
        """The thigh sensor, or empty where it cannot be read."""
        return self.metadata.get(layout.SESSION_METADATA, {}).get("sensor", "")

    @property
    def started_at(self) -> HostNs | None:
        """When the session began, or None where it cannot be read."""
        started_ns = self._number("started_ns", -1)
        return HostNs(started_ns) if started_ns >= 0 else None

    @property
    def repaired(self) -> str | None:
        """What an earlier repair found missing, as a sentence, or None for a file as it was recorded."""
        return self.metadata.get(layout.REPAIR_METADATA, {}).get("lost")

    @property
    def part(self) -> int:
        """Which of the session's files this is, from 1."""
        return max(1, self._number("part", 1))

    @property
    def opening(self) -> int:
        """So many events at its beginning were told before, in an earlier part: they make this one readable by itself."""
        return self._number("opening", 0)

    @property
    def first(self) -> int:
        """Running number of its first event of its own: so many came through the door before it."""
        return self._number("first", 0)

    @property
    def part_started_at(self) -> HostNs | None:
        """When this file began, or None where it cannot be read."""
        started_ns = self._number("part_started_ns", 0)
        return HostNs(started_ns) if started_ns else self.started_at

    def _number(self, name: str, otherwise: int) -> int:
        text = self.metadata.get(layout.SESSION_METADATA, {}).get(name, "")
        return int(text) if text.isdecimal() and len(text) < 20 else otherwise

    @property
    def known_gaps(self) -> tuple[Gap, ...]:
        """Running numbers that an earlier repair found missing."""
        text = self.metadata.get(layout.REPAIR_METADATA, {}).get("gaps", "[]")
        try:
            return tuple(Gap(int(first), int(count)) for first, count in json.loads(text))
        except (ValueError, TypeError, RecursionError):
            return ()


def read_head(path: Path) -> Head:
    """The head of a recording.

    Raises:
        RecordingError: the file is not there, is no recording, or is newer than this program.
    """
    try:
        file, size = opened(path)
        with file:
            return _head(path, file, size)
    except OSError as error:
        raise RecordingError(f"{path}: cannot be read ({error.strerror or error}); check the path") from error


def session_heads(path: Path) -> dict[Path, Head]:
    """The heads of all files of a recording's session, in order; what is missing of another file is told by the running numbers.

    Raises:
        RecordingError: this one cannot be read.
    """
    heads = {path: read_head(path)}
    for other in session_files(path):
        if other not in heads:
            with suppress(RecordingError):
                heads[other] = read_head(other)
    own = heads[path].session_id
    return {file: heads[file] for file in session_files(path) if file in heads and heads[file].session_id == own}


def _head(path: Path, file: BinaryIO, size: int) -> Head:
    if size == 0:
        raise RecordingError(f"{path}: is empty, nothing was recorded; it can be deleted")
    if file.read(len(MAGIC)) != MAGIC:
        raise RecordingError(f"{path}: is not a recording; {REMEDY}")
    profile, metadata = _records_before_events(file, size)
    if profile != layout.PROFILE:
        raise RecordingError(f"{path}: is not a recording of hipmonitor; {REMEDY}")
    _refuse_newer(path, metadata)
    return Head(metadata)


def _records_before_events(file: BinaryIO, size: int) -> tuple[str | None, dict[str, dict[str, str]]]:
    profile: str | None = None
    metadata: dict[str, dict[str, str]] = {}
    try:
        for record in walk(file, len(MAGIC), size):
            if record.opcode == Opcode.HEADER:
                profile = parse(Header.read, record.body).profile
            elif record.opcode == Opcode.METADATA:
                entry = parse(Metadata.read, record.body)
                metadata[entry.name] = entry.metadata
            else:
                break
    except Torn:
        return profile, metadata  # The scan of the events tells what is torn.
    return profile, metadata


def _refuse_newer(path: Path, metadata: Mapping[str, Mapping[str, str]]) -> None:
    written = metadata.get(layout.PROGRAM_METADATA, {}).get("format", "")
    if written.isdecimal() and written != str(layout.FORMAT):
        raise RecordingError(
            f"{path}: has the format {written[:20]}, {program()} reads {layout.FORMAT}: update hipmonitor"
        )
