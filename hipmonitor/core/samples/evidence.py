"""What was heard of a clock, thinned: of every few seconds the reading with the least delay, parted where the clock jumped.

A packet arrives at or after its last sample was taken; a question was asked at or before the sensor read its counter. Both
are bounds, each on its side, and as close to the truth as the shortest delay: everything else is waiting.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace
from itertools import pairwise

import numpy as np

from hipmonitor.core.arrays import Floats, Ints, Nanoseconds
from hipmonitor.core.instants import NS_PER_S
from hipmonitor.core.samples.envelope import Point
from hipmonitor.core.wire import SensorInfo


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceParams:
    """What may be tuned; times in seconds."""

    side: int
    """+1: the host's times may be too late (arrivals); -1: too early (questions)."""
    window_s: float = math.inf
    """Older readings are forgotten; without a bound nothing is."""
    bucket_s: float = 5.0
    """One reading is kept of so long: the line's corners are minima, and minima of minima are the same."""
    first_bucket_s: float = 0.5
    """The same at the beginning, when a line is needed from little."""
    first_s: float = 30.0
    """How long the beginning is."""
    jump_s: float = 0.5
    """Between neighbouring buckets no least delay changes by more; a clock that jumps does."""
    most_rate_error: float = 500e-6
    """How far a clock may run from its nominal rate: crystals keep within 200 ppm, calibrated RC oscillators within 500."""
    rate_after_s: float = 10.0
    """Readings are compared at the nominal rate until those kept span so much."""


COUNTED_RATE_ERROR = 0.05
"""Sensors that send no ticks time their samples by an oscillator on the chip: 3 % off is usual, data sheets allow 5."""


def adapted(params: EvidenceParams, info: SensorInfo) -> EvidenceParams:
    """The same evidence of a clock that counts samples instead of ticks."""
    return params if info.tick_hz else replace(params, most_rate_error=COUNTED_RATE_ERROR, rate_after_s=2.0)


@dataclass(slots=True, kw_only=True)
class EvidenceState:
    """x: ticks since the first reading; y: ns by which the host was later than nominal since, turned so that delay is up."""

    tick_hz: float
    ticks0: int | None = None
    host0_ns: int = 0
    points: list[Point] = field(default_factory=list)
    """The best of every bucket that is complete."""
    bucket: int = 0
    best: Point | None = None
    """Of the bucket that is not complete."""
    suspect: Point | None = None
    """A bucket that was later than the ones before it: a stall, or a clock that jumped."""
    slope: float = 0.0
    """Excess of ns per tick over nominal by which the readings of a bucket are compared."""
    before_jumps: list[list[Point]] = field(default_factory=list)
    """Without a window: the points before each jump."""


class Evidence:
    """Readings of one clock from one side."""

    def __init__(self, params: EvidenceParams, state: EvidenceState) -> None:
        self.params = params
        self.state = state
        self.nominal = NS_PER_S / state.tick_hz

    def add(self, ticks: Ints, host_ns: Nanoseconds) -> None:
        """Readings (n,) and the host's times of them."""
        s = self.state
        if not len(ticks):
            return
        self.begin(int(ticks[0]), int(host_ns[0]))
        x = (ticks - (s.ticks0 or 0)).astype(np.float64)
        y = self.params.side * ((host_ns - s.host0_ns) - x * self.nominal)
        bucket = self._buckets(x)
        for start, stop in pairwise([0, *(np.flatnonzero(bucket[1:] != bucket[:-1]) + 1).tolist(), len(x)]):
            self._run(int(bucket[start]), x[start:stop], y[start:stop])

    def begin(self, ticks: int, host_ns: int) -> None:
        """From where x and y are counted, unless that is settled."""
        if self.state.ticks0 is None:
            self.state.ticks0, self.state.host0_ns = ticks, host_ns

    def _buckets(self, x: Floats) -> Ints:
        p = self.params
        seconds = x / self.state.tick_hz
        first = np.floor(seconds / p.first_bucket_s)
        later = np.floor((seconds - p.first_s) / p.bucket_s) + math.ceil(p.first_s / p.first_bucket_s)
        return np.where(seconds < p.first_s, first, later).astype(np.int64)

    def _run(self, bucket: int, x: Floats, y: Floats) -> None:
        """Readings of one bucket; of a bucket that is complete already none are taken."""
        s = self.state
        if s.best is not None and bucket < s.bucket:
            return
        if s.best is not None and bucket > s.bucket:
            self._complete(s.best)
            s.best = None
        s.bucket = bucket
        delay = y - s.slope * x
        least = int(np.argmin(delay))
        if s.best is None or delay[least] < s.best[1] - s.slope * s.best[0]:
            s.best = (float(x[least]), float(y[least]))

    def _complete(self, point: Point) -> None:
        s = self.state
        if not s.points:
            s.points.append(point)
            return
        later = self._later(s.points[-1], point)
        if abs(later) <= self._tolerance(s.points[-1], point):
            s.suspect = None
            s.points.append(point)
        elif later < 0:
            self._part([point])
        elif s.suspect and abs(self._later(s.suspect, point)) <= self._tolerance(s.suspect, point) / 2:
            self._part([s.suspect, point])
        else:
            s.suspect = point
        self._measure()

    def _later(self, earlier: Point, point: Point) -> float:
        return point[1] - earlier[1] - self.state.slope * (point[0] - earlier[0])

    def _tolerance(self, earlier: Point, point: Point) -> float:
        p = self.params
        return p.jump_s * NS_PER_S + p.most_rate_error * self.nominal * (point[0] - earlier[0])

    def _part(self, points: list[Point]) -> None:
        """The clock jumped: what was known before holds no longer."""
        s = self.state
        if math.isinf(self.params.window_s):
            s.before_jumps.append(s.points)
        s.points, s.suspect = points, None

    def _measure(self) -> None:
        """Forget what is too old; the rate over what is left."""
        s, p = self.state, self.params
        oldest = s.points[-1][0] - p.window_s * s.tick_hz
        while s.points[0][0] < oldest:
            del s.points[0]
        span = s.points[-1][0] - s.points[0][0]
        if span >= p.rate_after_s * s.tick_hz:
            s.slope = self.believable((s.points[-1][1] - s.points[0][1]) / span)

    def believable(self, slope: float) -> float:
        """The slope, or the nearest one that a clock may have."""
        most = self.params.most_rate_error * self.nominal
        return min(max(slope, -most), most)

    def known(self) -> list[Point]:
        """All points since the last jump, the incomplete bucket's best included."""
        s = self.state
        return s.points if s.best is None else [*s.points, s.best]

    def span(self) -> float:
        """Ticks from the first reading to the last."""
        first = self.state.before_jumps[0] if self.state.before_jumps else self.state.points
        return self.known()[-1][0] - first[0][0] if first else 0.0

    def host_ns(self, point: Point) -> tuple[int, float]:
        """(ticks, host ns) of a point."""
        s = self.state
        ticks0 = s.ticks0 or 0
        return ticks0 + round(point[0]), s.host0_ns + point[0] * self.nominal + self.params.side * point[1]
