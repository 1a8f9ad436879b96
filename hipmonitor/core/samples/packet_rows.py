"""Packets of one stream to rows: counters unwrapped, what came twice dropped, counts scaled, ticks turned into host time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import pairwise

import numpy as np

from hipmonitor.core.arrays import Bools, Floats, Ints, Nanoseconds, Sent3
from hipmonitor.core.samples.clock_line import ClockLine, clock_key
from hipmonitor.core.samples.counters import U32, CounterParams, Counters, CounterState, clock_hz
from hipmonitor.core.samples.rows import Rows
from hipmonitor.core.samples.timebase import Timebase, TimebaseParams, TimebaseState, for_stream
from hipmonitor.core.wire import ClockPair, FaultKind, ImuPackets, PacketKind, SensorInfo

STANDARD_GRAVITY_MPS2 = 9.80665
MOST_UNEVEN = 0.01
"""Rates are stated in steps of a thousandth of a hertz and coarser."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PacketParams:
    """What may be tuned."""

    cell_samples: int = 1024
    """The sensor's ticks per sample are measured anew every so many samples."""
    cells_kept: int = 6
    """Over so many cells (about a minute at 100 Hz, where one tick of 32768 Hz is 0.5 ppm)."""
    first_samples: int = 64
    """In the first cell they are measured from so many samples on: one tick is then 500 ppm at 100 Hz."""
    most_rate_error: float = 0.05
    """Ticks per sample further from those stated are not believed: the sensor paused."""
    counters: CounterParams = field(default_factory=CounterParams)
    timebase: TimebaseParams = field(default_factory=TimebaseParams)
    lines: tuple[ClockLine, ...] = ()
    """Settled: the clocks as a first pass learned them."""


@dataclass(slots=True, kw_only=True)
class StreamState:
    """One stream of one boot: its counters, unwrapped, and its clock."""

    info: SensorInfo
    clock: TimebaseState
    counters: CounterState
    ticks_per_sample: float
    newest_index: int = -1
    anchors: list[tuple[int, int]] = field(default_factory=list)
    """(sample index, ticks) at the beginnings of recent cells, oldest first."""
    first_cell: int | None = None
    revised_cell: int = -1
    """The newest cell at whose beginning the clock's line was revised."""

    @classmethod
    def fresh(cls, info: SensorInfo, before: StreamState | None = None) -> StreamState:
        """A new stream, of which its facts are known, and the rate of the sensor's clock where it was heard before."""
        known = before.clock if before and before.info.sensor == info.sensor else None
        return cls(
            info=info,
            clock=TimebaseState.fresh(clock_hz(info), known),
            counters=CounterState(),
            ticks_per_sample=clock_hz(info) / info.rate_hz,
        )


class PacketReader:
    """Reads the live packets of one stream, in the order of their arrival."""

    def __init__(self, params: PacketParams, stream: StreamState, faults: Counter[FaultKind]) -> None:
        self.params = params
        self.stream = stream
        self.faults = faults
        self.counters = Counters(params.counters, stream.counters, stream.info)
        self.clock = Timebase(for_stream(params.timebase, stream.info), stream.clock)
        self.line = next((line for line in params.lines if line.key == clock_key(stream.info)), None)

    def round_trip(self, pair: ClockPair) -> None:
        """A clock round trip was answered."""
        self.counters.ask(pair)

    def read(self, packets: ImuPackets) -> list[Rows]:
        """Rows of these packets, a piece for every cell of sample indices. Those of the slow memory count as it was filled."""
        every = slow_every(packets.info) if packets.kind is PacketKind.SLOW_BACKFILL else 1
        if self.line:
            at_ns = int(packets.at_ns[0])
            self.counters.begin_near(self.line.ticks_near(at_ns), at_ns)
        index, ticks, trips = self.counters.read(packets if every == 1 else _at_full_rate(packets, every))
        if self.line is None:
            self.clock.round_trips(trips)
        row = np.concatenate([[0], packets.count.cumsum()])
        return [
            self._piece(packets, piece, slice(int(row[piece.start]), int(row[piece.stop])), index, ticks, every)
            for piece in self._cells(index)
        ]

    def _cells(self, first_index: Ints) -> Iterator[slice]:
        """Runs of packets of one cell; in the first cell packet by packet, because there is nothing better yet."""
        cell = first_index // self.params.cell_samples
        if self.stream.first_cell is None:
            self.stream.first_cell = int(cell[0])
        new = (cell[1:] != cell[:-1]) | (cell[1:] == self.stream.first_cell)
        for start, stop in pairwise([0, *(new.nonzero()[0] + 1).tolist(), len(cell)]):
            yield slice(start, stop)

    def _piece(
        self, packets: ImuPackets, piece: slice, rows: slice, first_index: Ints, first_tick: Ints, every: int
    ) -> Rows:
        count = packets.count[piece]
        self._measure_rate(int(first_index[piece][0]), int(first_tick[piece][0]))
        if self.line is None:
            span = np.rint((count - 1) * self.stream.ticks_per_sample).astype(np.int64)
            self._hear_arrivals(first_tick[piece] + span, packets.at_ns[piece], int(first_index[piece][0]))
        within = (np.arange(rows.stop - rows.start) - (count.cumsum() - count).repeat(count)) * every
        index = first_index[piece].repeat(count) + within
        ticks = first_tick[piece].repeat(count) + within * self.stream.ticks_per_sample
        acc, gyr = packets.acc_counts[rows], None if packets.gyr_counts is None else packets.gyr_counts[rows]
        fresh = self._fresh(index)
        if fresh is None:
            return self._scaled(ticks, index, acc, gyr)
        return self._scaled(ticks[fresh], index[fresh], acc[fresh], None if gyr is None else gyr[fresh])

    def _measure_rate(self, index: int, ticks: int) -> None:
        """At the first packet of a cell, and of the first cell at every packet: the sensor's own ticks per sample."""
        anchors, cell = self.stream.anchors, self.params.cell_samples
        new = not anchors or index // cell > anchors[-1][0] // cell
        if new:
            anchors.append((index, ticks))
            del anchors[: -self.params.cells_kept]
        passed = index - anchors[0][0]
        if passed < self.params.first_samples or not (new or index // cell == self.stream.first_cell):
            return
        measured = (ticks - anchors[0][1]) / passed
        stated = clock_hz(self.stream.info) / self.stream.info.rate_hz
        if abs(measured / stated - 1) <= self.params.most_rate_error:
            self.stream.ticks_per_sample = measured
        else:
            anchors[:] = [(index, ticks)]

    def _hear_arrivals(self, last_ticks: Ints, at_ns: Nanoseconds, index: int) -> None:
        """One-way clocks: the line is revised at the first packet of a cell, by what had arrived until then.

        In the first cell every packet revises it: there is nothing better yet.
        """
        cell = index // self.params.cell_samples
        self.clock.arrived(last_ticks[:1], at_ns[:1])
        if cell > self.stream.revised_cell or cell == self.stream.first_cell:
            self.stream.revised_cell = max(cell, self.stream.revised_cell)
            self.clock.revise()
        self.clock.arrived(last_ticks[1:], at_ns[1:])

    def _fresh(self, index: Ints) -> Bools | None:
        """Samples that are newer than all before them; the others came twice or too late. None: all are."""
        newest = np.maximum.accumulate(np.concatenate([[self.stream.newest_index], index]))
        fresh: Bools = index > newest[:-1]
        self.stream.newest_index = int(newest[-1])
        old = len(fresh) - int(np.count_nonzero(fresh))
        self.faults[FaultKind.DUPLICATE] += old
        return fresh if old else None

    def _scaled(self, ticks: Floats, index: Ints, acc: Sent3, gyr: Sent3 | None) -> Rows:
        info = self.stream.info
        clipped = _at_the_rail(acc, info.acc_counts_at_range)
        if gyr is not None:
            clipped |= _at_the_rail(gyr, info.gyr_counts_at_range)
        self.faults[FaultKind.CLIPPED] += int(clipped.sum())
        return Rows(
            t_ns=self.clock.host_ns(ticks) if self.line is None else self.line.at(ticks),
            index=index,
            acc_mps2=acc.astype(np.float64) * (info.acc_range_g * STANDARD_GRAVITY_MPS2 / info.acc_counts_at_range),
            gyr_radps=None if gyr is None else gyr.astype(np.float64) * _radps_per_count(info),
            clipped=clipped,
            measured=np.ones(len(index), np.bool_),
        )


def slow_every(info: SensorInfo) -> int:
    """The slow memory keeps one of so many samples; 0 = there is none, or it does not fit the rate."""
    every = info.rate_hz / info.slow_rate_hz if info.slow_rate_hz > 0 else 0.0
    return round(every) if every >= 1 and abs(every - round(every)) < MOST_UNEVEN else 0


def _at_full_rate(packets: ImuPackets, every: int) -> ImuPackets:
    """Numbered as the samples were that the slow memory kept."""
    return replace(packets, first_index=packets.first_index * every % U32, count=packets.count * every)


def _radps_per_count(info: SensorInfo) -> float:
    return float(np.deg2rad(info.gyr_range_dps)) / info.gyr_counts_at_range


def _at_the_rail(counts: Sent3, at_range: float) -> Bools:
    """The last number before the range ends, or beyond: the axis was out of range."""
    railed: Bools = np.logical_or.reduce((counts >= at_range - 1) | (counts <= -at_range), axis=1)
    return railed
