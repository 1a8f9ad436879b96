"""What `trend` prints."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from statistics import median
from typing import NamedTuple

from rich.text import Text

from hipmonitor.core.activity import ActivityKind
from hipmonitor.core.days import DayFigures
from hipmonitor.ui.cli import printing
from hipmonitor.ui.cli.exits import ExitCode
from hipmonitor.ui.cli.kept_days import Page, print_csv, say_none
from hipmonitor.ui.kept import figure_row, kept_days
from hipmonitor.ui.notes import NOT_MEDICAL
from hipmonitor.ui.terminal.signs import OK, Signs
from hipmonitor.ui.view_model.civil_dates import iso, short_name, span_name
from hipmonitor.ui.view_model.day_trend import LEAST_DAYS, trend_words
from hipmonitor.ui.view_model.durations import h_min

ROWS = 4
WIDE_DAYS = 33
EIGHTHS = " ▁▂▃▄▅▆▇█"


class _Chart(NamedTuple):
    title: str
    value: Callable[[DayFigures], float]
    words: Callable[[float], str]


CHARTS = (
    _Chart("Sitting", lambda f: f.tally.sit_s, h_min),
    _Chart("Breaks", lambda f: f.breaks, lambda value: f"{value:.1f}".removesuffix(".0")),
    _Chart("Above limit", lambda f: f.tally.above_limit_s, h_min),
)


def run(weeks: int, *, as_json: bool, as_csv: bool) -> ExitCode:
    """Print some weeks up to today."""
    with kept_days() as kept:
        if kept is None:
            return say_none(as_json=as_json, as_csv=as_csv)
        days = kept.history.figures(kept.today - 7 * weeks + 1, kept.today, valid_day_worn_h=kept.valid_day_worn_h)
        if as_json:
            printing.print_json(_document(days))
        elif as_csv:
            print_csv(map(figure_row, days))
        else:
            _print(days)
    return ExitCode.OK


def _document(days: Sequence[DayFigures]) -> dict[str, object]:
    valid = [f for f in days if f.valid]
    return {
        "from": iso(days[0].day),
        "to": iso(days[-1].day),
        "days": [figure_row(f) for f in days],
        "valid_days": len(valid),
        "medians_over_valid_days": {c.title: median(map(c.value, valid)) for c in CHARTS} if valid else None,
        "note": NOT_MEDICAL,
    }


def _print(days: Sequence[DayFigures]) -> None:
    page, valid = Page(), [f for f in days if f.valid]
    page.head(span_name(days[0].day, days[-1].day), f"{len(valid)} valid of {len(days)} days")
    for chart in CHARTS:
        _chart(page, chart, days, valid)
    if len(valid) < LEAST_DAYS:
        page.line(f" With fewer than {LEAST_DAYS} valid days nothing is said about a change.", "dim")
    if valid:
        need = f"{valid[0].valid_day_worn_h:g} h"
        page.line(f" {_unsure(page.signs)} a day under {need} worn: in no median; x nothing recorded.", "dim")
    page.not_medical()


def _chart(page: Page, chart: _Chart, days: Sequence[DayFigures], valid: Sequence[DayFigures]) -> None:
    values = [chart.value(f) if f.tally.recorded_s else None for f in days]
    most = max((value for value in values if value), default=0.0) or 1.0
    page.line(
        Text(f" {chart.title}", style="bold").append(
            f"  {trend_words(valid, chart.value, chart.words)}", style="not bold"
        )
    )
    for row in range(ROWS - 1, -1, -1):
        scale = chart.words(most) if row == ROWS - 1 else "0" if row == 0 else ""
        line = Text(f" {scale:>10} ")
        for figures, value in zip(days, values, strict=True):
            sign = _sign(figures, value, most, row, page.signs) * _width(days)
            line.append(sign, style=OK if figures.valid else "dim")
        page.line(line)
    first, last = short_name(days[0].day), short_name(days[-1].day)
    page.line(f"            {first}{last:>{max(len(last) + 1, len(days) * _width(days) - len(first))}}", "dim")
    page.line()


def _width(days: Sequence[DayFigures]) -> int:
    """Characters of a day."""
    return 2 if len(days) <= WIDE_DAYS else 1


def _sign(figures: DayFigures, value: float | None, most: float, row: int, signs: Signs) -> str:
    """One character of a day's column, `row` counted from below."""
    if value is None:
        return " " if row else "x"
    filled = value / most * ROWS - row
    if not figures.valid:
        return _unsure(signs) if filled >= 0.5 or not row else " "
    if not signs.braille:
        return signs.full if filled >= 0.5 else " "
    return EIGHTHS[max(0, min(8, round(filled * 8)))]


def _unsure(signs: Signs) -> str:
    """Fills the column of a day that is in no median."""
    return signs.strip[ActivityKind.SEDENTARY]
