"""What a strap does to what is felt: put on anew each day, turned any way round; and the sensor's whole numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from hipmonitor.core.arrays import Vec3s
from hipmonitor.core.frames import rotate

ACC_STEP_MPS2 = 9.80665 / 4096
"""16 bits over 8 g."""
GYR_STEP_RADPS = np.radians(1 / 16)
"""16 bits over 2000 degrees a second."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Felt:
    """(n, 3) in the sensor's frame."""

    acc_mps2: Vec3s
    gyr_radps: Vec3s


def worn_anew(parts: Sequence[Felt], seed: int) -> Felt:
    """One after another, on the strap of this day."""
    q = np.random.default_rng([seed, 0x57A]).standard_normal(4)
    turned = q / np.sqrt(np.sum(q * q))
    return Felt(
        acc_mps2=_whole(rotate(turned, np.concatenate([part.acc_mps2 for part in parts])), ACC_STEP_MPS2),
        gyr_radps=_whole(rotate(turned, np.concatenate([part.gyr_radps for part in parts])), GYR_STEP_RADPS),
    )


def _whole(values: Vec3s, step: float) -> Vec3s:
    return np.rint(values / step) * step
