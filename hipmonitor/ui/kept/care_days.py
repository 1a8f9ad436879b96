"""Care beside that of today: for a report, over weeks, of the seats, and where the plan's file cannot be read."""

from __future__ import annotations

from dataclasses import replace

from hipmonitor.core.days import DayFigures
from hipmonitor.core.errors import SettingsError
from hipmonitor.core.programme import DayLoad, Plan, SeatCoach
from hipmonitor.io.diary import Diary, read_diary
from hipmonitor.io.plan import load_plan
from hipmonitor.runtime.care import CareKept, as_they_stand, course_begins, day_loads, read_care
from hipmonitor.ui.kept.days import KeptDays, kept_days


def care_until(days: KeptDays, last_day: int) -> CareKept | None:
    """For a report, with decisions as they were shown; None where there is neither a word of the wearer nor a plan.

    A plan that cannot be read is left out; what the wearer said never is.

    Raises:
        HistoryError, DiaryError: they cannot be read; name the remedy.
    """
    diary, plan = read_diary(), _readable_plan()
    if plan is None and not (diary.check_ins or diary.outside_scores):
        return None
    first = last_day if plan is None else course_begins(plan, diary, days.history, last_day)
    kept = read_care(days.history, diary, plan, first, last_day, valid_day_worn_h=days.valid_day_worn_h)
    return replace(kept, decisions=as_they_stand(kept), check_ins=diary.check_ins, outside_scores=diary.outside_scores)


def care_without_plan(diary: Diary, today: int) -> CareKept:
    """What the wearer said stays to be seen."""
    return read_care(None, diary, None, today, today)


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
    with kept_days() as days:
        return None if days is None else days.seat_until(days.today)


def _readable_plan() -> Plan | None:
    try:
        return load_plan()
    except SettingsError:
        return None
