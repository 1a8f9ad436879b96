"""One quantity over time that follows any smooth curve: what a movement adds to the value that a track holds."""

from __future__ import annotations

import numpy as np
from scipy.interpolate import CubicSpline

from hipmonitor.core.arrays import Floats

STEP_S = 0.01
"""Between the knots: the fastest tremor (12 Hz) has eight of them."""


class Course:
    """A cubic spline through values at even steps; nothing before the first and after the last of them.

    Value, rate and acceleration are continuous where the curve begins and ends with some zeros.
    """

    def __init__(self, start_s: float, values: Floats) -> None:
        self._start_s, self._end_s = start_s, start_s + STEP_S * (len(values) - 1)
        self._spline = CubicSpline(STEP_S * np.arange(len(values)), values, bc_type="clamped")

    def onto(self, t_s: Floats, values: Floats) -> Floats:
        """The values with this one added, shape (n,)."""
        if not len(t_s) or np.max(t_s) <= self._start_s or np.min(t_s) >= self._end_s:
            return values
        within = (t_s > self._start_s) & (t_s < self._end_s)
        added = values.copy()
        added[within] += self._spline(t_s[within] - self._start_s)
        return added
