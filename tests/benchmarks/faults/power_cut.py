"""A power cut: what was not synced is on the disk, or not, page by page; names too.

The model stands at the writer's door (`Disk`): of a file the pages that were written since its last fsync each reach the disk or
not, a file that grew may keep its length over pages of zeros, and names since the last fsync of their folder may be the old ones.
"""

from __future__ import annotations

import io
import random
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import BinaryIO

from hipmonitor.core.errors import RecordingError
from hipmonitor.core.inbound import Inbound
from hipmonitor.core.instants import NS_PER_S, seconds_between
from hipmonitor.io.session import Disk, SessionParts, WriterParams, read_session
from tests.benchmarks.faults.row import Row
from tests.io.session.session_builders import START, THIGH, ManualTimer, seconds_of_session

PAGE = 4096
BAR_S = 5.0


class Cached(io.RawIOBase):
    """A file of which the system keeps everything in memory until it is synced."""

    def __init__(self) -> None:
        super().__init__()
        self.now, self.safe = bytearray(), bytearray()
        self.dirty: set[int] = set()

    def writable(self) -> bool:
        return True

    def tell(self) -> int:
        return len(self.now)

    def write(self, data: bytes) -> int:  # type: ignore[override]
        begin = len(self.now)
        self.now += data
        self.dirty |= set(range(begin // PAGE, (len(self.now) - 1) // PAGE + 1)) if data else set()
        return len(data)

    def sync(self) -> None:
        self.safe, self.dirty = bytearray(self.now), set()

    def after_cut(self, chance: random.Random) -> bytes:
        """What is on the disk when the power comes back."""
        left = bytearray(len(self.now) if chance.random() < 0.5 else len(self.safe))
        left[: len(self.safe)] = self.safe
        for page in self.dirty:
            if chance.random() < 0.5:
                content = self.now[page * PAGE : (page + 1) * PAGE]
                left += bytes(max(0, page * PAGE + len(content) - len(left)))
                left[page * PAGE : page * PAGE + len(content)] = content
        return bytes(left)


@dataclass
class CachedDisk(Disk):
    """The writer's door to such files."""

    files: dict[str, Cached] = field(default_factory=dict)
    safe_names: dict[str, Cached] = field(default_factory=dict)

    def create(self, path: Path) -> BinaryIO:
        self.files[path.name] = Cached()
        self.sync_names(path.parent)
        return io.BufferedWriter(self.files[path.name])

    def sync(self, file: BinaryIO) -> None:
        raw = file.raw  # type: ignore[attr-defined]
        assert isinstance(raw, Cached)
        raw.sync()

    def in_place(self, file: BinaryIO, path: Path) -> bool:
        return True

    def rename(self, path: Path, new: Path) -> None:
        self.files[new.name] = self.files.pop(path.name)
        self.sync_names(new.parent)

    def sync_names(self, folder: Path) -> None:
        self.safe_names = dict(self.files)

    def free_bytes(self, folder: Path) -> int:
        return 10**12

    def cut(self, folder: Path, chance: random.Random) -> list[Path]:
        """Write what is left, under either of the names where they were changing."""
        names = self.files if chance.random() < 0.5 else self.safe_names
        for name, file in names.items():
            (folder / name).write_bytes(file.after_cut(chance))
        return [folder / name for name in names]


def power_cut(times: int, folder: Path) -> Row:
    """At a random event of a minute, or in the middle of closing."""
    events = seconds_of_session(60)
    lost, wrong = [], []
    for k in range(times):
        place = folder / str(k)
        place.mkdir()
        lost_s, words = _one(events, place, random.Random(k))
        lost.append(lost_s)
        wrong += [f"cut {k}: {words}"] if words else []
    return Row(
        fault="power cut (unsynced pages and names dropped)",
        times=times,
        lost=f"at most {max(lost):.1f} s, mean {sum(lost) / times:.1f} s",
        recovered="read as it lies, without a repair",
        bar=f"every file opens, < {BAR_S:g} s lost of each",
        wrong=tuple(wrong),
    )


def _one(events: list[Inbound], folder: Path, chance: random.Random) -> tuple[float, str]:
    disk, timer = CachedDisk(), ManualTimer()
    session = SessionParts(folder, sensor=THIGH, started_at=START, new_timer=lambda: timer, disk=disk)
    last, until = events[0], chance.randrange(1, len(events) + 1)
    flush_ns = round(WriterParams().flush_s * NS_PER_S)
    for before, event in pairwise(events[: until + 1]):
        session.record([before])
        last = before
        if event.at // flush_ns > before.at // flush_ns:
            timer.fire()
    if until == len(events):
        session.finish()
    assert not session.trouble
    (path,) = disk.cut(folder, chance)
    try:
        read = list(read_session(path))
    except RecordingError as error:
        return seconds_between(START, last.at), str(error) if last.at - START > BAR_S * NS_PER_S else ""
    if read != events[: len(read)]:
        return 0.0, "it holds what was not recorded, or not in order"
    lost_s = max(0.0, seconds_between(read[-1].at if read else START, last.at))
    return lost_s, f"{lost_s:.1f} s lost" if lost_s >= BAR_S else ""
