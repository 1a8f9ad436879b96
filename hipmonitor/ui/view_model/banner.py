"""What a banner says and offers, and which alerts are still to be told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from hipmonitor.core.alerts import Alert, AlertKind, AlertLevel
from hipmonitor.core.exposure import TimedSecond
from hipmonitor.core.inbound import Answered, Quiet, Snooze
from hipmonitor.core.instants import HostNs, seconds_between

NUDGE_S = 30.0
"""A nudge leaves by itself after this long, or on standing."""
NOTICE_S = 20.0
"""A notice is only a sentence, for this long."""
PASSING_S = 120.0
"""Likewise alerts that no break ends (bends, budgets), and the hint; who bends deep is on the feet."""


class BannerKind(StrEnum):
    """What a banner is about; its colour follows from this."""

    ALERT = "alert"
    NUDGE = "nudge"
    CREDIT = "credit"
    """After an alert, while the wearer is up."""
    NO_DATA = "no_data"
    NOT_RECORDING = "not_recording"
    """The disk is full or gone."""
    LOW_BATTERY = "low_battery"
    CALIBRATE = "calibrate"
    MENDED = "mended"
    """A recording that a crash had left was made whole; the terminal says so at the end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A button: its words, and what it says at the front door."""

    words: str
    action: Snooze | Quiet | Answered


@dataclass(frozen=True, slots=True, kw_only=True)
class Banner:
    """Two lines: what is, and one thing to do or the evidence."""

    kind: BannerKind
    title: str
    evidence: str
    alert: Alert | None = None
    offers: tuple[Offer, ...] = ()


def offers(alert: Alert, snoozes_left: int) -> tuple[Offer, ...]:
    """What a told alert lets the wearer do; no snooze where none is left in this bout."""
    snoozes = (
        Offer(words="Snooze 5 min", action=Snooze(minutes=5)),
        Offer(words="Snooze 10 min", action=Snooze(minutes=10)),
        Offer(words="Until I stand", action=Snooze(minutes=None)),
    )
    stand = Answered(alert_at=alert.at, alert_kind=alert.kind.value, answer="stand")
    quiet = Offer(words="Quiet 1 h", action=Quiet(minutes=60))
    return (*(snoozes if snoozes_left else ()), quiet, Offer(words="I'll stand up", action=stand))


class AlertTracker:
    """Remembers what was told and is still true."""

    def __init__(self) -> None:
        self._open: dict[AlertKind, Alert] = {}
        self._snoozed_ns = 0

    def take(self, alerts: Sequence[Alert], seconds: Sequence[TimedSecond]) -> None:
        """Alerts of one piece, and the seconds they came from. What was kept untold is not shown either."""
        for alert in alerts:
            if alert.told:
                self._open[alert.kind] = alert
        if seconds:
            values = {AlertKind.SITTING: seconds[-1].sitting_s, AlertKind.DEEP_FLEXION: seconds[-1].deep_s}
            self._open = {kind: alert for kind, alert in self._open.items() if values.get(kind, 1.0) > 0}

    def seen(self, at: HostNs) -> None:
        """The wearer has seen what came until then."""
        self._open = {kind: alert for kind, alert in self._open.items() if alert.at > at}

    def shown(self, now: HostNs, *, up: bool) -> tuple[Alert, ...]:
        """Alerts that are still to be shown: the highest first, the newest of equals."""
        alive = [alert for alert in self._open.values() if _alive(alert, now, up=up)]
        return tuple(sorted(alive, key=lambda alert: (alert.level, alert.at), reverse=True))


def _alive(alert: Alert, now: HostNs, *, up: bool) -> bool:
    age_s = seconds_between(alert.at, now)
    if alert.kind not in LASTING:
        return age_s < PASSING_S and (not up or alert.kind is AlertKind.DEEP_BENDS)
    if alert.level >= AlertLevel.ALERT:
        return True
    return not up and age_s < (NUDGE_S if alert.level is AlertLevel.NUDGE else NOTICE_S)


LASTING = frozenset({AlertKind.SITTING, AlertKind.DEEP_FLEXION})
"""Shown until a break."""
