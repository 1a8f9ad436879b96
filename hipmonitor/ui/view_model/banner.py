"""The one banner there may be, in the words of the design: alert, nudge, no data, low battery, calibrate, in this order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from hipmonitor.core.alerts import Alert, AlertKind, AlertLevel
from hipmonitor.core.exposure import TimedSecond
from hipmonitor.core.instants import HostNs, seconds_between
from hipmonitor.core.settings import Settings
from hipmonitor.ui.view_model.durations import clock_time, exact, spoken

NUDGE_S = 30.0
"""A nudge leaves by itself after this long, or on standing."""
NOTICE_S = 20.0
"""A notice is only a sentence, for this long."""


class BannerKind(StrEnum):
    """What a banner is about; its colour follows from this."""

    ALERT = "alert"
    NUDGE = "nudge"
    CREDIT = "credit"
    """After an alert, while the wearer is up."""
    NO_DATA = "no_data"
    LOW_BATTERY = "low_battery"
    CALIBRATE = "calibrate"


@dataclass(frozen=True, slots=True, kw_only=True)
class Banner:
    """Two lines: what is, and one thing to do or the evidence."""

    kind: BannerKind
    title: str
    evidence: str
    alert: Alert | None = None


def alert_title(alert: Alert, settings: Settings) -> str:
    """What is."""
    left_s = alert.limit_min * 60 - alert.evidence.minutes * 60
    if alert.kind is AlertKind.SITTING:
        return {
            AlertLevel.NOTICE: f"Sitting for {spoken(alert.evidence.minutes * 60)}.",
            AlertLevel.NUDGE: f"{spoken(left_s).capitalize()} until your sitting limit.",
            AlertLevel.ALERT: f"{spoken(alert.evidence.minutes * 60).capitalize()} of sitting.",
        }[alert.level]
    limit = f"{settings.deep_flexion.thigh_limit_deg:g}°"
    return {
        AlertLevel.NOTICE: f"Thigh above {limit} for {spoken(alert.evidence.minutes * 60)}.",
        AlertLevel.NUDGE: f"{spoken(left_s).capitalize()} until your limit of time above {limit}.",
        AlertLevel.ALERT: f"Time to stand up for {_break(settings.deep_flexion.break_s)}.",
    }[alert.level]


def alert_evidence(alert: Alert, settings: Settings, utc_offset_s: int) -> str:
    """One thing to do, or what it rests on."""
    if alert.kind is AlertKind.SITTING:
        return {
            AlertLevel.NOTICE: f"{_break(settings.sitting.break_s).capitalize()} standing any time now resets the timer.",
            AlertLevel.NUDGE: "A good moment to get up.",
            AlertLevel.ALERT: "A short walk resets the timer.",
        }[alert.level]
    if alert.level is not AlertLevel.ALERT:
        return "Lowering the knees or standing up helps."
    e = alert.evidence
    since = clock_time(e.since, utc_offset_s)
    limit = settings.deep_flexion.thigh_limit_deg
    return f"Thigh above {limit:g}° since {since}, mean {e.mean_deg:.0f}°, highest {e.highest_deg:.0f}°."


def _break(seconds: float) -> str:
    return "a minute" if seconds == 60 else exact(seconds).replace(" s", " seconds").replace(" min", " minutes")


class AlertTracker:
    """Remembers what was told and is still true."""

    def __init__(self) -> None:
        self._open: dict[AlertKind, Alert] = {}
        self._snoozed_ns = 0

    def take(self, alerts: Sequence[Alert], seconds: Sequence[TimedSecond]) -> None:
        """Alerts of one piece, and the seconds they came from."""
        for alert in alerts:
            self._open[alert.kind] = alert
        if seconds:
            values = {AlertKind.SITTING: seconds[-1].sitting_s, AlertKind.DEEP_FLEXION: seconds[-1].deep_s}
            self._open = {kind: alert for kind, alert in self._open.items() if values[kind] > 0}

    def snoozed(self, at: HostNs) -> None:
        """The wearer has seen it."""
        self._open = {kind: alert for kind, alert in self._open.items() if alert.at > at}

    def shown(self, now: HostNs, *, up: bool) -> Alert | None:
        """The highest alert that is still to be shown, the newest of equals."""
        alive = [alert for alert in self._open.values() if _alive(alert, now, up=up)]
        return max(alive, key=lambda alert: (alert.level, alert.at), default=None)


def _alive(alert: Alert, now: HostNs, *, up: bool) -> bool:
    age_s = seconds_between(alert.at, now)
    if alert.level is AlertLevel.ALERT:
        return True
    return not up and age_s < (NUDGE_S if alert.level is AlertLevel.NUDGE else NOTICE_S)
