"""The wearer's civil time at any instant, from Ticks: integers only, no calendar."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from typing import Final, NamedTuple

import numpy as np

from hipmonitor.core.arrays import Ints, Nanoseconds
from hipmonitor.core.inbound import Tick
from hipmonitor.core.instants import NS_PER_S, HostNs

S_PER_DAY = 86_400
S_PER_MIN: Final = 60
MIN_PER_DAY = 1440
FIRST_WEEKDAY = 3
"""1970-01-01 was a Thursday; 0 = Monday."""
STRAY_S: Final = 2
"""The wall's clock may disagree by so much with what is known of it before it is followed: both are read to the second, and
time servers pull it to and fro."""


def weekday_of(day: int) -> int:
    """0 = Monday."""
    return (day + FIRST_WEEKDAY) % 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Civil:
    """A second as the wearer's clock on the wall shows it."""

    day: int
    """Days since 1970-01-01 of the local date."""
    second_of_day: int
    utc_offset_s: int

    @property
    def weekday(self) -> int:
        """0 = Monday."""
        return weekday_of(self.day)

    @property
    def minute_of_day(self) -> int:
        """0 to 1439."""
        return self.second_of_day // 60


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class CivilColumns:
    """The same of many seconds; (n,) each."""

    day: Ints
    second_of_day: Ints
    utc_offset_s: Ints


@dataclass(frozen=True, slots=True, kw_only=True)
class CivilOffset:
    """From this instant on, how far the wall's clock is ahead of the host's, and which zone it follows."""

    since: HostNs
    ahead_s: int
    utc_offset_s: int


class CivilStretch(NamedTuple):
    """Part of one civil day in which the wall's clock runs evenly: its seconds need no look-up of their own."""

    until: HostNs
    day: int
    ahead_s: int
    """Of the host's clock."""
    heard: int
    """How many changes of the clock were known; one more makes a stretch void."""

    def wall_s(self, instant: HostNs) -> int:
        """Seconds since 1970-01-01 on the wearer's wall."""
        return instant // NS_PER_S + self.ahead_s


@dataclass(slots=True, kw_only=True)
class CivilTime:
    """What the Ticks said. A change (journey, summer time, a clock that was set) holds from its Tick on."""

    offsets: list[CivilOffset] = field(default_factory=list)
    """In order; only where something changed. The first one also holds for what came before it."""

    def hear(self, tick: Tick) -> None:
        """Learn from one Tick. It tells minutes: where within its minute the wall's clock is, is seen when they change."""
        now_s, zone_s = tick.at // NS_PER_S, tick.utc_offset_s
        last = self.offsets[-1] if self.offsets else CivilOffset(since=HostNs(0), ahead_s=zone_s, utc_offset_s=zone_s)
        same_zone_s = last.ahead_s + zone_s - last.utc_offset_s
        minute_s = (tick.civil_day * MIN_PER_DAY + tick.minute_of_day) * S_PER_MIN
        ahead_s = same_zone_s + _correction_s(minute_s - (now_s + same_zone_s))
        if self.offsets and (ahead_s, zone_s) == (last.ahead_s, last.utc_offset_s):
            return
        since = tick.at if self.offsets else HostNs(0)
        self.offsets.append(CivilOffset(since=since, ahead_s=ahead_s, utc_offset_s=zone_s))

    def at(self, instant: HostNs) -> Civil:
        """The civil time of an instant; UTC before the first Tick."""
        offset = self._offset(self._after(instant))
        day, second = divmod(instant // NS_PER_S + offset.ahead_s, S_PER_DAY)
        return Civil(day=day, second_of_day=second, utc_offset_s=offset.utc_offset_s)

    def columns(self, instants: Nanoseconds) -> CivilColumns:
        """`at` of many instants."""
        none = CivilOffset(since=HostNs(0), ahead_s=0, utc_offset_s=0)
        known = self.offsets or [none]
        since = np.array([offset.since for offset in known], np.int64)
        k = np.maximum(np.searchsorted(since, instants, side="right") - 1, 0)
        ahead = np.array([offset.ahead_s for offset in known], np.int64)[k]
        zone = np.array([offset.utc_offset_s for offset in known], np.int64)[k]
        day, second = np.divmod(instants // NS_PER_S + ahead, S_PER_DAY)
        return CivilColumns(day=day, second_of_day=second, utc_offset_s=zone)

    def stretch(self, instant: HostNs) -> CivilStretch:
        """The rest of the instant's civil day, as far as the clock is known to run evenly."""
        k = self._after(instant)
        ahead_s = self._offset(k).ahead_s
        day = (instant // NS_PER_S + ahead_s) // S_PER_DAY
        until = HostNs(((day + 1) * S_PER_DAY - ahead_s) * NS_PER_S)
        if k < len(self.offsets):
            until = min(until, self.offsets[k].since)
        return CivilStretch(until=until, day=day, ahead_s=ahead_s, heard=len(self.offsets))

    def _after(self, instant: HostNs) -> int:
        """Which change is the first after that instant; the first of all is never one."""
        return max(bisect_right(self.offsets, instant, key=lambda offset: offset.since), min(1, len(self.offsets)))

    def _offset(self, after: int) -> CivilOffset:
        return self.offsets[after - 1] if after else CivilOffset(since=HostNs(0), ahead_s=0, utc_offset_s=0)


def _correction_s(behind_s: int) -> int:
    """How far to move a clock for which the minute begins `behind_s` from now: it should have begun 0 to 59 s ago.

    By whole minutes where it is off by more than one, for most clocks are set by hours; else as little as will do, so that
    one that drifts, or was set by seconds, is followed when its minute changes.
    """
    into_s = -behind_s
    if -STRAY_S <= into_s < S_PER_MIN + STRAY_S:
        return 0
    if -S_PER_MIN <= into_s < 2 * S_PER_MIN:
        return -into_s if into_s < 0 else S_PER_MIN - 1 - into_s
    return -(into_s // S_PER_MIN) * S_PER_MIN
