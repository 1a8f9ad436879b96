"""How the sensor sits in its strap and where the strap sits on the thigh."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from hipmonitor.core.arrays import Quats

IDENTITY = (1.0, 0.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mounting:
    """Strap axes are the thigh's in standing: x forward, y up, z to the wearer's right."""

    strap_from_sensor: tuple[float, float, float, float] = IDENTITY
    along_m: float = 0.26
    """From the hip joint down the thigh."""

    @property
    def quaternion(self) -> Quats:
        """strap_from_sensor as an array."""
        return np.array(self.strap_from_sensor)


def drawn_mounting(seed: int) -> Mounting:
    """Any rotation at all, evenly: nobody aligns the strap. Between the upper third of the thigh and a hand above the knee."""
    r = np.random.default_rng([seed, 0x307])
    q = r.standard_normal(4)
    q = q / np.sqrt(np.sum(q * q))
    return Mounting(
        strap_from_sensor=(float(q[0]), float(q[1]), float(q[2]), float(q[3])), along_m=float(r.uniform(0.16, 0.34))
    )
