"""Room 9's stage: goes through the policy once a decided second, on sample time, so that replay gives every alert again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from hipmonitor.core.alerts.policy import LEVELS, POLICY, AlertKind, AlertLevel, Evidence, Hold, Rule, hold_of
from hipmonitor.core.exposure import TimedSecond
from hipmonitor.core.inbound import Snooze, UserAction
from hipmonitor.core.instants import NS_PER_S, HostNs
from hipmonitor.core.settings import Settings
from hipmonitor.core.settings_in_force import SettingsInForce


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """Something to tell the wearer, and why."""

    at: HostNs
    """End of the second that made it due."""
    kind: AlertKind
    level: AlertLevel
    evidence: Evidence
    limit_min: float


@dataclass(slots=True, kw_only=True)
class AlertState:
    """What was told already, and what holds each rule now."""

    settings: SettingsInForce = field(default_factory=SettingsInForce)
    told: dict[AlertKind, AlertLevel] = field(default_factory=dict)
    """Highest level given since the rule's timer was last reset."""
    holds: dict[AlertKind, Hold | None] = field(default_factory=dict)
    snoozed_until_ns: int = 0


class Alerts:
    """Room 9."""

    def __init__(self, settings: Settings, state: AlertState | None = None) -> None:
        """`settings` are in force until others were said."""
        self.state = state or AlertState()
        self.state.settings.now = self.state.settings.now or settings

    def change(self, at: HostNs, settings: Settings) -> None:
        """These hold for the seconds that begin at this instant or later."""
        self.state.settings.said.append((at, settings))

    def step(self, seconds: Sequence[TimedSecond], actions: Sequence[UserAction] = ()) -> tuple[Alert, ...]:
        """Alerts due in these seconds. The actions happened before them."""
        for event in actions:
            if isinstance(event.action, Snooze) and event.action.minutes is not None:
                self.state.snoozed_until_ns = event.at + round(event.action.minutes * 60 * NS_PER_S)
        if not seconds:
            return ()
        alerts = [
            alert
            for rows, settings in self.state.settings.parts([second.start for second in seconds])
            for rule in POLICY
            for alert in self._rule(rule, seconds[rows], settings)
        ]
        alerts.sort(key=lambda alert: alert.at)  # stable: those of one instant stay in the table's order
        return tuple(alerts)

    def _rule(self, rule: Rule, seconds: Sequence[TimedSecond], settings: Settings) -> Iterator[Alert]:
        """One rule through these seconds. A timer far from its limit is only looked at."""
        limit_s = rule.limit_s(settings)
        for second in seconds:
            due = self._due(rule, rule.value_s(second), limit_s)
            if due is not None and rule.adding(second) and self._hold(rule, second) is None:
                self.state.told[rule.kind] = due
                evidence = rule.evidence(second)
                yield Alert(at=second.end, kind=rule.kind, level=due, evidence=evidence, limit_min=limit_s / 60)
        self.state.holds[rule.kind] = self._hold(rule, seconds[-1])

    def _hold(self, rule: Rule, second: TimedSecond) -> Hold | None:
        hold = hold_of(rule, second)
        return Hold.SNOOZED if hold is None and second.start < self.state.snoozed_until_ns else hold

    def _due(self, rule: Rule, value_s: float, limit_s: float) -> AlertLevel | None:
        """The highest level reached and not told yet; what a break or a raised limit put out of reach counts as not told."""
        told = self.state.told
        if value_s < LEVELS[0][1] * limit_s:
            told.pop(rule.kind, None)
            return None
        reached = max(level for level, share in LEVELS if value_s >= share * limit_s)
        if rule.kind in told and told[rule.kind] >= reached:
            told[rule.kind] = reached
            return None
        return reached
