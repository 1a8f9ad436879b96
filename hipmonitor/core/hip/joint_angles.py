"""Angles between pelvis and thigh as house rules define them, written out so that any number of rows gives the same bits."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from hipmonitor.core.arrays import Floats, Quats, Vec3s
from hipmonitor.core.frames import inverse, multiply, rotate
from hipmonitor.core.settings import Side

MIRROR = {"right": 1.0, "left": -1.0, "unknown": np.nan}


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class JointAngles:
    """n rows, degrees; adduction and rotation are NaN where the side is not known."""

    flexion_deg: Floats
    adduction_deg: Floats
    rotation_deg: Floats


def joint_angles(pelvis_from_thigh: Quats, side: Side = "right") -> JointAngles:
    """Grood and Suntay 1983 as in Wu 2002: pelvis_from_thigh = Rz(flexion) Rx(adduction) Ry(internal rotation), right leg.

    Both frames: x forward, y up along the segment, z to the wearer's right. Flexion turns about the pelvis' z, rotation
    about the thigh's y. The left leg is the right one seen in a mirror: adduction and rotation change sign.
    """
    w, x, y, z = np.moveaxis(pelvis_from_thigh, -1, 0)
    flexion = np.arctan2(2 * (w * z - x * y), w * w - x * x + y * y - z * z)
    adduction = np.arcsin(np.clip(2 * (y * z + w * x), -1.0, 1.0))
    rotation = np.arctan2(2 * (w * y - x * z), w * w - x * x - y * y + z * z)
    m = MIRROR[side]
    return JointAngles(
        flexion_deg=np.rad2deg(flexion), adduction_deg=m * np.rad2deg(adduction), rotation_deg=m * np.rad2deg(rotation)
    )


def turn_about_up(angle_rad: Floats) -> Quats:
    """(n, 4) turns about the world's z."""
    zero = np.zeros_like(angle_rad)
    return np.stack([np.cos(angle_rad / 2), zero, zero, np.sin(angle_rad / 2)], axis=-1)


def pelvis_from_thigh(world_from_pelvis: Quats, world_from_thigh: Quats, heading_rad: Floats) -> Quats:
    """(n, 4), the two worlds differing by `heading_rad` (n,): thigh's world = turned by it from the pelvis' world."""
    return multiply(inverse(multiply(turn_about_up(heading_rad), world_from_pelvis)), world_from_thigh)


def sagittal_deg(up: Vec3s) -> Floats:
    """(n,) how far a segment leans back (knee forward, for a thigh), from where up is in its frame."""
    return np.rad2deg(np.arctan2(up[:, 0], up[:, 1]))


def wrapped_deg(angle_deg: Floats) -> Floats:
    """Within ±180."""
    return (angle_deg + 180.0) % 360.0 - 180.0


def turned_left_deg(old_from_sensor: Quats, new_from_sensor: Quats) -> float:
    """How far a segment's new forward lies to the left of the old one, both (4,); upright axes nearly alike."""
    x, _, z = rotate(new_from_sensor, rotate(inverse(old_from_sensor), np.array([1.0, 0.0, 0.0]))).tolist()
    return float(np.rad2deg(np.arctan2(z, x)))
