"""The wearer's civil time at any instant, from Ticks: integers only, no calendar."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field

from hipmonitor.core.inbound import Tick
from hipmonitor.core.instants import NS_PER_S, HostNs

S_PER_DAY = 86_400
MIN_PER_DAY = 1440
FIRST_WEEKDAY = 3
"""1970-01-01 was a Thursday; 0 = Monday."""


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
        return (self.day + FIRST_WEEKDAY) % 7

    @property
    def minute_of_day(self) -> int:
        """0 to 1439."""
        return self.second_of_day // 60


@dataclass(frozen=True, slots=True, kw_only=True)
class CivilOffset:
    """From this instant on, how far the wall's clock is ahead of the host's, and which zone it follows."""

    since: HostNs
    ahead_s: int
    utc_offset_s: int


@dataclass(slots=True, kw_only=True)
class CivilTime:
    """What the Ticks said. A change (journey, summer time, a clock that was set) holds from its Tick on."""

    offsets: list[CivilOffset] = field(default_factory=list)
    """In order; only where something changed. The first one also holds for what came before it."""

    def hear(self, tick: Tick) -> None:
        """Learn from one Tick. It tells minutes, so a clock set by some seconds is known to a minute."""
        now_s, zone_s = tick.at // NS_PER_S, tick.utc_offset_s
        minute = tick.civil_day * MIN_PER_DAY + tick.minute_of_day
        last = self.offsets[-1] if self.offsets else None
        if last is not None and last.utc_offset_s == zone_s and (now_s + last.ahead_s) // 60 == minute:
            return
        wrong_min = minute - (now_s + zone_s) // 60
        since = tick.at if self.offsets else HostNs(0)
        self.offsets.append(CivilOffset(since=since, ahead_s=zone_s + 60 * wrong_min, utc_offset_s=zone_s))

    def at(self, instant: HostNs) -> Civil:
        """The civil time of an instant; UTC before the first Tick."""
        k = bisect_right(self.offsets, instant, key=lambda offset: offset.since)
        offset = (
            self.offsets[max(k - 1, 0)] if self.offsets else CivilOffset(since=HostNs(0), ahead_s=0, utc_offset_s=0)
        )
        day, second = divmod(instant // NS_PER_S + offset.ahead_s, S_PER_DAY)
        return Civil(day=day, second_of_day=second, utc_offset_s=offset.utc_offset_s)
