"""A sensor's clock for the settled reading: a line with knots, learned from all that was heard of it, before and after.

Method: at every knot the line under the evidence of a window around it (`envelope`), evaluated where the window knows it
best. Round trips where they were asked over most of the time, arrivals elsewhere; both as in `timebase`, whose least delay
stays as bias. A pure function of the recording.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

from hipmonitor.core.arrays import Floats, Ints, Nanoseconds, read_only
from hipmonitor.core.inbound import SensorId
from hipmonitor.core.samples.counters import CounterParams, Counters, CounterState, TickState, clock_hz
from hipmonitor.core.samples.envelope import Line, Point, edge_under, touching
from hipmonitor.core.samples.evidence import Evidence, EvidenceParams, EvidenceState, adapted
from hipmonitor.core.wire import ClockPair, Decoded, ImuPackets, PacketKind, SensorInfo


class ClockKey(NamedTuple):
    """What one clock goes on through: a boot, and where samples are counted instead of ticks a stream."""

    sensor: SensorId
    boot_id: int
    stream: int


def clock_key(info: SensorInfo) -> ClockKey:
    """Whose clock times the samples of this stream."""
    return ClockKey(info.sensor, info.boot_id, -1 if info.tick_hz else info.stream)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ClockLine:
    """Host times of a clock's readings: straight between knots, and on as before the first and after the last."""

    key: ClockKey
    ticks0: int
    host0_ns: int
    ticks: Floats
    """(k,) knots, increasing, since ticks0."""
    host_ns: Floats
    """(k,) their host times since host0_ns."""
    ns_per_tick: Floats
    """(k - 1,) between them."""

    def at(self, ticks: Floats | Ints) -> Nanoseconds:
        """Host times of unwrapped ticks (n,)."""
        x = ticks - self.ticks0
        knot = np.clip(np.searchsorted(self.ticks, x, side="right") - 1, 0, len(self.ticks) - 2)
        out = self.host_ns[knot] + self.ns_per_tick[knot] * (x - self.ticks[knot])
        return self.host0_ns + np.rint(out).astype(np.int64)

    def ticks_near(self, at_ns: int) -> int:
        """About the reading at that instant."""
        knot = int(np.argmin(np.abs(self.host_ns - (at_ns - self.host0_ns))))
        rate = self.ns_per_tick[min(knot, len(self.ns_per_tick) - 1)]
        return self.ticks0 + round(float(self.ticks[knot] + (at_ns - self.host0_ns - self.host_ns[knot]) / rate))


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockLineParams:
    """What may be tuned; times in seconds."""

    trips: EvidenceParams = field(default_factory=lambda: EvidenceParams(side=-1, bucket_s=4.0))
    arrivals: EvidenceParams = field(default_factory=lambda: EvidenceParams(side=1, bucket_s=10.0))
    trips_window_s: float = 400.0
    """Around a knot: a few hundred questions at random phase leave 0.1 ms, and a crystal wanders over tens of minutes."""
    arrivals_window_s: float = 2400.0
    """At 20 ppm packets saw against connection events over 500 s: a line needs two teeth on either side."""
    knot_s: float = 60.0
    rate_after_s: float = 60.0
    """A clock heard for less runs at the rate of the sensor's clock that was heard longest, or the nominal one."""
    trips_share: float = 0.5
    """Round trips are asked alone where they span this share of what was heard."""
    beyond_s: float = 86_400.0
    """How far the first and the last window's own lines lead on: a knot of one minute would swing."""


class _Heard:
    """What was heard of one clock."""

    def __init__(self, params: ClockLineParams, info: SensorInfo) -> None:
        self.ticks = TickState()
        hz = clock_hz(info)
        self.trips = Evidence(params.trips, EvidenceState(tick_hz=hz))
        self.arrivals = Evidence(adapted(params.arrivals, info), EvidenceState(tick_hz=hz))

    def best(self, trips_share: float) -> Evidence:
        """Round trips, unless they were asked only now and then."""
        return (
            self.trips
            if self.trips.span() and self.trips.span() >= trips_share * self.arrivals.span()
            else self.arrivals
        )


class ClockLearner:
    """Listens to a first pass; then says what every clock's line was."""

    def __init__(self, params: ClockLineParams | None = None) -> None:
        self.params = params or ClockLineParams()
        self._clocks: dict[ClockKey, _Heard] = {}
        self._streams: dict[tuple[ClockKey, int], Counters] = {}
        self._now: dict[SensorId, Counters] = {}
        """The stream that each sensor sends now."""

    def hear(self, decoded: Iterable[Decoded]) -> None:
        """Take what the wire room decoded, in its order."""
        for item in decoded:
            if isinstance(item, SensorInfo):
                self._now[item.sensor] = self._stream(item)
            elif isinstance(item, ImuPackets) and item.kind is PacketKind.LIVE:
                self._packets(item)
            elif isinstance(item, ClockPair) and item.sensor in self._now:
                self._now[item.sensor].ask(item)

    def _stream(self, info: SensorInfo) -> Counters:
        key = clock_key(info)
        heard = self._clocks.setdefault(key, _Heard(self.params, info))
        fresh = Counters(CounterParams(), CounterState(ticks=heard.ticks), info)
        return self._streams.setdefault((key, info.stream), fresh)

    def _packets(self, packets: ImuPackets) -> None:
        info = packets.info
        readings = self._stream(info).read(packets)
        clock = self._clocks[clock_key(info)]
        for received, asked_ns in readings.trips:
            clock.trips.add(np.array([received], np.int64), np.array([asked_ns], np.int64))
        span = np.rint((packets.count - 1) * (clock_hz(info) / info.rate_hz)).astype(np.int64)
        clock.arrivals.add(readings.ticks + span, packets.at_ns)

    def lines(self) -> tuple[ClockLine, ...]:
        """One line a clock."""
        best = {key: heard.best(self.params.trips_share) for key, heard in self._clocks.items()}
        return tuple(
            _line(self.params, key, evidence, self._usual_rate(key, best))
            for key, evidence in best.items()
            if evidence.known()
        )

    def _usual_rate(self, key: ClockKey, clocks: dict[ClockKey, Evidence]) -> float:
        """Excess of ns per tick over nominal of this sensor's clock that was heard longest."""
        same = [e for other, e in clocks.items() if other.sensor == key.sensor and e.nominal == clocks[key].nominal]
        longest = max(same, key=lambda evidence: evidence.span())
        return longest.params.side * longest.state.slope


def _line(params: ClockLineParams, key: ClockKey, evidence: Evidence, usual_rate: float) -> ClockLine:
    by_trips = evidence.params.side < 0
    window = (params.trips_window_s if by_trips else params.arrivals_window_s) * evidence.state.tick_hz
    knots: list[Point] = []
    pieces = [*evidence.state.before_jumps, evidence.known()]
    beyond = params.beyond_s * evidence.state.tick_hz
    for number, points in enumerate(pieces):
        begin = points[0][0] - (0 if number else beyond)
        end = points[-1][0] + beyond if number == len(pieces) - 1 else pieces[number + 1][0][0] - 1
        knots += _knots(params, evidence, points, window, usual_rate, (begin, end))
    x = np.array([knot[0] for knot in knots])
    host = x * evidence.nominal + evidence.params.side * np.array([knot[1] for knot in knots])
    s = evidence.state
    return ClockLine(
        key=key,
        ticks0=s.ticks0 or 0,
        host0_ns=s.host0_ns,
        ticks=read_only(x),
        host_ns=read_only(host),
        ns_per_tick=read_only(np.diff(host) / np.diff(x)),
    )


def _knots(
    params: ClockLineParams,
    evidence: Evidence,
    points: list[Point],
    window: float,
    usual_rate: float,
    ends: tuple[float, float],
) -> list[Point]:
    """(x, y) knots of the line under points between which the clock did not jump."""
    hz = evidence.state.tick_hz
    span = points[-1][0] - points[0][0]
    if len(points) < 2 or span < params.rate_after_s * hz:
        line = touching(points, evidence.params.side * usual_rate)
        return [(x, line.at(x)) for x in ends]
    inner = np.linspace(points[0][0], points[-1][0], 2 + int(span / (params.knot_s * hz))).tolist()
    xs = [point[0] for point in points]
    lines = [(x, _best_line(points, xs, x, window)) for x in inner]
    known = [(x, line) for x, line in lines if line]
    first, last = known[0][1], known[-1][1]
    middle = [(x, line.at(x)) for x, line in known if ends[0] < x < ends[1]]
    return [(ends[0], first.at(ends[0])), *middle, (ends[1], last.at(ends[1]))]


def _best_line(points: list[Point], xs: list[float], x: float, window: float) -> Line | None:
    """The line under the window around x; towards its own ends the window's line goes on straight."""
    middle = min(max(x, xs[0] + window / 2), max(xs[-1] - window / 2, xs[0] + window / 2))
    near = points[bisect_left(xs, middle - window / 2) : bisect_right(xs, middle + window / 2)]
    if len(near) < 2:
        return None
    quarter = (near[-1][0] - near[0][0]) / 4
    return edge_under(near, min(max(x, near[0][0] + quarter), near[-1][0] - quarter))
