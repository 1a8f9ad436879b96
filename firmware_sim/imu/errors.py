"""What is wrong with a cheap IMU, drawn once for each sensor."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from hipmonitor.core.arrays import Floats, Vec3s


@dataclass(frozen=True, slots=True, kw_only=True)
class ImuSpread:
    """How far sensors of one type differ. LSM6DS3TR-C, BMI270 and ICM-20600 data sheets, before any user calibration."""

    gyr_offset_dps: float = 1.0
    """Zero-rate level within this (typical ±1 to ±5 before, ±1 after the factory trim at a steady temperature)."""
    gyr_walk_dps_per_sqrt_s: float = 0.0015
    """The offset walks: .09 °/s after an hour, which is what some degrees of warming do (.01 to .05 °/s each)."""
    acc_offset_g: float = 0.040
    scale: float = 0.01
    """Of both sensors, each axis for itself."""
    gyr_dps_per_g: float = 0.1
    """Sensitivity of the gyroscope to acceleration, each of nine terms."""
    acc_noise_g_per_sqrt_hz: float = 120e-6
    gyr_noise_dps_per_sqrt_hz: float = 0.008


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ImuErrors:
    """One sensor's errors, in g and °/s on its own axes."""

    gyr_offset_dps: Floats
    acc_offset_g: Floats
    gyr_scale: Floats
    acc_scale: Floats
    gyr_dps_per_g: Floats
    """(3, 3): row = gyroscope axis, column = axis of the specific force."""
    spread: ImuSpread

    def acc_g(self, true_g: Vec3s) -> Vec3s:
        """What the accelerometer makes of a specific force, without noise."""
        read: Vec3s = true_g * self.acc_scale + self.acc_offset_g
        return read

    def gyr_dps(self, true_dps: Vec3s, true_g: Vec3s) -> Vec3s:
        """What the gyroscope makes of a rate under a specific force, without noise and walk."""
        pull = [k[0] * true_g[:, 0] + k[1] * true_g[:, 1] + k[2] * true_g[:, 2] for k in self.gyr_dps_per_g]
        read: Vec3s = true_dps * self.gyr_scale + self.gyr_offset_dps + np.stack(pull, axis=1)
        return read


def drawn_errors(seed: int, spread: ImuSpread | None = None) -> ImuErrors:
    """The errors of one sensor. The same seed gives the same sensor."""
    spread = spread or ImuSpread()
    r = np.random.default_rng([seed, 0x1E0])
    return ImuErrors(
        gyr_offset_dps=r.uniform(-spread.gyr_offset_dps, spread.gyr_offset_dps, 3),
        acc_offset_g=r.uniform(-spread.acc_offset_g, spread.acc_offset_g, 3),
        gyr_scale=1.0 + r.uniform(-spread.scale, spread.scale, 3),
        acc_scale=1.0 + r.uniform(-spread.scale, spread.scale, 3),
        gyr_dps_per_g=r.uniform(-spread.gyr_dps_per_g, spread.gyr_dps_per_g, (3, 3)),
        spread=spread,
    )


def no_errors() -> ImuErrors:
    """An ideal sensor: nothing but its resolution and range. For tests of what lies before it."""
    zero = ImuSpread(
        gyr_offset_dps=0.0,
        gyr_walk_dps_per_sqrt_s=0.0,
        acc_offset_g=0.0,
        scale=0.0,
        gyr_dps_per_g=0.0,
        acc_noise_g_per_sqrt_hz=0.0,
        gyr_noise_dps_per_sqrt_hz=0.0,
    )
    return drawn_errors(0, zero)
