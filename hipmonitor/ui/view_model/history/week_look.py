"""Seven days as strips under one axis, with the figures of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean

from hipmonitor.core.alerts import AlertLevel
from hipmonitor.core.civil import MIN_PER_DAY, S_PER_DAY
from hipmonitor.core.days import DayFigures
from hipmonitor.io.history import DayRecord
from hipmonitor.ui.view_model.civil_dates import short_name, span_name
from hipmonitor.ui.view_model.day_strip import MORNING, Window
from hipmonitor.ui.view_model.durations import h_min, h_mm
from hipmonitor.ui.view_model.history.day_bars import DayBars, day_bars

WEEK_HEADS = ("worn", "sitting", "above", "over 30 min", "alerts")


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekRow:
    """One day."""

    day: int
    name: str
    bars: DayBars
    recorded: bool
    valid: bool
    values: tuple[str, ...]
    """Under WEEK_HEADS; empty where nothing was recorded."""
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekLook:
    """The page of a week."""

    title: str
    rows: tuple[WeekRow, ...]
    mean: str

    @property
    def short_title(self) -> str:
        """To 10 Mar."""
        return f"to {' '.join(short_name(self.rows[-1].day).split()[1:])}"

    @property
    def spoken(self) -> str:
        """The week in words."""
        rows = (f"{row.name}: {', '.join(_pairs(row)) or 'nothing recorded'}" for row in self.rows)
        return f"{self.title}. {'; '.join(rows)}. {self.mean}"


def _pairs(row: WeekRow) -> list[str]:
    return [f"{head} {value}" for head, value in zip(WEEK_HEADS, row.values, strict=False)]


def week_look(records: Sequence[DayRecord]) -> WeekLook:
    """Of seven days."""
    early = any(minute.minute_of_day < MORNING for record in records for minute in record.minutes)
    window = Window(start=0 if early else MORNING, end=MIN_PER_DAY)
    return WeekLook(
        title=span_name(records[0].figures.day, records[-1].figures.day),
        rows=tuple(_row(record, window) for record in records),
        mean=_mean([record.figures for record in records if record.figures.valid]),
    )


def _row(record: DayRecord, window: Window) -> WeekRow:
    f, t = record.figures, record.figures.tally
    alerts = sum(a.followed.alert.level is AlertLevel.ALERT and a.followed.alert.told for a in record.alerts)
    values = (h_mm(t.worn_s), h_mm(t.sit_s), h_mm(t.above_limit_s), str(f.sitting.over_30), str(alerts))
    return WeekRow(
        day=f.day,
        name=short_name(f.day),
        bars=day_bars(record, window),
        recorded=t.recorded_s > 0,
        valid=f.valid,
        values=values if t.recorded_s else (),
        note=_note(f),
    )


def _note(f: DayFigures) -> str:
    if not f.tally.recorded_s:
        return ""
    notes = [] if f.valid else [f"under {f.valid_day_worn_h:g} h worn: in no mean"]
    moved_h = (S_PER_DAY - f.length_s) / 3600
    return "; ".join([*notes, f"clock moved {moved_h:+g} h"] if moved_h else notes)


def _mean(valid: Sequence[DayFigures]) -> str:
    if not valid:
        return "No valid day: no means."
    days = "The valid day" if len(valid) == 1 else f"Mean of {len(valid)} valid days"
    worn, sat, above = (
        h_min(fmean(getattr(f.tally, name) for f in valid)) for name in ("worn_s", "sit_s", "above_limit_s")
    )
    breaks = fmean(f.breaks for f in valid)
    return f"{days}: worn {worn}, sitting {sat}, above the limit {above}, {breaks:.1f} breaks."
