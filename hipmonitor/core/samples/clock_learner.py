"""Clock lines learned from a whole recording, for the settled reading: a pure function of what was heard.

Method: no packet and no answer arrives before the sensor read its counter. Of round trips the answers give the curve's shape,
because they always wait for the next connection event and hardly scatter, and the questions its place, because of many
asked at a random phase one hardly waits. Without round trips the curve under the arrivals has both, and keeps the shortest
delay as bias.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np

from hipmonitor.core.arrays import Floats, read_only
from hipmonitor.core.inbound import SensorId
from hipmonitor.core.instants import NS_PER_S
from hipmonitor.core.samples.clock_line import ClockKey, ClockLine, clock_key
from hipmonitor.core.samples.counters import CounterParams, Counters, CounterState, Readings, Trip, clock_hz
from hipmonitor.core.samples.curve import Curve, curve_under, straight
from hipmonitor.core.samples.envelope import Point, touching
from hipmonitor.core.samples.evidence import Evidence, EvidenceParams, EvidenceState, adapted
from hipmonitor.core.wire import ClockPair, Decoded, ImuPackets, PacketKind, SensorInfo


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockLearnerParams:
    """What may be tuned; times in seconds."""

    questions: EvidenceParams = field(default_factory=lambda: EvidenceParams(side=-1, bucket_s=4.0))
    answers: EvidenceParams = field(default_factory=lambda: EvidenceParams(side=1, bucket_s=4.0))
    arrivals: EvidenceParams = field(default_factory=lambda: EvidenceParams(side=1, bucket_s=10.0))
    answers_window_s: float = 240.0
    """Around a knot: short, because a line sags by .22 ms under a crystal that wanders 3 ppm over ten minutes (.35 in 300 s),
    and answers hardly scatter (2 ms)."""
    questions_window_s: float = 1800.0
    """Around a knot: long, because questions wait for up to an interval, and each step of what they say is an error; what a
    crystal wanders is in the answers' curve."""
    questions_near_s: float = 300.0
    same_delay_s: float = 0.003
    """Where the nearer questions lie further off than this, the answers' own delay changed (another connection interval)."""
    arrivals_window_s: float = 2400.0
    """At 20 ppm packets saw against connection events over 500 s: a line needs two teeth on either side."""
    knot_s: float = 60.0
    rate_after_s: float = 60.0
    """A clock heard for less runs at the rate of the sensor's clock that was heard longest."""
    trips_share: float = 0.5
    """Round trips are asked alone where they span this share of what was heard."""
    beyond_s: float = 86_400.0
    """How far the first and the last window's own lines lead on: a sensor keeps a day in its memory."""
    rate_after_samples: int = 64
    most_rate_error: float = 0.05
    """As `PacketParams.first_samples` and its most_rate_error: before, and beyond, the stated rate is believed."""
    counters: CounterParams = field(default_factory=CounterParams)


class _Heard:
    """What was heard of one clock."""

    def __init__(self, params: ClockLearnerParams, info: SensorInfo) -> None:
        self.params, self.tick_hz = params, clock_hz(info)
        self.first: tuple[int, int] | None = None
        """(index, ticks) of the first packet."""
        self.counters = Counters(params.counters, CounterState(), info)
        self.questions, self.answers, self.arrivals = (
            Evidence(adapted(kind, info), EvidenceState(tick_hz=self.tick_hz))
            for kind in (params.questions, params.answers, params.arrivals)
        )

    def packets(self, packets: ImuPackets) -> None:
        """Live packets, and the round trips before them."""
        readings = self.counters.read(packets)
        for trip in readings.trips:
            self._trip(trip)
        span = np.rint((packets.count - 1) * self._ticks_per_sample(packets.info, readings)).astype(np.int64)
        self.arrivals.add(readings.ticks + span, packets.at_ns)

    def _ticks_per_sample(self, info: SensorInfo, readings: Readings) -> Floats:
        """(p,) as measured since the first packet, once that is long enough: packets of seconds at a rate 2 % wrong are 30 ms."""
        first_index, first_tick = self.first = self.first or (int(readings.indices[0]), int(readings.ticks[0]))
        passed = readings.indices - first_index
        stated = clock_hz(info) / info.rate_hz
        measured = (readings.ticks - first_tick) / np.maximum(passed, 1)
        known = (passed >= self.params.rate_after_samples) & (
            np.abs(measured / stated - 1) <= self.params.most_rate_error
        )
        return np.where(known, measured, stated)

    def _trip(self, trip: Trip) -> None:
        """Both ways of a round trip, counted from the same beginning."""
        for evidence, ticks, host_ns in (
            (self.questions, trip.received, trip.asked_ns),
            (self.answers, trip.answered, trip.heard_ns),
        ):
            evidence.begin(trip.received, trip.asked_ns)
            evidence.add(np.array([ticks], np.int64), np.array([host_ns], np.int64))

    def shape(self, trips_share: float) -> Evidence:
        """What the curve lies under: answers, unless they came only now and then."""
        answered = self.answers.span()
        return self.answers if answered and answered >= trips_share * self.arrivals.span() else self.arrivals


class ClockLearner:
    """Listens to a first pass; then says what every clock's line was."""

    def __init__(self, params: ClockLearnerParams | None = None) -> None:
        self.params = params or ClockLearnerParams()
        self._clocks: dict[ClockKey, _Heard] = {}
        self._now: dict[SensorId, Counters] = {}
        """Of the stream that each sensor sends now."""

    def hear(self, decoded: Iterable[Decoded]) -> None:
        """Take what the wire room decoded, in its order. Packets from the sensor's memory say nothing of the clock."""
        for item in decoded:
            if isinstance(item, SensorInfo):
                self._now[item.sensor] = self._clock(item).counters
            elif isinstance(item, ImuPackets) and item.kind is PacketKind.LIVE:
                self._clock(item.info).packets(item)
            elif isinstance(item, ClockPair) and item.sensor in self._now:
                self._now[item.sensor].ask(item)

    def _clock(self, info: SensorInfo) -> _Heard:
        key = clock_key(info)
        if key not in self._clocks:
            self._clocks[key] = _Heard(self.params, info)
        return self._clocks[key]

    def lines(self) -> tuple[ClockLine, ...]:
        """One line a clock."""
        heard = {key: clock for key, clock in self._clocks.items() if clock.arrivals.known()}
        return tuple(self._line(key, clock, self._usual_slope(key, heard)) for key, clock in heard.items())

    def _usual_slope(self, key: ClockKey, clocks: dict[ClockKey, _Heard]) -> float:
        """Excess of ns per tick over nominal of this sensor's clock that was heard longest."""
        same = [c for other, c in clocks.items() if other.sensor == key.sensor and c.tick_hz == clocks[key].tick_hz]
        shapes = [clock.shape(self.params.trips_share) for clock in same]
        return max(shapes, key=lambda evidence: evidence.span()).state.slope

    def _line(self, key: ClockKey, clock: _Heard, usual_slope: float) -> ClockLine:
        """Piece by piece between jumps of the clock; a piece goes on until the next begins."""
        shape = clock.shape(self.params.trips_share)
        pieces = [*shape.state.before_jumps, shape.known()]
        beyond = self.params.beyond_s * clock.tick_hz
        begins = [pieces[0][0][0] - beyond, *(piece[0][0] for piece in pieces[1:])]
        ends = [*(begin - 1 for begin in begins[1:]), pieces[-1][-1][0] + beyond]
        curves = [
            self._curve(clock, shape, points, usual_slope).between(begin, end)
            for points, begin, end in zip(pieces, begins, ends, strict=True)
        ]
        x, y = (np.concatenate([getattr(curve, axis) for curve in curves]) for axis in ("x", "y"))
        distinct = np.append(np.diff(x) > 0, True)
        x, y = x[distinct], y[distinct]
        host_ns = x * shape.nominal + y
        return ClockLine(
            key=key,
            ticks0=shape.state.ticks0 or 0,
            host0_ns=shape.state.host0_ns,
            ticks=read_only(x),
            host_ns=read_only(host_ns),
            ns_per_tick=read_only(np.diff(host_ns) / np.diff(x)),
        )

    def _curve(self, clock: _Heard, shape: Evidence, points: list[Point], usual_slope: float) -> Curve:
        """Of one piece: under the arrivals, or under the answers and lowered onto the questions."""
        p, hz = self.params, clock.tick_hz
        if points[-1][0] - points[0][0] < p.rate_after_s * hz:
            curve = straight(touching(points, usual_slope), points[0][0])
        else:
            window_s = p.arrivals_window_s if shape is clock.arrivals else p.answers_window_s
            curve = curve_under(points, window=window_s * hz, step=p.knot_s * hz)
        if shape is clock.arrivals:
            return curve
        asked = [point for piece in (*clock.questions.state.before_jumps, clock.questions.known()) for point in piece]
        near = [(x, -y) for x, y in asked if points[0][0] - p.knot_s * hz <= x <= points[-1][0] + p.knot_s * hz]
        return curve.moved(offsets(curve, near, self.params, hz)) if near else curve


def offsets(curve: Curve, bounds: list[Point], params: ClockLearnerParams, tick_hz: float) -> Floats:
    """(k,) by how much the curve must be moved at its knots to touch the bounds from above."""
    x = np.array([point[0] for point in bounds])
    above = np.array([point[1] for point in bounds]) - curve.at(x)
    far = most_around(x, above, curve.x, params.questions_window_s * tick_hz)
    near = most_around(x, above, curve.x, params.questions_near_s * tick_hz)
    return np.where(far - near > params.same_delay_s * NS_PER_S, near, far)


def most_around(x: Floats, values: Floats, places: Floats, window: float) -> Floats:
    """(k,) greatest of the values (n,) at x within a window around each place, which stays whole near the ends.

    Where nothing lies in it, the nearest value counts.
    """
    middle = np.maximum(np.minimum(places, x[-1] - window / 2), x[0] + window / 2)
    begin = np.minimum(np.searchsorted(x, middle - window / 2), len(x) - 1)
    end = np.maximum(np.searchsorted(x, middle + window / 2, side="right"), begin + 1)
    return np.array([values[a:b].max() for a, b in zip(begin.tolist(), end.tolist(), strict=True)])
