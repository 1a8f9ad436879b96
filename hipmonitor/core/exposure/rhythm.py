"""The period of a repeated movement: how long after which it is most like itself.

With x the signal of a window of five seconds, its mean taken away, c axes together,

    r(L) = sum_i x_i . x_(i+L) / sqrt(sum_i |x_i|^2 sum_i |x_(i+L)|^2)

is 1 for a movement that repeats after L exactly. The period is the first peak of r that is nearly as high as its highest:
later ones are its multiples; earlier, lower ones are what is alike in the two halves of a stride. r is the same however the
sensor is turned.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.fft import next_fast_len

from hipmonitor.core.arrays import Floats
from hipmonitor.core.exposure.fine_seconds import PART_S, PARTS


@dataclass(frozen=True, slots=True, kw_only=True)
class RhythmParams:
    """What may be tuned."""

    shortest_s: float = 0.28
    """A step of 214 a minute; sprinters reach 270."""
    longest_s: float = 2.4
    """A stride of 50 steps a minute; below that nobody's steps follow each other evenly."""
    least: float = 0.35
    """r of the period must reach this: of noise below 3 Hz, three axes and five seconds have some 40 independent values, and
    the highest of ten peaks stays below 2 / sqrt(40)."""
    nearly: float = 0.6
    """Share of the highest peak that an earlier one must reach. Where a sensor samples finely the two halves of a stride
    stay below half of it (har70, harth: between 0.5 and 0.8 the choice changes nothing); at 12.5 Hz heel strikes fall
    between samples and a stride is less like itself than two are."""


def periods_s(signal: Floats, params: RhythmParams) -> Floats:
    """(m,) period of each window of signal (m, n, c), n parts of 0.05 s; NaN where nothing repeats."""
    if not len(signal):
        return np.zeros(0)
    short = max(2, int(params.shortest_s * PARTS))
    lags = np.arange(short - 1, int(params.longest_s * PARTS) + 2)
    x = smoothed(signal)
    r = _likeness(x - _mean(x), lags)
    inner = r[:, 1:-1]
    peak = (inner >= r[:, :-2]) & (inner > r[:, 2:])
    height = np.where(peak, inner, -1.0)
    highest = height.max(axis=1)
    chosen = np.argmax(height >= (params.nearly * highest)[:, None], axis=1)
    every = np.arange(len(r))
    left, here, right = r[every, chosen], r[every, chosen + 1], r[every, chosen + 2]
    bend = left - 2 * here + right
    between = np.divide(left - right, 2 * bend, out=np.zeros_like(bend), where=bend < 0)
    period = (lags[chosen + 1] + between) * PART_S
    return np.where(highest >= params.least, period, np.nan)


def powers(signal: Floats, seconds: int) -> Floats:
    """(m, seconds) mean square about the window's mean, second by second, of windows (m, n, c)."""
    m, n, c = signal.shape
    x = signal - _mean(signal)
    return np.asarray(_sums((x * x).reshape(m * seconds, n // seconds * c)).reshape(m, seconds) / (n // seconds))


def smoothed(signal: Floats) -> Floats:
    """(m, n - 4, c) weighted 1 2 3 2 1, half at 3 Hz; heel strikes, sharper than the grid, would fall between two lags."""
    outer, inner = signal[:, :-4] + signal[:, 4:], signal[:, 1:-3] + signal[:, 3:-1]
    return np.asarray((outer + 2 * inner + 3 * signal[:, 2:-2]) / 9)


def _mean(signal: Floats) -> Floats:
    m, n, c = signal.shape
    return np.asarray(_sums(np.ascontiguousarray(signal.transpose(0, 2, 1)).reshape(m * c, n)).reshape(m, 1, c) / n)


def _likeness(x: Floats, lags: np.ndarray[tuple[int], np.dtype[np.int64]]) -> Floats:
    """(m, lags) r of each window; all products of a lag are added up by way of the spectrum (Wiener-Khinchin)."""
    n = x.shape[1]
    longer = next_fast_len(n + int(lags[-1]), real=True)  # the end does not run into the beginning
    axes = np.fft.rfft(x.transpose(2, 0, 1), longer)
    products = np.fft.irfft(np.add.reduce(axes.real**2 + axes.imag**2), longer)[:, lags]
    power = np.cumsum((x * x).sum(axis=2), axis=1)
    whole = power[:, -1:]
    scale = np.sqrt(power[:, n - 1 - lags] * np.maximum(whole - power[:, lags - 1], 0.0))
    known = scale > np.maximum(1e-12, 1e-9 * whole)
    return np.asarray(np.divide(products, scale, out=np.zeros_like(scale), where=known))


def _sums(rows: Floats) -> Floats:
    """Sum of each row; reduceat gives a row the same bits wherever it lies."""
    if not rows.size:
        return np.zeros(len(rows))
    return np.add.reduceat(rows.ravel(), np.arange(0, rows.size, rows.shape[1]))
