"""Ways of sitting that bend a hip further: the thigh turned in, turned out or lifted, and leaning forward. Hints, not joint angles."""

from __future__ import annotations

from bisect import bisect_left
from collections import deque
from dataclasses import dataclass, field
from itertools import accumulate
from math import floor, isnan, nan
from typing import Final

import numpy as np

from hipmonitor.core.activity import ActivityKind
from hipmonitor.core.exposure import UPRIGHT as UP
from hipmonitor.core.exposure import TimedSecond
from hipmonitor.core.hip import HipBlock, HipMethod
from hipmonitor.core.instants import NS_PER_S, HostNs
from hipmonitor.core.seconds import SecondGrid, SecondsState

SIT = ActivityKind.SIT
KNEE_IN_DEG: Final = 10.0
"""Turned in so far beyond one's usual seat: two and a half times what shifting on a seat turns a thigh by (4 deg, 1 sd)."""
TURNED_OUT_DEG: Final = 18.0
"""Turned out so far: an ankle on the other knee turns a thigh out by 30 to 45 deg; relaxed feet fall out by some 10."""
LIFTED_DEG: Final = 9.0
"""Above its usual slope on this seat: a thigh that lies on the other one is lifted by the other one's thickness, 10 to 14 cm at the
knee or 13 to 19 deg of a thigh of 42 cm; shifting makes 3 (1 sd), sitting up from leaning back 4."""
LEANING_DEG: Final = 8.0
"""Pelvis tipped forward beyond its usual upright seat, and the hip bent further by as much. Leaning to a desk is 10 to 15 deg."""
UPRIGHT_SHARE: Final = 0.75
"""The usual seated pelvis is the one that so much of the time is rolled back further: coming up from a slump is no leaning."""
LAPSE_S: Final = 20
"""Shorter interruptions of a way of sitting do not end it."""
USUAL_FROM_S: Final = 600
"""Of sitting, before its usual angle is known."""
REFRESH_S: Final = 30
LATE_NS: Final = 30 * NS_PER_S
"""A pelvis sensor's rows may come 20 s after the thigh's second was decided: its hints look so far back, so that they never depend
on how the streams came."""


@dataclass(slots=True, kw_only=True)
class Usual:
    """The median of an angle so far, or another share of its time, to half a degree, looked up anew every half minute."""

    share: float = 0.5
    bins: dict[int, int] = field(default_factory=dict)
    seconds: int = 0
    deg: float = nan
    """NaN until enough was seen."""

    def add(self, degrees: float) -> None:
        """One more second."""
        number = floor(2 * degrees)
        self.bins[number] = self.bins.get(number, 0) + 1
        self.seconds += 1
        if self.seconds >= USUAL_FROM_S and self.seconds % REFRESH_S == 0:
            numbers = sorted(self.bins)
            reached = list(accumulate(self.bins[k] for k in numbers))
            self.deg = (numbers[bisect_left(reached, self.share * reached[-1])] + 0.5) / 2


@dataclass(slots=True, kw_only=True)
class Way:
    """One way of sitting, since it was taken up."""

    held_s: float = 0.0
    away_s: float = 0.0
    since: HostNs = field(default=HostNs(0))
    sum_deg: float = 0.0
    highest_deg: float = 0.0
    now: bool = False
    """In this second."""

    def add(self, at: HostNs, degrees: float, *, shown: bool, known: bool = True) -> None:
        """One more second, and by how much. Where nothing is known it neither goes on nor ends."""
        self.now = shown and known
        if not known:
            return
        if not shown:
            self.away_s += 1
            if self.away_s > LAPSE_S:
                self.held_s = self.sum_deg = 0.0
            return
        if not self.held_s:
            self.since, self.highest_deg = at, degrees
        self.away_s = 0.0
        self.held_s += 1
        self.sum_deg += degrees
        self.highest_deg = max(self.highest_deg, degrees)

    @property
    def mean_deg(self) -> float:
        """While it was held; NaN before."""
        return self.sum_deg / self.held_s if self.held_s else nan


@dataclass(slots=True, kw_only=True)
class PelvisSeconds:
    """Means of closed seconds with a measured hip, until they are asked for: (tilt, hip flexion)."""

    grid: SecondsState = field(default_factory=SecondsState)
    waiting: dict[int, tuple[float, float]] = field(default_factory=dict)
    heard: bool = False
    """There is such a sensor."""

    def take(self, hip: HipBlock) -> None:
        """Rows as the hip room hands them on."""
        self.heard = self.heard or len(hip.t_ns) > 0
        good = hip.trusted & (hip.hip_method == HipMethod.MEASURED) & np.isfinite(hip.pelvis_tilt_deg)
        closed = SecondGrid(self.grid).step(hip.t_ns, good, hip.pelvis_tilt_deg, hip.hip_flexion_deg)
        if not len(closed):
            return
        seen = closed.columns[0].astype(np.float64)
        n = closed.total(seen)
        tilt, flexion = (
            closed.total(np.where(closed.columns[0], column, 0.0).astype(np.float64)) / np.maximum(n, 1.0)
            for column in closed.columns[1:]
        )
        most = n > closed.count / 2
        columns = (closed.start_ns[most], tilt[most], flexion[most])
        for start, *angles in zip(*(column.tolist() for column in columns), strict=True):
            self.waiting[start // NS_PER_S] = (angles[0], angles[1])

    def at(self, start: HostNs) -> tuple[float, float] | None:
        """Of the second that began then; what is older is dropped."""
        number = start // NS_PER_S
        while self.waiting and (oldest := next(iter(self.waiting))) < number:
            del self.waiting[oldest]
        return self.waiting.pop(number, None)


@dataclass(slots=True, kw_only=True)
class Posture:
    """How the wearer sits, second by second."""

    crossed: Way = field(default_factory=Way)
    knee_in: Way = field(default_factory=Way)
    leaning: Way = field(default_factory=Way)
    seat: Usual = field(default_factory=Usual)
    """The thigh's slope on this seat, since the wearer last was up."""
    roll: Usual = field(default_factory=Usual)
    """The thigh's roll while seated, since the session began: a placement tells the front to some degrees only."""
    pelvis: PelvisSeconds = field(default_factory=PelvisSeconds)
    tilt: Usual = field(default_factory=lambda: Usual(share=UPRIGHT_SHARE))
    hip: Usual = field(default_factory=lambda: Usual(share=UPRIGHT_SHARE))
    """Pelvis and hip while seated, since the session began."""
    due: deque[tuple[HostNs, ActivityKind]] = field(default_factory=deque)
    """Seconds that wait for the pelvis, and what was done in them."""

    def add(self, second: TimedSecond) -> None:
        """One more second."""
        if not second.seated_s and self.seat.seconds:
            self.seat = Usual()
            self.crossed, self.knee_in = Way(), Way()
        self._thigh(second, known=second.kind is SIT and second.trusted and not isnan(second.flexion_deg))
        self._pelvis(second)

    def _thigh(self, second: TimedSecond, *, known: bool) -> None:
        if not known:
            self.crossed.now = self.knee_in.now = False
            return
        roll, lifted = second.roll_deg - self.roll.deg, second.flexion_deg - self.seat.deg
        self.seat.add(second.flexion_deg)
        if not isnan(second.roll_deg):
            self.roll.add(second.roll_deg)
        out = roll <= -TURNED_OUT_DEG
        crossed = out or lifted >= LIFTED_DEG
        self.crossed.add(second.start, -roll if out else lifted, shown=crossed)
        self.knee_in.add(second.start, roll, shown=roll >= KNEE_IN_DEG and not crossed)

    def _pelvis(self, second: TimedSecond) -> None:
        due, until = self.due, second.start - LATE_NS
        due.append((second.start, second.kind))
        if not self.pelvis.heard:  # as mostly
            while due[0][0] <= until:
                due.popleft()
            return
        self.leaning.now = False
        while due and due[0][0] <= until:
            start, kind = due.popleft()
            angles = self.pelvis.at(start)
            if angles is None or kind is not SIT:
                self.leaning.add(start, 0.0, shown=False, known=kind in UP)
                continue
            tipped, bent = angles[0] - self.tilt.deg, angles[1] - self.hip.deg
            self.tilt.add(angles[0])
            self.hip.add(angles[1])
            self.leaning.add(start, tipped, shown=tipped >= LEANING_DEG and bent >= LEANING_DEG)
