"""The load picture: who bends this hip most, at which hours, and a kinder way of doing the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from hipmonitor.core.days import DayFigures
from hipmonitor.core.programme import BentBy, HourOfBends, load_picture
from hipmonitor.ui.view_model.civil_dates import span_name

METHOD = (
    "A bend is one rise and fall of the thigh; a deep one goes beyond your limit and back. The pelvis is not seen: in a chair the "
    "hip bends less than the thigh shows, on a bicycle, on stairs and in squats at least as far."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class BendRow:
    """One way of bending it."""

    name: str
    share: float
    """Deep bends, of the longest bar."""
    count: str
    deep: str
    kinder: str
    """One line; empty where there is none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HourBar:
    """Deep bends of one hour of the day, over all days."""

    hour: int
    share: float
    """Of the tallest."""
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BendsLook:
    """The page."""

    dates: str
    said: tuple[str, ...]
    """Who bends it most, and when."""
    rows: tuple[BendRow, ...]
    hours: tuple[HourBar, ...]
    """None where no day has hours."""
    note: str

    @property
    def spoken(self) -> str:
        """In words."""
        rows = "; ".join(f"{row.name}: {row.deep}, {row.count}" for row in self.rows)
        return f"{' '.join(self.said)} {rows}".strip()


def bends_look(figures: Sequence[DayFigures]) -> BendsLook:
    """Of days in a row."""
    picture = load_picture(figures)
    most = max((row.deep_cycles for row in picture.rows), default=0.0) or 1.0
    tallest = max((each.deep_cycles for each in picture.hours), default=0.0) or 1.0
    return BendsLook(
        dates=span_name(figures[0].day, figures[-1].day) if figures else "",
        said=picture.sentences,
        rows=tuple(_row(row, most) for row in picture.rows),
        hours=tuple(_hour(each, tallest) for each in picture.hours),
        note=f"{picture.valid_days} valid of {picture.days} days. {METHOD}",
    )


def _row(row: BentBy, most: float) -> BendRow:
    return BendRow(
        name=row.bender.title,
        share=row.deep_cycles / most,
        count=f"{number(row.cycles)} in all",
        deep=f"{number(row.deep_cycles)} deep a day",
        kinder=row.bender.kinder,
    )


def _hour(each: HourOfBends, tallest: float) -> HourBar:
    span = f"{each.hour:02}:00 to {each.hour + 1:02}:00"
    return HourBar(
        hour=each.hour,
        share=each.deep_cycles / tallest,
        words=f"{span}: {number(each.deep_cycles)} deep bends a day, {number(each.cycles)} in all",
    )


def number(value: float) -> str:
    """1 240; 12; 0.4."""
    return f"{value:,.0f}".replace(",", " ") if value >= 10 else f"{value:.1f}".removesuffix(".0")
