"""What an accelerometer adds and how much too large it reads, from rest in different directions: it must feel 1 g in each.

Source: V. T. van Hees et al., "Autocalibration of accelerometer data for free-living physical activity assessment", J. Appl. Physiol.
117 (2014) 738-744. Differs from it: a worn thigh rests in two to six directions, not in all, so the sphere is fitted with a prior
(offset and scale are drawn to 0 by how large they usually are) instead of being asked for both sides of every axis; each
direction counts once, however long it was held. |a| - g = g scale + up . offset, least squares over directions.

Measured on the 22 thigh recordings without gyroscope: what rest is off 1 g falls from 52 to 3 mg, in directions kept out of the fit
from 44 to 17 mg (17 recordings with three or more directions). Settled, that is used as far as it goes. As lived only what is
surely known is: see `sure_directions`.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np

from hipmonitor.core.arrays import Floats, Ints, Vec3s
from hipmonitor.core.frames import dot, length, unit
from hipmonitor.core.instants import HostNs
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
    sure_directions: int = 6
    """Offset and scale are surely known from so many directions, if they also are as far apart as the next one asks."""
    sure_sd_mps2: float = 0.015 * STANDARD_GRAVITY_MPS2
    """Of the offset, all axes together, by the fit's own covariance and what it leaves: 0.9 deg of tilt. Six sides of a sensor
    leave 10 mg; who stands, sits, and lies on the back, the front and a side 11-15 (sens); standing and sitting alone (harth,
    har70) 32 and more. In sens directions kept out of the fit fall from 43 to 8 mg off 1 g."""
    sure_gain: float = 2.0
    """What is found, squared, must be so many times what may be wrong in it: then taking it back leaves less than there was."""
    news_mps2: float = 0.005 * STANDARD_GRAVITY_MPS2
    """An offset that moved by less is not worth saying."""


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
    sd_mps2: float
    """Of the offset, all three axes together."""
    sure: bool
    """Enough directions, known well enough, and worth it."""
    since: HostNs = HostNs(0)  # noqa: RUF009 - a type's name, not a call that could differ
    """When it was surely known."""

    @property
    def tilts_by_mps2(self) -> Vec3s:
        """(3,) the offset of a reading that was scaled to 1 g."""
        return self.offset_mps2 / (1 + self.scale)

    @property
    def tilt_sd_deg(self) -> float:
        """By how much a bent thigh's angle may be off with it: as far as directions agree in too much, and the fit may be wrong."""
        fit_mps2 = self.sd_mps2 if self.sure else 0.0
        return float(np.rad2deg(np.hypot(2 * self.doubt_mps2, fit_mps2) / STANDARD_GRAVITY_MPS2))


CELLS = 125
"""Directions are told apart by their components rounded to halves."""


@dataclass(slots=True, kw_only=True)
class RestState:
    """Rest seen so far, by direction."""

    count: Ints = field(default_factory=lambda: np.zeros(CELLS, np.int64))
    total: Floats = field(default_factory=lambda: np.zeros((CELLS, 3)))
    """Sums of mean specific force."""
    said: Calibration | None = None
    """The last that was surely known."""


def collect(state: RestState, params: CalibrationParams, windows: Windows) -> tuple[Calibration, ...]:
    """Add what these windows show of rest; what of the accelerometer is surely known by it, and was not said."""
    rest = np.flatnonzero(still(windows, params.still_mps2))
    if not len(rest):
        return ()
    mean = windows.acc_mean[rest]
    rounded = np.rint(unit(mean) * 2).astype(np.int64) + 2
    cell = rounded[:, 0] * 25 + rounded[:, 1] * 5 + rounded[:, 2]
    news, begin = [], 0
    for end in _newly_held(state.count, cell, params.least_windows):
        _add(state, cell[begin:end], mean[begin:end])
        known, begin = calibration(state, params), end
        if known and known.sure and _is_news(known, state.said, params.news_mps2):
            state.said = replace(known, since=HostNs(int(windows.end_ns[rest[end - 1]])))
            news.append(state.said)
    _add(state, cell[begin:], mean[begin:])
    return tuple(news)


def _add(state: RestState, cell: Ints, mean: Vec3s) -> None:
    np.add.at(state.count, cell, 1)
    np.add.at(state.total, cell, mean)


def _newly_held(count: Ints, cell: Ints, least: int) -> list[int]:
    """After how many of these windows a direction will have been held long enough that was not before."""
    ends = []
    for one in np.unique(cell[count[cell] < least]).tolist():
        at = np.flatnonzero(cell == one)
        ends += [int(at[missing - 1]) + 1] if (missing := least - int(count[one])) <= len(at) else []
    return sorted(ends)


def _is_news(known: Calibration, said: Calibration | None, news_mps2: float) -> bool:
    return said is None or bool(length(known.tilts_by_mps2 - said.tilts_by_mps2) > news_mps2)


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
    fitted, shares = _ridge(columns, excess - by_scale, params.rest_sd_mps2 / sd)
    fitted[3] += by_scale / STANDARD_GRAVITY_MPS2
    left = excess - np.sum(columns * fitted, axis=1)
    before, after = (float(np.sqrt(np.mean(e * e))) for e in (excess, left))
    most = params.most_share * STANDARD_GRAVITY_MPS2
    if before < params.worth_mps2 or float(length(fitted[:3])) > most or abs(fitted[3]) > params.most_share:
        return None
    variance = np.diag(shares) * max(params.rest_sd_mps2, after) ** 2
    sd_mps2 = float(np.sqrt(variance[:3].sum()))
    return Calibration(
        offset_mps2=fitted[:3],
        scale=float(fitted[3]),
        doubt_mps2=abs(common - by_scale),
        directions=len(up),
        before_mps2=before,
        after_mps2=after,
        sd_mps2=sd_mps2,
        sure=len(up) >= params.sure_directions
        and sd_mps2 < params.sure_sd_mps2
        and _gain(fitted, variance) > params.sure_gain,
    )


def _gain(fitted: Floats, variance: Floats) -> float:
    """Power of what was found over that of what may be wrong in it; scale in m/s² as at rest."""
    unit_of = np.array([1.0, 1.0, 1.0, STANDARD_GRAVITY_MPS2])
    return float(np.sum((fitted * unit_of) ** 2) / np.sum(variance * unit_of**2))


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


def _ridge(columns: Floats, values: Floats, prior: Floats) -> tuple[Floats, Floats]:
    """(p,) least squares drawn to 0, by Gauss-Jordan, and (p, p) its covariance where values have a variance of 1.

    Positive definite, so no pivoting is needed.
    """
    p = columns.shape[1]
    normal = np.sum(columns[:, :, None] * columns[:, None, :], axis=0) + np.diag(prior**2)
    rows = np.concatenate([normal, np.sum(columns * values[:, None], axis=0)[:, None], np.eye(p)], axis=1)
    for k in range(p):
        rows[k] = rows[k] / rows[k, k]
        for j in range(p):
            if j != k:
                rows[j] = rows[j] - rows[j, k] * rows[k]
    return np.array(rows[:, p]), rows[:, p + 1 :]
