"""Everything a report says and draws, as plain values."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from hipmonitor.core.days import LimitsInForce
from hipmonitor.core.errors import UsageError
from hipmonitor.ui.report.alerts_followed import alerts_followed
from hipmonitor.ui.report.care import Care, care_of
from hipmonitor.ui.report.day_lines import DayTable, day_table
from hipmonitor.ui.report.how_measured import how_measured, thigh_words
from hipmonitor.ui.report.key_figures import KeyFigure, key_figures
from hipmonitor.ui.report.period import Period
from hipmonitor.ui.report.summaries import BarRow, Row, above_bars, bend_rows, bout_bars, sitting_rows
from hipmonitor.ui.report.trends import Trend, is_wide, trends
from hipmonitor.ui.report.wear import wear_rows
from hipmonitor.ui.view_model.civil_dates import day_of, long_name, span_name
from hipmonitor.ui.view_model.day_trend import LEAST_DAYS

SET_BY = {"preset": "presets of the program", "me": "the wearer", "my physio": "the physiotherapist"}


@dataclass(frozen=True, slots=True, kw_only=True)
class LimitsLine:
    """Limits, who set them and when, and until when they held."""

    limits: str
    set_by: str
    until: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Summaries:
    """What there is to say of a period with wear in it."""

    key_figures: tuple[KeyFigure, ...]
    before: str
    """Which days the numbers "before" are of."""
    over: str
    """What the numbers are over: per valid day, or in all."""
    days: DayTable
    sitting: tuple[Row, ...]
    bends: tuple[Row, ...]
    bouts: tuple[BarRow, ...]
    above: tuple[BarRow, ...]
    trends: tuple[Trend, ...]
    """None of a single day."""
    wide_trends: bool
    trend_note: str
    alerts: tuple[Row, ...]
    wear: tuple[Row, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """From the title to the last box."""

    dates: str
    length: str
    wearer: str
    thigh: str
    made_on: str
    limits: tuple[LimitsLine, ...]
    limit_words: str
    summaries: Summaries | None
    """None: nothing was worn."""
    care: Care | None
    """None: nobody checked in, and no plan was followed."""
    how_measured: tuple[str, ...]


def contents_of(period: Period) -> Report:
    """The report on a period."""
    return Report(
        dates=long_name(period.first) if period.first == period.last else span_name(period.first, period.last),
        length=_days(len(period.records)),
        wearer=period.settings.wearer.strip() or "not named",
        thigh=thigh_words(period.settings.side) if period.settings.side != "unknown" else "thigh, side not said",
        made_on=_date(period.today),
        limits=tuple(_limits(period)),
        limit_words=period.limit_words,
        summaries=_summaries(period) if period.worn else None,
        care=care_of(period),
        how_measured=tuple(how_measured(period)),
    )


def _summaries(period: Period) -> Summaries:
    several = len(period.figures) > 1
    return Summaries(
        key_figures=tuple(key_figures(period)),
        before=_before(period),
        over=period.per_day,
        days=day_table(period),
        sitting=tuple(sitting_rows(period)),
        bends=tuple(bend_rows(period)),
        bouts=bout_bars(period),
        above=above_bars(period),
        trends=tuple(trends(period)) if several and period.valid else (),
        wide_trends=is_wide(period),
        trend_note=_trend_note(period),
        alerts=tuple(alerts_followed(period)),
        wear=tuple(wear_rows(period)),
    )


def _before(period: Period) -> str:
    valid = sum(f.valid for f in period.before)
    if not (valid and period.valid):
        return ""
    return f"before: {span_name(period.before[0].day, period.before[-1].day)}, {valid} valid" if valid else ""


def _trend_note(period: Period) -> str:
    if len(period.valid) < LEAST_DAYS:
        return f"With fewer than {LEAST_DAYS} valid days nothing is said about a change."
    return "Earlier and later half of the valid days; days differ, so small differences say nothing."


def _limits(period: Period) -> Iterator[LimitsLine]:
    found = period.limits()
    for day, limits in found:
        yield LimitsLine(
            limits=f"thigh {limits.thigh_limit_deg:g}° for {limits.deep_limit_min:g} min, "
            f"sitting {limits.sit_limit_min:g} min",
            set_by=set_by_words(limits),
            until=f"until {_date(day)}" if day != found[-1][0] else "",
        )


def set_by_words(limits: LimitsInForce) -> str:
    """Who set them, when, and whether the wearer confirmed them."""
    who = SET_BY.get(limits.set_by, limits.set_by)
    when = f" on {_set_on(limits.set_on)}" if limits.set_on else ""
    return f"{who}{when}, {'confirmed' if limits.confirmed else 'not confirmed'} by the wearer"


def _set_on(text: str) -> str:
    """As a date; as it was recorded where it is none."""
    try:
        return _date(day_of(text, today=0))
    except UsageError:
        return text


def _date(day: int) -> str:
    """11 March 2026."""
    return long_name(day).split(" ", 1)[1]


def _days(count: int) -> str:
    words = ("", "one day", "two days", "three days", "four days", "five days", "six days", "seven days")
    return words[count] if count < len(words) else f"{count} days"
