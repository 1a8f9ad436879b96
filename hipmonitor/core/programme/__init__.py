"""Day-scale care: check-ins, warning signs, a plan that holds back, the load picture. Pure; fed by day summaries."""

from hipmonitor.core.programme.before_bad_days import Association, BeforeBadDays, before_bad_days
from hipmonitor.core.programme.cards import ASK, CARDS, Card, Situation, cards_for
from hipmonitor.core.programme.check_in import LONGEST_NOTE, SCALE, SCORES, CheckIn, OutsideScore, WarningSign
from hipmonitor.core.programme.course import Course, course
from hipmonitor.core.programme.day_load import DayLoad
from hipmonitor.core.programme.decision import Allowance, Decision, Overruled, Reason, Step
from hipmonitor.core.programme.load_picture import BENDERS, Bender, BentBy, HourOfBends, LoadPicture, load_picture
from hipmonitor.core.programme.plan import TEMPLATE, Criteria, Load, Plan, Planned, PlanPhase, WeekLimit
from hipmonitor.core.programme.seat import (
    MEASURED_AROUND_MIN,
    SeatAdvice,
    SeatChange,
    SeatCoach,
    SeatParams,
    SeatReading,
    SeatSilence,
    at_measuring,
    readings_of,
    seat_coach,
)
from hipmonitor.core.programme.sessions import adherence, did
from hipmonitor.core.programme.sign_words import OFF_TODAY, TALK, signs_listed, what_to_do
from hipmonitor.core.programme.table import TABLE, Row
from hipmonitor.core.programme.template import STARTING_PLAN
from hipmonitor.core.programme.words import LOAD_WORDS, SIGN_WORDS

__all__ = [
    "ASK",
    "BENDERS",
    "CARDS",
    "LOAD_WORDS",
    "LONGEST_NOTE",
    "MEASURED_AROUND_MIN",
    "OFF_TODAY",
    "SCALE",
    "SCORES",
    "SIGN_WORDS",
    "STARTING_PLAN",
    "TABLE",
    "TALK",
    "TEMPLATE",
    "Allowance",
    "Association",
    "BeforeBadDays",
    "Bender",
    "BentBy",
    "Card",
    "CheckIn",
    "Course",
    "Criteria",
    "DayLoad",
    "Decision",
    "HourOfBends",
    "Load",
    "LoadPicture",
    "OutsideScore",
    "Overruled",
    "Plan",
    "PlanPhase",
    "Planned",
    "Reason",
    "Row",
    "SeatAdvice",
    "SeatChange",
    "SeatCoach",
    "SeatParams",
    "SeatReading",
    "SeatSilence",
    "Situation",
    "Step",
    "WarningSign",
    "WeekLimit",
    "adherence",
    "at_measuring",
    "before_bad_days",
    "cards_for",
    "course",
    "did",
    "load_picture",
    "readings_of",
    "seat_coach",
    "signs_listed",
    "what_to_do",
]
