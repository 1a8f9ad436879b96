"""Noise that is a function of its index: any cut of the samples gets the same bits."""

from __future__ import annotations

import numpy as np

from hipmonitor.core.arrays import Floats, Vec3s

BLOCK = 256
KNOT_S = 10.0


class WhiteNoise:
    """Standard normal rows by absolute index, drawn in blocks that each have a generator of their own."""

    def __init__(self, *, key: tuple[int, ...], columns: int) -> None:
        self._key, self._columns = key, columns
        self._number = -1
        self._block: Floats = np.zeros((0, columns))

    def rows(self, first: int, count: int) -> Floats:
        """Rows [first, first + count), shape (count, columns)."""
        numbers = range(first // BLOCK, (first + count - 1) // BLOCK + 1)
        blocks = [self._block_of(number) for number in numbers]
        if not blocks:
            return np.zeros((0, self._columns))
        start = first - numbers[0] * BLOCK
        rows: Floats = np.concatenate(blocks)[start : start + count]
        return rows

    def _block_of(self, number: int) -> Floats:
        if number != self._number:
            self._number = number
            self._block = np.random.default_rng([*self._key, number]).standard_normal((BLOCK, self._columns))
        return self._block


class RandomWalk:
    """Three walks in continuous time, in units of one per square root of a second; straight between knots 10 s apart."""

    def __init__(self, *, key: tuple[int, ...]) -> None:
        self._random = np.random.default_rng([*key])
        self._knots: Vec3s = np.zeros((1, 3))

    def at(self, t_s: Floats) -> Vec3s:
        """The walks at these times (0 before time 0), shape (n, 3)."""
        knot = np.maximum(t_s, 0.0) / KNOT_S
        self._grow(int(np.max(knot, initial=0.0)) + 2)
        k = knot.astype(np.int64)
        share = (knot - k)[:, None]
        return self._knots[k] * (1.0 - share) + self._knots[k + 1] * share

    def _grow(self, needed: int) -> None:
        # Steps are drawn one after the other and summed onto the last knot, so growing in other portions gives equal bits.
        if (missing := needed - len(self._knots)) > 0:
            steps = self._random.standard_normal((missing, 3)) * np.sqrt(KNOT_S)
            walked = np.cumsum(np.concatenate([self._knots[-1:], steps]), axis=0)
            self._knots = np.concatenate([self._knots, walked[1:]])
