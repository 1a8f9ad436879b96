"""What `day` prints."""

from __future__ import annotations

from rich.text import Text

from hipmonitor.io.history import DayRecord
from hipmonitor.ui.cli import printing
from hipmonitor.ui.cli.day_chart import print_bars, print_strip
from hipmonitor.ui.cli.day_figures import figure_lines
from hipmonitor.ui.cli.day_happenings import print_alerts, print_held_back, print_notes
from hipmonitor.ui.cli.day_sets import kept_document, print_sets
from hipmonitor.ui.cli.exits import ExitCode
from hipmonitor.ui.cli.kept_days import READING_WORDS, Page, print_csv, print_seat, say_none
from hipmonitor.ui.kept import KeptDays, figure_row, kept_days, minute_row
from hipmonitor.ui.notes import NOT_MEDICAL
from hipmonitor.ui.view_model.civil_dates import day_of, iso, long_name


def run(date: str | None, *, as_json: bool, as_csv: bool) -> ExitCode:
    """Print one day."""
    with kept_days() as kept:
        if kept is None:
            return say_none(as_json=as_json, as_csv=as_csv)
        day = day_of(date, today=kept.today)
        record = kept.history.day(day, valid_day_worn_h=kept.valid_day_worn_h)
        if as_json:
            printing.print_json(document(record) | {"seat": kept.seat_until(day)})
        elif as_csv:
            print_csv(minute_row(minute) for minute in record.minutes)
        else:
            _print(record, kept)
    return ExitCode.OK


def document(record: DayRecord) -> dict[str, object]:
    """The day as JSON; alerts are as lived in every reading."""
    return {
        "date": iso(record.figures.day),
        "reading": record.reading,
        "figures": figure_row(record.figures),
        "limits": record.figures.limits,
        "bouts": record.bouts,
        "alerts": record.alerts,
        "events": record.events,
        "sets": [kept_document(kept) for kept in record.sets],
        "calibrations": record.calibrations,
        "sessions": record.sessions,
        "minutes": [minute_row(minute) for minute in record.minutes],
        "note": NOT_MEDICAL,
    }


def _print(record: DayRecord, kept: KeptDays) -> None:
    page, day = Page(), record.figures.day
    so_far = ", so far" if day == kept.today else ""
    page.head(long_name(day) + so_far, READING_WORDS[record.reading])
    if not record.figures.tally.recorded_s:
        page.line(" Nothing was recorded on this day.")
        _say_others(page, kept, day)
        return
    for name, value, more in figure_lines(record.figures):
        row = Text(f" {page.signs.text(name):<13}").append(f"{page.signs.text(value):<13}", style="bold")
        page.line(row.append(page.signs.text(more)))
    print_seat(page, kept.seat_until(day))
    page.line()
    print_strip(page, record)
    page.line()
    print_bars(page, record.figures)
    print_alerts(page, record)
    print_held_back(page, record)
    print_sets(page, record)
    print_notes(page, record, kept.history)
    page.line()
    page.not_medical()


def _say_others(page: Page, kept: KeptDays, day: int) -> None:
    span = kept.history.span()
    if span is not None and not span[0] <= day <= span[1]:
        page.line(f" The history goes from {long_name(span[0])} to {long_name(span[1])}.")
