"""Packets of one stream to rows: counters unwrapped, what came twice dropped, counts scaled, ticks turned into host time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np

from hipmonitor.core.arrays import Bools, Counts3, Floats, Ints, Nanoseconds
from hipmonitor.core.samples.rows import Rows
from hipmonitor.core.samples.timebase import U32, Timebase, TimebaseParams, TimebaseState
from hipmonitor.core.wire import FaultKind, ImuPackets, SensorInfo

STANDARD_GRAVITY_MPS2 = 9.80665
RAIL = 32767
"""A count at the end of int16 means the axis was out of range."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PacketParams:
    """What may be tuned."""

    cell_samples: int = 1024
    """The sensor's ticks per sample are measured anew every so many samples."""
    cells_kept: int = 6
    """Over so many cells (about a minute at 100 Hz, where one tick of 32768 Hz is 0.5 ppm)."""
    timebase: TimebaseParams = field(default_factory=TimebaseParams)


@dataclass(slots=True, kw_only=True)
class StreamState:
    """One stream of one boot: its counters, unwrapped, and its clock."""

    info: SensorInfo
    clock: TimebaseState
    ticks_per_sample: float
    next_index: int | None = None
    anchors: list[tuple[int, int]] = field(default_factory=list)
    """(sample index, ticks) at the beginnings of recent cells, oldest first."""
    first_cell: int | None = None
    revised_cell: int = -1
    """One-way: the newest cell at whose beginning the clock's line was revised."""

    @classmethod
    def fresh(cls, info: SensorInfo) -> StreamState:
        """A stream of which nothing but its facts is known."""
        clock = TimebaseState(tick_hz=info.tick_hz)
        return cls(info=info, clock=clock, ticks_per_sample=info.tick_hz / info.rate_hz)


class PacketReader:
    """Reads the live packets of one stream, in the order of their arrival."""

    def __init__(self, params: PacketParams, stream: StreamState, faults: Counter[FaultKind]) -> None:
        self.params = params
        self.stream = stream
        self.faults = faults
        self.clock = Timebase(params.timebase, stream.clock)

    def read(self, packets: ImuPackets) -> list[Rows]:
        """Rows of these packets, a piece for every cell of sample indices."""
        first_index = self._unwrap_index(packets.first_index)
        first_tick = self.clock.unwrap(packets.first_tick, packets.at_ns)
        row = np.append(0, np.cumsum(packets.count))
        return [
            self._piece(packets, piece, slice(int(row[piece.start]), int(row[piece.stop])), first_index, first_tick)
            for piece in self._cells(first_index)
        ]

    def _unwrap_index(self, first_index: Ints) -> Ints:
        """u32 sample indices to ones that do not wrap; an older one than the newest stays older."""
        before = int(first_index[0]) if self.stream.next_index is None else self.stream.next_index
        steps = np.diff(first_index, prepend=before % U32) % U32
        steps = np.where(steps >= U32 // 2, steps - U32, steps)
        steps[0] += before
        return np.cumsum(steps)

    def _cells(self, first_index: Ints) -> Iterator[slice]:
        """Runs of packets of one cell; a clock without round trips learns its first cell packet by packet."""
        cell = first_index // self.params.cell_samples
        new = np.diff(cell) != 0
        if self.stream.first_cell is None:
            self.stream.first_cell = int(cell[0])
        if not self.stream.clock.trips:
            new |= cell[1:] == self.stream.first_cell
        for start, stop in pairwise([0, *(np.flatnonzero(new) + 1).tolist(), len(cell)]):
            yield slice(start, stop)

    def _piece(self, packets: ImuPackets, piece: slice, rows: slice, first_index: Ints, first_tick: Ints) -> Rows:
        count = packets.count[piece]
        self._measure_rate(int(first_index[piece][0]), int(first_tick[piece][0]))
        span = np.rint((count - 1) * self.stream.ticks_per_sample).astype(np.int64)
        self._hear_arrivals(first_tick[piece] + span, packets.at_ns[piece], int(first_index[piece][0]))
        within = np.arange(rows.stop - rows.start) - np.repeat(np.cumsum(count) - count, count)
        index = np.repeat(first_index[piece], count) + within
        ticks = np.repeat(first_tick[piece], count) + within * self.stream.ticks_per_sample
        fresh = self._fresh(index)
        gyr = None if packets.gyr_counts is None else packets.gyr_counts[rows][fresh]
        return self._scaled(ticks[fresh], index[fresh], packets.acc_counts[rows][fresh], gyr)

    def _measure_rate(self, index: int, ticks: int) -> None:
        """At the first packet of a cell: the sensor's own ticks per sample over the last cells."""
        anchors = self.stream.anchors
        if anchors and index // self.params.cell_samples <= anchors[-1][0] // self.params.cell_samples:
            return
        anchors.append((index, ticks))
        del anchors[: -self.params.cells_kept]
        if len(anchors) > 1:
            self.stream.ticks_per_sample = (ticks - anchors[0][1]) / (index - anchors[0][0])

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

    def _fresh(self, index: Ints) -> Bools:
        """Samples that are newer than all before them; the others came twice or too late."""
        before = -1 if self.stream.next_index is None else self.stream.next_index - 1
        newest = np.maximum.accumulate(np.append(before, index))
        fresh = index > newest[:-1]
        self.stream.next_index = int(newest[-1]) + 1
        self.faults[FaultKind.DUPLICATE] += int((~fresh).sum())
        return fresh

    def _scaled(self, ticks: Floats, index: Ints, acc: Counts3, gyr: Counts3 | None) -> Rows:
        info = self.stream.info
        clipped = _at_the_rail(acc) if gyr is None else _at_the_rail(acc) | _at_the_rail(gyr)
        self.faults[FaultKind.CLIPPED] += int(clipped.sum())
        return Rows(
            t_ns=self.clock.host_ns(ticks),
            index=index,
            acc_mps2=acc.astype(np.float64) * (info.acc_range_g * STANDARD_GRAVITY_MPS2 / 32768),
            gyr_radps=None if gyr is None else gyr.astype(np.float64) * float(np.deg2rad(info.gyr_range_dps) / 32768),
            clipped=clipped,
            measured=np.ones(len(index), np.bool_),
        )


def _at_the_rail(counts: Counts3) -> Bools:
    railed: Bools = np.logical_or.reduce((counts >= RAIL) | (counts <= -RAIL - 1), axis=1)
    return railed
