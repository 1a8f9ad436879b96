"""Weeks as three small charts. Nothing is said about a change below eight valid days."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median

from hipmonitor.core.days import DayFigures
from hipmonitor.ui.view_model.civil_dates import short_name, span_name
from hipmonitor.ui.view_model.day_trend import LEAST_DAYS, scale_top, trend_words
from hipmonitor.ui.view_model.durations import h_min


@dataclass(frozen=True, slots=True, kw_only=True)
class Stick:
    """One day of a chart."""

    day: int
    share: float | None
    """Of the scale; None: nothing was recorded."""
    valid: bool
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """One quantity, day to day."""

    title: str
    fill: str
    """Of the palette: sit, stand, deep."""
    said: str
    top: str
    half: str
    median: float | None
    """Share of the scale."""
    sticks: tuple[Stick, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WeeksLook:
    """The page of some weeks."""

    title: str
    charts: tuple[Chart, ...]
    names: tuple[tuple[int, str], ...]
    """(number of the day, what stands below it): Mondays."""
    note: str

    @property
    def short_title(self) -> str:
        """To 10 Mar."""
        return f"to {' '.join(short_name(self.charts[0].sticks[-1].day).split()[1:])}"

    @property
    def spoken(self) -> str:
        """In words."""
        return f"{self.title}. {'. '.join(f'{chart.title}: {chart.said}' for chart in self.charts)}. {self.note}"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Quantity:
    title: str
    fill: str
    value: Callable[[DayFigures], float]
    words: Callable[[float], str]
    unit: float
    sign: str


QUANTITIES = (
    _Quantity(title="Sitting", fill="sit", value=lambda f: f.tally.sit_s, words=h_min, unit=3600, sign=" h"),
    _Quantity(
        title="Breaks",
        fill="stand",
        value=lambda f: f.breaks,
        words=lambda v: f"{v:.1f}".removesuffix(".0"),
        unit=1,
        sign="",
    ),
    _Quantity(
        title="Above your limit", fill="deep", value=lambda f: f.tally.above_limit_s, words=h_min, unit=60, sign=" min"
    ),
)


def weeks_look(days: Sequence[DayFigures]) -> WeeksLook:
    """Of days in a row."""
    valid = [f for f in days if f.valid]
    need = f"{days[0].valid_day_worn_h:g} h"
    note = f"{len(valid)} valid of {len(days)} days. Hatched: under {need} worn, in no median; x: nothing recorded."
    if len(valid) < LEAST_DAYS:
        note += f" With fewer than {LEAST_DAYS} valid days nothing is said about a change."
    mondays = [k for k, f in enumerate(days) if short_name(f.day).startswith("Mon")]
    return WeeksLook(
        title=span_name(days[0].day, days[-1].day),
        charts=tuple(_chart(quantity, days, valid) for quantity in QUANTITIES),
        names=tuple((k, " ".join(short_name(days[k].day).split()[1:])) for k in mondays),
        note=note,
    )


def _chart(q: _Quantity, days: Sequence[DayFigures], valid: Sequence[DayFigures]) -> Chart:
    top = scale_top(max([0.0, *(q.value(f) for f in days)]) / q.unit)
    middle = median(map(q.value, valid)) / q.unit / top if valid else None
    return Chart(
        title=q.title,
        fill=q.fill,
        said=trend_words(valid, q.value, q.words),
        top=f"{top:g}{q.sign}",
        half=f"{top / 2:g}{q.sign}",
        median=middle,
        sticks=tuple(_stick(q, f, top) for f in days),
    )


def _stick(q: _Quantity, f: DayFigures, top: float) -> Stick:
    recorded = f.tally.recorded_s > 0
    return Stick(
        day=f.day,
        share=q.value(f) / q.unit / top if recorded else None,
        valid=f.valid,
        words=f"{short_name(f.day)}: {q.words(q.value(f)) if recorded else 'nothing recorded'}",
    )
