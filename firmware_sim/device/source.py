"""Where a simulated sensor's samples come from: a moving body, a recorded file, a test."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from firmware_sim.device.crystal import SampleClock

Counts6 = NDArray[np.int16]
"""(n, 6) int16: accelerometer x, y, z and gyroscope x, y, z."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StreamShape:
    """What a stream's counts mean, and when its samples are taken."""

    clock: SampleClock
    acc_range_g: int
    gyr_range_dps: int
    """0 = no gyroscope; the last three columns are then not looked at."""

    @property
    def rate_hz(self) -> float:
        """Nominal samples a second, on the sensor's own clock."""
        return self.clock.rate_mhz / 1000


class SampleSource(Protocol):
    """Gives samples by index, as a pure function of the stream and the index: cut as you like, the same bits come."""

    def begin(self, shape: StreamShape) -> None:
        """A new stream begins; indices count from 0 again."""
        ...

    def samples(self, first_index: int, count: int) -> Counts6:
        """Samples [first_index, first_index + count) of the stream."""
        ...


AHEAD_S = 4.0
"""A live sensor stays well ahead of its own samples with so much, and never stops for long to compute them."""


class BlockAhead:
    """A source read in whole blocks of some seconds, so that its cost is numpy's and not Python's.

    It may ask its source for samples that are not yet due; that is what makes a live sensor cheap to simulate.
    """

    def __init__(self, source: SampleSource, *, block_s: float = AHEAD_S) -> None:
        self._source, self._block_s = source, block_s
        self._size, self._first = 1, 0
        self._block: Counts6 = np.zeros((0, 6), np.int16)

    def begin(self, shape: StreamShape) -> None:
        """Forget what was read ahead of the old stream."""
        self._source.begin(shape)
        self._size = max(1, round(self._block_s * shape.rate_hz))
        self._first, self._block = 0, np.zeros((0, 6), np.int16)

    def samples(self, first_index: int, count: int) -> Counts6:
        """As the source gives them."""
        if count > 4 * self._size:
            return self._source.samples(first_index, count)
        end = first_index + count
        if not (self._first <= first_index and end <= self._first + len(self._block)):
            self._first = first_index - first_index % self._size
            blocks = -(-(end - self._first) // self._size)
            self._block = self._source.samples(self._first, blocks * self._size)
        return self._block[first_index - self._first : end - self._first]
