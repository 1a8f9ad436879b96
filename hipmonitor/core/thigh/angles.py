"""The thigh's angles from where up is: written as house rules define them, one line each."""

from __future__ import annotations

import numpy as np

from hipmonitor.core.arrays import Floats, Vec3s
from hipmonitor.core.frames import rotate
from hipmonitor.core.samples import STANDARD_GRAVITY_MPS2
from hipmonitor.core.settings import Side
from hipmonitor.core.thigh.blocks import Placement

ROLL_INCLINATION_DEG = (30.0, 150.0)
"""Outside this the long axis is near vertical, and turning about it does not move gravity."""
DEG = 180 / np.pi
"""As np.rad2deg, which takes as long as the arctangent."""
ROLL_SIGN = {"right": 1.0, "left": -1.0, "unknown": np.nan}


def up_in_thigh(up_sensor: Vec3s, placement: Placement) -> Vec3s:
    """(n, 3) the world's up in the thigh frame (x forward, y knee to hip, z to the wearer's right).

    An accelerometer's offset tilts what orientation takes for up by offset / g, to first order; that is taken back.
    """
    offset = placement.acc_offset_mps2 / STANDARD_GRAVITY_MPS2
    return rotate(placement.thigh_from_sensor, up_sensor - offset if offset.any() else up_sensor)


def flexion_deg(up: Vec3s) -> Floats:
    """(n,) atan2(u_x, u_y): 0 standing, + knee forward, 90 horizontal, ±180."""
    return DEG * np.arctan2(up[:, 0], up[:, 1])


def inclination_deg(up: Vec3s) -> Floats:
    """(n,) acos(u_y), 0-180, from both legs of the triangle so that small angles keep their digits."""
    return DEG * np.arctan2(np.sqrt(up[:, 0] ** 2 + up[:, 2] ** 2), up[:, 1])


def roll_deg(up: Vec3s, inclination: Floats, side: Side) -> Floats:
    """(n,) atan2(u_z, u_x), mirrored for the left leg: + kneecap towards the midline. NaN near vertical, or side unknown."""
    low, high = ROLL_INCLINATION_DEG
    roll = np.full(len(up), np.nan)
    np.arctan2(up[:, 2], up[:, 0], out=roll, where=(inclination >= low) & (inclination <= high))
    return roll * (DEG * ROLL_SIGN[side])
