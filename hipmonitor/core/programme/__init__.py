"""Day-scale care: check-ins, warning signs, a plan that holds back, the load picture. Pure; fed by day summaries."""

from hipmonitor.core.programme.check_in import LONGEST_NOTE, SCALE, SCORES, CheckIn, OutsideScore, WarningSign
from hipmonitor.core.programme.day_load import DayLoad
from hipmonitor.core.programme.decision import Allowance, Decision, Overruled, Reason, Step
from hipmonitor.core.programme.plan import Criteria, Load, Plan, Planned, PlanPhase, WeekLimit

__all__ = [
    "LONGEST_NOTE",
    "SCALE",
    "SCORES",
    "Allowance",
    "CheckIn",
    "Criteria",
    "DayLoad",
    "Decision",
    "Load",
    "OutsideScore",
    "Overruled",
    "Plan",
    "PlanPhase",
    "Planned",
    "Reason",
    "Step",
    "WarningSign",
    "WeekLimit",
]
