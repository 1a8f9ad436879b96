"""What a person is to do, as a list of acts: a posture, for how long, on what and in which manner."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from firmware_sim.body.exercise_plan import SetPlan


class Posture(StrEnum):
    """What the body does during an act."""

    STAND = "stand"
    WALK = "walk"
    SIT = "sit"
    LIE_BACK = "lie_back"
    LIE_SIDE = "lie_side"
    """On the side that is not worn."""
    OFF = "off"
    """The sensor is taken off and lies on a table, with the strap's outer face up: it looks like a horizontal thigh."""
    LIE_WORN_SIDE = "lie_worn_side"
    LIE_FRONT = "lie_front"
    LIE_BENT = "lie_bent"
    """On the back, knees bent, feet on the bed."""
    RUN = "run"
    STAIRS_UP = "stairs_up"
    STAIRS_DOWN = "stairs_down"
    CYCLE = "cycle"
    SQUATS = "squats"
    LUNGES = "lunges"
    """To the front, one leg after the other."""
    LIFTS = "lifts"
    """The worn knee is lifted to hip height and put down, again and again, as a calibration asks for."""
    EXERCISE = "exercise"
    """A set of an exercise, by a plan."""
    BAG = "bag"
    """The sensor is taken off and put into a bag, in any direction; the bag is carried about and set down."""


Seat = Literal[
    "high_stool", "saddle_stool", "office_chair", "kitchen_chair", "armchair", "low_sofa", "bed", "bus", "car", "floor"
]
SEAT_FLEXION_DEG: dict[Seat, float] = {
    "high_stool": 65.0,
    "saddle_stool": 75.0,
    "office_chair": 85.0,
    "kitchen_chair": 88.0,
    "bed": 92.0,
    "armchair": 96.0,
    "low_sofa": 103.0,
    "bus": 90.0,
    "car": 102.0,
    "floor": 100.0,
}
"""Thigh flexion by seat. Free-living sitting has medians of 78 (10th to 90th percentile 53 to 94) and, in older people,
90 (82 to 100) degrees on labelled thigh recordings; the seats span that range. A car's cushion lifts the knees 10 to 15
degrees above the hips (SAE J1100 packages, from memory); who sits cross-legged on the floor has the knees about as high as
the hips."""
RIDES = frozenset({"bus", "car"})
"""Seats that shake and go round corners."""

Manner = Literal[
    "quiet", "restless", "lean_back", "slump", "lean_forward", "crossed", "crossed_under", "knee_in", "ankle_on_knee"
]
"""quiet: no wilful movement, a tiny shift now and then. restless: the leg shifts, sometimes bounces, the trunk leans.
lean_back: slid forward, at ease. slump: the pelvis rolled far back. lean_forward: to the desk, the pelvis tipped up.
crossed: the worn thigh lies over the other one; crossed_under: the other way round. knee_in: the worn knee fallen inward.
ankle_on_knee: the worn ankle on the other knee."""


Pace = Literal["slow", "usual", "fast"]
PACE_SPEED: dict[Pace, float] = {"slow": 0.75, "usual": 1.0, "fast": 1.25}
"""Speed as a share of one's usual: 1.0, 1.3 and 1.65 m/s (Bohannon 1997: comfortable 1.3, fastest 1.7 to 2.5)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """One act. `seconds` includes the movement into it from the act before."""

    posture: Posture
    seconds: float
    seat: Seat = "office_chair"
    manner: Manner = "quiet"
    pace: Pace = "usual"
    tempo: float = 1.0
    """Sitting down and rising into this act take so many times what they usually take this person."""
    raised_deg: float = 0.0
    """This seat is so much higher than its kind, in degrees of the thigh: chairs are adjusted, sofas differ."""
    variety: float = 0.0
    """How far this stand or this lie differs from one's plainest one: 0 not at all, 1 as people do."""
    plan: SetPlan | None = None
    """Of an exercise."""


Script = tuple[Act, ...]


def stand(seconds: float, manner: Manner = "quiet") -> Act:
    """Stand."""
    return Act(posture=Posture.STAND, seconds=seconds, manner=manner)


def walk(seconds: float, pace: Pace = "usual") -> Act:
    """Walk, turning and changing speed a little now and then when it lasts."""
    return Act(posture=Posture.WALK, seconds=seconds, pace=pace)


def sit(seconds: float, seat: Seat = "office_chair", manner: Manner = "quiet") -> Act:
    """Sit."""
    return Act(posture=Posture.SIT, seconds=seconds, seat=seat, manner=manner)


def lie(seconds: float, *, on_side: bool = False, manner: Manner = "quiet") -> Act:
    """Lie on the back, or on the side that is not worn."""
    return Act(posture=Posture.LIE_SIDE if on_side else Posture.LIE_BACK, seconds=seconds, manner=manner)


def lie_bent(seconds: float, manner: Manner = "quiet") -> Act:
    """Lie on the back with bent knees."""
    return Act(posture=Posture.LIE_BENT, seconds=seconds, manner=manner)


def lie_front(seconds: float, manner: Manner = "quiet") -> Act:
    """Lie on the front."""
    return Act(posture=Posture.LIE_FRONT, seconds=seconds, manner=manner)


def lie_worn_side(seconds: float, manner: Manner = "quiet") -> Act:
    """Lie on the side that carries the sensor."""
    return Act(posture=Posture.LIE_WORN_SIDE, seconds=seconds, manner=manner)


def run(seconds: float, pace: Pace = "usual") -> Act:
    """Run."""
    return Act(posture=Posture.RUN, seconds=seconds, pace=pace)


def climb(seconds: float, pace: Pace = "usual") -> Act:
    """Go up a flight of stairs, one foot a step."""
    return Act(posture=Posture.STAIRS_UP, seconds=seconds, pace=pace)


def descend(seconds: float, pace: Pace = "usual") -> Act:
    """Go down a flight of stairs, one foot a step."""
    return Act(posture=Posture.STAIRS_DOWN, seconds=seconds, pace=pace)


def cycle(seconds: float, pace: Pace = "usual") -> Act:
    """Ride a bicycle on a road, coasting now and then."""
    return Act(posture=Posture.CYCLE, seconds=seconds, pace=pace)


def squats(seconds: float) -> Act:
    """Squat again and again."""
    return Act(posture=Posture.SQUATS, seconds=seconds)


def lunges(seconds: float) -> Act:
    """Lunge to the front again and again, one leg after the other."""
    return Act(posture=Posture.LUNGES, seconds=seconds)


def lifts(seconds: float) -> Act:
    """Lift the worn knee again and again."""
    return Act(posture=Posture.LIFTS, seconds=seconds)


def exercise(plan: SetPlan) -> Act:
    """Get into the start pose of a set, do it, and stay there."""
    return Act(posture=Posture.EXERCISE, seconds=plan.gets_there_s + plan.seconds, plan=plan)


def bag(seconds: float, *, carried: bool = True) -> Act:
    """Take the sensor off, put it into a bag and carry that about, or leave it where it is."""
    return Act(posture=Posture.BAG, seconds=seconds, manner="restless" if carried else "quiet")


def off(seconds: float) -> Act:
    """Take the sensor off and leave it on a table."""
    return Act(posture=Posture.OFF, seconds=seconds)
