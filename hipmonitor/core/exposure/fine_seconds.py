"""Closed seconds in twenty parts each: mean movement and thigh flexion over 0.05 s, kept while they may be needed.

Fine enough for a step (at most 3.5 a second) and for the instant at which a seat is left, coarse enough to be the same from
12.5 Hz, where parts without a sample lie on the line between their neighbours of the same second, to 200 Hz.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import compress
from typing import NamedTuple

import numpy as np

from hipmonitor.core.arrays import Bools, Floats, Ints, Vec3s
from hipmonitor.core.instants import NS_PER_S
from hipmonitor.core.seconds import ClosedSeconds

PARTS = 20
PART_NS = NS_PER_S // PARTS
PART_S = 1 / PARTS
NEVER = -(1 << 40)
"""The number of a second in which nothing was felt: there is always a row to look at."""
KEPT_S = 40
"""Seconds kept beyond what was asked for last: activity is decided within 10 s, a change of posture told 5 s later."""


class Between(NamedTuple):
    """Where each of 20 k parts takes its value from, among the filled parts: (20 k,) each."""

    back: Ints
    ahead: Ints
    share: Floats
    """Of the way from the one to the other."""


@dataclass(slots=True, kw_only=True)
class FineSeconds:
    """m seconds, in order."""

    number: Ints = field(default_factory=lambda: np.full(1, NEVER))
    motion: Vec3s = field(default_factory=lambda: np.full((1, PARTS, 3), np.nan))
    """(m, 20, 3) angular rate in rad/s where the sensor has a gyroscope, else acceleration in m/s², in its own axes."""
    by_gyroscope: Bools = field(default_factory=lambda: np.zeros(1, np.bool_))
    """(m,) which of them it is."""
    flexion_deg: Floats = field(default_factory=lambda: np.full((1, PARTS), np.nan))
    """(m, 20) NaN without a placement."""
    trusted: Bools = field(default_factory=lambda: np.zeros((1, PARTS), np.bool_))
    """(m, 20)."""

    def add(
        self, closed: ClosedSeconds, motion: Vec3s, flexion_deg: Floats, trusted: Bools, *, by_gyroscope: bool
    ) -> None:
        """Closed seconds, at least one, with their rows."""
        held, first, rows = closed.parts(PARTS)
        between = None if len(held) == PARTS * len(closed) else _between(held, len(closed))
        moved = _means(motion, first, rows)
        flexion = _means(flexion_deg, first, rows)
        good = np.ones(len(first), np.bool_) if trusted.all() else np.logical_and.reduceat(trusted, first)
        good = good if between is None else good[between.back] & good[between.ahead]
        self.number = np.concatenate([self.number, closed.number])
        self.motion = np.concatenate([self.motion, _filled(moved, between).reshape(-1, PARTS, 3)])
        self.by_gyroscope = np.concatenate([self.by_gyroscope, np.full(len(closed), by_gyroscope)])
        self.flexion_deg = np.concatenate([self.flexion_deg, _filled(flexion, between).reshape(-1, PARTS)])
        self.trusted = np.concatenate([self.trusted, good.reshape(-1, PARTS)])

    def forget_before(self, number: int) -> None:
        """Drop what no later question can be about."""
        old = min(int(np.searchsorted(self.number, number - KEPT_S)), len(self.number) - 1)
        if old:
            self.number, self.motion = self.number[old:].copy(), self.motion[old:].copy()
            self.by_gyroscope = self.by_gyroscope[old:].copy()
            self.flexion_deg, self.trusted = self.flexion_deg[old:].copy(), self.trusted[old:].copy()

    def find(self, numbers: Ints) -> tuple[Ints, Bools]:
        """Row of each of these seconds, any shape, and whether it is there; some row stands in where it is not."""
        at = np.minimum(np.searchsorted(self.number, numbers), len(self.number) - 1)
        there = self.number[at] == numbers
        return at, there

    def extremes_deg(self, at: Ints) -> tuple[Floats, Floats]:
        """Lowest and highest trusted flexion of rows; not finite where nothing is trusted."""
        flexion, trusted = self.flexion_deg[at], self.trusted[at]
        low = np.where(trusted, flexion, np.inf).min(axis=1)
        return low, np.where(trusted, flexion, -np.inf).max(axis=1)

    def trusted_parts(self, at: int) -> tuple[list[int], list[float]]:
        """Which parts of a row are trusted, and their flexion."""
        trusted = self.trusted[at].tolist()
        return list(compress(range(PARTS), trusted)), list(compress(self.flexion_deg[at].tolist(), trusted))


def _between(filled: Ints, k: int) -> Between:
    """For all parts of k seconds the filled ones before and after; in the second's edges the nearest one stands in."""
    part = np.arange(PARTS * k)
    before = np.searchsorted(filled, part, side="right") - 1
    after = np.searchsorted(filled, part)
    last = len(filled) - 1
    ahead = np.minimum(after, last)
    back = np.maximum(before, 0)
    inside_back = (before >= 0) & (filled[back] // PARTS == part // PARTS)
    inside_ahead = (after <= last) & (filled[ahead] // PARTS == part // PARTS)
    back, ahead = np.where(inside_back, back, ahead), np.where(inside_ahead, ahead, back)
    wide = np.maximum(filled[ahead] - filled[back], 1)
    share = np.where(inside_back & inside_ahead, (part - filled[back]) / wide, 0.0)
    return Between(back, ahead, share)


def _means(values: Floats, first: Ints, rows: Ints) -> Floats:
    """Means of so many rows from each first one on."""
    total = np.add.reduceat(np.ascontiguousarray(values), first, axis=0)
    return np.asarray(total / (rows[:, None] if values.ndim > 1 else rows))


def _filled(values: Floats, between: Between | None) -> Floats:
    """Values of filled parts to values of all parts; None: every part is filled."""
    if between is None:
        return values
    back, ahead = values[between.back], values[between.ahead]
    return np.asarray(back + (between.share[:, None] if values.ndim > 1 else between.share) * (ahead - back))
