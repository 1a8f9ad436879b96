"""A civil day as a strip: what filled most of each cell, and where the thigh was above the limit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from hipmonitor.core.activity import ActivityKind
from hipmonitor.core.civil import MIN_PER_DAY
from hipmonitor.core.days import Minute, Tally

ABOVE_SHARE = 1 / 30
"""Of a cell: half a minute of a quarter of an hour is shown."""
MORNING = 6 * 60
HOUR = 60
SHORT = 6 * HOUR


@dataclass(frozen=True, slots=True, kw_only=True)
class DayCell:
    """One cell of the strip; kind None: nothing was recorded."""

    kind: ActivityKind | None
    above: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """Minutes of the day that a strip shows; [start, end)."""

    start: int
    end: int

    def cell_of(self, minute_of_day: int, count: int) -> int | None:
        """Which of `count` cells a minute is in."""
        cell = (minute_of_day - self.start) * count // (self.end - self.start)
        return cell if 0 <= cell < count else None


def whole_day(minutes: Sequence[Minute]) -> Window:
    """From six in the morning, or from midnight where something was recorded before."""
    early = any(minute.minute_of_day < MORNING for minute in minutes)
    return Window(start=0 if early else MORNING, end=MIN_PER_DAY)


def window_of(minutes: Sequence[Minute]) -> Window:
    """An hour or some hours where that is all there is, else the day."""
    if not minutes:
        return Window(start=MORNING, end=MIN_PER_DAY)
    first, last = min(m.minute_of_day for m in minutes), max(m.minute_of_day for m in minutes)
    for length in (HOUR, SHORT):
        start = min(first // HOUR * HOUR if length > HOUR else first // 10 * 10, MIN_PER_DAY - length)
        if last < start + length:
            return Window(start=start, end=start + length)
    return whole_day(minutes)


def day_cells(minutes: Sequence[Minute], window: Window, count: int) -> tuple[DayCell, ...]:
    """So many equal cells. An hour that clocks went through twice is in its cells twice."""
    sums = [Tally() for _ in range(count)]
    for minute in minutes:
        cell = window.cell_of(minute.minute_of_day, count)
        if cell is not None:
            sums[cell].add(minute.tally)
    return tuple(_cell(tally) for tally in sums)


def _cell(tally: Tally) -> DayCell:
    if not tally.recorded_s:
        return DayCell(kind=None)
    kind = max(ActivityKind, key=tally.of_kind_s)
    return DayCell(kind=kind, above=tally.above_limit_s >= ABOVE_SHARE * tally.recorded_s)
