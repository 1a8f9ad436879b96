"""What a moving thigh does in the five seconds around a second, in the thigh's own axes: numbers that a physio can picture.

They rest on means over 0.1 s (see `thigh.movement`), so they are the same at 12.5 and 200 Hz, with and without a gyroscope,
and, because they are taken in the thigh's frame, in any mounting. MEANING says what each one is.

Every sum is taken row by row (`reduceat` over contiguous rows), so a second has the same bits in any company.
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

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
    "lowest": "10th percentile of the acceleration's direction in the sagittal plane, deg: a foot on the ground straightens the"
    " hip at every step, a pedal never does",
    "front_skew": "skewness of forward: above 0 a leg that hangs longer than it is lifted, 0 a crank",
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


Windows = NDArray[np.float64]
"""(axes, K, tenths): what each axis of the thigh (x, y, z) feels around each of K seconds, g. All axes are worked on at once."""


def features(tenths_thigh: Vec3s, inclination_deg: Floats, inclination_15s_deg: Floats) -> movement.Rows:
    """(K, len(NAMES)) of windows (K, SAMPLES, 3) in m/s², thigh frame; the last four are filled in by `own_walking`."""
    axes: Windows = np.ascontiguousarray(np.moveaxis(tenths_thigh, 2, 0)) / STANDARD_GRAVITY_MPS2
    mean = row_sum(axes) / SAMPLES
    centred = axes - mean[:, :, None]
    sd = np.sqrt(row_sum(centred * centred) / SAMPLES)
    front, up = centred[:2]
    ranked = np.sort(centred[:2], axis=2)
    columns = [
        inclination_deg,
        inclination_15s_deg,
        np.rad2deg(np.arctan2(mean[0], mean[1])),
        *_log_g(sd),
        *_log_g(_up_across(axes[:, :, 10:40])),
        *_log_g(_up_across(axes[:, :, 20:30])),
        *_regularity(centred),
        row_sum(front * up) / SAMPLES / (sd[0] * sd[1] + 1e-3),
        *(ranked[axis, :, place] for axis in range(2) for place in (P5, P95)),
        np.sort(np.rad2deg(np.arctan2(axes[0], axes[1])), axis=1)[:, P10],
        _skewness(front, sd[0]),
        *_bands(front),
        *_bands(up),
    ]
    return np.stack([*columns, *(np.zeros(len(inclination_deg)) for _ in OWN)], axis=1)


def _skewness(centred: Floats, sd: Floats) -> Floats:
    """(K,) mean cube over the SD's cube; 0 where nothing moves."""
    power = sd * sd + FLOOR_G * FLOOR_G
    return np.asarray(row_sum(centred * centred * centred) / SAMPLES / (power * np.sqrt(power)))


P5, P10, P95 = 2, 5, 47
"""Of the ranked SAMPLES: the 5th, 10th and 95th percentile."""


def row_sum(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Sums over the last axis, each row with the same bits in any company."""
    one_by_one = np.ascontiguousarray(values).ravel()
    begins = np.arange(0, values.size, values.shape[-1])
    sums: NDArray[np.float64] = np.add.reduceat(one_by_one, begins) if values.size else one_by_one
    return sums.reshape(values.shape[:-1])


def _log_g(sd: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray(np.log(sd + FLOOR_G))


def _up_across(part: Windows) -> NDArray[np.float64]:
    """(2, K) SD along and across the thigh over a part of the window."""
    m = part.shape[2]
    x, y, z = np.maximum(row_sum(part * part) / m - (row_sum(part) / m) ** 2, 0.0)
    return np.asarray(np.sqrt(np.stack([y, x + z])))


def _regularity(centred: Windows) -> tuple[Floats, Floats]:
    """Highest autocorrelation (three axes together) at 0.5 to 1.6 s, and its lag in s."""
    x, y, z = row_sum(centred * centred)
    total = 1e-3 + x + y + z
    lags = range(5, LONGEST_LAG + 1)
    likeness = np.empty((len(total), len(lags)))
    for j, lag in enumerate(lags):
        x, y, z = row_sum(centred[:, :, lag:] * centred[:, :, :-lag])
        likeness[:, j] = (x + y + z) / total
    best = np.argmax(likeness, axis=1)
    return np.take_along_axis(likeness, best[:, None], axis=1)[:, 0], (best + lags[0]) * TENTH_S


_HANN = 0.5 - 0.5 * np.cos(2 * np.pi * np.arange(SAMPLES) / SAMPLES)


def _bands(centred: Floats) -> list[Floats]:
    """Log power in each of BANDS_HZ."""
    spectrum = np.fft.rfft(centred * _HANN, axis=1)
    power = (spectrum.real**2 + spectrum.imag**2) * (2 / (SAMPLES * float(np.sum(_HANN**2))))
    hz = np.arange(power.shape[1]) / (SAMPLES * TENTH_S)
    edges = np.searchsorted(hz, np.array(BANDS_HZ) - 1e-9).tolist()
    return [np.asarray(np.log(row_sum(power[:, low:high]) + FLOOR_POWER)) for low, high in pairwise(edges)]
