"""Device ticks to host time, as lived: a line along the least delays, changed only where evidence comes in and without a step.

Method: no question is answered before it was asked, and no packet arrives before its last sample. Round trips are asked at
a random phase of the radio's connection events, so that within minutes one hardly waits: the line under their outward
delays (`envelope`) is late by nothing and early by the shortest way out (about 1 ms). Without round trips the
line under the arrivals stands in, over half an hour, because packets beat with the connection events and the shortest delay saws
through their greatest common divisor; it keeps the shortest delay as bias. The middle of a round trip (as in NTP) would keep
half a connection interval: a sensor's answer always waits for the next event.
The line in force is steered onto the newest fit at a bounded rate, so that sample intervals stay true, and then follows it.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from hipmonitor.core.arrays import Floats, Ints, Nanoseconds
from hipmonitor.core.instants import NS_PER_S
from hipmonitor.core.samples.answers import Answers, AnswersParams
from hipmonitor.core.samples.counters import Trip
from hipmonitor.core.samples.envelope import Line, edge_under, touching
from hipmonitor.core.samples.evidence import Evidence, EvidenceParams, EvidenceState, adapted
from hipmonitor.core.wire import SensorInfo


@dataclass(frozen=True, slots=True, kw_only=True)
class FitParams:
    """How a line is laid along evidence; times in seconds."""

    rate_after_s: float
    """Below this span the rate known before is better than a fitted one."""
    recent_s: float
    """The whole window gives the rate; so much of it says where the line lies."""
    steer_s: float
    """The line in force meets the newest fit after about so long, or later where the limit asks for it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TimebaseParams:
    """What may be tuned; times in seconds of the host."""

    trips: EvidenceParams = field(default_factory=lambda: EvidenceParams(side=-1, window_s=900.0, bucket_s=3.0))
    """Rate: over 900 s it is known to half a part in a million, and crystals wander by more over tens of minutes."""
    trips_fit: FitParams = FitParams(rate_after_s=30.0, recent_s=250.0, steer_s=20.0)
    """5 ms over 30 s is 170 ppm. Of a question a second for 250 s one waits for 0.1 ms only, and the rate's error adds no
    more. 1 ms over 20 s is 50 ppm."""
    answers: AnswersParams = field(default_factory=AnswersParams)
    arrivals: EvidenceParams = field(default_factory=lambda: EvidenceParams(side=1, window_s=1800.0, bucket_s=10.0))
    """At 20 ppm packets saw against connection events over 500 s: a line needs two teeth and more."""
    arrivals_fit: FitParams = FitParams(rate_after_s=60.0, recent_s=math.inf, steer_s=90.0)
    """A saw of 10 ms over 60 s is 170 ppm; a tooth of 10 ms given in over 90 s is 110 ppm."""
    counted_rate_after_s: float = 3.0
    """Where samples are counted the stated rate may be 3 % wrong, which is 90 ms by then; a saw of 30 ms is 1 %."""
    better_share: float = 0.5
    """A rate known from before is given up for one that was measured over this share of its span."""
    middle: float = 0.5
    """Where in the window the rate is taken: the edge of the points' hull there is the likeliest line under all of them."""
    steer_share: float = 0.1
    """A fit is met sooner, after this share of what is known of the clock, while that is less: the first errors soon go."""
    steer_limit: float = 0.002
    """Most the rate may differ from the fitted one while it is steered (crystals: 2e-4)."""
    young_s: float = 30.0
    young_steer_limit: float = 0.02
    """The same while a clock is known for less than young_s: the first packet may have waited 200 ms."""
    jump_s: float = 0.5
    """A larger error is not steered but stepped: the earlier line was wrong, not late."""


def for_stream(params: TimebaseParams, info: SensorInfo) -> TimebaseParams:
    """The same clock where a sensor sends no ticks: samples are counted, and the rate is learned within seconds."""
    if info.tick_hz:
        return params
    return replace(
        params,
        arrivals=adapted(params.arrivals, info),
        arrivals_fit=replace(params.arrivals_fit, rate_after_s=params.counted_rate_after_s),
    )


@dataclass(slots=True, kw_only=True)
class TimebaseState:
    """The line in force (host = host0_ns + (ticks - ticks0) * ns_per_tick), how it is steered to, and what it came from."""

    tick_hz: float
    trips: EvidenceState
    arrivals: EvidenceState
    ns_per_tick: float
    answers: Answers = field(default_factory=Answers)
    ticks0: int | None = None
    host0_ns: float = 0.0
    rate_span_s: float = 0.0
    """Over how long the rate was measured; 0 = it is the nominal one."""
    steer_ns: float = 0.0
    """How far the line lay ahead of the times in use when it came into force; given in evenly between these two readings."""
    steer_from: int = 0
    steer_to: int = 1
    issued_ticks: int | None = None
    """Newest reading that was turned into a time: from there on the line may bend."""
    newest_trip: int | None = None

    @classmethod
    def fresh(cls, tick_hz: float, before: TimebaseState | None = None) -> TimebaseState:
        """A clock of which nothing is known but, where the same sensor was heard before, its rate and what its answers take."""
        state = cls(
            tick_hz=tick_hz,
            trips=EvidenceState(tick_hz=tick_hz),
            arrivals=EvidenceState(tick_hz=tick_hz),
            ns_per_tick=NS_PER_S / tick_hz,
        )
        if before is not None and before.tick_hz == tick_hz:
            state.ns_per_tick, state.rate_span_s = before.ns_per_tick, before.rate_span_s
            state.answers = Answers.after(before.answers)
        return state


class Timebase:
    """One sensor boot's clock. Its readings are unwrapped ticks (`ticks`)."""

    def __init__(self, params: TimebaseParams, state: TimebaseState) -> None:
        self.params = params
        self.state = state
        self._trips = Evidence(params.trips, state.trips)
        self._arrivals = Evidence(params.arrivals, state.arrivals)
        self._nominal = NS_PER_S / state.tick_hz

    @property
    def by_trips(self) -> bool:
        """Whether round trips are heard: arrivals are then not asked."""
        s = self.state
        heard = s.arrivals.ticks0 is not None and s.arrivals.best is not None
        if s.newest_trip is None or not heard:
            return s.newest_trip is not None
        newest = (s.arrivals.ticks0 or 0) + (s.arrivals.best or (0.0, 0.0))[0]
        return newest - s.newest_trip <= self.params.trips.window_s * s.tick_hz

    def round_trips(self, trips: Sequence[Trip]) -> None:
        """Learn from round trips, one after the other."""
        for trip in trips:
            self._trips.add(np.array([trip.received], np.int64), np.array([trip.asked_ns], np.int64))
            self.state.newest_trip = trip.received
            self.state.answers.hear(self.params.answers, trip)
            self._bend(self._trips, self.params.trips_fit)
            self.state.answers.learn(self.params.answers, trip.heard_ns - self._line().at(trip.answered))

    def arrived(self, last_ticks: Ints, at_ns: Nanoseconds) -> None:
        """Learn from packets (ticks of their last samples, arrival times)."""
        self._arrivals.add(last_ticks, at_ns)

    def revise(self) -> None:
        """Bend the line towards what arrivals say now, unless round trips say better."""
        if not self.by_trips and self.state.arrivals.ticks0 is not None:
            self._bend(self._arrivals, self.params.arrivals_fit)

    def _fit(self, evidence: Evidence, how: FitParams) -> Line:
        """The line along the evidence, in its own terms; with the rate known before until a better one can be had."""
        s, p = self.state, self.params
        points = evidence.known()
        span = points[-1][0] - points[0][0]
        span_s = span / s.tick_hz
        slope = evidence.params.side * (s.ns_per_tick - self._nominal)
        if span_s >= max(how.rate_after_s, p.better_share * s.rate_span_s):
            slope = evidence.believable(edge_under(points, points[0][0] + p.middle * span).slope)
            s.rate_span_s = span_s
        oldest = points[-1][0] - how.recent_s * s.tick_hz
        return touching([point for point in points if point[0] >= oldest], slope)

    def _bend(self, evidence: Evidence, how: FitParams) -> None:
        """Put the newest fit in force, without a step where times were issued on the line before."""
        s, p = self.state, self.params
        line = self._fit(evidence, how)
        ticks, host_ns = evidence.host_ns((line.x0, line.y0))
        ns_per_tick = self._nominal + evidence.params.side * line.slope
        if evidence is self._trips:
            host_ns += s.answers.raised(p.answers, Line(x0=ticks, y0=host_ns, slope=ns_per_tick))
        error_ns = 0.0
        if s.ticks0 is not None and s.issued_ticks is not None:
            now_ns = float(self._on_the_line(np.array([s.issued_ticks]))[0])
            error_ns = host_ns + (s.issued_ticks - ticks) * ns_per_tick - now_ns
            s.steer_from = s.issued_ticks
        s.ticks0, s.host0_ns, s.ns_per_tick = ticks, host_ns, ns_per_tick
        s.steer_ns = error_ns if abs(error_ns) <= p.jump_s * NS_PER_S else 0.0
        s.steer_to = s.steer_from + max(1, round(self._steer_s(evidence, how) * s.tick_hz))

    def _line(self) -> Line:
        """The fit in force, host ns by ticks."""
        s = self.state
        return Line(x0=s.ticks0 or 0, y0=s.host0_ns, slope=s.ns_per_tick)

    def _steer_s(self, evidence: Evidence, how: FitParams) -> float:
        """How long the line in force takes to meet the fit."""
        p, points = self.params, evidence.known()
        known_s = (points[-1][0] - points[0][0]) / self.state.tick_hz
        limit = p.young_steer_limit if known_s < p.young_s else p.steer_limit
        return max(min(how.steer_s, p.steer_share * known_s), abs(self.state.steer_ns) / NS_PER_S / limit)

    def _on_the_line(self, ticks: Floats | Ints) -> Floats:
        """Host times in ns: the line, less what is still to be given in."""
        s = self.state
        if s.ticks0 is None:
            raise AssertionError("a time was asked for before anything was learned of the clock")
        open_share = np.minimum(np.maximum((s.steer_to - ticks) / (s.steer_to - s.steer_from), 0.0), 1.0)
        return s.host0_ns + (ticks - s.ticks0) * s.ns_per_tick - s.steer_ns * open_share

    def host_ns(self, ticks: Floats) -> Nanoseconds:
        """Host times of unwrapped ticks (n,), which may be fractional; remembers how far the line has been used."""
        s = self.state
        times = np.rint(self._on_the_line(ticks))
        if len(ticks):
            newest = int(ticks[-1])
            s.issued_ticks = newest if s.issued_ticks is None else max(s.issued_ticks, newest)
        return times.astype(np.int64)
