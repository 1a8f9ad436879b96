"""How a road shakes what rides on it: the sprung body, the seat, the wheels; never the same for long."""

from __future__ import annotations

import numpy as np

from firmware_sim.body.gait import TURN
from hipmonitor.core.arrays import Floats, Vec3s

BANDS = ((0.8, 2.2, 0.65), (3.0, 7.0, 0.5), (8.0, 14.0, 0.55), (15.0, 25.0, 0.2))
"""Hz from, to, and share in root mean square: body on its springs, seat and flesh, wheels on their tyres, the rest (ISO 2631
surveys of cars; bicycles shake at 5 to 20 Hz, from memory)."""
PER_BAND = 6
SIDEWAYS = (0.35, 0.4, 1.0)
"""Forward and left, against up."""
SWELL_HZ = (0.043, 0.11, 0.31)


class Road:
    """One road under one seat. A pure function of time."""

    def __init__(self, *, seed: int) -> None:
        r = np.random.default_rng([seed, 0x80AD])
        n = PER_BAND * len(BANDS)
        low, high, share = (np.repeat([band[i] for band in BANDS], PER_BAND) for i in range(3))
        self._hz = r.uniform(low, high, (3, n))
        self._phase = r.uniform(0.0, TURN, (3, n))
        self._size = np.array(SIDEWAYS)[:, None] * share * np.sqrt(2.0 / PER_BAND)
        self._swell = r.uniform(0.0, TURN, len(SWELL_HZ))

    def felt_mps2(self, t_s: Floats, size_mps2: Floats) -> Vec3s:
        """Acceleration in world axes, (n, 3), for this root mean square upwards."""
        felt = np.zeros((len(t_s), 3))
        where = np.flatnonzero(size_mps2 > 0.0)
        if not len(where):
            return felt
        t_s, swell = t_s[where], np.zeros(len(where))
        for hz, start in zip(SWELL_HZ, self._swell, strict=True):
            swell = swell + np.sin(TURN * hz * t_s + start)
        rough = size_mps2[where] * np.exp(0.35 * swell)
        for axis in range(3):
            total = np.zeros(len(where))
            for hz, phase, size in zip(self._hz[axis], self._phase[axis], self._size[axis], strict=True):
                total = total + size * np.sin(TURN * hz * t_s + phase)
            felt[where, axis] = rough * total
        return felt
