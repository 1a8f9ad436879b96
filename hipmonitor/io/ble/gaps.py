"""Which samples of a stream arrived, and which are missing in between."""

from __future__ import annotations

import bisect
import struct
from collections import Counter
from dataclasses import dataclass, replace

from hipmonitor.core.wire.hip_protocol import HEADER_BYTES, Kind, bytes_per_sample

HEADER_STRUCT = struct.Struct("<BBHHHII")
"""The header of one data packet, field by field as in hip_protocol.HEADER; numpy would cost more than the packet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """Samples [first, first + count) did not arrive."""

    first: int
    count: int
    """0: nothing of it can be held at full rate any more."""
    since: int
    """Where it really begins; `first` is the oldest sample that the sensor may hold at full rate."""

    @property
    def end(self) -> int:
        """One past the last missing index."""
        return self.first + self.count


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrived:
    """The samples one packet brought: [first, end)."""

    first: int
    end: int


def samples_in(payload: bytes, stream: int, *, has_gyroscope: bool) -> Arrived | None:
    """What a data packet brought of this stream at full rate; None for other packets and malformed ones."""
    if len(payload) < HEADER_BYTES:
        return None
    kind, n, _, tag, _, first, _ = (int(value) for value in HEADER_STRUCT.unpack_from(payload))
    whole = len(payload) == HEADER_BYTES + n * bytes_per_sample(kind, has_gyroscope=has_gyroscope)
    if kind not in {Kind.LIVE, Kind.BACKFILL} or tag != stream or n == 0 or not whole:
        return None
    return Arrived(first=first, end=first + n)


class Received:
    """Sample indices of one stream that arrived, as disjoint intervals in order."""

    def __init__(self, *, boot_id: int, stream: int, has_gyroscope: bool, ring_samples: int, asks_per_gap: int) -> None:
        self.boot_id, self.stream = boot_id, stream
        self._has_gyroscope, self._ring_samples, self._asks_per_gap = has_gyroscope, ring_samples, asks_per_gap
        self._firsts: list[int] = []
        self._ends: list[int] = []
        self._beyond: dict[int, Gap] = {}
        """By its beginning: what the memory at full rate did not hold any more."""
        self._asked_slow: set[int] = set()
        self._asked: Counter[int] = Counter()
        """By the end of the gap: its beginning moves when memory is short."""

    def take(self, payload: bytes) -> bool:
        """Note a data packet. True where it opened a new gap: it came after samples that are missing."""
        arrived = samples_in(payload, self.stream, has_gyroscope=self._has_gyroscope)
        if arrived is None:
            return False
        newest = self._ends[-1] if self._ends else arrived.first
        self._add(arrived.first, arrived.end)
        return arrived.first > newest

    def asked(self, gap: Gap, held_from: int) -> None:
        """A backfill of this gap ran to its end: the sensor held it from there on."""
        self._asked[gap.end] += 1
        if gap.since < held_from:
            self._beyond[gap.since] = replace(gap, first=gap.since, count=held_from - gap.since)

    def beyond(self) -> list[Gap]:
        """What only a slow memory may still hold, the newest first, until it was asked for."""
        return [self._beyond[since] for since in sorted(self._beyond.keys() - self._asked_slow, reverse=True)]

    def asked_slow_memory(self, gap: Gap) -> None:
        """It sent what it holds of this gap."""
        self._asked_slow.add(gap.since)

    def ask_for_nothing_before(self) -> None:
        """What is missing now, and up to the next packet, stays missing."""
        self._firsts.clear()
        self._ends.clear()
        self._beyond.clear()

    def missing(self) -> list[Gap]:
        """Gaps that the sensor may still have in memory, the newest first."""
        if not self._ends:
            return []
        oldest = self._ends[-1] - self._ring_samples
        gaps = []
        for end, first in zip(reversed(self._ends[:-1]), reversed(self._firsts[1:]), strict=True):
            held = min(max(end, oldest), first)
            gap = Gap(first=held, count=first - held, since=end)
            if self._asked[gap.end] < self._asks_per_gap:
                gaps.append(gap)
        return gaps

    def _add(self, first: int, end: int) -> None:
        low = bisect.bisect_left(self._ends, first)
        high = bisect.bisect_right(self._firsts, end)
        if low < high:
            first, end = min(first, self._firsts[low]), max(end, self._ends[high - 1])
        self._firsts[low:high], self._ends[low:high] = [first], [end]
