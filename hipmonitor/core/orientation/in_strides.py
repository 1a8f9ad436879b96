"""Both ways in strides of several samples, for a third of what it costs on every sample.

The gyroscope is integrated sample by sample, and the accelerometer turned into that slowly drifting frame. There a stride is
its turn from middle to middle and its mean specific force: nothing is lost to slower sampling. What the strides' orientation
adds to the integrated one changes over seconds, and is put onto every sample on a straight line.
"""

from __future__ import annotations

import numpy as np

from hipmonitor.core.arrays import Bools, Floats, Ints, Quats, Vec3s
from hipmonitor.core.frames import in_columns, inverse, length, multiply, rotate
from hipmonitor.core.orientation.both_ways import integrated, oriented_both_ways


def stride_samples(longest_s: float, period_s: float) -> int:
    """Samples in a stride: odd, so that one of them stands in the middle."""
    return max(1, 2 * int((longest_s / period_s + 1) / 2) - 1)


def oriented_in_strides(acc: Vec3s, gyr: Vec3s, period_s: float, stride: int) -> tuple[Quats, Bools]:
    """(n, 4) world_from_sensor and (n,) at rest, of one run without gaps. `acc`: (n, 3) m/s², `gyr`: (n, 3) rad/s."""
    starts = np.arange(0, len(acc), stride)
    counts = np.diff(starts, append=len(acc))
    middles = np.minimum(starts + stride // 2, len(acc) - 1)
    drifting_from_sensor = integrated(gyr, period_s)
    there = drifting_from_sensor[middles]
    felt = np.add.reduceat(rotate(drifting_from_sensor, acc).T, starts, axis=1).T / counts[:, None]
    rates = np.concatenate([gyr[:1], turns(there) / (stride * period_s)])
    world_from_there, rest = oriented_both_ways(rotate(inverse(there), felt), rates, stride * period_s)
    world_from_drifting = on_every_row(multiply(world_from_there, inverse(there)), middles, len(acc))
    return _unit(multiply(world_from_drifting, drifting_from_sensor)), np.repeat(rest, counts)


def turns(quats: Quats) -> Vec3s:
    """(n - 1, 3) rotation vector from each orientation to the next, seen from the sensor, rad."""
    turn = multiply(inverse(quats[:-1]), quats[1:])
    axis = np.where(turn[:, :1] < 0, -turn[:, 1:], turn[:, 1:])
    sine = length(axis)
    angle = 2 * np.arctan2(sine, np.abs(turn[:, 0]))
    per_sine: Floats = np.divide(angle, sine, out=np.full_like(sine, 2.0), where=sine > 0)
    return np.asarray(axis * per_sine[:, None])


def on_every_row(quats: Quats, rows: Ints, n: int) -> Quats:
    """(n, 4) quaternions on straight lines between those of some rows, not of unit length."""
    turned_about = np.append(False, np.sum(quats[1:] * quats[:-1], axis=1) < 0)
    signs: Floats = np.where(np.cumsum(turned_about) % 2, -1.0, 1.0)
    every = np.arange(n)
    return in_columns(*(np.interp(every, rows, signs * quats[:, k]) for k in range(4)))


def _unit(quats: Quats) -> Quats:
    w, x, y, z = quats.T
    size: Floats = np.sqrt(w * w + x * x + y * y + z * z)
    return np.asarray(quats / size[:, None])
