"""What became of each alert: by which ways it was told, what the wearer answered, and when they stood up. Always as lived."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
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


AlertName = tuple[HostNs, str]
"""(at, kind)."""


@dataclass(slots=True, kw_only=True)
class AlertLog:
    """Alerts of a session, and what the front door said of them: in a recording it may be heard before the alert is decided anew."""

    alerts: dict[AlertName, Alert] = field(default_factory=dict)
    told: dict[AlertName, list[Told]] = field(default_factory=dict)
    answers: dict[AlertName, list[tuple[HostNs, Answered]]] = field(default_factory=dict)
    stood_up_after_s: dict[AlertName, int] = field(default_factory=dict)
    sitting: list[AlertName] = field(default_factory=list)
    """Those whose wearer has not stood up yet."""
    away_s: int = 0
    changed: dict[AlertName, None] = field(default_factory=dict)
    """Since they were last handed out, in order."""

    def hear(self, events: Iterable[Inbound]) -> None:
        """What was told, and answered."""
        for event in events:
            if not isinstance(event, UserAction):
                continue
            action = event.action
            if isinstance(action, Told):
                name = (action.alert_at, action.alert_kind)
                self.told.setdefault(name, []).append(action)
                self.changed[name] = None
            elif isinstance(action, Answered):
                name = (action.alert_at, action.alert_kind)
                self.answers.setdefault(name, []).append((event.at, action))
                self.changed[name] = None

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
        name = (alert.at, alert.kind.value)
        self.alerts[name], self.changed[name] = alert, None
        self.sitting.append(name)

    def _second(self, second: TimedSecond) -> None:
        self.away_s = self.away_s + second.lasting_s if second.kind in AWAY else 0
        if self.sitting and self.away_s >= LOST_S:
            self.sitting = []
        if self.sitting and second.upright_s >= STOOD_S:
            stood = second.end - round(second.upright_s) * NS_PER_S
            for name in self.sitting:
                self.stood_up_after_s[name] = max(0, -(-(stood - name[0]) // NS_PER_S))
                self.changed[name] = None
            self.sitting = []

    def news(self) -> list[FollowedAlert]:
        """Those that are new, or of which more is known, since the last call."""
        known = [name for name in self.changed if name in self.alerts]
        self.changed = {name: None for name in self.changed if name not in self.alerts}
        return [
            FollowedAlert(
                alert=self.alerts[name],
                told=tuple(self.told.get(name, ())),
                answers=tuple(self.answers.get(name, ())),
                stood_up_after_s=self.stood_up_after_s.get(name),
            )
            for name in known
        ]
