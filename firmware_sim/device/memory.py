"""What the sensor remembers: two hours at full rate and a day of slow accelerometer, in rings that grow as they fill."""

from __future__ import annotations

import numpy as np

from firmware_sim.device.source import Counts6
from hipmonitor.core.arrays import Counts3

FIRST_ROWS = 4_096
"""Rows a ring begins with; it doubles until it has its full length, so that a short test stays light."""


class Ring:
    """The last `capacity` rows of int16, by absolute index from 0."""

    def __init__(self, *, capacity: int, columns: int) -> None:
        self.capacity = capacity
        self.end = 0
        """Index after the newest row."""
        self._rows = np.zeros((min(capacity, FIRST_ROWS), columns), np.int16)

    @property
    def oldest(self) -> int:
        """Index of the oldest row still held."""
        return max(0, self.end - self.capacity)

    def append(self, rows: Counts6) -> None:
        """Add rows after the newest; the oldest make room."""
        self._grow(self.end + len(rows))
        kept = rows[-len(self._rows) :]
        start = (self.end + len(rows) - len(kept)) % len(self._rows)
        before_wrap = min(len(kept), len(self._rows) - start)
        self._rows[start : start + before_wrap] = kept[:before_wrap]
        self._rows[: len(kept) - before_wrap] = kept[before_wrap:]
        self.end += len(rows)

    def rows(self, first: int, count: int) -> Counts6:
        """A copy of rows [first, first + count); all of them must still be held."""
        if not self.oldest <= first <= first + count <= self.end:
            raise IndexError(f"rows {first} to {first + count} are not held; {self.oldest} to {self.end} are")
        start = first % len(self._rows)
        straight = self._rows[start : start + count]
        return np.concatenate([straight, self._rows[: count - len(straight)]])

    def _grow(self, needed: int) -> None:
        # Until the ring is full-sized nothing has wrapped, so row i stands at place i and growing is appending zeros.
        while len(self._rows) < min(needed, self.capacity):
            more = min(len(self._rows), self.capacity - len(self._rows))
            self._rows = np.concatenate([self._rows, np.zeros((more, self._rows.shape[1]), np.int16)])


class Memory:
    """Both rings of one stream. The slow ring keeps the accelerometer of every `every`-th sample, not an average."""

    def __init__(self, *, full_samples: int, slow_samples: int, every: int) -> None:
        self.full = Ring(capacity=full_samples, columns=6)
        self.slow = Ring(capacity=slow_samples, columns=3)
        self.every = every

    def append(self, counts: Counts6) -> None:
        """Remember samples."""
        skip = -self.full.end % self.every
        self.full.append(counts)
        slow: Counts3 = counts[skip :: self.every, :3]
        self.slow.append(slow)
