"""The days of a report out of the history, and its file."""

from __future__ import annotations

from pathlib import Path

from hipmonitor.core.errors import UsageError
from hipmonitor.io.places import private_file
from hipmonitor.io.settings import load_settings
from hipmonitor.ui.kept.care_days import care_until
from hipmonitor.ui.kept.days import KeptDays
from hipmonitor.ui.kept.titles import titles
from hipmonitor.ui.report.period import Period
from hipmonitor.ui.view_model.civil_dates import iso
from hipmonitor.ui.view_model.plan.today_look import title_in_words

MOST_DAYS = 366


def report_name(first: int, last: int) -> str:
    """What its file is called."""
    return f"hipmonitor-report_{iso(first)}_{iso(last)}.html"


def period_of(kept: KeptDays, first: int, last: int) -> Period:
    """These days and as many before.

    Raises:
        UsageError: the days are in no order, or too many.
    """
    count = last - first + 1
    if not 1 <= count <= MOST_DAYS:
        raise UsageError(
            f"{iso(first)} to {iso(last)} are no days of a report; give --from before --to, at most {MOST_DAYS} days apart"
        )
    worn_h, care = kept.valid_day_worn_h, care_until(kept, last)
    return Period(
        records=tuple(kept.history.day(day, valid_day_worn_h=worn_h) for day in range(first, last + 1)),
        before=kept.history.figures(first - count, first - 1, valid_day_worn_h=worn_h),
        settings=load_settings(),
        today=kept.today,
        care=care,
        title_of=title_in_words if care is None or care.plan is None else titles(),
    )


def write_report(path: Path, content: bytes, *, remedy: str = "choose another place") -> None:
    """Readable by its owner only: it is about a person's health.

    Raises:
        UsageError: it cannot be written.
    """
    try:
        with open(path, "wb", opener=private_file) as file:
            file.write(content)
    except OSError as error:
        raise UsageError(f"{path}: cannot be written ({error}); {remedy}") from error
