"""What a moving thigh does in the five seconds around a second, in the thigh's own axes: numbers that a physio can picture.

They rest on means over 0.1 s (see `thigh.movement`), so they are the same at 12.5 and 200 Hz, with and without a gyroscope,
and, because they are taken in the thigh's frame, in any mounting. MEANING says what each one is.

Every sum is taken row by row (`reduceat` over contiguous rows), so a second has the same bits in any company.
"""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

import numpy as np

from hipmonitor.core.activity.own_walking import OWN
from hipmonitor.core.arrays import Floats, Vec3s
from hipmonitor.core.samples import STANDARD_GRAVITY_MPS2
from hipmonitor.core.thigh import movement

SAMPLES = 50
"""Tenths in five seconds."""
TENTH_S = 0.1
BANDS_HZ = (0.2, 0.7, 1.3, 1.9, 2.6, 3.6, 5.01)
"""Sway, slow pedalling, stride, fast pedalling, steps, running steps, impacts. Bins of 0.2 Hz."""
LONGEST_LAG = 16
"""Tenths: the slowest stride that is looked for."""
MEANING = {
    "inclination": "thigh from vertical, median of 5 s, deg",
    "inclination_15s": "its mean over the last 12 and the next 2 s, deg",
    "flexion": "direction of the mean acceleration in the sagittal plane over 5 s, deg; + forward",
    "front": "log SD forward and back over 5 s, g",
    "up": "log SD along the thigh, g",
    "side": "log SD to the side, g",
    "up_3s": "log SD along the thigh over 3 s: begins and ends sooner",
    "across_3s": "log SD across the thigh over 3 s",
    "up_1s": "log SD along the thigh in the second itself",
    "across_1s": "log SD across the thigh in the second itself",
    "regularity": "highest autocorrelation at 0.5-1.6 s: how alike successive cycles are, -1 to 1",
    "cycle_s": "the lag of it, s",
    "front_with_up": "correlation of forward and upward, -1 to 1",
    "front_low": "5th percentile forward, from its mean, g: how far the swing goes back",
    "front_high": "95th percentile forward, g",
    "up_low": "5th percentile along the thigh, g: how light the leg becomes",
    "up_high": "95th percentile along the thigh, g: impacts and push",
    **{f"front_{i}": f"log power forward, {a}-{b} Hz, g²" for i, (a, b) in enumerate(pairwise(BANDS_HZ))},
    **{f"up_{i}": f"log power along the thigh, {a}-{b} Hz, g²" for i, (a, b) in enumerate(pairwise(BANDS_HZ))},
    "own_inclination": "inclination less that of the wearer's own walking, deg",
    "own_flexion": "flexion less that of the wearer's own walking, deg",
    "own_front": "front less that of the wearer's own walking",
    "own_up": "up less that of the wearer's own walking",
}
NAMES = tuple(MEANING)
FLOOR_G, FLOOR_POWER = 0.01, 1e-4
"""Added before logarithms: below this a thigh is still."""


class Windows(NamedTuple):
    """Five seconds around each of K seconds, (K, SAMPLES) of each axis of the thigh, g."""

    x: Floats
    y: Floats
    z: Floats


def features(tenths_thigh: Vec3s, inclination_deg: Floats, inclination_15s_deg: Floats) -> movement.Rows:
    """(K, len(NAMES)) of windows (K, SAMPLES, 3) in m/s², thigh frame; the last four are filled in by `own_walking`."""
    x, y, z = windows = Windows(
        *(np.ascontiguousarray(tenths_thigh[:, :, axis]) / STANDARD_GRAVITY_MPS2 for axis in range(3))
    )
    means = [row_sum(axis) / SAMPLES for axis in windows]
    vx, vy, _ = centred = Windows(*(axis - mean[:, None] for axis, mean in zip(windows, means, strict=True)))
    sd_x, sd_y, sd_z = (np.sqrt(row_sum(axis * axis) / SAMPLES) for axis in centred)
    regularity, lag = _regularity(centred)
    three, one = slice(10, 40), slice(20, 30)
    columns = [
        inclination_deg,
        inclination_15s_deg,
        np.rad2deg(np.arctan2(means[0], means[1])),
        _log_g(sd_x),
        _log_g(sd_y),
        _log_g(sd_z),
        *(_log_g(sd) for part in (three, one) for sd in _up_across(x[:, part], y[:, part], z[:, part])),
        regularity,
        lag,
        row_sum(vx * vy) / SAMPLES / (sd_x * sd_y + 1e-3),
        *_ends(vx),
        *_ends(vy),
        *_bands(vx),
        *_bands(vy),
    ]
    return np.stack([*columns, *(np.zeros(len(x)) for _ in OWN)], axis=1)


def row_sum(values: Floats) -> Floats:
    """(K,) sums of the rows of (K, m), each with the same bits in any company."""
    k, m = values.shape
    return np.add.reduceat(np.ascontiguousarray(values).ravel(), np.arange(0, k * m, m)) if k else np.zeros(0)


def _log_g(sd: Floats) -> Floats:
    return np.asarray(np.log(np.ascontiguousarray(sd) + FLOOR_G))


def _up_across(x: Floats, y: Floats, z: Floats) -> tuple[Floats, Floats]:
    """SD along and across the thigh over a part of the window."""
    m = x.shape[1]
    variance = [np.maximum(row_sum(v * v) / m - (row_sum(v) / m) ** 2, 0.0) for v in (x, y, z)]
    return np.sqrt(variance[1]), np.sqrt(variance[0] + variance[2])


def _regularity(centred: Windows) -> tuple[Floats, Floats]:
    """Highest autocorrelation (three axes together) at 0.5 to 1.6 s, and its lag in s."""
    total = sum((row_sum(v * v) for v in centred), np.full(len(centred.x), 1e-3))
    lags = range(5, LONGEST_LAG + 1)
    likeness = np.stack([sum(row_sum(v[:, lag:] * v[:, :-lag]) for v in centred) / total for lag in lags], axis=1)
    best = np.argmax(likeness, axis=1)
    return np.take_along_axis(likeness, best[:, None], axis=1)[:, 0], (best + lags[0]) * TENTH_S


def _ends(centred: Floats) -> tuple[Floats, Floats]:
    """5th and 95th percentile."""
    ranked = np.sort(centred, axis=1)
    return ranked[:, 2], ranked[:, 47]


_HANN = 0.5 - 0.5 * np.cos(2 * np.pi * np.arange(SAMPLES) / SAMPLES)


def _bands(centred: Floats) -> list[Floats]:
    """Log power in each of BANDS_HZ."""
    spectrum = np.fft.rfft(centred * _HANN, axis=1)
    power = (spectrum.real**2 + spectrum.imag**2) * (2 / (SAMPLES * float(np.sum(_HANN**2))))
    hz = np.arange(power.shape[1]) / (SAMPLES * TENTH_S)
    edges = np.searchsorted(hz, np.array(BANDS_HZ) - 1e-9).tolist()
    return [np.asarray(np.log(row_sum(power[:, low:high]) + FLOOR_POWER)) for low, high in pairwise(edges)]
