"""Day by day: a strip and the figures of each, days without a recording in one line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from hipmonitor.core.civil import MIN_PER_DAY, S_PER_DAY
from hipmonitor.io.history import DayRecord
from hipmonitor.ui.report.alerts_followed import alerts_told
from hipmonitor.ui.report.drawing import Drawing
from hipmonitor.ui.report.period import Period
from hipmonitor.ui.report.strip_drawing import axis_drawing, cells_of, strip_drawing
from hipmonitor.ui.view_model.civil_dates import short_name
from hipmonitor.ui.view_model.day_strip import MORNING, Window, day_cells, window_of
from hipmonitor.ui.view_model.durations import h_min, h_mm


@dataclass(frozen=True, slots=True, kw_only=True)
class DayLine:
    """A row of the table."""

    name: str
    notes: tuple[str, ...] = ()
    valid: bool = False
    strip: Drawing | None = None
    """None: nothing was recorded."""
    worn: str = ""
    sitting: str = ""
    above: str = ""
    over_30: str = ""
    alerts: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DayTable:
    """All of them under one axis."""

    axis: Drawing
    lines: tuple[DayLine, ...]


def day_table(period: Period) -> DayTable:
    """The days, under one window: an hour where an hour is all there is."""
    window = _window(period.records)
    return DayTable(axis=axis_drawing(window), lines=tuple(_lines(period, window)))


def _window(records: Sequence[DayRecord]) -> Window:
    seen = [record for record in records if record.minutes]
    if len(seen) == 1:
        return window_of(seen[0].minutes)
    early = any(minute.minute_of_day < MORNING for record in seen for minute in record.minutes)
    return Window(start=0 if early else MORNING, end=MIN_PER_DAY)


def _lines(period: Period, window: Window) -> Iterator[DayLine]:
    empty: list[int] = []
    for record in period.records:
        if not record.figures.tally.recorded_s:
            empty.append(record.figures.day)
            continue
        yield from _nothing(empty)
        empty = []
        yield day_line(record, window)
    yield from _nothing(empty)


def _nothing(days: Sequence[int]) -> Iterator[DayLine]:
    """Days in a row without a recording."""
    if days:
        yield DayLine(name=short_name(days[0]) if len(days) == 1 else short_span(days[0], days[-1]))


def short_span(first: int, last: int) -> str:
    """20 to 22 Feb; 27 Feb to 2 Mar."""
    begin, end = (" ".join(short_name(day).split()[1:]) for day in (first, last))
    day, month = begin.split()
    return f"{day if end.endswith(month) else begin} to {end}"


def day_line(record: DayRecord, window: Window) -> DayLine:
    """One day."""
    f, name = record.figures, short_name(record.figures.day)
    worn, sitting, alerts = h_mm(f.tally.worn_s), h_mm(f.tally.sit_s), alerts_told(record)
    label = (
        f"{name}, hour by hour: worn {h_min(f.tally.worn_s)}, sitting {h_min(f.tally.sit_s)}, standing or moving "
        f"{h_min(f.tally.upright_s)}, above the limit {h_min(f.tally.above_limit_s)}, not known {h_min(f.tally.unknown_s)}"
    )
    return DayLine(
        name=name,
        notes=tuple(_notes(record)),
        valid=f.valid,
        strip=strip_drawing(day_cells(record.minutes, window, cells_of(window)), label, valid=f.valid),
        worn=worn,
        sitting=sitting,
        above=f"{round(f.tally.above_limit_s / 60)} min",
        over_30=str(f.sitting.over_30),
        alerts=str(alerts),
    )


def _notes(record: DayRecord) -> Iterator[str]:
    f = record.figures
    if not f.valid:
        yield "not in means"
    if f.length_s != S_PER_DAY:
        yield f"clock moved {(S_PER_DAY - f.length_s) / 3600:+g} h"
    if record.reading != "settled":
        yield "not settled yet"
