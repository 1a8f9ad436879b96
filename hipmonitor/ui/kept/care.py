"""Plan, diary and history of this computer as they stand today, and the decision of the day."""

from __future__ import annotations

from dataclasses import dataclass

from hipmonitor.core.inbound import Tick
from hipmonitor.core.instants import HostNs
from hipmonitor.core.programme import Plan
from hipmonitor.io.diary import Diary, read_diary
from hipmonitor.io.history import History, history_file
from hipmonitor.io.plan import load_plan
from hipmonitor.io.settings import load_settings
from hipmonitor.runtime.care import (
    LOOK_BACK_DAYS,
    CareKept,
    DecisionOfDay,
    course_begins,
    decision_of_day,
    note_shown,
    read_care,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CareToday:
    """What `plan` and the window's Plan view begin with."""

    care: CareKept
    diary: Diary
    stands: DecisionOfDay | None
    """For today; None without a plan."""


def care_today(now: Tick) -> CareToday:
    """Read all of it, and keep in the diary that the decision is shown.

    Raises:
        SettingsError: plan or settings cannot be used.
        DiaryError: the diary cannot be read or written.
        HistoryError: the history cannot be read.
    """
    plan, diary, worn_h = load_plan(), read_diary(), load_settings().days.valid_day_worn_h
    if history_file().exists():
        with History() as history:
            care = _read(history, diary, plan, now.civil_day, worn_h)
    else:
        care = _read(None, diary, plan, now.civil_day, worn_h)
    stands = decision_of_day(care, now.civil_day)
    if stands is not None and plan is not None:
        note_shown(stands, plan, now)
    return CareToday(care=care, diary=diary, stands=stands)


def comfort_of_day(day: int) -> dict[HostNs, int]:
    """As it was rated, by the start of the set.

    Raises:
        HistoryError: the history cannot be read.
    """
    if not history_file().exists():
        return {}
    with History() as history:
        return {each.result.started: each.comfort for each in history.sets(day, day) if each.comfort is not None}


def _read(history: History | None, diary: Diary, plan: Plan | None, today: int, worn_h: float) -> CareKept:
    first = today - LOOK_BACK_DAYS + 1 if plan is None else course_begins(plan, diary, history, today)
    return read_care(history, diary, plan, first, today, valid_day_worn_h=worn_h)
