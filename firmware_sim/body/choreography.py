"""A whole script as a dozen smooth quantities over time, and what truth calls each instant."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from firmware_sim.body.done import DoneSet
from firmware_sim.body.gait import Strides
from firmware_sim.body.script import Posture
from firmware_sim.body.track import Track

CYCLIC = (Posture.RUN, Posture.STAIRS_UP, Posture.STAIRS_DOWN, Posture.CYCLE)
"""Postures that go round and round, beside walking."""


class Activity(StrEnum):
    """What truth calls the instants; the names are those of the pipeline's activity spans."""

    LIE = "lie"
    SIT = "sit"
    STAND = "stand"
    WALK = "walk"
    NOT_WORN = "not_worn"
    RUN = "run"
    STAIRS = "stairs"
    CYCLE = "cycle"


ACTIVITIES = tuple(Activity)


@dataclass(slots=True)
class Round:
    """How much there is of one cyclic movement, where in its cycle it is, and with what vigour."""

    amount: Track = field(default_factory=Track)
    strides: Strides = field(default_factory=Strides)
    vigour: Track = field(default_factory=lambda: Track(1.0))


@dataclass(slots=True)
class Leg:
    """What a leg does of its own accord, in degrees."""

    lift: Track = field(default_factory=Track)
    """Flexion that moves the knee and leaves the hip where it is."""
    spread: Track = field(default_factory=Track)
    """Abduction that belongs to the posture."""
    twist: Track = field(default_factory=Track)
    """Internal rotation that belongs to the posture."""
    shift_flexion: Track = field(default_factory=Track)
    abduction: Track = field(default_factory=Track)
    rotation: Track = field(default_factory=Track)
    """What leg shifts add."""


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
    rounds: dict[Posture, Round] = field(default_factory=lambda: {kind: Round() for kind in CYCLIC})
    own: Leg = field(default_factory=Leg)
    """The worn leg beyond what stands above (its shifts stand there)."""
    other: Leg = field(default_factory=Leg)
    """The other leg beyond `flexion`, which both share."""
    pelvis_list: Track = field(default_factory=Track)
    """The worn side of the pelvis raised."""
    shank: Track = field(default_factory=Track)
    """The shank against the vertical: + the knee in front of the ankle."""
    hip_forward: Track = field(default_factory=Track)
    hip_up: Track = field(default_factory=Track)
    """In m, beyond what follows from the thigh over its planted knee."""
    climb: Track = field(default_factory=Track)
    """Upward speed on stairs, m/s."""
    road: Track = field(default_factory=Track)
    """Shaking by a road: root mean square upwards, m/s²."""
    bag: Track = field(default_factory=Track)
    """0: what is taken off lies on the table, 1: in the bag."""
    carried: Track = field(default_factory=Track)
    """How much the bag is carried about."""
    squats: list[float] = field(default_factory=list)
    lunges: list[float] = field(default_factory=list)
    """The deepest instants."""
    strap_turn: Track = field(default_factory=Track)
    strap_tilt: Track = field(default_factory=Track)
    """What skin and muscle of the worn thigh do to its strap in an exercise, beyond soft_tissue.py: round the thigh (+ to the
    wearer's left) and in the bending plane, degrees."""
    sets: list[DoneSet] = field(default_factory=list)
    activity: list[tuple[float, Activity]] = field(default_factory=list)
    seated: list[tuple[float, bool]] = field(default_factory=list)
