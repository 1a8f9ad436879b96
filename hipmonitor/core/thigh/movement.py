"""How a sensor moves, second by second, from its accelerometer alone; the same figures at 12.5 and 200 Hz, in any mounting.

Each second is reduced to ten tenths (means over 0.1 s), so that what lies below 5 Hz is compared between sensors and rates,
and each second is judged in the five seconds around it (two before, two after). Up is the mean direction of those five
seconds; movement is split into the part along it and the part across it:

* walking swings the thigh: more across than along, and steps make it fast (2 Hz and above);
* cycling lifts the thigh: more along than across, and slow (0.7 to 1.6 Hz);
* running is strong along.

The frequency is that of the mean square, from successive tenths: f = asin(sqrt(D / S) / 2) / (pi 0.1 s), with D the mean
square of the differences and S the variance. For a sine it is the sine's frequency.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hipmonitor.core.arrays import Bools, Floats, Ints, Nanoseconds, Vec3s, differences, read_only
from hipmonitor.core.frames import dot, length, unit
from hipmonitor.core.seconds import ClosedSeconds

TENTHS = 10
AROUND = (-2, -1, 0, 1, 2)
"""Seconds around the one that is judged. Two to come: a change must be decided within 3 s."""
PAIRS = ((0, 0), (1, 1), (2, 2), (0, 1), (0, 2), (1, 2))
MEAN, PRODUCT, STEP, SD, FILLED = slice(0, 3), slice(3, 9), slice(9, 15), 15, 16
WIDTH = 17
"""Columns of a summary: mean (3), mean products of the tenths (6) and of their differences (6), SD of the samples, share."""

Rows = NDArray[np.float64]
"""(k, WIDTH or more) one summary a second."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Movement:
    """k seconds, each judged in the five around it. Accelerations in m/s²."""

    mean_mps2: Vec3s
    """(k, 3) of the second itself."""
    up: Vec3s
    """(k, 3) unit, mean direction of the five seconds, in the sensor's axes."""
    along_mps2: Floats
    """(k,) SD along up, five seconds, below 5 Hz."""
    across_mps2: Floats
    """(k,) SD across up, likewise (both directions together)."""
    frequency_hz: Floats
    """(k,) of the mean square, 0-5."""
    covariance: Rows
    """(k, 6) of the tenths over five seconds, xx yy zz xy xz yz, m²/s⁴."""
    sd_mps2: Floats
    """(k,) SD of the samples of the second itself, all three axes together, whatever their frequency."""
    whole: Bools
    """(k,) all five seconds were measured."""

    def __len__(self) -> int:
        return len(self.sd_mps2)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class SummarisedSeconds:
    """k closed seconds."""

    start_ns: Nanoseconds
    """(k,)."""
    tenths_mps2: Vec3s
    """(10 k, 3) means over 0.1 s."""
    rows: Rows
    """(k, WIDTH)."""


NO_SECONDS = SummarisedSeconds(
    start_ns=read_only(np.zeros(0, np.int64)),
    tenths_mps2=read_only(np.zeros((0, 3))),
    rows=read_only(np.zeros((0, WIDTH))),
)


def summarised(closed: ClosedSeconds, acc_mps2: Vec3s) -> SummarisedSeconds:
    """The tenths and the summary of each closed second."""
    tenths, filled = tenths_of(closed, acc_mps2)
    return SummarisedSeconds(
        start_ns=closed.start_ns, tenths_mps2=tenths, rows=_summaries(closed, acc_mps2, tenths, filled)
    )


def _summaries(closed: ClosedSeconds, acc_mps2: Vec3s, tenths: Vec3s, filled: Floats) -> Rows:
    axes = np.ascontiguousarray(tenths.T)
    steps = np.diff(axes.reshape(3, -1, TENTHS), axis=2).reshape(3, -1)
    mean = closed.mean(acc_mps2)
    power = closed.mean(dot(acc_mps2, acc_mps2)) - dot(mean, mean)
    out = np.empty((len(closed), WIDTH))
    out[:, MEAN] = _each(axes, TENTHS).T / TENTHS
    out[:, PRODUCT] = _each(_products(axes), TENTHS).T / TENTHS
    out[:, STEP] = _each(_products(steps), TENTHS - 1).T / (TENTHS - 1)
    out[:, SD] = np.sqrt(np.maximum(power, 0.0))
    out[:, FILLED] = filled
    return out


def judged(number: Ints, rows: Rows) -> Movement:
    """Every second of number (increasing) in the five around it; seconds that are missing are left out of its window."""
    at, there = neighbours(number)
    present = there.sum(axis=0)
    known = np.concatenate([rows[:, :15], np.zeros((1, 15))])
    total = np.zeros((len(number), 15))
    for row in np.where(there, at, len(number)):  # the last one, of zeros, for a second that is missing
        total += known[row]
    total /= np.maximum(present, 1)[:, None]
    mean = total[:, MEAN]
    covariance, steps = total[:, PRODUCT] - _products(mean.T).T, total[:, STEP]
    up = unit(mean)
    along, whole_power = np.maximum(quadratic(covariance, up), 0.0), covariance[:, :3].sum(axis=1)
    return Movement(
        mean_mps2=rows[:, MEAN],
        up=up,
        along_mps2=np.sqrt(along),
        across_mps2=np.sqrt(np.maximum(whole_power - along, 0.0)),
        frequency_hz=_frequency(steps[:, :3].sum(axis=1), whole_power),
        covariance=covariance,
        sd_mps2=rows[:, SD],
        whole=present == len(AROUND),
    )


def neighbours(number: Ints) -> tuple[Ints, Bools]:
    """(5, k) row of each second around each second, and whether it is there; row 0 stands in where it is not."""
    wanted = number + np.array(AROUND)[:, None]
    at = np.minimum(np.searchsorted(number, wanted), max(len(number) - 1, 0))
    there = number[at] == wanted if len(number) else np.zeros((len(AROUND), 0), np.bool_)
    return np.where(there, at, 0), there


def quadratic(symmetric: Rows, v: Vec3s) -> Floats:
    """(k,) v' C v of symmetric matrices given as xx yy zz xy xz yz."""
    return np.asarray(
        symmetric[:, 0] * v[:, 0] ** 2
        + symmetric[:, 1] * v[:, 1] ** 2
        + symmetric[:, 2] * v[:, 2] ** 2
        + 2
        * (
            symmetric[:, 3] * v[:, 0] * v[:, 1]
            + symmetric[:, 4] * v[:, 0] * v[:, 2]
            + symmetric[:, 5] * v[:, 1] * v[:, 2]
        )
    )


def angle_deg(a: Vec3s, b: Vec3s) -> Floats:
    """(k,) angle between unit vectors, row by row."""
    return np.asarray(np.rad2deg(2 * np.arcsin(np.clip(length(a - b) / 2, 0, 1))))


def tenths_of(closed: ClosedSeconds, acc: Vec3s) -> tuple[Vec3s, Floats]:
    """(10 k, 3) means over 0.1 s; one without a sample repeats the one before it. And the share that had samples."""
    k = len(closed)
    if not k:
        return np.zeros((0, 3)), np.zeros(0)
    slot, first, size = closed.parts(TENTHS)
    means = np.add.reduceat(np.ascontiguousarray(acc), first, axis=0) / size[:, None]
    if len(slot) == TENTHS * k:
        return means, np.ones(k)
    source = np.full((k, TENTHS), -1)
    source.ravel()[slot] = np.arange(len(slot))
    filled = (source >= 0).sum(axis=1) / TENTHS
    source[:, 0] = np.flatnonzero(differences(slot // TENTHS, -1))
    return means[np.maximum.accumulate(source, axis=1).ravel()], filled


def _products(axes: Rows) -> Rows:
    """(6, k) xx yy zz xy xz yz of each column of (3, k)."""
    return np.stack([axes[i] * axes[j] for i, j in PAIRS])


def _each(values: Rows, size: int) -> Rows:
    """Sums of groups of `size` columns; reduceat gives a group the same bits wherever it lies."""
    if not values.size:
        return values
    return np.add.reduceat(values, np.arange(0, values.shape[1], size), axis=1)


def _frequency(step_power: Floats, power: Floats) -> Floats:
    ratio = np.divide(step_power, power, out=np.zeros_like(power), where=power > 1e-6)
    return np.asarray(np.arcsin(np.clip(np.sqrt(np.maximum(ratio, 0.0)) / 2, 0, 1)) * TENTHS / np.pi)
