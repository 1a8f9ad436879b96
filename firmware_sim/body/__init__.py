"""Scripted human movement with its truth at any instant. It is not made to please a pipeline: tissue, sway and spread are in it."""

from firmware_sim.body.choreography import ACTIVITIES, Activity
from firmware_sim.body.events import TruthEvents
from firmware_sim.body.moving_body import ALONG_M, Felt, MovingBody, Truth, activity_name
from firmware_sim.body.person import Person, drawn
from firmware_sim.body.script import (
    SEAT_FLEXION_DEG,
    Act,
    Manner,
    Pace,
    Posture,
    Script,
    Seat,
    lie,
    off,
    sit,
    stand,
    walk,
)

__all__ = [
    "ACTIVITIES",
    "ALONG_M",
    "SEAT_FLEXION_DEG",
    "Act",
    "Activity",
    "Felt",
    "Manner",
    "MovingBody",
    "Pace",
    "Person",
    "Posture",
    "Script",
    "Seat",
    "Truth",
    "TruthEvents",
    "activity_name",
    "drawn",
    "lie",
    "off",
    "sit",
    "stand",
    "walk",
]
