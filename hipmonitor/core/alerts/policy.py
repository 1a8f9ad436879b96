"""The alert policy, as a table. What a rule measures, which limit it has, and what it needs to know before it speaks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from math import nan

from hipmonitor.core.activity import ActivityKind
from hipmonitor.core.alerts.posture import Way
from hipmonitor.core.alerts.today import Today
from hipmonitor.core.exposure import TimedSecond
from hipmonitor.core.instants import HostNs
from hipmonitor.core.settings import Settings

SIT = ActivityKind.SIT


class AlertKind(StrEnum):
    """What an alert is about."""

    SITTING = "sitting"
    DEEP_FLEXION = "deep_flexion"
    DEEP_BENDS = "deep_bends"
    """Of the last hour."""
    DAY_SITTING = "day_sitting"
    """A budget of the day; so is the next one."""
    DAY_DEEP = "day_deep"
    LOW_SEAT = "low_seat"
    """A hint, once a day; the next ones three times at most."""
    CROSSED_LEGS = "crossed_legs"
    KNEE_IN = "knee_in"
    LEANING = "leaning"


class AlertLevel(IntEnum):
    """How loud: a notice and a nudge come before the alert, reminders after it."""

    NOTICE = 1
    NUDGE = 2
    ALERT = 3
    REMINDER = 4
    """Of an alert that was given: the limit is still passed."""


Levels = tuple[tuple[AlertLevel, float], ...]
LEVELS: Levels = ((AlertLevel.NOTICE, 0.8), (AlertLevel.NUDGE, 0.9), (AlertLevel.ALERT, 1.0))
"""Share of the limit at which each level is due."""
BUDGET_LEVELS: Levels = ((AlertLevel.NOTICE, 0.8), (AlertLevel.ALERT, 1.0))
COUNT_LEVELS: Levels = ((AlertLevel.ALERT, 1.0),)
HINT_LEVELS: Levels = ((AlertLevel.NOTICE, 1.0),)
AGAIN_BELOW = 0.8
"""Share of the limit: what fell below it may be said anew (a break, another day, fewer bends in the last hour)."""
LOW_SEAT_S = 300.0
"""Above the limit on one seat for so long is the seat, not a way of sitting; before the first notice of deep flexion (8 min)."""


HINT_S = 180.0
"""Sat like that for so long is a way of sitting, not a moment; legs that are crossed change over every few minutes. Our choice."""
HINTS_A_DAY, HINTS_APART_S = 3, 3600
"""Few, so that they stay welcome. Our choice."""
LEANING_S = 240.0
"""Trunks lean to and fro: only what lasts longer is a way of sitting. Our choice."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What an alert rests on."""

    since: HostNs
    minutes: float
    """Counted until now; of deep bends, the time since the first of them."""
    mean_deg: float
    """Mean thigh flexion of the counted time as far as it is trusted; NaN where there is none, or the rule counts none. Of hints
    about posture: how far the thigh was turned or lifted, or the pelvis tipped."""
    highest_deg: float
    bends: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One row of the policy."""

    kind: AlertKind
    limit: Callable[[Settings], float]
    """Seconds, or how many deep bends; 0 = off."""
    value: Callable[[TimedSecond, Today], float]
    adding: Callable[[TimedSecond, Today], bool]
    """It grew in this second: alerts are given only then."""
    evidence: Callable[[TimedSecond, Today], Evidence]
    levels: Levels = LEVELS
    needs_angle: bool = True
    """An untrusted angle holds this rule."""
    needs_seat: bool = True
    """While sitting, only with evidence of a seat, and not in the first minutes on it."""
    since_break: bool = False
    """A timer that a break sets back: there are reminders, and it begins anew after a quiet time where the wearer wants that."""
    most_a_day: int = 0
    """Given so often; 0 = no such limit."""
    apart_s: int = 0
    """Not given again sooner."""
    of_day: bool = False
    """A budget: what was given of it belongs to its day."""


def _sitting(second: TimedSecond, _today: Today) -> Evidence:
    return Evidence(
        since=second.start if second.sitting_since is None else second.sitting_since,
        minutes=second.sitting_s / 60,
        mean_deg=second.sitting_mean_deg,
        highest_deg=second.sitting_highest_deg,
    )


def _deep(second: TimedSecond, _today: Today) -> Evidence:
    return Evidence(
        since=second.start if second.deep_since is None else second.deep_since,
        minutes=second.deep_s / 60,
        mean_deg=second.deep_mean_deg,
        highest_deg=second.deep_highest_deg,
    )


def _bends(second: TimedSecond, today: Today) -> Evidence:
    since = today.bends[0]
    minutes = (second.end - since) / 60e9
    return Evidence(since=since, minutes=minutes, mean_deg=nan, highest_deg=nan, bends=len(today.bends))


def _day(minutes: Callable[[Today], float]) -> Callable[[TimedSecond, Today], Evidence]:
    return lambda _second, today: Evidence(
        since=today.sums.since, minutes=minutes(today), mean_deg=nan, highest_deg=nan
    )


def _low_seat(_second: TimedSecond, today: Today) -> Evidence:
    return Evidence(
        since=today.low_since,
        minutes=today.low_s / 60,
        mean_deg=today.low_mean_deg,
        highest_deg=today.low_highest,
    )


def _posture(
    kind: AlertKind, way: Callable[[Today], Way], is_on: Callable[[Settings], bool], after_s: float = HINT_S
) -> Rule:
    """A hint about a way of sitting."""
    return Rule(
        kind=kind,
        limit=lambda settings: after_s if is_on(settings) else 0.0,
        value=lambda _second, today: way(today).held_s,
        adding=lambda second, today: way(today).now and second.kind is SIT,
        evidence=lambda _second, today: Evidence(
            since=way(today).since,
            minutes=way(today).held_s / 60,
            mean_deg=way(today).mean_deg,
            highest_deg=way(today).highest_deg,
        ),
        levels=HINT_LEVELS,
        most_a_day=HINTS_A_DAY,
        apart_s=HINTS_APART_S,
    )


POLICY = (
    Rule(
        kind=AlertKind.SITTING,
        limit=lambda settings: settings.sitting.sit_limit_min * 60,
        value=lambda second, _today: second.sitting_s,
        adding=lambda second, _today: second.kind is SIT,
        evidence=_sitting,
        needs_angle=False,
        since_break=True,
    ),
    Rule(
        kind=AlertKind.DEEP_FLEXION,
        limit=lambda settings: settings.deep_flexion.deep_limit_min * 60,
        value=lambda second, _today: second.deep_s,
        adding=lambda second, _today: second.deep,
        evidence=_deep,
        since_break=True,
    ),
    Rule(
        kind=AlertKind.DEEP_BENDS,
        limit=lambda settings: settings.alerts.deep_bends_per_hour,
        value=lambda _second, today: len(today.bends),
        adding=lambda _second, today: today.bent,
        evidence=_bends,
        levels=COUNT_LEVELS,
        needs_seat=False,
    ),
    Rule(
        kind=AlertKind.DAY_SITTING,
        limit=lambda settings: settings.alerts.daily_sitting_budget_h * 3600,
        value=lambda _second, today: today.sums.sitting_s,
        adding=lambda second, _today: second.kind is SIT,
        evidence=_day(lambda today: today.sums.sitting_s / 60),
        levels=BUDGET_LEVELS,
        of_day=True,
        needs_angle=False,
    ),
    Rule(
        kind=AlertKind.DAY_DEEP,
        limit=lambda settings: settings.alerts.daily_deep_budget_min * 60,
        value=lambda _second, today: today.sums.deep_s,
        adding=lambda second, _today: second.deep,
        evidence=_day(lambda today: today.sums.deep_s / 60),
        levels=BUDGET_LEVELS,
        of_day=True,
    ),
    Rule(
        kind=AlertKind.LOW_SEAT,
        limit=lambda settings: LOW_SEAT_S if settings.alerts.seat_hint else 0.0,
        value=lambda _second, today: today.low_s,
        adding=lambda second, _today: second.deep and second.kind is SIT,
        evidence=_low_seat,
        levels=HINT_LEVELS,
        most_a_day=1,
    ),
    _posture(AlertKind.CROSSED_LEGS, lambda today: today.posture.crossed, lambda settings: settings.hints.crossed_legs),
    _posture(AlertKind.KNEE_IN, lambda today: today.posture.knee_in, lambda settings: settings.hints.knee_in),
    _posture(
        AlertKind.LEANING, lambda today: today.posture.leaning, lambda settings: settings.hints.leaning, LEANING_S
    ),
)
