"""What leaves the alerts room: alerts, and where they stand at a Tick."""

from __future__ import annotations

from dataclasses import dataclass

from hipmonitor.core.alerts.holds import Hold
from hipmonitor.core.alerts.policy import AlertKind, AlertLevel, Evidence
from hipmonitor.core.instants import HostNs


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """Something to tell the wearer, and why; or kept untold, and why."""

    at: HostNs
    """End of the second that made it due."""
    kind: AlertKind
    level: AlertLevel
    evidence: Evidence
    limit_min: float
    """Of deep bends the time in which they are counted."""
    limit_bends: int = 0
    left_min: float = 0.0
    """Until the limit; 0 once it is reached."""
    reminder_min: float = 0.0
    """The first reminder, or the next one, comes after so much more; 0 = none."""
    not_told: Hold | None = None
    """Why it was kept: a quiet time, outside working hours, tracking only, or a warning sign."""

    @property
    def told(self) -> bool:
        """The wearer was to hear of it."""
        return self.not_told is None

    @property
    def amount(self) -> str:
        """24.0 of 30 min, or 20 of 20 bends in 60 min; and why it was not told."""
        why = "" if self.not_told is None else f", not told: {self.not_told.value.replace('_', ' ')}"
        if self.limit_bends:
            return f"{self.evidence.bends} of {self.limit_bends} bends in {self.limit_min:g} min{why}"
        return f"{self.evidence.minutes:.1f} of {self.limit_min:g} min{why}"


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertsNow:
    """Where alerts stand at a Tick."""

    holds: dict[AlertKind, Hold | None]
    """Of the rules that are on: why nothing would be given now."""
    begun_s: dict[AlertKind, float]
    """To be taken from a timer that began anew after a quiet time."""
    reminder_at_s: dict[AlertKind, float]
    """Where the timer will stand when a reminder is due."""
    snoozed_until: HostNs | None
    until_stand: bool
    snoozes_left: int
    """In this bout."""
    snooze_refused_at: HostNs | None
    quiet_until: HostNs | None
    not_told: Hold | None
    """Why nothing is told: a quiet time, outside working hours, tracking only, or a warning sign."""
