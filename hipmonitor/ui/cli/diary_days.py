"""Days as one names them to the diary, and check-ins by day and number."""

from __future__ import annotations

from hipmonitor.core.errors import UsageError
from hipmonitor.core.programme import CheckIn
from hipmonitor.io.diary import Diary
from hipmonitor.ui.view_model.civil_dates import day_of, iso


def named_day(text: str | None, today: int) -> int:
    """The day a person means.

    Raises:
        UsageError: it is no date, or has not come yet.
    """
    day = day_of(text, today=today)
    if day > today:
        raise UsageError(f"{iso(day)} has not come yet; give a day up to today")
    return day


def named(diary: Diary, day: int, number: int | None) -> CheckIn:
    """The check-in a person means: of a day the last one, or the one with that number.

    Raises:
        UsageError: there is none.
    """
    of_day = diary.of_day(day)
    if not of_day:
        raise UsageError(f"there is no check-in about {iso(day)}; `hipmonitor checkin list` shows them")
    if number is not None and number > len(of_day):
        raise UsageError(f"{iso(day)} has {len(of_day)} check-ins; number is {number}")
    return of_day[-1 if number is None else number - 1]
