"""Lists the recordings of a folder: from the summary of a closed one, by reading through the rest."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Final

from mcap.records import Channel, Statistics

from hipmonitor.core.errors import RecordingError
from hipmonitor.core.inbound import SensorId
from hipmonitor.core.instants import HostNs, seconds_between
from hipmonitor.io.session import layout, lock
from hipmonitor.io.session.head import Head, read_head
from hipmonitor.io.session.naming import PART, SUFFIX, part_number, session_files
from hipmonitor.io.session.scan import Scan
from hipmonitor.io.session.sealed import opened
from hipmonitor.io.session.summary import read_summary


class RecordingState(StrEnum):
    """What one can expect of a recording."""

    WHOLE = "whole"
    """Closed. Its content is checked when it is read."""
    RECORDING = "recording"
    """Being written right now."""
    UNFINISHED = "unfinished"
    """Left behind by a crash; a repair makes it whole."""
    DAMAGED = "damaged"
    """Something is missing or nothing can be read; `note` says what."""


GRAVEST: Final = (
    RecordingState.RECORDING,
    RecordingState.UNFINISHED,
    RecordingState.DAMAGED,
    RecordingState.WHOLE,
)
"""Of several parts the first of these says what can be expected of all."""
REPAIRABLE: Final = frozenset({RecordingState.UNFINISHED, RecordingState.DAMAGED})


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordingInfo:
    """One line of the catalogue."""

    path: Path
    state: RecordingState
    size_bytes: int
    sensor: SensorId
    """The thigh sensor; empty where it cannot be read."""
    started_at: HostNs | None
    duration_s: float
    """From the start of the session to its last readable message."""
    packets: int
    """Notifications that can be read."""
    note: str = ""
    """What is wrong, as a sentence; empty where nothing is."""


def list_recordings(folder: Path) -> list[RecordingInfo]:
    """Every recording in a folder, oldest name first; a folder that is not there holds none."""
    paths = [*folder.glob(f"*{SUFFIX}"), *folder.glob(f"*{SUFFIX}{PART}")]
    firsts = [path for path in sorted(paths) if path.is_file() and _stands_for_its_session(path)]
    return [recording_info(path) for path in firsts]


def _stands_for_its_session(path: Path) -> bool:
    return part_number(path) in {1, part_number(session_files(path)[0])}


def recording_info(path: Path) -> RecordingInfo:
    """One recording with all its parts, however damaged; `path` is that of the part that a repair would help, if there is one."""
    parts = [_file_info(file) for file in session_files(path)]
    if len(parts) == 1:
        return parts[0]
    gravest = next(part for state in GRAVEST for part in parts if part.state is state)
    return replace(
        parts[0],
        path=gravest.path if gravest.state in REPAIRABLE else path,
        state=gravest.state,
        size_bytes=sum(part.size_bytes for part in parts),
        duration_s=max(part.duration_s for part in parts),
        packets=sum(part.packets for part in parts),
        note=" ".join(part.note for part in parts if part.note),
    )


def _file_info(path: Path) -> RecordingInfo:
    """One file."""
    try:
        head = read_head(path)
        return _from_summary(path, head) or _from_messages(path, head)
    except (RecordingError, OSError) as error:
        return _unreadable(path, str(error))


def _from_summary(path: Path, head: Head) -> RecordingInfo | None:
    file, size = opened(path)
    with file:
        summary = read_summary(file, size)
    if summary is None:
        return None
    return RecordingInfo(
        path=path,
        state=RecordingState.WHOLE,
        size_bytes=size,
        sensor=SensorId(head.sensor),
        started_at=head.started_at,
        duration_s=_duration_s(head, _last(summary.statistics)),
        packets=_packets(summary.channels, summary.statistics.channel_message_counts),
        note=head.repaired or "",
    )


def _from_messages(path: Path, head: Head) -> RecordingInfo:
    scan = Scan(path, head)
    counts: dict[int, int] = {}
    last: HostNs | None = None
    for block in scan.blocks():
        for message in block:
            counts[message.channel_id] = counts.get(message.channel_id, 0) + 1
        last = HostNs(block[-1].at) if block else last
    return RecordingInfo(
        path=path,
        state=_state(path),
        size_bytes=path.stat().st_size,
        sensor=SensorId(head.sensor),
        started_at=head.started_at,
        duration_s=_duration_s(head, last),
        packets=_packets(scan.channels, counts),
        note="" if scan.damage is None else scan.damage.sentence,
    )


def _state(path: Path) -> RecordingState:
    if lock.is_held(path):
        return RecordingState.RECORDING
    return RecordingState.UNFINISHED if path.suffix == PART else RecordingState.DAMAGED


def _last(statistics: Statistics) -> HostNs | None:
    return HostNs(statistics.message_end_time) if statistics.message_count else None


def _duration_s(head: Head, last: HostNs | None) -> float:
    if head.started_at is None or last is None:
        return 0.0
    return max(0.0, seconds_between(head.started_at, last))


def _packets(channels: dict[int, Channel], counts: dict[int, int]) -> int:
    radio = [channel.id for channel in channels.values() if channel.topic.startswith(f"{layout.RAW_TOPIC}/")]
    return sum(counts.get(number, 0) for number in radio)


def _unreadable(path: Path, why: str) -> RecordingInfo:
    return RecordingInfo(
        path=path,
        state=RecordingState.DAMAGED,
        size_bytes=path.stat().st_size if path.exists() else 0,
        sensor=SensorId(""),
        started_at=None,
        duration_s=0.0,
        packets=0,
        note=why,
    )
