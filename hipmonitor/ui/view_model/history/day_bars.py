"""A kept day as a strip, minute by minute: the same bars as of the running session, and the hours as they were worn."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from hipmonitor.core.activity import ActivityKind
from hipmonitor.core.civil import S_PER_MIN
from hipmonitor.core.days import Minute
from hipmonitor.core.instants import NS_PER_S
from hipmonitor.io.history import DayRecord
from hipmonitor.ui.view_model.day_strip import DayCell, Window, day_cells
from hipmonitor.ui.view_model.durations import S_PER_DAY
from hipmonitor.ui.view_model.strip import StripMark
from hipmonitor.ui.view_model.strip_look import FILL_OF, Bar, Fill, PlacedMark, placed_marks

HOUR_MIN = 60
MARKS_APART = 0.011
"""Of the width: about a mark's own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DayBars:
    """Everything as shares of the width."""

    start_min: int
    """Minute of the day at its left end."""
    end_min: int
    bars: tuple[Bar, ...]
    above: tuple[tuple[float, float], ...]
    marks: tuple[PlacedMark, ...] = ()
    ticks: tuple[tuple[float, str], ...] = ()
    shifts: tuple[tuple[float, str], ...] = ()
    """Where the wall's clock was moved, and by how much: +1 h."""
    now: float | None = None
    """Of today."""

    @property
    def hours(self) -> range:
        """Whole hours that are shown."""
        return range(self.start_min // HOUR_MIN, -(-self.end_min // HOUR_MIN))

    def share(self, minute_of_day: float) -> float:
        """Where a minute stands."""
        return (minute_of_day - self.start_min) / (self.end_min - self.start_min)


def day_bars(record: DayRecord, window: Window, *, now_min: int | None = None) -> DayBars:
    """The day in cells of a minute. Hours that clocks went through twice lie in the same place."""
    cells = day_cells(record.minutes, window, window.end - window.start)
    bars = DayBars(start_min=window.start, end_min=window.end, bars=tuple(_bars(cells)), above=tuple(_above(cells)))
    return DayBars(
        start_min=bars.start_min,
        end_min=bars.end_min,
        bars=bars.bars,
        above=bars.above,
        marks=_marks(record, window),
        ticks=tuple(
            (bars.share(h * HOUR_MIN), f"{h:02}") for h in range(-(-window.start // HOUR_MIN), bars.hours.stop + 1)
        ),
        shifts=tuple((bars.share(minute), words) for minute, words in _shifts(record.minutes)),
        now=None if now_min is None else min(1.0, max(0.0, bars.share(now_min))),
    )


def fill_of(kind: ActivityKind | None) -> Fill | None:
    """As in the running session; time of which nothing is known is no data."""
    if kind is None:
        return None
    return Fill.MISSING if kind is ActivityKind.UNKNOWN else FILL_OF[kind]


def _bars(cells: Sequence[DayCell]) -> Iterator[Bar]:
    at = 0
    for fill, group in groupby(fill_of(cell.kind) for cell in cells):
        count = len(list(group))
        if fill is not None:
            yield Bar(start=at / len(cells), end=(at + count) / len(cells), fill=fill)
        at += count


def _above(cells: Sequence[DayCell]) -> Iterator[tuple[float, float]]:
    at = 0
    for above, group in groupby(cell.above for cell in cells):
        count = len(list(group))
        if above:
            yield at / len(cells), (at + count) / len(cells)
        at += count


def _marks(record: DayRecord, window: Window) -> tuple[PlacedMark, ...]:
    """Alerts, and the wearer's marks, where the clock on the wall stood."""
    marks = [
        StripMark(
            at_ns=_on_the_wall_ns(kept.followed.alert.at, kept.utc_offset_s),
            level=kept.followed.alert.level,
            sent=kept.followed.alert.told,
        )
        for kept in record.alerts
    ]
    mine = dict.fromkeys((e.at, e.utc_offset_s) for e in record.events if e.kind == "mark")  # once, also with a note
    marks += [StripMark(at_ns=_on_the_wall_ns(at, utc_offset_s)) for at, utc_offset_s in mine]
    start, end = (minute * S_PER_MIN * NS_PER_S for minute in (window.start, window.end))
    return placed_marks(tuple(marks), start, end, MARKS_APART)


def _on_the_wall_ns(at: int, utc_offset_s: int) -> int:
    """Since the wearer's midnight."""
    return (at + utc_offset_s * NS_PER_S) % (S_PER_DAY * NS_PER_S)


def _shifts(minutes: Sequence[Minute]) -> Iterator[tuple[int, str]]:
    for before, after in pairwise(minutes):
        moved_s = after.utc_offset_s - before.utc_offset_s
        if moved_s:
            yield after.minute_of_day, f"{moved_s / 3600:+g} h"
