"""Day to day: columns of sitting, time above the limit and breaks. Nothing is said about a change below eight valid days."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Final, NamedTuple

from hipmonitor.core.days import DayFigures
from hipmonitor.ui.report.drawing import Drawing, Shape, Words, hatch, line, rect
from hipmonitor.ui.report.period import Period
from hipmonitor.ui.view_model.civil_dates import short_name
from hipmonitor.ui.view_model.day_trend import scale_top, trend_words
from hipmonitor.ui.view_model.durations import h_min

NARROW_DAYS: Final = 10
NARROW, WIDE = 218.0, 698.0
LEFT, TOP, PLOT, BOTTOM = 26.0, 6.0, 62.0, 16.0
MOST_COLUMN: Final = 16.0
COLUMN_SHARE: Final = 0.75
DAY_ROOM, DATE_ROOM = 25.0, 46.0
"""px between two names: W 4, or 4 Mar."""


class _Quantity(NamedTuple):
    title: str
    look: str
    value: Callable[[DayFigures], float]
    words: Callable[[float], str]
    unit: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Trend:
    """One quantity, day to day."""

    title: str
    said: str
    drawing: Drawing


def trends(period: Period) -> Iterator[Trend]:
    """Of a period of several days with wear."""
    for quantity in _quantities(period):
        said = trend_words(period.valid, quantity.value, quantity.words)
        yield Trend(title=quantity.title, said=said, drawing=_columns(quantity, period.figures, said))


def is_wide(period: Period) -> bool:
    """Whether a chart takes the whole width."""
    return len(period.figures) > NARROW_DAYS


def _quantities(period: Period) -> tuple[_Quantity, ...]:
    return (
        _Quantity("Sitting, h", "sit", lambda f: f.tally.sit_s, h_min, 3600),
        _Quantity(f"Above {period.limit_words}, min", "above", lambda f: f.tally.above_limit_s, h_min, 60),
        _Quantity("Breaks", "stand", lambda f: f.breaks, lambda v: f"{v:.1f}".removesuffix(".0"), 1),
    )


def _columns(quantity: _Quantity, days: Sequence[DayFigures], said: str) -> Drawing:
    width = NARROW if len(days) <= NARROW_DAYS else WIDE
    room = (width - LEFT) / len(days)
    top = scale_top(max(map(quantity.value, days), default=0.0) / quantity.unit)
    shapes, words = _grid(quantity, width, top)
    for k, f in enumerate(days):
        middle = LEFT + (k + 0.5) * room
        shapes += _column(quantity, f, middle, min(MOST_COLUMN, COLUMN_SHARE * room), top)
    words += _names(days, room)
    label = f"{quantity.title}, day to day, {said}. " + "; ".join(
        f"{short_name(f.day)}: {quantity.words(quantity.value(f)) if f.tally.recorded_s else 'nothing recorded'}"
        for f in days
    )
    return Drawing(width=width, height=TOP + PLOT + BOTTOM, label=label, shapes=tuple(shapes), words=tuple(words))


def _names(days: Sequence[DayFigures], room: float) -> Iterator[Words]:
    """As many as there is room for: W 4 of a few days, 4 Mar of many."""
    few = len(days) <= NARROW_DAYS
    every = max(1, ceil((DAY_ROOM if few else DATE_ROOM) / room))
    for k in range(0, len(days), every):
        weekday, day, month = short_name(days[k].day).split()
        text = f"{weekday[0]} {day}" if few else f"{day} {month}"
        yield Words(x=LEFT + (k + 0.5) * room, y=TOP + PLOT + 12, text=text)


def _grid(quantity: _Quantity, width: float, top: float) -> tuple[list[Shape], list[Words]]:
    shapes: list[Shape] = []
    words: list[Words] = []
    for share in (0.0, 0.5, 1.0):
        y = TOP + PLOT * (1 - share)
        shapes.append(Shape(path=line(LEFT, y, width, y), look="base" if not share else "grid"))
        words.append(Words(x=LEFT - 4, y=y + 4, text=f"{top * share:g}", anchor="end"))
    return shapes, words


def _column(quantity: _Quantity, f: DayFigures, middle: float, wide: float, top: float) -> Iterator[Shape]:
    """Full for a valid day, a hatched outline for one that is in no mean, a cross where nothing was recorded."""
    if not f.tally.recorded_s:
        y, arm = TOP + PLOT - 5, min(2.5, wide / 2)
        yield Shape(path=line(middle - arm, y - arm, middle + arm, y + arm), look="base")
        yield Shape(path=line(middle - arm, y + arm, middle + arm, y - arm), look="base")
        return
    tall = quantity.value(f) / quantity.unit / top * PLOT
    x, y = middle - wide / 2, TOP + PLOT - tall
    if f.valid:
        yield Shape(path=rect(x, y, wide, tall), look=quantity.look)
        return
    yield Shape(path=hatch(x, y, wide, tall), look="hatch")
    yield Shape(path=rect(x, y, wide, tall), look="outline")
