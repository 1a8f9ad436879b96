"""Why nothing is told now. What the measurement says holds an alert back; what the wearer asked for keeps it untold."""

from __future__ import annotations

from enum import StrEnum
from math import isinf
from typing import TYPE_CHECKING

from hipmonitor.core.activity import ActivityKind
from hipmonitor.core.exposure import TimedSecond
from hipmonitor.core.settings import Settings

if TYPE_CHECKING:
    from hipmonitor.core.alerts.policy import Rule


class Hold(StrEnum):
    """Each has a reason that the wearer can read."""

    LYING = "lying"
    NOT_WORN = "not_worn"
    UNCLEAR = "unclear"
    """Sitting and lying are not told apart, or nothing is known."""
    CYCLING = "cycling"
    UNCALIBRATED = "uncalibrated"
    UNTRUSTED = "untrusted"
    """The angle; holds deep flexion only."""
    NO_EVIDENCE = "no_evidence"
    """Sitting is assumed, and the wearer may lie."""
    JUST_SAT = "just_sat"
    """The first minutes on a seat."""
    SNOOZED = "snoozed"
    QUIET = "quiet"
    """From here on: decided and kept, not told."""
    OUTSIDE_HOURS = "outside_hours"
    TRACK = "track"
    REST_OF_DAY = "rest_of_day"
    """A warning sign was entered today."""


MOST_SD_DEG = 5.0
"""A placement known less well than this cannot tell sitting from standing and deep from not deep well enough."""
JUST_SAT_SHARE = 0.1
"""Of the limit, at most of the sitting limit (3 of 30 min sitting, 1 of 10 min deep): nothing is told so soon after sitting
down. Most visits to a toilet are over by then, and a reminder to somebody who was up just now, if too shortly for a break,
is no help. Our choice; no source."""
POSTURE_HOLDS = {
    ActivityKind.LIE: Hold.LYING,
    ActivityKind.NOT_WORN: Hold.NOT_WORN,
    ActivityKind.SEDENTARY: Hold.UNCLEAR,
    ActivityKind.UNKNOWN: Hold.UNCLEAR,
    ActivityKind.CYCLE: Hold.CYCLING,
}


def hold_of(rule: Rule, second: TimedSecond, settings: Settings) -> Hold | None:
    """Why this rule must be silent in this second by what is measured, if it must; the first reason of several."""
    if second.kind in POSTURE_HOLDS:
        return POSTURE_HOLDS[second.kind]
    if isinf(second.sd_deg) or second.sd_deg > MOST_SD_DEG:
        return Hold.UNCALIBRATED
    if rule.needs_angle and not second.trusted:
        return Hold.UNTRUSTED
    if second.kind is not ActivityKind.SIT or not rule.needs_seat:
        return None
    if not second.seated_shown or (rule.needs_angle and second.deep_unsure):
        return Hold.NO_EVIDENCE
    shortest_s = min(rule.limit(settings), settings.sitting.sit_limit_min * 60)
    return Hold.JUST_SAT if second.seated_s < JUST_SAT_SHARE * shortest_s else None
