"""Civil days as people write and read them: 2026-03-10, today; Tuesday 10 March 2026."""

from __future__ import annotations

from datetime import date, timedelta

from hipmonitor.core.errors import UsageError

EPOCH = date(1970, 1, 1)
LATEST = (date(9998, 12, 31) - EPOCH).days
"""Weeks and months around it are days still."""
REMEDY = "give a date as 2026-03-10, or today, or yesterday"


def day_of(text: str | None, *, today: int) -> int:
    """Days since 1970-01-01.

    Raises:
        UsageError: it is no date, or one before 1970.
    """
    if text is None or text == "today":
        return today
    if text == "yesterday":
        return today - 1
    try:
        day = (date.fromisoformat(text) - EPOCH).days
    except ValueError as error:
        raise UsageError(f"{text!r} is no date; {REMEDY}") from error
    if not 0 <= day <= LATEST:
        raise UsageError(f"{text!r} is a day of no recording; {REMEDY}")
    return day


def iso(day: int) -> str:
    """2026-03-10."""
    return (EPOCH + timedelta(days=day)).isoformat()


def long_name(day: int) -> str:
    """Tuesday 10 March 2026."""
    found = EPOCH + timedelta(days=day)
    return f"{found:%A} {found.day} {found:%B %Y}"


def short_name(day: int) -> str:
    """Tue 10 Mar."""
    found = EPOCH + timedelta(days=day)
    return f"{found:%a} {found.day:2} {found:%b}"


def span_name(first: int, last: int) -> str:
    """4 to 10 March 2026; 27 February to 5 March 2026."""
    a, b = EPOCH + timedelta(days=first), EPOCH + timedelta(days=last)
    begin = f"{a.day}" if (a.year, a.month) == (b.year, b.month) else f"{a.day} {a:%B}"
    begin += f" {a.year}" if a.year != b.year else ""
    return f"{begin} to {b.day} {b:%B %Y}"
