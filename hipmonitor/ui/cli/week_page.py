"""What `week` prints."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import fmean

from rich.text import Text

from hipmonitor.core.alerts import AlertLevel
from hipmonitor.core.civil import MIN_PER_DAY
from hipmonitor.core.days import DayFigures
from hipmonitor.core.programme import SeatCoach
from hipmonitor.io.history import DayRecord
from hipmonitor.ui.cli import printing
from hipmonitor.ui.cli.day_chart import axis, legend, strip_text
from hipmonitor.ui.cli.exits import ExitCode
from hipmonitor.ui.cli.kept_days import READING_WORDS, Page, print_csv, print_seat, say_none
from hipmonitor.ui.kept import figure_row, kept_days
from hipmonitor.ui.notes import NOT_MEDICAL
from hipmonitor.ui.view_model.civil_dates import day_of, iso, short_name, span_name
from hipmonitor.ui.view_model.day_strip import MORNING, Window, day_cells
from hipmonitor.ui.view_model.durations import h_min, h_mm

DAYS = 7
CELLS = 36
NAME = 11


def run(date: str | None, *, as_json: bool, as_csv: bool) -> ExitCode:
    """Print seven days."""
    with kept_days() as kept:
        if kept is None:
            return say_none(as_json=as_json, as_csv=as_csv)
        last = day_of(date, today=kept.today)
        records = [
            kept.history.day(day, valid_day_worn_h=kept.valid_day_worn_h) for day in range(last - DAYS + 1, last + 1)
        ]
        if as_json:
            printing.print_json(_document(records) | {"seat": kept.seat_until(last)})
        elif as_csv:
            print_csv(figure_row(record.figures) for record in records)
        else:
            _print(records, kept.seat_until(last))
    return ExitCode.OK


def _document(records: Sequence[DayRecord]) -> dict[str, object]:
    valid = [record.figures for record in records if record.figures.valid]
    return {
        "from": iso(records[0].figures.day),
        "to": iso(records[-1].figures.day),
        "days": [{"reading": r.reading, "alerts": alerts_of(r), **figure_row(r.figures)} for r in records],
        "valid_days": len(valid),
        "means_over_valid_days": means(valid),
        "note": NOT_MEDICAL,
    }


def means(valid: Sequence[DayFigures]) -> dict[str, float] | None:
    """Over valid days only; None without any."""
    if not valid:
        return None
    return {
        "worn_s": fmean(f.tally.worn_s for f in valid),
        "sit_s": fmean(f.tally.sit_s for f in valid),
        "sedentary_time_s": fmean(f.tally.sedentary_time_s for f in valid),
        "above_limit_s": fmean(f.tally.above_limit_s for f in valid),
        "breaks": fmean(f.breaks for f in valid),
        "bouts_over_30_min": fmean(f.sitting.over_30 for f in valid),
    }


def _print(records: Sequence[DayRecord], seat: SeatCoach) -> None:
    page = Page()
    readings = {record.reading for record in records} - {"none"}
    reading = readings.pop() if len(readings) == 1 else "mixed" if readings else "none"
    page.head(span_name(records[0].figures.day, records[-1].figures.day), READING_WORDS[reading])
    early = any(minute.minute_of_day < MORNING for record in records for minute in record.minutes)
    window = Window(start=0 if early else MORNING, end=MIN_PER_DAY)
    hours = axis(window, CELLS, every=360 if early else 180)[:CELLS]
    page.line(f"{'':{NAME}}{hours:<{CELLS}}{'worn':>6}{'sitting':>8}{'above':>6}{'>30':>4}{'alerts':>7}", "dim")
    for record in records:
        _day(page, record, window)
    page.line()
    _mean(page, [record.figures for record in records if record.figures.valid])
    _sides(page, [record.figures for record in records])
    print_seat(page, seat)
    page.line()
    page.line(legend(page.signs))
    page.line(" Hours and minutes; above: thigh at or above your limit; >30: bouts over 30 min.", "dim")
    page.not_medical()


def _day(page: Page, record: DayRecord, window: Window) -> None:
    f = record.figures
    row = Text(f" {short_name(f.day)}")
    if not f.tally.recorded_s:
        page.line(row.append(" nothing recorded", style="dim"))
        return
    row.append_text(strip_text(day_cells(record.minutes, window, CELLS), page.signs))
    numbers = (
        f"{h_mm(f.tally.worn_s):>6}{h_mm(f.tally.sit_s):>8}{h_mm(f.tally.above_limit_s):>6}"
        f"{f.sitting.over_30:>4}{alerts_of(record):>7}"
    )
    page.line(row.append(numbers, style="" if f.valid else "dim"))
    if not f.valid:
        page.line(f"{'':{NAME}}under {f.valid_day_worn_h:g} h worn: in no mean", "dim")


def _sides(page: Page, week: Sequence[DayFigures]) -> None:
    """Deep bends of both thighs on the days on which the other one was seen."""
    sides = [figures.sides for figures in week if figures.sides is not None]
    if sides:
        this, other = (sum(side) for side in zip(*sides, strict=True))
        days = "a day" if len(sides) == 1 else f"{len(sides)} days"
        page.line(f" Deep bends with both thighs worn ({days}): this leg {this}, the other {other}.")


def alerts_of(record: DayRecord) -> int:
    """How many were alerts that were told; notices, nudges and reminders are not counted."""
    alerts = (record.followed.alert for record in record.alerts)
    return sum(alert.level is AlertLevel.ALERT and alert.told for alert in alerts)


def _mean(page: Page, valid: Sequence[DayFigures]) -> None:
    mean = means(valid)
    if mean is None:
        page.line(" No valid day: no means.")
        return
    days = "the valid day" if len(valid) == 1 else f"{len(valid)} valid days, a day"
    page.line(f" Over {days}: worn {h_min(mean['worn_s'])}, sitting {h_min(mean['sit_s'])},")
    page.line(
        f" above your limit {h_min(mean['above_limit_s'])}, {mean['breaks']:.1f} breaks, "
        f"{mean['bouts_over_30_min']:.1f} bouts over 30 min."
    )
