"""The plan and what belongs to it as plain values: today, the week, the way, check-ins, the load picture."""

from hipmonitor.ui.view_model.plan.allowance_bars import LoadBar, Room, load_bars
from hipmonitor.ui.view_model.plan.before_look import BeforeLook, before_look
from hipmonitor.ui.view_model.plan.bends_look import BendRow, BendsLook, HourBar, bends_look
from hipmonitor.ui.view_model.plan.check_in_fields import (
    FIELDS,
    CheckInLook,
    CheckInRow,
    ScaleField,
    ScoreRow,
    check_in_look,
    check_in_rows,
    is_empty,
    score_rows,
)
from hipmonitor.ui.view_model.plan.phase_path import PathStop, PhasePath, Place, phase_path
from hipmonitor.ui.view_model.plan.plan_page import PlanPage, PlanShown, plan_page
from hipmonitor.ui.view_model.plan.plan_state import PlanStand, PlanState, plan_state
from hipmonitor.ui.view_model.plan.plan_week import PlanDay, PlannedSessions, PlanWeek, plan_week
from hipmonitor.ui.view_model.plan.plan_words import PlanSection, plan_sections
from hipmonitor.ui.view_model.plan.seat_look import seat_tip
from hipmonitor.ui.view_model.plan.sides_look import SidesLook, sides_look
from hipmonitor.ui.view_model.plan.step_names import OVERRULES, STEPS, StepName
from hipmonitor.ui.view_model.plan.tip_look import TipLook, fitting_tips
from hipmonitor.ui.view_model.plan.today_look import TodayLook, today_look
from hipmonitor.ui.view_model.plan.warning_signs import sign_sentence, signs_of

__all__ = [
    "FIELDS",
    "OVERRULES",
    "STEPS",
    "BeforeLook",
    "BendRow",
    "BendsLook",
    "CheckInLook",
    "CheckInRow",
    "HourBar",
    "LoadBar",
    "PathStop",
    "PhasePath",
    "Place",
    "PlanDay",
    "PlanPage",
    "PlanSection",
    "PlanShown",
    "PlanStand",
    "PlanState",
    "PlanWeek",
    "PlannedSessions",
    "Room",
    "ScaleField",
    "ScoreRow",
    "SidesLook",
    "StepName",
    "TipLook",
    "TodayLook",
    "before_look",
    "bends_look",
    "check_in_look",
    "check_in_rows",
    "fitting_tips",
    "is_empty",
    "load_bars",
    "phase_path",
    "plan_page",
    "plan_sections",
    "plan_state",
    "plan_week",
    "score_rows",
    "seat_tip",
    "sides_look",
    "sign_sentence",
    "signs_of",
    "today_look",
]
