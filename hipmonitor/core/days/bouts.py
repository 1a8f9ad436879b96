"""Sitting bouts as days need them: also those that midnight cuts, or the recording's end."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from hipmonitor.core.activity import ActivityKind
from hipmonitor.core.days.civil_seconds import NO_BOUT, CivilSeconds
from hipmonitor.core.days.seated_angle import SeatedAngle, SeatedSum
from hipmonitor.core.exposure import BoutEnd, ExposureParams, SittingBout
from hipmonitor.core.instants import NS_PER_S, HostNs


@dataclass(frozen=True, slots=True, kw_only=True)
class DayBout:
    """A sitting bout. It belongs to the day it began on; its time to the days it fell on."""

    start: HostNs
    end: HostNs
    """Of its last sitting second."""
    day: int
    utc_offset_s: int
    """Where it began."""
    sitting_s: int
    """Its length: short upright spells and unclear time inside are not counted."""
    deep_s: int
    ended_by: BoutEnd
    shares: tuple[tuple[int, int], ...]
    """(day, sitting seconds), in order."""
    seated: SeatedAngle | None = None
    """The thigh on its seat; None where no second was trusted, and in rows from before it was kept."""

    def on_s(self, day: int) -> int:
        """Sitting seconds of it on a day."""
        return dict(self.shares).get(day, 0)


@dataclass(slots=True, kw_only=True)
class _Open:
    start: HostNs
    end: HostNs
    utc_offset_s: int
    deep_s: int = 0
    shares: dict[int, int] = field(default_factory=dict)
    seated: SeatedSum = field(default_factory=SeatedSum)


@dataclass(slots=True, kw_only=True)
class OpenBouts:
    """Bouts that go on, by the instant their timer began at."""

    open: dict[int, _Open] = field(default_factory=dict)
    current: int = NO_BOUT
    """The one that goes on; any other that exposure does not end was too short for one."""

    def take(self, seconds: CivilSeconds) -> None:
        """Add sitting seconds to their bouts; at least one second of any kind."""
        self.current = int(seconds.since_ns[-1])
        sat = seconds.rows(seconds.kind == ActivityKind.SIT)
        first = sat.runs(sat.since_ns, sat.day)
        last = np.append(first[1:], len(sat)) - 1
        for a, b in zip(first.tolist(), last.tolist() if len(first) else [], strict=True):
            start, end = HostNs(int(sat.start_ns[a])), HostNs(int(sat.start_ns[b]) + NS_PER_S)
            begun = _Open(start=start, end=end, utc_offset_s=int(sat.utc_offset_s[a]))
            bout = self.open.setdefault(int(sat.since_ns[a]), begun)
            bout.end = end
            bout.deep_s += int(np.count_nonzero(sat.deep[a : b + 1]))
            bout.shares[int(sat.day[a])] = bout.shares.get(int(sat.day[a]), 0) + b + 1 - a
            bout.seated.take(sat.rows(slice(a, b + 1)))

    def ended(self, bouts: tuple[SittingBout, ...]) -> Iterator[DayBout]:
        """Those that ended, as far as they were counted here."""
        for bout in bouts:
            counted = self.open.pop(bout.start, None)
            if counted is not None:
                yield _whole(counted, bout.ended_by)
        self.open = {since: bout for since, bout in self.open.items() if since == self.current}

    def flush(self) -> Iterator[DayBout]:
        """The recording ends: whether a break came after it is not known."""
        for counted in self.open.values():
            if sum(counted.shares.values()) >= ExposureParams().transition_s:
                yield _whole(counted, BoutEnd.NOT_KNOWN)
        self.open = {}


def _whole(bout: _Open, ended_by: BoutEnd) -> DayBout:
    return DayBout(
        start=bout.start,
        end=bout.end,
        day=next(iter(bout.shares)),
        utc_offset_s=bout.utc_offset_s,
        sitting_s=sum(bout.shares.values()),
        deep_s=bout.deep_s,
        ended_by=ended_by,
        shares=tuple(bout.shares.items()),
        seated=bout.seated.angle(),
    )
