"""Raw acceleration and rates from orientations: for programs that store what they made of the raw data, not the data.

    acc = world_from_sensor⁻¹ · (free_acc + g up)              specific force, sensor axes, m/s²
    gyr = 2 log(world_from_sensor[k-1]⁻¹ · world_from_sensor[k]) / dt    mean rate since the sample before, sensor axes, rad/s

The rates are those the maker's own filter believed, without the offset it found.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from hipmonitor.core.arrays import Bools, Nanoseconds, Quats, Vec3s
from hipmonitor.core.frames import in_columns, inverse, length, multiply, rotate
from hipmonitor.core.instants import NS_PER_S
from hipmonitor.core.samples import STANDARD_GRAVITY_MPS2

MOST_NORM_ERROR = 0.02
"""Of a quaternion's length; text with three digits gives 0.001."""
MOST_PERIODS = 2.5
"""Between two orientations from which a rate is made; beyond it the turn in between is not known."""


def unit_quaternions(quaternions: Quats) -> Bools:
    """(n,) rows that are a rotation."""
    size = np.sqrt(np.sum(quaternions * quaternions, axis=1))
    return np.asarray(np.abs(size - 1) <= MOST_NORM_ERROR)


def specific_force(world_from_sensor: Quats, free_acc_mps2: Vec3s) -> Vec3s:
    """(n, 3) m/s² in the sensor's axes; world z up."""
    return rotate(inverse(world_from_sensor), free_acc_mps2 + np.array([0.0, 0.0, STANDARD_GRAVITY_MPS2]))


@dataclass(slots=True, kw_only=True)
class Turning:
    """Rates from one orientation to the next, chunk after chunk."""

    rate_hz: float
    last: Quats = field(default_factory=lambda: np.zeros((0, 4)))
    """(1, 4) the orientation before, none at the beginning."""
    last_ns: Nanoseconds = field(default_factory=lambda: np.zeros(0, np.int64))

    def step(self, t_ns: Nanoseconds, world_from_sensor: Quats) -> Vec3s:
        """(n, 3) rad/s; where the sample before is missing, the rate of the sample after; NaN where that is missing too."""
        turns = np.concatenate([self.last, world_from_sensor])
        times = np.concatenate([self.last_ns, t_ns])
        self.last, self.last_ns = turns[-1:], times[-1:]
        dt_s = np.diff(times) / NS_PER_S
        rates = _rotation_vectors(multiply(inverse(turns[:-1]), turns[1:])) / np.maximum(dt_s, 1e-9)[:, None]
        rates[dt_s > MOST_PERIODS / self.rate_hz] = np.nan
        rates = np.concatenate([np.full((len(t_ns) - len(rates), 3), np.nan), rates])
        missing = np.flatnonzero(np.isnan(rates[:, 0]))
        rates[missing] = rates[np.minimum(missing + 1, len(rates) - 1)]
        return rates


def _rotation_vectors(quaternions: Quats) -> Vec3s:
    """(n, 3) rad, the short way round."""
    w, x, y, z = np.where(quaternions[:, :1] < 0, -quaternions, quaternions).T
    vector = in_columns(x, y, z)
    half_sine = length(vector)
    scale = np.divide(2 * np.arctan2(half_sine, w), half_sine, out=np.full(len(w), 2.0), where=half_sine > 1e-12)
    return np.asarray(vector * scale[:, None])
