"""Whether a set can start now; where not, or not wholly, why, and what helps."""

from __future__ import annotations

from dataclasses import dataclass

from hipmonitor.core.activity import ActivityKind
from hipmonitor.ui.view_model.glance import Glance, Situation, SourceKind
from hipmonitor.ui.view_model.stream_now import Flow

OFF = (
    "Exercises are off for today, because a sign for a clinician was entered. Please talk to a clinician. Measuring goes on; "
    "exercises are back tomorrow."
)
REPLAY = "This is a replay: sets are shown as they were, and none can be started."
NO_SENSOR = "No sensor yet. Choose one in Sensors, or try the simulated sensor; until then this is for reading."
SEARCHING = "The sensor is being looked for. A set can start as soon as data come."
CONNECTING = "The sensor is being connected. A set can start as soon as data come."
ENDED = "This session has ended. A set can start in the next one."
NO_DATA = "No data from the sensor. A set can start as soon as data come."
NOT_WORN = "The sensor is not worn. A set can start once it is on the thigh."
UNCALIBRATED = "Not calibrated yet: a set can start, its start pose is not checked, and any turn of the thigh counts."
UNTRUSTED = "The angle is not trusted right now. A set can start, and waits until the angle is back."
REST_DAY = "A rest day in your plan: nothing is asked for today. A set can start all the same."


@dataclass(frozen=True, slots=True, kw_only=True)
class Readiness:
    """Of a moment."""

    note: str = ""
    """Above the exercises; empty where there is nothing to say."""
    refused: str = ""
    """Why nothing can start."""
    helps: str = ""
    """The view that helps."""


def readiness(glance: Glance, *, rest_day: bool, off: bool = False) -> Readiness:
    """The first thing that stands in the way. `rest_day`, `off`: by the plan, and by a warning sign that is kept."""
    for refused, helps in _in_the_way(glance, off=off):
        return Readiness(note=refused, refused=refused, helps=helps)
    if not glance.angle.calibrated:
        return Readiness(note=UNCALIBRATED, helps="calibrate")
    if glance.situation is Situation.UNTRUSTED:
        return Readiness(note=UNTRUSTED)
    return Readiness(note=REST_DAY if rest_day else "")


def _in_the_way(glance: Glance, *, off: bool) -> list[tuple[str, str]]:
    """What makes a set impossible, the most important first, and the view that helps."""
    rows = (
        (glance.source is SourceKind.REPLAY, REPLAY, ""),
        (glance.sets.resting or off, OFF, ""),
        (glance.situation is Situation.EMPTY, NO_SENSOR, "sensors"),
        (glance.situation is Situation.SEARCHING, SEARCHING, "sensors"),
        (glance.situation is Situation.CONNECTING, CONNECTING, "sensors"),
        (glance.stream.flow is Flow.ENDED, ENDED, ""),
        (glance.stream.flow is not Flow.FLOWING, NO_DATA, "sensors"),
        (glance.activity.kind is ActivityKind.NOT_WORN, NOT_WORN, ""),
    )
    return [(sentence, helps) for holds, sentence, helps in rows if holds]
