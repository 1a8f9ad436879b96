"""What a person is to do, as a list of acts: a posture, for how long, on what and in which manner."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal


class Posture(StrEnum):
    """What the body does during an act."""

    STAND = "stand"
    WALK = "walk"
    SIT = "sit"
    LIE_BACK = "lie_back"
    LIE_SIDE = "lie_side"
    OFF = "off"
    """The sensor is taken off and lies on a table, with the strap's outer face up: it looks like a horizontal thigh."""


Seat = Literal["high_stool", "saddle_stool", "office_chair", "kitchen_chair", "armchair", "low_sofa", "bed"]
SEAT_FLEXION_DEG: dict[Seat, float] = {
    "high_stool": 65.0,
    "saddle_stool": 75.0,
    "office_chair": 85.0,
    "kitchen_chair": 88.0,
    "bed": 92.0,
    "armchair": 96.0,
    "low_sofa": 103.0,
}
"""Thigh flexion by seat. Free-living sitting has medians of 78 (10th to 90th percentile 53 to 94) and, in older people,
90 (82 to 100) degrees on labelled thigh recordings; the seats span that range."""

Manner = Literal["quiet", "restless", "lean_back"]
"""quiet: no wilful movement, a tiny shift now and then. restless: the leg shifts, sometimes bounces, the trunk leans.
lean_back: slid forward, at ease."""


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


def off(seconds: float) -> Act:
    """Take the sensor off and leave it on a table."""
    return Act(posture=Posture.OFF, seconds=seconds)
