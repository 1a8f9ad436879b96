"""Orientation of samples that all are known: the gyroscope's offset from before and after, gravity without delay.

After the offline variant of D. Laidig, T. Seel, "VQF", Information Fusion 91 (2023) 187-204: VQF forward and backward, the two
offsets averaged by their covariances, rates integrated without it, the accelerometer low-passed both ways in the frame that
results, inclination corrected. Two things differ from `offlineVQF`. Going backward, the accelerometer stands after the turn
that leads to it, as going forward, not one row late: with long rows that would cost .1 deg while it turns about all its axes
at 300 deg/s. And the low-pass starts from the mean of the first 3 s, instead of going through the
means of the first one, two, three samples (pieces of 20 s of BROAD at 95 Hz: .59 instead of .63 deg).
"""

from __future__ import annotations

import numpy as np
from scipy.signal import sosfilt
from vqf import VQF, BasicVQF

from hipmonitor.core.arrays import Bools, Quats, Vec3s
from hipmonitor.core.frames import cross, dot, inverse, rotate
from hipmonitor.core.orientation.by_gravity import low_pass

TAU_S = 3.0
"""VQF's time constant of the accelerometer, as lived: best on BROAD."""
CUTOFF_HZ = float(np.sqrt(2) / (2 * np.pi * TAU_S))
"""VQF's own translation of it, of a second-order Butterworth low-pass."""


def oriented_both_ways(acc: Vec3s, gyr: Vec3s, period_s: float) -> tuple[Quats, Bools]:
    """(n, 4) world_from_sensor and (n,) at rest. `acc`: (n, 3) m/s²; `gyr`: (n, 3) rad/s, each the turn that leads to its row."""
    offset, rest = _offset(acc, gyr, period_s)
    gyr = gyr - offset
    drifting_from_sensor = integrated(gyr, period_s)
    gravity = _smooth(rotate(drifting_from_sensor, acc), period_s)
    return _levelled(gyr, rotate(inverse(drifting_from_sensor), gravity), period_s), rest


def integrated(gyr: Vec3s, period_s: float) -> Quats:
    """(n, 4) orientation by the rates alone, component by component: BasicVQF passes over an accelerometer that says exactly 0."""
    quats = BasicVQF(period_s).updateBatch(np.ascontiguousarray(gyr), np.zeros((len(gyr), 3)))["quat6D"]
    return np.asfortranarray(quats)


def _levelled(gyr: Vec3s, gravity: Vec3s, period_s: float) -> Quats:
    """(n, 4) the rates integrated, and each row's up brought upright by the least turn: BasicVQF whose low-pass is off."""
    quats: Quats = BasicVQF(period_s, tauAcc=period_s / 4).updateBatch(
        np.ascontiguousarray(gyr), np.ascontiguousarray(gravity)
    )["quat6D"]
    return quats


def _offset(acc: Vec3s, gyr: Vec3s, period_s: float) -> tuple[Vec3s, Bools]:
    """(n, 3) of the gyroscope, rad/s, and (n,) at rest: the mean of what both ways say, each weighed by its covariance."""
    back = -np.concatenate([gyr[1:], gyr[-1:]])[::-1]
    forward, p_forward, rest = _one_way(acc, gyr, period_s)
    backward, p_backward, rest_backward = _one_way(acc[::-1], back, period_s)
    backward, p_backward = -backward[::-1], p_backward[::-1]
    to_backward = _solved(p_forward + p_backward, backward - forward)
    return forward + _times(p_forward, to_backward), rest | rest_backward[::-1]


def _one_way(acc: Vec3s, gyr: Vec3s, period_s: float) -> tuple[Vec3s, np.ndarray, Bools]:
    """VQF's offset, (n, 3, 3) its covariance, and rest."""
    out = VQF(period_s).updateBatchFullState(np.ascontiguousarray(gyr), np.ascontiguousarray(acc))
    return out["bias"], out["biasP"].reshape(-1, 3, 3), out["restDetected"]


def _times(matrices: np.ndarray, vectors: Vec3s) -> Vec3s:
    """(n, 3, 3) by (n, 3), row by row."""
    return np.stack([dot(matrices[:, k], vectors) for k in range(3)], axis=1)


def _solved(matrices: np.ndarray, right: Vec3s) -> Vec3s:
    """(n, 3) x of matrices x = right, written out (Cramer)."""
    a, b, c = np.moveaxis(matrices, 1, 0)
    bc, ca, ab = cross(b, c), cross(c, a), cross(a, b)
    return np.asarray((bc * right[:, :1] + ca * right[:, 1:2] + ab * right[:, 2:]) / dot(a, bc)[:, None])


def _smooth(force: Vec3s, period_s: float) -> Vec3s:
    """(n, 3) low-passed forward, from the mean of the first time constant, and backward from where that ended."""
    sos, steady = low_pass(CUTOFF_HZ, round(1 / period_s, 1))
    first = force[: max(1, round(TAU_S / period_s))]
    smooth, _ = sosfilt(sos, force, axis=0, zi=steady[:, :, None] * np.add.reduce(first) / len(first))
    smooth, _ = sosfilt(sos, smooth[::-1], axis=0, zi=steady[:, :, None] * smooth[-1])
    return np.asarray(smooth[::-1])
