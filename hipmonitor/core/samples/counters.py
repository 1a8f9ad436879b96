"""The u32 counters of one sensor: sample indices and ticks to numbers that do not wrap, and do not jump where the samples do not."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

from hipmonitor.core.arrays import Ints, Nanoseconds, differences
from hipmonitor.core.instants import NS_PER_S
from hipmonitor.core.samples.evidence import EvidenceState
from hipmonitor.core.samples.uncounted import Uncounted, UncountedParams, UncountedState
from hipmonitor.core.wire import ClockPair, ImuPackets, SensorInfo

U32 = 1 << 32


@dataclass(frozen=True, slots=True, kw_only=True)
class CounterParams:
    """What may be tuned."""

    jump_s: float = 0.05
    jump_share: float = 0.05
    """Ticks that differ from what the sample indices say by more than this and this share jumped: no sample rate is so wrong,
    and a smaller jump is no larger than what the radio adds."""
    most_waiting: int = 64
    """Round trips that are kept while no packet comes."""
    uncounted: UncountedParams = field(default_factory=UncountedParams)


class Trip(NamedTuple):
    """A clock round trip in unwrapped ticks."""

    received: int
    asked_ns: int
    answered: int
    heard_ns: int


@dataclass(slots=True, kw_only=True)
class CounterState:
    """A stream's counters."""

    next_index: int | None = None
    """One more than the newest index."""
    last_ticks: int | None = None
    """Newest unwrapped reading, as counted."""
    last_at_ns: int = 0
    """When the host heard it."""
    shift: int = 0
    """What is added to readings since the counter jumped, so that they go on as the samples did."""
    last: tuple[int, int, int] | None = None
    """(index, ticks as counted, arrival) of the last packet's first sample."""
    waiting: list[Trip] = field(default_factory=list)
    """Round trips since the last packet, ticks as counted: the next one tells whether the counter jumped."""
    uncounted: UncountedState | None = None
    """Of a sensor that sends no ticks."""


class Readings(NamedTuple):
    """What a run of packets says of its clock."""

    indices: Ints
    """(p,) of the packets' first samples."""
    ticks: Ints
    """(p,) of the same."""
    trips: list[Trip]
    """Round trips before these packets."""


def clock_hz(info: SensorInfo) -> float:
    """Rate of the clock that samples are timed by: the sensor's ticks, or its samples where it sends no ticks."""
    return info.tick_hz or info.rate_hz


class Counters:
    """Unwraps what one stream's packets and answers count."""

    def __init__(self, params: CounterParams, state: CounterState, info: SensorInfo) -> None:
        self.params = params
        self.state = state
        self.info = info
        self._tick_ns = NS_PER_S / clock_hz(info)

    def ask(self, pair: ClockPair) -> None:
        """A round trip was answered; it is handed on with the next packets."""
        if self.info.tick_hz and len(self.state.waiting) < self.params.most_waiting:
            readings = np.array([pair.ticks_received, pair.ticks_answered], np.int64)
            received, answered = self.unwrap(readings, np.array([pair.t1, pair.t4], np.int64)).tolist()
            self.state.waiting.append(Trip(received, pair.t1, answered, pair.t4))

    def read(self, packets: ImuPackets) -> Readings:
        """The packets' counters, and the round trips before them."""
        s = self.state
        index = self._indices(packets.first_index, packets.count)
        if not self.info.tick_hz:
            index = index + self._lost_before(index + packets.count - 1, packets.at_ns)
            return Readings(index, index, [])
        counted = self.unwrap(packets.first_tick, packets.at_ns)
        jumps = self._jumps(index, counted, packets.at_ns)
        before = s.shift
        trips = [trip._replace(received=trip.received + before, answered=trip.answered + before) for trip in s.waiting]
        s.last, s.waiting = (int(index[-1]), int(counted[-1]), int(packets.at_ns[-1])), []
        shift = before - jumps.cumsum()
        s.shift = int(shift[-1])
        return Readings(index, counted + shift, [] if jumps[0] else trips)

    def _lost_before(self, last_index: Ints, at_ns: Nanoseconds) -> Ints:
        s = self.state
        if s.uncounted is None:
            s.uncounted = UncountedState(evidence=EvidenceState(tick_hz=clock_hz(self.info)))
        return Uncounted(self.params.uncounted, s.uncounted).lost_before(last_index, at_ns)

    def begin_near(self, ticks: int, at_ns: int) -> None:
        """Where the first reading is known roughly: it is unwrapped to the nearest."""
        if self.state.last_ticks is None:
            self.state.last_ticks, self.state.last_at_ns = ticks, at_ns

    def _indices(self, first_index: Ints, count: Ints) -> Ints:
        """Sample indices that do not wrap; an older one than the newest stays older."""
        s = self.state
        before = int(first_index[0]) if s.next_index is None else s.next_index
        steps = differences(first_index, before % U32) % U32
        steps = np.where(steps >= U32 // 2, steps - U32, steps)
        steps[0] += before
        index = steps.cumsum()
        s.next_index = max(before, int((index + count).max()))
        return index

    def unwrap(self, ticks: Ints, at_ns: Nanoseconds) -> Ints:
        """u32 readings (p,), heard at (p,), to readings that only grow; one slightly older than the last stays older.

        The host's clock tells how often the counter turned over meanwhile: at 1 MHz it does so every 71 min.
        """
        s = self.state
        if not len(ticks):
            return ticks
        before, heard = (int(ticks[0]), int(at_ns[0])) if s.last_ticks is None else (s.last_ticks, s.last_at_ns)
        steps = differences(ticks, before % U32) % U32
        passed = differences(at_ns, heard) / self._tick_ns
        steps += U32 * np.rint((passed - steps) / U32).astype(np.int64)
        steps[0] += before
        unwrapped = steps.cumsum()
        newest = int(unwrapped.argmax())
        if s.last_ticks is None or unwrapped[newest] > s.last_ticks:
            s.last_ticks, s.last_at_ns = int(unwrapped[newest]), int(at_ns[newest])
        return unwrapped

    def _jumps(self, index: Ints, ticks: Ints, at_ns: Nanoseconds) -> Ints:
        """(p,) ticks by which the counter jumped before each packet.

        Where ticks and indices disagree, the host's clock tells which went on: samples that paused are no jump.
        """
        last = self.state.last or (int(index[0]), int(ticks[0]), int(at_ns[0]))
        nominal = clock_hz(self.info) / self.info.rate_hz
        by_index = differences(index, last[0]) * nominal
        by_ticks = differences(ticks, last[1])
        by_host = differences(at_ns, last[2]) / self._tick_ns
        off = by_ticks - by_index
        allowed = self.params.jump_s * clock_hz(self.info) + self.params.jump_share * np.abs(by_index)
        jumped = (np.abs(off) > allowed) & (np.abs(by_ticks - by_host) > np.abs(by_index - by_host))
        return np.where(jumped, np.rint(off), 0.0).astype(np.int64)
