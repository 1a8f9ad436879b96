"""Room 9: a policy table over the timers. Calm: each level once until a break, and silent where the measurement is not sure."""

from hipmonitor.core.alerts.alert import Alert, AlertsNow
from hipmonitor.core.alerts.alerts import Alerts, AlertState
from hipmonitor.core.alerts.held_back import HeldBack
from hipmonitor.core.alerts.holds import MOST_SD_DEG, Hold
from hipmonitor.core.alerts.policy import LEVELS, LOW_SEAT_S, POLICY, AlertKind, AlertLevel, Evidence, Rule
from hipmonitor.core.alerts.silence import MORNING_S

__all__ = [
    "LEVELS",
    "LOW_SEAT_S",
    "MORNING_S",
    "MOST_SD_DEG",
    "POLICY",
    "Alert",
    "AlertKind",
    "AlertLevel",
    "AlertState",
    "Alerts",
    "AlertsNow",
    "Evidence",
    "HeldBack",
    "Hold",
    "Rule",
]
