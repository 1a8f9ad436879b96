"""From truth to counts: mounting, errors, noise, range and resolution of a cheap IMU."""

from firmware_sim.imu.errors import ImuErrors, ImuSpread, drawn_errors, no_errors
from firmware_sim.imu.imu_source import ImuSource, counts
from firmware_sim.imu.mounting import Mounting, drawn_mounting

__all__ = [
    "ImuErrors",
    "ImuSource",
    "ImuSpread",
    "Mounting",
    "counts",
    "drawn_errors",
    "drawn_mounting",
    "no_errors",
]
