"""Seconds that tell a story to the alerts room, and what it said."""

from __future__ import annotations

from collections.abc import Sequence

from hipmonitor.core.activity import ActivityKind
from hipmonitor.core.alerts import Alert, AlertKind, AlertLevel, Alerts
from hipmonitor.core.civil import CivilTime
from hipmonitor.core.exposure import TimedSecond
from hipmonitor.core.inbound import Tick
from hipmonitor.core.settings import AlertRules, DeepFlexionLimit, Settings, SittingLimit
from tests.core.builders import at

SITTING, DEEP = AlertKind.SITTING, AlertKind.DEEP_FLEXION
NOTICE, NUDGE, ALERT, REMINDER = AlertLevel.NOTICE, AlertLevel.NUDGE, AlertLevel.ALERT, AlertLevel.REMINDER
SETTINGS = Settings(sitting=SittingLimit(sit_limit_min=10), deep_flexion=DeepFlexionLimit(deep_limit_min=5))
"""Sitting: notice 480 s, nudge 540 s, alert 600 s, reminders 900, 1500, 2700 s. Deep flexion: 240, 270, 300, 600 s."""


def rules(**other: object) -> Settings:
    """The same limits, told in another way."""
    return Settings(sitting=SETTINGS.sitting, deep_flexion=SETTINGS.deep_flexion, alerts=AlertRules(**other))  # type: ignore[arg-type]


NAN = float("nan")


def second(k: int, **other: object) -> TimedSecond:
    """Second k of uninterrupted, shallow, well-known sitting; `other` says what is not so."""
    usual = TimedSecond(
        start=at(k),
        lasting_s=1,
        kind=ActivityKind.SIT,
        flexion_deg=80.0,
        highest_deg=84.0,
        trusted=True,
        sd_deg=2.5,
        sitting_s=k + 1.0,
        sitting_since=at(0),
        sitting_mean_deg=80.0,
        sitting_highest_deg=84.0,
        seated_s=k + 1.0,
        seated_shown=True,
        upright_s=0.0,
        deep=False,
        deep_unsure=False,
        deep_s=0.0,
        deep_since=None,
        deep_mean_deg=NAN,
        deep_highest_deg=NAN,
        lowered_s=0.0,
    )
    return usual._replace(**other)  # type: ignore[arg-type]


def deep(k: int, **other: object) -> TimedSecond:
    """Second k of uninterrupted deep flexion in a squat: no sitting in it."""
    bent = {
        "kind": ActivityKind.STAND,
        "sitting_s": 0.0,
        "sitting_since": None,
        "deep": True,
        "deep_s": k + 1.0,
        "deep_since": at(0),
        "deep_mean_deg": 101.0,
        "deep_highest_deg": 117.0,
    }
    return second(k, **{**bent, **other})


def told(alerts: Sequence[Alert]) -> list[tuple[AlertKind, AlertLevel, float]]:
    """What was said and in which second of the story."""
    return [(alert.kind, alert.level, (alert.at - at(0)) / 1e9) for alert in alerts]


def sat(room: Alerts, begin: int, end: int, **other: object) -> list[tuple[AlertKind, AlertLevel, float]]:
    return told(room.step([second(k, **other) for k in range(begin, end)]))


def local(utc_offset_s: int) -> CivilTime:
    """The wearer's wall as one Tick told it. The story begins on a Sunday at 15:06:40 UTC."""
    civil = CivilTime()
    civil.hear(wall_tick(0, utc_offset_s))
    return civil


def wall_tick(seconds: float, utc_offset_s: int) -> Tick:
    """What the wearer's wall shows then."""
    minute = (at(seconds) // 10**9 + utc_offset_s) // 60
    return Tick(
        at=at(seconds),
        civil_day=minute // 1440,
        minute_of_day=minute % 1440,
        weekday=(minute // 1440 + 3) % 7,
        utc_offset_s=utc_offset_s,
    )
