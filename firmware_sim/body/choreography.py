"""A whole script as a dozen smooth quantities over time, and what truth calls each instant."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from firmware_sim.body.gait import Strides
from firmware_sim.body.track import Track


class Activity(StrEnum):
    """What truth calls the instants; the names are those of the pipeline's activity spans."""

    LIE = "lie"
    SIT = "sit"
    STAND = "stand"
    WALK = "walk"
    NOT_WORN = "not_worn"


ACTIVITIES = tuple(Activity)


@dataclass(slots=True)
class Choreography:
    """The moving quantities of a whole script: angles in degrees, amounts from 0 to 1."""

    heading: Track = field(default_factory=Track)
    recline: Track = field(default_factory=Track)
    """How far the body lies back: 0 upright, 90 lying."""
    body_roll: Track = field(default_factory=Track)
    flexion: Track = field(default_factory=Track)
    """Thigh against the body, as the posture has it; moves the hip against the planted knee."""
    shift_flexion: Track = field(default_factory=Track)
    """What leg shifts add; moves the knee."""
    abduction: Track = field(default_factory=Track)
    rotation: Track = field(default_factory=Track)
    pelvis: Track = field(default_factory=Track)
    """Pelvis against the body: + tipped forward."""
    gait: Track = field(default_factory=Track)
    speed: Track = field(default_factory=Track)
    vigour: Track = field(default_factory=lambda: Track(1.0))
    """Walking speed as a share of the usual one."""
    stir: Track = field(default_factory=lambda: Track(1.0))
    """How much of the micro-motion there is."""
    shake: Track = field(default_factory=Track)
    """Trembling beyond that."""
    sway: Track = field(default_factory=lambda: Track(1.0))
    bounce: Track = field(default_factory=Track)
    seats_met: list[float] = field(default_factory=list)
    """When a seat took the weight."""
    off: Track = field(default_factory=Track)
    strides: Strides = field(default_factory=Strides)
    activity: list[tuple[float, Activity]] = field(default_factory=list)
    seated: list[tuple[float, bool]] = field(default_factory=list)
