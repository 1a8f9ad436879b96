"""Plan, loads, decisions and what the wearer said, as window and report read them. A decision that was shown stays as it was shown."""

from __future__ import annotations

from dataclasses import dataclass, replace

from hipmonitor.core.days import DayFigures
from hipmonitor.core.errors import SettingsError
from hipmonitor.core.inbound import Tick
from hipmonitor.core.programme import DayLoad, Plan
from hipmonitor.core.programme.seat import SeatCoach, SeatParams, at_measuring, readings_of, seat_coach
from hipmonitor.io.diary import Diary, read_diary
from hipmonitor.io.plan import load_plan
from hipmonitor.io.settings import load_settings
from hipmonitor.runtime.care import (
    CareKept,
    DecisionOfDay,
    course_begins,
    day_loads,
    decision_of_day,
    note_shown,
    read_care,
)
from hipmonitor.ui.kept.days import KeptDays, civil_now, kept_days


@dataclass(frozen=True, slots=True, kw_only=True)
class CareToday:
    """Everything until today."""

    now: Tick
    diary: Diary
    kept: CareKept
    stands: DecisionOfDay | None
    """For today, with what is worked out again beside it; None without a plan."""
    problem: str
    """Why the plan's file cannot be read; empty where it can, or where there is none."""


def care_today() -> CareToday:
    """Read it, and keep in the diary which decision of today is shown.

    Raises:
        HistoryError, DiaryError: they cannot be read or kept; name the remedy.
    """
    now, diary = civil_now(), read_diary()
    plan, problem = _plan()
    with kept_days() as days:
        kept = _care(days, diary, plan, now.civil_day)
    stands = decision_of_day(kept, now.civil_day)
    if stands is not None and plan is not None:
        note_shown(stands, plan, now)
    return CareToday(now=now, diary=diary, kept=_as_it_stands(kept, diary), stands=stands, problem=problem)


def care_until(days: KeptDays, last_day: int) -> CareKept | None:
    """For a report; None where there is neither a word of the wearer nor a plan.

    Raises:
        HistoryError, DiaryError: they cannot be read; name the remedy.
    """
    diary = read_diary()
    plan, _ = _plan()
    if plan is None and not (diary.check_ins or diary.outside_scores):
        return None
    return _as_it_stands(_care(days, diary, plan, last_day), diary)


def loads_of(first_day: int, last_day: int) -> tuple[DayLoad, ...]:
    """Every day's loads and check-ins.

    Raises:
        HistoryError, DiaryError: they cannot be read; name the remedy.
    """
    with kept_days() as days:
        if days is None:
            return day_loads(None, read_diary(), first_day, last_day)
        worn_h = days.valid_day_worn_h
        return day_loads(days.history, read_diary(), first_day, last_day, valid_day_worn_h=worn_h)


def figures_of(first_day: int, last_day: int) -> tuple[DayFigures, ...]:
    """Every day's figures; none where nothing is kept.

    Raises:
        HistoryError: they cannot be read; names the remedy.
    """
    with kept_days() as days:
        if days is None:
            return ()
        return days.history.figures(first_day, last_day, valid_day_worn_h=days.valid_day_worn_h)


def seat_today() -> SeatCoach | None:
    """What is known of the wearer's seats; None where nothing is kept.

    Raises:
        HistoryError: it cannot be read; names the remedy.
    """
    told = load_settings().seat
    with kept_days() as days:
        if days is None:
            return None
        first = days.today - SeatParams().look_back_days + 1
        worn_h = days.valid_day_worn_h
        records = [days.history.day(day, valid_day_worn_h=worn_h) for day in range(first, days.today + 1)]
    minutes = [minute for record in records for minute in record.minutes]
    bouts = {(bout.start, bout.end): bout for record in records for bout in record.bouts}
    measured = at_measuring(minutes, told)
    return seat_coach(readings_of(bouts.values()), told, today=days.today, measuring_deg=measured)


def _plan() -> tuple[Plan | None, str]:
    """And why there is none."""
    try:
        return load_plan(), ""
    except SettingsError as error:
        return None, str(error)


def _care(days: KeptDays | None, diary: Diary, plan: Plan | None, last_day: int) -> CareKept:
    """From the beginning of the course."""
    history = None if days is None else days.history
    first = last_day if plan is None else course_begins(plan, diary, history, last_day)
    if days is None:
        return read_care(history, diary, plan, first, last_day)
    return read_care(history, diary, plan, first, last_day, valid_day_worn_h=days.valid_day_worn_h)


def _as_it_stands(kept: CareKept, diary: Diary) -> CareKept:
    """Decisions as they stand for each day; and what the wearer said from the beginning of all."""
    found = (decision_of_day(kept, each.day) for each in kept.decisions)
    decisions = tuple(each.decision for each in found if each is not None)
    return replace(kept, decisions=decisions, check_ins=diary.check_ins, outside_scores=diary.outside_scores)
