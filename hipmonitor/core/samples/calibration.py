"""What an accelerometer adds and how much too large it reads, from rest in different directions: it must feel 1 g in each.

Source: V. T. van Hees et al., "Autocalibration of accelerometer data for free-living physical activity assessment", J. Appl. Physiol.
117 (2014) 738-744. Differs from it: a worn thigh rests in two to six directions, not in all, so the sphere is fitted with a prior
(offset and scale are drawn to 0 by how large they usually are) instead of being asked for both sides of every axis; each
direction counts once, however long it was held. |a| - g = g scale + up . offset, least squares over directions.

Measured on the 22 thigh recordings without gyroscope: what rest is off 1 g falls from 52 to 3 mg, in directions kept out of the fit
from 44 to 17 mg (17 recordings with three or more directions).
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from hipmonitor.core.arrays import Floats, Ints, Vec3s
from hipmonitor.core.frames import dot, length, unit
from hipmonitor.core.samples.guards import still
from hipmonitor.core.samples.packet_rows import STANDARD_GRAVITY_MPS2
from hipmonitor.core.samples.windows import Windows


@dataclass(frozen=True, slots=True, kw_only=True)
class CalibrationParams:
    """What may be tuned."""

    still_mps2: float = 0.15
    """As the guards'; coarse sensors have steps of 16 mg."""
    offset_sd_mps2: float = 0.06 * STANDARD_GRAVITY_MPS2
    """Usual: on the z axis of worn AX3 up to 150 mg is seen."""
    scale_sd: float = 0.02
    rest_sd_mps2: float = 0.008 * STANDARD_GRAVITY_MPS2
    """Of what a direction's mean is off for other reasons: skin, heartbeat, temperature."""
    least_windows: int = 5
    """A direction is one that was held so long."""
    apart_deg: float = 40.0
    """Two directions at least must differ by so much: with one, an offset and a scale look alike."""
    worth_mps2: float = 0.015 * STANDARD_GRAVITY_MPS2
    """Below this rest is near enough to 1 g: a fit from few directions could only make a good sensor worse (held out, 6 to 9 mg
    become 8 to 14)."""
    most_share: float = 0.2
    """Of 1 g; more is a fault, not an error of calibration."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Calibration:
    """An accelerometer reads (1 + scale) x what acts on it, plus an offset."""

    offset_mps2: Vec3s
    """(3,) in the sensor's axes."""
    scale: float
    doubt_mps2: float
    """What every direction reads too much alike may be scale or offset: so much of it is as likely the other."""
    directions: int
    before_mps2: float
    after_mps2: float
    """Root mean square, over directions, of what rest is off 1 g without and with it."""


CELLS = 125
"""Directions are told apart by their components rounded to halves."""


@dataclass(slots=True, kw_only=True)
class RestState:
    """Rest seen so far, by direction."""

    count: Ints = field(default_factory=lambda: np.zeros(CELLS, np.int64))
    total: Floats = field(default_factory=lambda: np.zeros((CELLS, 3)))
    """Sums of mean specific force."""


def collect(state: RestState, params: CalibrationParams, windows: Windows) -> None:
    """Add what these windows show of rest."""
    rest = windows.acc_mean[still(windows, params.still_mps2)]
    if not len(rest):
        return
    cell = np.rint(unit(rest) * 2).astype(np.int64) + 2
    which = cell[:, 0] * 25 + cell[:, 1] * 5 + cell[:, 2]
    np.add.at(state.count, which, 1)
    np.add.at(state.total, which, rest)


def calibration(state: RestState, params: CalibrationParams) -> Calibration | None:
    """The fit, or None: too few directions, nothing worth it, or too much to be an error of calibration."""
    held = state.count >= params.least_windows
    mean = state.total[held] / state.count[held][:, None]
    if not _spread(mean, params.apart_deg):
        return None
    up, excess = unit(mean), length(mean) - STANDARD_GRAVITY_MPS2
    columns = np.concatenate([up, np.full((len(up), 1), STANDARD_GRAVITY_MPS2)], axis=1)
    common = alike(excess)
    by_scale = common * (1 - 0.5 ** (len(up) - 1))
    sd = np.array([params.offset_sd_mps2] * 3 + [params.scale_sd])
    fitted = _ridge(columns, excess - by_scale, params.rest_sd_mps2 / sd)
    fitted[3] += by_scale / STANDARD_GRAVITY_MPS2
    left = excess - np.sum(columns * fitted, axis=1)
    before, after = (float(np.sqrt(np.mean(e * e))) for e in (excess, left))
    most = params.most_share * STANDARD_GRAVITY_MPS2
    if before < params.worth_mps2 or float(length(fitted[:3])) > most or abs(fitted[3]) > params.most_share:
        return None
    return Calibration(
        offset_mps2=fitted[:3],
        scale=float(fitted[3]),
        doubt_mps2=abs(common - by_scale),
        directions=len(up),
        before_mps2=before,
        after_mps2=after,
    )


def alike(excess: Floats) -> float:
    """What all directions read too much, or too little, at least; 0 where some read too much and some too little.

    An error of scale does that; offsets do it in two directions once in two sensors, in all the rarer the more they are. So each
    direction beyond the first halves the doubt.
    """
    return float(max(0.0, excess.min()) + min(0.0, excess.max()))


def _spread(mean: Vec3s, apart_deg: float) -> bool:
    """Whether two directions are that far apart."""
    up = unit(mean)
    return bool((dot(up[:, None], up[None]) < np.cos(np.deg2rad(apart_deg))).any())


def _ridge(columns: Floats, values: Floats, prior: Floats) -> Floats:
    """(p,) least squares drawn to 0, by Gauss-Jordan; positive definite, so no pivoting is needed."""
    p = columns.shape[1]
    normal = np.sum(columns[:, :, None] * columns[:, None, :], axis=0) + np.diag(prior**2)
    rows = np.concatenate([normal, np.sum(columns * values[:, None], axis=0)[:, None]], axis=1)
    for k in range(p):
        rows[k] = rows[k] / rows[k, k]
        for j in range(p):
            if j != k:
                rows[j] = rows[j] - rows[j, k] * rows[k]
    return np.array(rows[:, p])
