"""How the figure of an exercise holds its limbs: angles as they are drawn, and what lies between two poses."""

from __future__ import annotations

from dataclasses import dataclass, fields
from math import cos, radians, sin

THIGH, SHANK, TRUNK = 1.0, 0.94, 1.02
"""Lengths, in thighs; the trunk from hip to shoulder."""
UPPER_ARM, FOREARM = 0.55, 0.5
KNEEL, STAND, LIE = 0.15, 0.13, 0.25
"""How high the middle of a knee, an ankle and a hip stand above the floor they rest on."""
Point = tuple[float, float]
"""x to the right, y up from the floor, in thighs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LimbPose:
    """Angles of limbs in degrees: 0 = straight down, 90 = to the right, where the figure looks; 180 = up.

    The near leg is the one that wears the sensor.
    """

    x: float = 0.0
    y: float = LIE
    """Of the hip."""
    trunk_deg: float = 180.0
    head_deg: float = 0.0
    """Bent from the trunk's line; + = forward."""
    thigh_deg: float = 0.0
    shank_deg: float = 0.0
    ankle_deg: float = 90.0
    """Of the foot against its shank."""
    thigh_share: float = 1.0
    """Of the length that is seen: less where it points at the viewer."""
    shank_share: float = 1.0
    far_thigh_deg: float = 0.0
    far_shank_deg: float = 0.0
    far_ankle_deg: float = 90.0
    far_thigh_share: float = 1.0
    far_shank_share: float = 1.0
    arm_deg: float = 0.0
    forearm_deg: float = 0.0
    far_arm_deg: float = 0.0
    far_forearm_deg: float = 0.0


ANGLES = tuple(field.name for field in fields(LimbPose))


def between(first: LimbPose, second: LimbPose, share: float) -> LimbPose:
    """Every angle so far on its way from the first to the second."""
    values = {name: getattr(first, name) for name in ANGLES}
    return LimbPose(**{name: value + share * (getattr(second, name) - value) for name, value in values.items()})


def end_of(start: Point, length: float, deg: float) -> Point:
    """The other end of a limb."""
    return start[0] + length * sin(radians(deg)), start[1] - length * cos(radians(deg))


@dataclass(frozen=True, slots=True, kw_only=True)
class Joints:
    """Where everything is."""

    hip: Point
    knee: Point
    ankle: Point
    far_knee: Point
    far_ankle: Point
    shoulder: Point
    elbow: Point
    hand: Point
    far_elbow: Point
    far_hand: Point

    @property
    def points(self) -> tuple[Point, ...]:
        """All of them."""
        return tuple(getattr(self, field.name) for field in fields(self))


def joints(pose: LimbPose) -> Joints:
    """From the hip outwards."""
    hip = (pose.x, pose.y)
    knee = end_of(hip, THIGH * pose.thigh_share, pose.thigh_deg)
    far_knee = end_of(hip, THIGH * pose.far_thigh_share, pose.far_thigh_deg)
    shoulder = end_of(hip, TRUNK, pose.trunk_deg)
    elbow = end_of(shoulder, UPPER_ARM, pose.arm_deg)
    far_elbow = end_of(shoulder, UPPER_ARM, pose.far_arm_deg)
    return Joints(
        hip=hip,
        knee=knee,
        ankle=end_of(knee, SHANK * pose.shank_share, pose.shank_deg),
        far_knee=far_knee,
        far_ankle=end_of(far_knee, SHANK * pose.far_shank_share, pose.far_shank_deg),
        shoulder=shoulder,
        elbow=elbow,
        hand=end_of(elbow, FOREARM, pose.forearm_deg),
        far_elbow=far_elbow,
        far_hand=end_of(far_elbow, FOREARM, pose.far_forearm_deg),
    )
