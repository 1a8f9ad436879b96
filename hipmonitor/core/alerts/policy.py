"""The alert policy, as a table. What a rule measures, which limit it has, and when it must hold its tongue."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from math import isinf

from hipmonitor.core.activity import ActivityKind
from hipmonitor.core.exposure import TimedSecond
from hipmonitor.core.instants import HostNs
from hipmonitor.core.settings import Settings


class AlertKind(StrEnum):
    """What an alert is about."""

    SITTING = "sitting"
    DEEP_FLEXION = "deep_flexion"


class AlertLevel(IntEnum):
    """How loud: a notice and a nudge come before the alert."""

    NOTICE = 1
    NUDGE = 2
    ALERT = 3


LEVELS = ((AlertLevel.NOTICE, 0.8), (AlertLevel.NUDGE, 0.9), (AlertLevel.ALERT, 1.0))
"""Share of the limit at which each level is due."""


class Hold(StrEnum):
    """Why a due alert is not given now."""

    LYING = "lying"
    NOT_WORN = "not_worn"
    UNCLEAR = "unclear"
    UNCALIBRATED = "uncalibrated"
    UNTRUSTED = "untrusted"
    SNOOZED = "snoozed"


MOST_SD_DEG = 5.0
"""A placement known less well than this cannot tell sitting from standing and deep from not deep well enough."""
POSTURE_HOLDS = {
    ActivityKind.LIE: Hold.LYING,
    ActivityKind.NOT_WORN: Hold.NOT_WORN,
    ActivityKind.SEDENTARY: Hold.UNCLEAR,
    ActivityKind.UNKNOWN: Hold.UNCLEAR,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What an alert rests on."""

    since: HostNs
    minutes: float
    mean_deg: float
    """Mean thigh flexion of the counted time; NaN where the rule does not look at the angle."""
    highest_deg: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One row of the policy."""

    kind: AlertKind
    limit_s: Callable[[Settings], float]
    value_s: Callable[[TimedSecond], float]
    adding: Callable[[TimedSecond], bool]
    """The timer grew in this second: alerts are given only then."""
    needs_angle: bool
    """An untrusted angle holds this rule."""
    evidence: Callable[[TimedSecond], Evidence]


def _sitting_evidence(second: TimedSecond) -> Evidence:
    since = second.start if second.sitting_since is None else second.sitting_since
    return Evidence(
        since=since, minutes=second.sitting_s / 60, mean_deg=second.flexion_deg, highest_deg=second.highest_deg
    )


def _deep_evidence(second: TimedSecond) -> Evidence:
    since = second.start if second.deep_since is None else second.deep_since
    return Evidence(
        since=since, minutes=second.deep_s / 60, mean_deg=second.deep_mean_deg, highest_deg=second.deep_highest_deg
    )


POLICY = (
    Rule(
        kind=AlertKind.SITTING,
        limit_s=lambda settings: settings.sitting.sit_limit_min * 60,
        value_s=lambda second: second.sitting_s,
        adding=lambda second: second.kind is ActivityKind.SIT,
        needs_angle=False,
        evidence=_sitting_evidence,
    ),
    Rule(
        kind=AlertKind.DEEP_FLEXION,
        limit_s=lambda settings: settings.deep_flexion.deep_limit_min * 60,
        value_s=lambda second: second.deep_s,
        adding=lambda second: second.deep,
        needs_angle=True,
        evidence=_deep_evidence,
    ),
)


def hold_of(rule: Rule, second: TimedSecond) -> Hold | None:
    """Why this rule must be silent in this second, if it must."""
    if second.kind in POSTURE_HOLDS:
        return POSTURE_HOLDS[second.kind]
    if isinf(second.sd_deg) or second.sd_deg > MOST_SD_DEG:
        return Hold.UNCALIBRATED
    if rule.needs_angle and not second.trusted:
        return Hold.UNTRUSTED
    if rule.needs_angle and second.deep_unsure:
        return Hold.UNCLEAR
    return None
