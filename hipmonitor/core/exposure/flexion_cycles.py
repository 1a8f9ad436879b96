"""How often the thigh goes up and down: turning points with hysteresis, and excursions beyond the limit.

Angles come second by second, twenty each, as far as they are trusted; most seconds cannot change anything and are passed over.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from math import inf
from typing import NamedTuple

from hipmonitor.core.activity import ActivityKind
from hipmonitor.core.exposure.blocks import DeepCycle, FlexionCycle
from hipmonitor.core.exposure.fine_seconds import PART_NS
from hipmonitor.core.instants import HostNs
from hipmonitor.core.settings import DeepFlexionLimit


@dataclass(frozen=True, slots=True, kw_only=True)
class CycleParams:
    """What may be tuned."""

    amount_deg: float = 20.0
    """Least rise and fall. A walking thigh turns by 40-45 deg in a stride (Winter 2009), that of slow and old walkers by
    25-30; shifting on a seat stays below 10."""
    forget_s: int = 5
    """After so long without a trusted angle it is not known what the thigh did: both counts begin anew."""


class AnglesOfSecond(NamedTuple):
    """The trusted angles of one decided second; a tuple because a day of walking has many."""

    start: int
    kind: ActivityKind
    parts: list[int]
    degrees: list[float]

    def at(self, part: int) -> int:
        """The middle of a part."""
        return self.start + part * PART_NS + PART_NS // 2


@dataclass(slots=True, kw_only=True)
class CycleCounter:
    """Looks for the top of a rise, then for the bottom of a fall, each `amount` away from the one before."""

    rising: bool = False
    lowest_deg: float = inf
    """While falling: so far; while rising: before it."""
    highest_deg: float = -inf
    highest_at: int = 0
    kind: ActivityKind = ActivityKind.UNKNOWN
    """Of the second of the highest."""

    def second(self, angles: AnglesOfSecond, amount_deg: float) -> list[FlexionCycle]:
        """The cycles that a second completed."""
        done: list[FlexionCycle] = []
        for part, degrees in zip(angles.parts, angles.degrees, strict=True):
            if not self.rising:
                self.lowest_deg = min(self.lowest_deg, degrees)
                self.rising = degrees >= self.lowest_deg + amount_deg
                self.highest_deg = -inf
            if self.rising and degrees > self.highest_deg:
                self.highest_deg, self.highest_at, self.kind = degrees, angles.at(part), angles.kind
            elif self.rising and degrees <= self.highest_deg - amount_deg:
                done.append(self._cycle())
                self.rising, self.lowest_deg = False, degrees
        return done

    def _cycle(self) -> FlexionCycle:
        return FlexionCycle(
            at=HostNs(self.highest_at), kind=self.kind, lowest_deg=self.lowest_deg, highest_deg=self.highest_deg
        )


@dataclass(slots=True, kw_only=True)
class DeepCounter:
    """Beyond the limit and back."""

    start: int | None = None
    """Since when it is beyond."""
    highest_deg: float = -inf
    kind: ActivityKind = ActivityKind.UNKNOWN

    def second(self, angles: AnglesOfSecond, beyond_deg: float, back_deg: float) -> list[DeepCycle]:
        """The excursions that a second ended: from `beyond_deg` on until below `back_deg`."""
        done: list[DeepCycle] = []
        if self.start is None and max(angles.degrees) < beyond_deg:
            return done
        for part, degrees in zip(angles.parts, angles.degrees, strict=True):
            if self.start is None and degrees >= beyond_deg:
                self.start, self.highest_deg = angles.at(part), -inf
            if self.start is None:
                continue
            if degrees > self.highest_deg:
                self.highest_deg, self.kind = degrees, angles.kind
            elif degrees < back_deg:
                done.append(self._cycle(self.start, angles.at(part)))
                self.start = None
        return done

    def _cycle(self, start: int, end: int) -> DeepCycle:
        return DeepCycle(start=HostNs(start), end=HostNs(end), kind=self.kind, highest_deg=self.highest_deg)


@dataclass(slots=True, kw_only=True)
class CycleCounters:
    """Both."""

    cycles: CycleCounter = field(default_factory=CycleCounter)
    deep: DeepCounter = field(default_factory=DeepCounter)
    unseen_s: int = 0
    """Without a trusted angle, in one piece until now."""

    def calm_deg(self, amount_deg: float, limit: DeepFlexionLimit, sd_deg: float) -> tuple[float, float]:
        """A second that stays between these changes nothing in either."""
        c, deep = self.cycles, self.deep
        low, high = (
            (c.highest_deg - amount_deg, c.highest_deg) if c.rising else (c.lowest_deg, c.lowest_deg + amount_deg)
        )
        if deep.start is None:
            return low, min(high, limit.thigh_limit_deg + sd_deg)
        return max(low, limit.thigh_limit_deg - limit.release_deg), min(high, deep.highest_deg)

    def saw_after(self, missed_s: int, params: CycleParams) -> None:
        """A trusted angle, after so long without one."""
        if self.unseen_s + missed_s >= params.forget_s:
            self.cycles, self.deep = CycleCounter(), DeepCounter()
        self.unseen_s = 0
