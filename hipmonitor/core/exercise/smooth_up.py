"""Where up is, row by row, without tremor: a causal low-pass of the up direction, begun anew after a gap.

Second-order Butterworth at 3 Hz: movements of exercises lie below 2 Hz, tremor at 4-12 Hz; it is 75 ms late.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

import numpy as np
from scipy.signal import butter, sosfilt, sosfilt_zi

from hipmonitor.core.arrays import Floats, Nanoseconds, Vec3s
from hipmonitor.core.exercise.moved_angle import Up
from hipmonitor.core.instants import NS_PER_S

CUTOFF_HZ = 3.0
GAP_NS = NS_PER_S // 4
"""Longer, and the filter begins anew."""


@dataclass(slots=True, kw_only=True)
class SmoothState:
    """What is carried from step to step."""

    filtered: Floats | None = None
    """(1, 2, 3)."""
    rate_hz: float = 0.0
    last_ns: int = 0


class SmoothUp:
    """Takes up directions and hands them on smoothed."""

    def __init__(self, state: SmoothState) -> None:
        self.state = state

    def step(self, t_ns: Nanoseconds, up: Vec3s, rate_hz: float) -> Iterator[tuple[int, Up]]:
        """(ns, up) of each row, in order."""
        gaps = np.flatnonzero(np.diff(t_ns) > GAP_NS) + 1
        edges = [0, *gaps.tolist(), len(t_ns)]
        for begin, end in pairwise(edges):
            if end > begin:
                smooth = self._part(t_ns[begin:end], up[begin:end], rate_hz)
                ups: list[Up] = [(x, y, z) for x, y, z in smooth.tolist()]
                yield from zip(t_ns[begin:end].tolist(), ups, strict=True)

    def _part(self, t_ns: Nanoseconds, up: Vec3s, rate_hz: float) -> Vec3s:
        s = self.state
        sos, zi = _low_pass(rate_hz)
        if s.filtered is None or rate_hz != s.rate_hz or int(t_ns[0]) - s.last_ns > GAP_NS:
            s.filtered, s.rate_hz = zi[:, :, None] * up[0], rate_hz
        smooth, s.filtered = sosfilt(sos, up, axis=0, zi=s.filtered)
        s.last_ns = int(t_ns[-1])
        return smooth


@cache
def _low_pass(rate_hz: float) -> tuple[Floats, Floats]:
    """Sections and their state at a constant input of 1."""
    sos: Floats = butter(2, min(CUTOFF_HZ / (rate_hz / 2), 0.9), output="sos")
    return sos, sosfilt_zi(sos)
