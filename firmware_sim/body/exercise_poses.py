"""How the body lies, kneels, sits and stands before an exercise, and on the way down to the floor and up again."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from firmware_sim.body.choreography import Activity
from firmware_sim.body.exercise_plan import Start

HIP_ON_FLOOR_M, HIP_ON_HEELS_M = 0.12, 0.25


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyPose:
    """Angles in degrees as in Choreography."""

    recline: float = 0.0
    """Below 0 the chest faces the floor, and the hips are bent by as much: the thighs stay as they are."""
    roll: float = 0.0
    """Of a wearer on the right."""
    lift: float = 0.0
    spread: float = 0.0
    twist: float = 0.0
    other_lift: float = 0.0
    other_spread: float = 0.0
    other_twist: float = 0.0
    pelvis: float = 0.0
    kneels: bool = False
    hip_m: float | None = None
    """Height above the floor, where it is neither of both."""
    called: Activity = Activity.LIE

    def with_front(self, *, in_front: bool) -> BodyPose:
        """With the worn leg's foot in front, or the other's; the rear thigh is upright or a little behind."""
        front, rear = 84.0, -6.0
        return replace(self, lift=front if in_front else rear, other_lift=rear if in_front else front)


KNEELING = BodyPose(kneels=True, called=Activity.STAND)
HALF_KNEELING = BodyPose(kneels=True, hip_m=0.55, pelvis=12.0, called=Activity.STAND)
"""One foot in front; which leg's is for the person to say."""
SIDE_SITTING = BodyPose(lift=82.0, other_lift=86.0, spread=12.0, hip_m=HIP_ON_FLOOR_M, called=Activity.SIT)
"""Half way between kneeling and lying."""
POSES: dict[Start, tuple[BodyPose, BodyPose]] = {
    # Mean and SD of what people take for it.
    Start.ALL_FOURS: (
        BodyPose(recline=-82.0, spread=4.0, other_spread=4.0, kneels=True, called=Activity.STAND),
        BodyPose(recline=4.0, lift=4.0, spread=2.0, twist=3.0, other_lift=4.0, other_spread=2.0),
    ),
    Start.SIDE_STRAIGHT: (
        BodyPose(recline=90.0, roll=90.0, lift=4.0, spread=-2.0, twist=-2.0, other_lift=15.0),
        BodyPose(recline=1.5, roll=6.0, lift=5.0, spread=2.5, twist=4.0, other_lift=10.0),
    ),
    Start.SIDE_BENT: (
        BodyPose(recline=90.0, roll=88.0, lift=45.0, spread=-2.0, twist=-1.0, other_lift=45.0),
        BodyPose(recline=1.5, roll=6.0, lift=6.0, spread=2.5, twist=3.5, other_lift=6.0),
    ),
    Start.WORN_SIDE: (
        BodyPose(recline=90.0, roll=-90.0, lift=25.0, spread=2.0, twist=0.0, other_lift=30.0),
        BodyPose(recline=1.5, roll=8.0, lift=12.0, spread=2.5, twist=4.0, other_lift=12.0),
    ),
    Start.SUPINE_BENT: (
        BodyPose(recline=90.0, lift=50.0, spread=3.0, twist=-2.0, other_lift=50.0, other_spread=3.0),
        BodyPose(recline=1.0, lift=4.0, spread=2.5, twist=3.0, other_lift=4.0, other_spread=2.5),
    ),
    Start.SUPINE_STRAIGHT: (
        BodyPose(recline=90.0, lift=-1.0, spread=6.0, twist=-12.0, other_lift=-1.0, other_spread=6.0),
        BodyPose(recline=1.0, lift=2.0, spread=3.0, twist=6.0, other_lift=2.0, other_spread=3.0),
    ),
    Start.TABLETOP: (
        BodyPose(recline=90.0, lift=90.0, spread=2.0, other_lift=90.0, other_spread=2.0, pelvis=-5.0),
        BodyPose(recline=1.0, lift=5.0, spread=3.0, twist=3.0, other_lift=5.0, other_spread=3.0),
    ),
    Start.PRONE: (
        BodyPose(recline=90.0, roll=180.0, lift=-2.0, spread=5.0, twist=4.0, other_lift=-2.0, other_spread=5.0),
        BodyPose(recline=1.0, roll=4.0, lift=2.0, spread=3.0, twist=6.0, other_lift=2.0, other_spread=3.0),
    ),
    Start.SITTING_BACK: (
        BodyPose(
            recline=-55.0, lift=66.0, spread=8.0, other_lift=66.0, other_spread=8.0, hip_m=HIP_ON_HEELS_M, kneels=True
        ),
        BodyPose(recline=6.0, lift=5.0, spread=4.0, other_lift=5.0),
    ),
}
"""Poses on the floor."""


def pose_of(start: Start, r: np.random.Generator) -> BodyPose:
    """One person's way of it, this time."""
    mean, sd = POSES[start]
    angles = ("recline", "roll", "lift", "spread", "twist", "other_lift", "other_spread", "other_twist", "pelvis")
    drawn = {
        name: getattr(mean, name) + getattr(sd, name) * float(np.clip(r.standard_normal(), -2.0, 2.0))
        for name in angles
    }
    return replace(mean, **drawn)


def hip_up_m(pose: BodyPose, thigh_m: float) -> float:
    """What the hip is lower than over knees on upright shanks; those are as long as the thigh."""
    recline = max(0.0, pose.recline)
    from_knee_m = thigh_m * float(np.cos(np.radians(recline)))
    if pose.hip_m is not None:
        return pose.hip_m - thigh_m - from_knee_m
    if pose.kneels:
        return -thigh_m
    return HIP_ON_FLOOR_M - thigh_m - from_knee_m if pose.recline > 45.0 else 0.0
