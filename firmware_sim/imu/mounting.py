"""How the sensor sits in its strap and where the strap sits on the thigh or the pelvis."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from firmware_sim.body import Where
from hipmonitor.core.arrays import Quats

IDENTITY = (1.0, 0.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mounting:
    """Strap axes are the thigh's in standing: x forward, y up, z to the wearer's right."""

    strap_from_sensor: tuple[float, float, float, float] = IDENTITY
    along_m: float = 0.26
    """From the hip joint down the thigh."""
    around_deg: float = 0.0
    """0: the front of the thigh, or the back of the pelvis; + round to the wearer's left."""

    @property
    def quaternion(self) -> Quats:
        """strap_from_sensor as an array."""
        return np.array(self.strap_from_sensor)


def drawn_mounting(seed: int, where: Where = "thigh") -> Mounting:
    """Any rotation at all, evenly: nobody aligns the strap. Between the upper third of the thigh and a hand above the knee.

    The other thigh's strap sits anywhere on its front half; a belt's sensor on the back, or one time in three on a hip.
    """
    r = np.random.default_rng([seed, 0x307])
    q = r.standard_normal(4)
    q = q / np.sqrt(np.sum(q * q))
    along_m = float(r.uniform(0.16, 0.34))
    return Mounting(
        strap_from_sensor=(float(q[0]), float(q[1]), float(q[2]), float(q[3])),
        along_m=along_m,
        around_deg=_drawn_around_deg(r, where),
    )


def _drawn_around_deg(r: np.random.Generator, where: Where) -> float:
    if where == "thigh":
        return 0.0
    if where == "other_thigh":
        return float(r.uniform(-60.0, 60.0))
    return float(r.normal(0.0, 20.0)) if r.random() < 2 / 3 else float(r.choice([-1.0, 1.0]) * r.uniform(60.0, 110.0))
