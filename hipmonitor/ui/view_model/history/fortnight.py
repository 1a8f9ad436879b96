"""Days side by side: worn as an outline, sitting filled, above the limit below the line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from hipmonitor.core.days import DayFigures
from hipmonitor.ui.view_model.civil_dates import short_name
from hipmonitor.ui.view_model.durations import h_min


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One day; a day that is in no mean is drawn, and hatched."""

    day: int
    name: str
    """T 10."""
    worn_s: int
    sitting_s: int
    above_s: int
    valid: bool
    recorded: bool
    words: str
    """Its numbers."""


def columns(days: Sequence[DayFigures]) -> tuple[Column, ...]:
    """In order of the days."""
    return tuple(_column(f) for f in days)


def _column(f: DayFigures) -> Column:
    weekday, day, _ = short_name(f.day).split()
    t = f.tally
    words = (
        f"{short_name(f.day)}: worn {h_min(t.worn_s)}, sitting {h_min(t.sit_s)}, above the limit {h_min(t.above_limit_s)}"
        + ("" if f.valid else f"; under {f.valid_day_worn_h:g} h, in no mean")
    )
    return Column(
        day=f.day,
        name=f"{weekday[0]} {day}",
        worn_s=t.worn_s,
        sitting_s=t.sit_s,
        above_s=t.above_limit_s,
        valid=f.valid,
        recorded=t.recorded_s > 0,
        words=words if t.recorded_s else f"{short_name(f.day)}: nothing recorded",
    )
