"""Room 9: a policy table over the timers. Calm: each level once until a break, and silent where the measurement is not sure."""

from hipmonitor.core.alerts.alerts import Alert, Alerts, AlertState
from hipmonitor.core.alerts.policy import LEVELS, MOST_SD_DEG, POLICY, AlertKind, AlertLevel, Evidence, Hold, Rule

__all__ = [
    "LEVELS",
    "MOST_SD_DEG",
    "POLICY",
    "Alert",
    "AlertKind",
    "AlertLevel",
    "AlertState",
    "Alerts",
    "Evidence",
    "Hold",
    "Rule",
]
