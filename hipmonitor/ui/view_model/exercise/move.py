"""A movement as it is drawn: key poses in order, where it stands on the ground, and how it passes in time."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from math import cos, pi

from hipmonitor.core.exercises import Target
from hipmonitor.ui.view_model.exercise.limb_pose import KNEEL, STAND, LimbPose, between, joints

USUAL_S, PAUSE_S = (1.6, 0.8, 1.6), 0.7
"""Up, hold, down where no tempo is asked for; and the rest at the start pose."""
LONGEST_HOLD_S = 3.0
"""A long hold is drawn shorter."""


class Plant(StrEnum):
    """What stays where it is."""

    HIP = "hip"
    """As the key poses say."""
    FOOT = "foot"
    """The far foot, on the floor below x = 0."""
    KNEE = "knee"
    """The far knee, on the floor below x = 0."""
    GROUND = "ground"
    """Whichever foot is lower stands on the floor."""


class Prop(StrEnum):
    """What stands there as well."""

    NONE = "none"
    MAT = "mat"
    CHAIR = "chair"
    BIKE = "bike"


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """Key poses at even distances; a cycle ends where it began."""

    keys: tuple[LimbPose, ...]
    words: str
    """What it shows, for somebody who does not see it."""
    ways: tuple[str, str] = ("Up", "Down")
    """What the way there and the way back are called."""
    plant: Plant = Plant.HIP
    prop: Prop = Prop.NONE
    cycle_s: float = 0.0
    """How long a round takes; 0 = it goes there and back."""

    def at(self, share: float) -> LimbPose:
        """So far on its way: 0 = the start pose, 1 = the far end, or once around."""
        share = share % 1.0 if self.cycle_s else min(1.0, max(0.0, share))
        steps = share * (len(self.keys) - 1)
        first = min(int(steps), len(self.keys) - 2)
        return _planted(between(self.keys[first], self.keys[first + 1], steps - first), self.plant)

    @property
    def telling(self) -> float:
        """The moment that tells most where nothing moves."""
        return 0.0 if self.cycle_s else 1.0


def _planted(pose: LimbPose, plant: Plant) -> LimbPose:
    if plant is Plant.HIP:
        return pose
    j = joints(replace(pose, x=0.0, y=0.0))
    if plant is Plant.GROUND:
        return replace(pose, y=pose.y + STAND - min(j.ankle[1], j.far_ankle[1]))
    at, high = (j.far_ankle, STAND) if plant is Plant.FOOT else (j.far_knee, KNEEL)
    return replace(pose, x=-at[0], y=high - at[1])


def share_at(move: Move, seconds: float, target: Target) -> float:
    """Where a movement is that goes on by itself in the tempo that is asked for."""
    if move.cycle_s:
        return seconds / move.cycle_s % 1.0
    asked = (target.up_s, target.hold_s, target.down_s)
    up, hold, down = (value or usual for value, usual in zip(asked, USUAL_S, strict=True))
    hold = min(LONGEST_HOLD_S, hold)
    t = seconds % (up + hold + down + PAUSE_S)
    for lasting, start, end in ((up, 0.0, 1.0), (hold, 1.0, 1.0), (down, 1.0, 0.0)):
        if t < lasting:
            return start + (end - start) * (1 - cos(pi * t / lasting)) / 2
        t -= lasting
    return 0.0


def extent(move: Move) -> tuple[float, float, float, float]:
    """Left, bottom, right, top of all its joints, in thighs."""
    points = [point for k in range(9) for point in joints(move.at(k / 9 if move.cycle_s else k / 8)).points]
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(xs), min(ys), max(xs), max(ys)
