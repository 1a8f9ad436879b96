"""Device ticks to host time, as lived: a line through clock round trips, changed only at their instants and without a step.

Method: the middle of a round trip's host times belongs to the middle of the sensor's two readings; a straight line under
those with a short round trip gives offset and rate (as NTP does). Where a sensor has no round trip, the earliest arrivals
stand in for it: a running minimum that leaks faster than any crystal drifts, which keeps the shortest radio delay as bias.
The line in force is steered onto the newest fit at a bounded rate, so that sample intervals stay true, and then follows it.
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
    """The line in force meets the newest fit after this long, or later where the limit asks for it."""
    steer_limit: float = 0.002
    """Most the rate may differ from the fitted one while it is steered (crystals: 2e-4)."""
    jump_s: float = 0.5
    """A larger error is not steered but stepped: the earlier line was wrong, not late."""
    leak: float = 250e-6
    """One-way: how fast the running minimum rises; above the fastest drift to be followed (200 ppm)."""
    most_rate_error: float = 500e-6
    """A fitted rate further from the nominal one is not believed."""


@dataclass(slots=True, kw_only=True)
class TimebaseState:
    """The line in force (host = host0_ns + (ticks - ticks0) * ns_per_tick), how it is steered to, and what it came from."""

    tick_hz: float
    last_ticks: int | None = None
    """Newest unwrapped reading."""
    last_at_ns: int = 0
    """When the host heard it."""
    ticks0: int | None = None
    host0_ns: float = 0.0
    ns_per_tick: float = 0.0
    steer_ns: float = 0.0
    """How far the line lay ahead of the times in use when it came into force; given in evenly between these two readings."""
    steer_from: int = 0
    steer_to: int = 1
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

    def unwrap(self, ticks: Ints, at_ns: Nanoseconds) -> Ints:
        """u32 readings (p,), heard at (p,), to readings that only grow; one slightly older than the last stays older.

        The host's clock tells how often the counter turned over meanwhile: at 1 MHz it does so every 71 min.
        """
        s = self.state
        if not len(ticks):
            return ticks
        before, heard = (int(ticks[0]), int(at_ns[0])) if s.last_ticks is None else (s.last_ticks, s.last_at_ns)
        steps = np.diff(ticks, prepend=before % U32) % U32
        passed = np.diff(at_ns, prepend=heard) / self._nominal
        steps += U32 * np.rint((passed - steps) / U32).astype(np.int64)
        steps[0] += before
        unwrapped = np.cumsum(steps)
        newest = int(np.argmax(unwrapped))
        if s.last_ticks is None or unwrapped[newest] > s.last_ticks:
            s.last_ticks, s.last_at_ns = int(unwrapped[newest]), int(at_ns[newest])
        return unwrapped

    def round_trip(self, pair: ClockPair) -> None:
        """Learn from a clock round trip."""
        s = self.state
        readings = np.array([pair.ticks_received, pair.ticks_answered], np.int64)
        received, answered = self.unwrap(readings, np.array([pair.t1, pair.t4], np.int64))
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
        """Put the given line in force, without a step where times were issued on the one before."""
        s, p = self.state, self.params
        error_ns = 0.0
        if s.ticks0 is not None and s.issued_ticks is not None:
            now_ns = float(self._on_the_line(np.array([s.issued_ticks]))[0])
            error_ns = host_ns + (s.issued_ticks - ticks) * ns_per_tick - now_ns
            s.steer_from = s.issued_ticks
        s.ticks0, s.host0_ns, s.ns_per_tick = ticks, host_ns, ns_per_tick
        s.steer_ns = error_ns if abs(error_ns) <= p.jump_s * NS_PER_S else 0.0
        lasting_s = max(p.steer_s, abs(s.steer_ns) / NS_PER_S / p.steer_limit)
        s.steer_to = s.steer_from + round(lasting_s * s.tick_hz)

    def _on_the_line(self, ticks: Floats | Ints) -> Floats:
        """Host times in ns: the line, less what is still to be given in."""
        s = self.state
        if s.ticks0 is None:
            raise AssertionError("a time was asked for before anything was learned of the clock")
        open_share = np.clip((s.steer_to - ticks) / (s.steer_to - s.steer_from), 0.0, 1.0)
        return s.host0_ns + (ticks - s.ticks0) * s.ns_per_tick - s.steer_ns * open_share

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
        times = np.rint(self._on_the_line(ticks))
        if len(ticks):
            newest = int(ticks[-1])
            s.issued_ticks = newest if s.issued_ticks is None else max(s.issued_ticks, newest)
        return times.astype(np.int64)
