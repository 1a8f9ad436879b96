"""What became of each alert: by which ways it was told, what the wearer answered, and when they stood up. Always as lived."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from hipmonitor.core.activity import ActivityKind
from hipmonitor.core.alerts import Alert
from hipmonitor.core.exposure import ExposureParams, TimedSecond
from hipmonitor.core.inbound import Answered, Inbound, Told, UserAction
from hipmonitor.core.instants import NS_PER_S, HostNs

STOOD_S: Final = ExposureParams().transition_s
"""Upright in one piece for so long is standing up, as it is for a transition."""
LOST_S: Final = 60
"""After so long not worn or not seen nobody knows when the wearer stood up."""
AWAY = frozenset({ActivityKind.NOT_WORN, ActivityKind.UNKNOWN})


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowedAlert:
    """An alert, and what followed."""

    alert: Alert
    told: tuple[Told, ...] = ()
    """Each way it was handed to."""
    answers: tuple[tuple[HostNs, Answered], ...] = ()
    """When, and what."""
    stood_up_after_s: int | None = None
    """None: not seen, or not yet."""


@dataclass(slots=True, kw_only=True)
class AlertLog:
    """Alerts of a session in order, and those whose wearer has not stood up yet."""

    followed: dict[tuple[HostNs, str], FollowedAlert] = field(default_factory=dict)
    sitting: list[tuple[HostNs, str]] = field(default_factory=list)
    away_s: int = 0
    changed: dict[tuple[HostNs, str], None] = field(default_factory=dict)
    """Since they were last handed out."""

    def hear(self, events: Iterable[Inbound]) -> None:
        """What was told, and answered. It came through the door after the alert that it is about."""
        for event in events:
            if not isinstance(event, UserAction):
                continue
            action = event.action
            if isinstance(action, Told) and (key := (action.alert_at, action.alert_kind)) in self.followed:
                self._put(key, replace(self.followed[key], told=(*self.followed[key].told, action)))
            elif isinstance(action, Answered) and (key := (action.alert_at, action.alert_kind)) in self.followed:
                answers = (*self.followed[key].answers, (event.at, action))
                self._put(key, replace(self.followed[key], answers=answers))

    def step(self, alerts: Sequence[Alert], seconds: Sequence[TimedSecond]) -> None:
        """Alerts of these seconds, and what the wearer did in them."""
        due = list(alerts)
        for second in seconds:
            self._second(second)
            while due and due[0].at <= second.end:
                self._begin(due.pop(0))
        for alert in due:
            self._begin(alert)

    def _begin(self, alert: Alert) -> None:
        key = (alert.at, alert.kind.value)
        self._put(key, FollowedAlert(alert=alert))
        self.sitting.append(key)

    def _second(self, second: TimedSecond) -> None:
        self.away_s = self.away_s + second.lasting_s if second.kind in AWAY else 0
        if self.sitting and self.away_s >= LOST_S:
            self.sitting = []
        if self.sitting and second.upright_s >= STOOD_S:
            stood = second.end - round(second.upright_s) * NS_PER_S
            for key in self.sitting:
                after_s = max(0, -(-(stood - key[0]) // NS_PER_S))
                self._put(key, replace(self.followed[key], stood_up_after_s=after_s))
            self.sitting = []

    def _put(self, key: tuple[HostNs, str], followed: FollowedAlert) -> None:
        self.followed[key] = followed
        self.changed[key] = None

    def news(self) -> list[FollowedAlert]:
        """Those that are new or changed since the last call."""
        news = [self.followed[key] for key in self.changed]
        self.changed = {}
        return news
