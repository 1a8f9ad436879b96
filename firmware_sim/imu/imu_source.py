"""A cheap IMU strapped to a moving body: the source of a simulated sensor's samples."""

from __future__ import annotations

import numpy as np

from firmware_sim.body import MovingBody
from firmware_sim.body.heel_strike import G_MPS2
from firmware_sim.device.source import Counts6, StreamShape
from firmware_sim.imu.errors import ImuErrors
from firmware_sim.imu.mounting import Mounting
from firmware_sim.imu.noise import RandomWalk, WhiteNoise
from hipmonitor.core.arrays import Vec3s
from hipmonitor.core.frames import inverse, rotate

FULL_SCALE = 32_768
CHUNK = 4_096
"""Samples computed at a time: their arrays stay in the processor's cache."""


def counts(values: Vec3s, full_range: float) -> Counts6:
    """Rounded to counts of range / 32768 and clipped to int16, same shape."""
    scaled = np.rint(values * (FULL_SCALE / full_range))
    return np.clip(scaled, -FULL_SCALE, FULL_SCALE - 1).astype(np.int16)


class ImuSource:
    """Body, mounting and errors in, counts out. Script time 0 is the sensor's first power-on."""

    def __init__(self, body: MovingBody, *, mounting: Mounting, errors: ImuErrors, seed: int = 0) -> None:
        self._body, self._errors, self._seed = body, errors, seed
        self._sensor_from_strap = inverse(mounting.quaternion)
        self._walk = RandomWalk(key=(seed, 0xA1))
        self._streams = 0
        self._shape: StreamShape | None = None

    def begin(self, shape: StreamShape) -> None:
        """A new stream: other ranges or instants, fresh noise, the same walk of the offset."""
        self._shape = shape
        self._streams += 1
        self._noise = WhiteNoise(key=(self._seed, 0x01, self._streams), columns=6)

    def samples(self, first_index: int, count: int) -> Counts6:
        """Samples by index, as a pure function of the stream and the index."""
        if self._shape is None:
            raise RuntimeError("samples were asked for before a stream began")
        starts = range(first_index, first_index + count, CHUNK)
        parts = [self._chunk(self._shape, at, min(CHUNK, first_index + count - at)) for at in starts]
        return np.concatenate(parts) if parts else np.zeros((0, 6), np.int16)

    def _chunk(self, shape: StreamShape, first: int, count: int) -> Counts6:
        t_s = shape.clock.true_s(np.arange(first, first + count, dtype=np.int64))
        felt = self._body.felt(t_s)
        force_g = rotate(self._sensor_from_strap, felt.specific_force_mps2) / G_MPS2
        rate_dps = np.degrees(rotate(self._sensor_from_strap, felt.angular_rate_radps))
        spread, noise = self._errors.spread, self._noise.rows(first, count) * np.sqrt(shape.rate_hz / 2.0)
        acc_g = self._errors.acc_g(force_g) + spread.acc_noise_g_per_sqrt_hz * noise[:, :3]
        acc = counts(acc_g, shape.acc_range_g)
        if not shape.gyr_range_dps:
            return np.concatenate([acc, np.zeros_like(acc)], axis=1)
        gyr_dps = self._errors.gyr_dps(rate_dps, force_g) + spread.gyr_noise_dps_per_sqrt_hz * noise[:, 3:]
        gyr_dps = gyr_dps + spread.gyr_walk_dps_per_sqrt_s * self._walk.at(t_s)
        return np.concatenate([acc, counts(gyr_dps, shape.gyr_range_dps)], axis=1)
