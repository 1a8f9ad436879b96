"""What rules count beyond the timers of room 7: the wearer's day, the last hour's deep bends, and the seat of now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import inf, nan
from typing import TypeVar

from hipmonitor.core.activity import ActivityKind
from hipmonitor.core.alerts.posture import Posture
from hipmonitor.core.civil import CivilStretch, CivilTime
from hipmonitor.core.exposure import DeepCycle, TimedSecond
from hipmonitor.core.inbound import DaySoFar
from hipmonitor.core.instants import NS_PER_S, HostNs

SIT = ActivityKind.SIT
HOUR_NS = 3600 * NS_PER_S
NEVER = HostNs(0)
NOT_LOOKED_UP = CivilStretch(NEVER, -1, 0, -1)


@dataclass(slots=True, kw_only=True)
class DaySums:
    """Of one civil day: of this session, and of earlier ones as far as it was told."""

    since: HostNs = NEVER
    """The day's first second here."""
    sitting_s: float = 0.0
    deep_s: float = 0.0
    said: dict[str, int] = field(default_factory=dict)
    """How often each kind was given."""
    said_at: dict[str, HostNs] = field(default_factory=dict)
    """When last."""


@dataclass(slots=True, kw_only=True)
class Today:
    """Sums of the wearer's day, second by second."""

    stretch: CivilStretch = NOT_LOOKED_UP
    """The part of the day that the second lies in."""
    sums: DaySums = field(default_factory=DaySums)
    days: dict[int, DaySums] = field(default_factory=dict)
    """Of this day and its neighbours: on a journey west over midnight the day before goes on."""
    low_s: float = 0.0
    """Deep while sitting, since the wearer last was up: a seat that is too low."""
    low_since: HostNs = NEVER
    low_sum: float = 0.0
    low_highest: float = -inf
    coming: list[DeepCycle] = field(default_factory=list)
    """Bends that end in seconds still to come in this step."""
    bends: list[HostNs] = field(default_factory=list)
    """When those of the last hour ended."""
    bent: bool = False
    """One ended in this second."""
    posture: Posture = field(default_factory=Posture)

    def hear(self, cycles: Sequence[DeepCycle]) -> None:
        """Deep bends that ended in the seconds that follow; a pedalling thigh bends on its own account."""
        self.coming += [cycle for cycle in cycles if cycle.kind is not ActivityKind.CYCLE]

    def goes_on(self, at: HostNs, before: DaySoFar) -> None:
        """What earlier sessions of a day counted is added to what this one counts of it."""
        sums = self.days.setdefault(before.day, DaySums(since=at))
        sums.sitting_s += before.sitting_s
        sums.deep_s += before.deep_s
        for told in before.told:
            sums.said[told.kind] = sums.said.get(told.kind, 0) + told.times
            sums.said_at[told.kind] = max(told.last_at or NEVER, sums.said_at.get(told.kind, NEVER))

    def add(self, second: TimedSecond, civil: CivilTime) -> None:
        """One more second."""
        if second.start >= self.stretch.until or self.stretch.heard != len(civil.offsets):
            self._turn(second.start, civil)
        if second.kind is SIT:
            self.sums.sitting_s += 1.0
        elif self.low_s and second.seated_s == 0:
            self.low_s = self.low_sum = 0.0
        self.posture.add(second)
        if second.deep:
            self._deep(second)
        if self.coming or self.bends:
            self._bend(second.end)

    def _turn(self, start: HostNs, civil: CivilTime) -> None:
        """Look the civil time up again; another day begins with nothing, or goes on where it was left."""
        self.stretch = civil.stretch(start)
        day = self.stretch.day
        self.days = neighbours(self.days, day)
        self.sums = self.days.setdefault(day, DaySums(since=start))

    def _deep(self, second: TimedSecond) -> None:
        self.sums.deep_s += 1.0
        if second.kind is not SIT:
            return
        if not self.low_s:
            self.low_since, self.low_highest = second.start, -inf
        self.low_s += 1.0
        self.low_sum += second.flexion_deg
        self.low_highest = max(self.low_highest, second.highest_deg)

    def _bend(self, end: HostNs) -> None:
        self.bent = bool(self.coming) and self.coming[0].end < end
        while self.coming and self.coming[0].end < end:
            self.bends.append(self.coming.pop(0).end)
        while self.bends and self.bends[0] < end - HOUR_NS:
            del self.bends[0]

    @property
    def low_mean_deg(self) -> float:
        """Of the seat that is too low."""
        return self.low_sum / self.low_s if self.low_s else nan


Of = TypeVar("Of")


def neighbours(days: Mapping[int, Of], day: int) -> dict[int, Of]:
    """Those of this day, the one before and the one after: no journey leads further."""
    return {of: kept for of, kept in days.items() if abs(of - day) <= 1}
