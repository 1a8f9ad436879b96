"""What the filter is fed in a gap that it runs over, and never hands on: a straight line between what stands on both sides.

Only where a straight line says more than nothing: half a second is half a step. Beyond that the last posture goes on.
"""

from __future__ import annotations

import numpy as np

from hipmonitor.core.arrays import Bools, Nanoseconds, Vec3s
from hipmonitor.core.instants import NS_PER_S


def missing_steps(t_ns: Nanoseconds, period_s: float, most_s: float) -> Nanoseconds:
    """(n - 1,) samples that should stand between each row and the next, where that is to be filled."""
    passed_s = np.diff(t_ns) / NS_PER_S
    return np.where(passed_s <= most_s, np.maximum(np.rint(passed_s / period_s).astype(np.int64) - 1, 0), 0)


def mean_period_s(t_ns: Nanoseconds, period_s: float) -> float:
    """True period by the steps that are no gaps."""
    steps_ns = np.diff(t_ns)
    steps_ns = steps_ns[steps_ns < 1.5 * period_s * NS_PER_S]
    return float(np.mean(steps_ns)) / NS_PER_S if len(steps_ns) else period_s


def filled(acc: Vec3s, gyr: Vec3s, missing: Nanoseconds) -> tuple[Vec3s, Vec3s, Bools]:
    """(m, 3) both, with the missing rows put in, and (m,) which rows were there."""
    number = np.append(0, np.cumsum(missing + 1))
    every = np.arange(number[-1] + 1)
    there = np.zeros(len(every), np.bool_)
    there[number] = True
    return _on_lines(acc, number, every), _on_lines(gyr, number, every), there


def _on_lines(values: Vec3s, number: Nanoseconds, every: Nanoseconds) -> Vec3s:
    return np.stack([np.interp(every, number, values[:, axis]) for axis in range(3)], axis=1)
