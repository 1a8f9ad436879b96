"""What `report` writes."""

from __future__ import annotations

from pathlib import Path

from hipmonitor.core.errors import UsageError
from hipmonitor.io.places import private_file
from hipmonitor.io.settings import load_settings
from hipmonitor.ui.cli.exits import ExitCode
from hipmonitor.ui.cli.kept_days import KeptDays, Page, kept_days, say_none
from hipmonitor.ui.report import Period, contents_of, html_of, pdf_of
from hipmonitor.ui.view_model.civil_dates import day_of, iso

DAYS = 7
MOST_DAYS = 366


def run(first: str | None, last: str | None, *, out: Path | None, pdf: bool) -> ExitCode:
    """Write the report, and say where it lies."""
    if out is not None and out.suffix.lower() == ".pdf":
        raise UsageError(f"{out} would be HTML; name an .html file with --out, --pdf writes the PDF beside it")
    with kept_days() as kept:
        if kept is None:
            return say_none(as_json=False, as_csv=False)
        end = day_of(last, today=kept.today)
        begin = end - DAYS + 1 if first is None else day_of(first, today=kept.today)
        period = period_of(kept, begin, end)
    html = html_of(contents_of(period))
    path = out or Path(f"hipmonitor-report_{iso(begin)}_{iso(end)}.html")
    _write(path, html.encode())
    if pdf:
        _write(path.with_suffix(".pdf"), pdf_of(html))
    return ExitCode.OK


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
    worn_h = kept.valid_day_worn_h
    return Period(
        records=tuple(kept.history.day(day, valid_day_worn_h=worn_h) for day in range(first, last + 1)),
        before=kept.history.figures(first - count, first - 1, valid_day_worn_h=worn_h),
        settings=load_settings(),
        today=kept.today,
    )


def _write(path: Path, content: bytes) -> None:
    """Readable by its owner only: it is about a person's health.

    Raises:
        UsageError: it cannot be written.
    """
    try:
        with open(path, "wb", opener=private_file) as file:
            file.write(content)
    except OSError as error:
        raise UsageError(f"{path}: cannot be written ({error}); give another place with --out") from error
    Page().line(f" {path.resolve()}")
