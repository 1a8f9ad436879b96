"""Device ticks to host time, as lived: a line through clock round trips, changed only at their instants and without a step.

Method: the middle of a round trip's host times belongs to the middle of the sensor's two readings; a straight line under
those with a short round trip gives offset and rate (as NTP does). Where a sensor has no round trip, the earliest arrivals
stand in for it: a running minimum that leaks faster than any crystal drifts, which keeps the shortest radio delay as bias.
The line in force is steered towards the newest fit at a bounded rate, so that sample intervals stay true.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field

import numpy as np

from hipmonitor.core.arrays import Floats, Ints, Nanoseconds
from hipmonitor.core.instants import NS_PER_S
from hipmonitor.core.wire import ClockPair

U32 = 1 << 32


@dataclass(frozen=True, slots=True, kw_only=True)
class TimebaseParams:
    """What may be tuned; times in seconds of the host."""

    window_s: float = 300.0
    """Round trips older than this are forgotten (crystals wander over tens of minutes)."""
    rate_after_s: float = 30.0
    """Below this span the nominal rate is better than a fitted one: 5 ms over 30 s is 170 ppm."""
    kept_share: float = 0.5
    """Share of the shortest round trips that the line goes through; the rest waited for a connection event."""
    steer_s: float = 5.0
    """The line in force meets the newest fit after this long."""
    steer_limit: float = 0.002
    """Most the rate in force may differ from the nominal one (crystals: 2e-4)."""
    jump_s: float = 0.5
    """A larger error is not steered but stepped: the earlier line was wrong, not late."""
    leak: float = 250e-6
    """One-way: how fast the running minimum rises; above the fastest drift to be followed (200 ppm)."""
    most_rate_error: float = 500e-6
    """A fitted rate further from the nominal one is not believed."""


@dataclass(slots=True, kw_only=True)
class TimebaseState:
    """The line in force (host = host_ns + (ticks - ticks0) * ns_per_tick) and what it was learned from."""

    tick_hz: float
    last_ticks: int | None = None
    """Newest unwrapped reading."""
    ticks0: int | None = None
    host0_ns: float = 0.0
    ns_per_tick: float = 0.0
    issued_ticks: int | None = None
    """Newest reading that was turned into a time: from there on the line may bend."""
    trips: deque[tuple[int, float, float]] = field(default_factory=deque)
    """(ticks, host ns, round trip ns) of recent round trips."""
    delay_floor_ns: float | None = None
    """One-way: smallest (arrival - nominal time) so far, leaking upwards."""
    floor_ticks: int = 0


class Timebase:
    """One sensor boot's clock."""

    def __init__(self, params: TimebaseParams, state: TimebaseState) -> None:
        self.params = params
        self.state = state

    @property
    def _nominal(self) -> float:
        return NS_PER_S / self.state.tick_hz

    def unwrap(self, ticks: Ints) -> Ints:
        """u32 readings (p,) to readings that only grow; a slightly older one than the last is recognised as such."""
        s = self.state
        if not len(ticks):
            return ticks
        before = int(ticks[0]) if s.last_ticks is None else s.last_ticks
        steps = np.diff(ticks, prepend=before % U32) % U32
        steps = np.where(steps >= U32 // 2, steps - U32, steps)
        steps[0] += before
        unwrapped = np.cumsum(steps)
        s.last_ticks = int(unwrapped.max()) if s.last_ticks is None else max(s.last_ticks, int(unwrapped.max()))
        return unwrapped

    def round_trip(self, pair: ClockPair) -> None:
        """Learn from a clock round trip."""
        s = self.state
        received, answered = self.unwrap(np.array([pair.ticks_received, pair.ticks_answered], np.int64))
        inside_ns = max(0.0, float(answered - received)) * self._nominal
        ticks, host = int(received + answered) // 2, (pair.t1 + pair.t4) / 2
        s.trips.append((ticks, host, pair.t4 - pair.t1 - inside_ns))
        while ticks - s.trips[0][0] > self.params.window_s * s.tick_hz:
            s.trips.popleft()
        self._bend(*self._fit())

    def _fit(self) -> tuple[int, float, float]:
        """(ticks, host ns, ns per tick) of the line through the shortest round trips."""
        trips = sorted(self.state.trips, key=lambda trip: trip[2])
        kept = trips[: max(1, round(len(trips) * self.params.kept_share))]
        ticks0 = kept[0][0]
        x = np.array([trip[0] - ticks0 for trip in kept], np.float64)
        late = np.array([trip[1] - trip[0] * self._nominal for trip in kept])
        slope = self._slope(x, late)
        middle = float(np.mean(x))
        return ticks0, float(np.mean(late)) + ticks0 * self._nominal - slope * middle, self._nominal + slope

    def _slope(self, x: Floats, late: Floats) -> float:
        """Excess of ns per tick over nominal; 0 where the span is too short or the result not believable."""
        span_s = float(x.max() - x.min()) / self.state.tick_hz
        if span_s < self.params.rate_after_s:
            return 0.0
        dx = x - np.mean(x)
        slope = float(np.sum(dx * (late - np.mean(late))) / np.sum(dx * dx))
        limit = self.params.most_rate_error * self._nominal
        return min(max(slope, -limit), limit)

    def _bend(self, ticks: int, host_ns: float, ns_per_tick: float) -> None:
        """Steer the line in force to meet the given one."""
        s, p = self.state, self.params
        if s.ticks0 is None or s.issued_ticks is None:
            s.ticks0, s.host0_ns, s.ns_per_tick = ticks, host_ns, ns_per_tick
            return
        now_ns = s.host0_ns + (s.issued_ticks - s.ticks0) * s.ns_per_tick
        error_ns = host_ns + (s.issued_ticks - ticks) * ns_per_tick - now_ns
        if abs(error_ns) > p.jump_s * NS_PER_S:
            s.ticks0, s.host0_ns, s.ns_per_tick = s.issued_ticks, now_ns + error_ns, ns_per_tick
            return
        rate = ns_per_tick + error_ns / (p.steer_s * s.tick_hz)
        limit = p.steer_limit * self._nominal
        rate = min(max(rate, self._nominal - limit), self._nominal + limit)
        s.ticks0, s.host0_ns, s.ns_per_tick = s.issued_ticks, now_ns, rate

    def arrived(self, last_ticks: Ints, at_ns: Nanoseconds) -> None:
        """One-way: fold packets (ticks of their last samples, arrival times) into the running minimum.

        A sensor that answers round trips is not judged by arrivals any more.
        """
        s = self.state
        if s.trips:
            return
        late = at_ns - last_ticks * self._nominal
        leak = self.params.leak * self._nominal
        for ticks, value in zip(last_ticks.tolist(), late.tolist(), strict=True):
            floor = value if s.delay_floor_ns is None else s.delay_floor_ns + leak * max(0, ticks - s.floor_ticks)
            s.delay_floor_ns, s.floor_ticks = min(floor, value), ticks

    def revise(self) -> None:
        """One-way: bend the line towards what the running minimum says now."""
        s = self.state
        if s.delay_floor_ns is not None and not s.trips:
            self._bend(s.floor_ticks, s.delay_floor_ns + s.floor_ticks * self._nominal, self._nominal)

    def host_ns(self, ticks: Floats) -> Nanoseconds:
        """Host times of unwrapped ticks (n,), which may be fractional; remembers how far the line has been used."""
        s = self.state
        if s.ticks0 is None:
            raise AssertionError("a time was asked for before anything was learned of the clock")
        times = np.rint(s.host0_ns + (ticks - s.ticks0) * s.ns_per_tick)
        if len(ticks):
            newest = int(ticks[-1])
            s.issued_ticks = newest if s.issued_ticks is None else max(s.issued_ticks, newest)
        return times.astype(np.int64)
