"""Sitting and how far the thigh was bent, over the valid days; bars of bouts by length and of time above angles."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from hipmonitor.core.days import ABOVE_DEG, DayFigures
from hipmonitor.ui.report.drawing import Drawing, Shape, rect
from hipmonitor.ui.report.period import Period, summary_of
from hipmonitor.ui.view_model.bout_names import BOUT_NAMES
from hipmonitor.ui.view_model.durations import h_min, h_mm

BAR_WIDTH, BAR_HEIGHT = 96.0, 10.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A name, a value and what belongs to it."""

    name: str
    value: str
    note: str = ""
    strong: bool = False
    inner: bool = False
    """Part of the row before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BarRow:
    """A name, a bar and its numbers."""

    name: str
    bar: Drawing
    values: tuple[str, ...]


def sitting_rows(period: Period) -> Iterator[Row]:
    """What a report of sitting has."""
    counted, minimum_s = period.counted, period.figures[-1].minimum_bout_s
    yield Row(name="Sitting", value=h_min(summary_of(period, lambda f: f.tally.sit_s)), strong=True)
    yield Row(name="sitting or lying, not told apart", value=_time(period, lambda f: f.tally.sedentary_s))
    yield Row(name="lying", value=_time(period, lambda f: f.tally.lie_s))
    yield Row(name="standing", value=_time(period, lambda f: f.tally.stand_s))
    yield Row(name="walking, running, stairs", value=_time(period, lambda f: f.tally.upright_s - f.tally.stand_s))
    if any(f.tally.cycle_s for f in counted):
        yield Row(name="cycling", value=_time(period, lambda f: f.tally.cycle_s))
    usual = [f.sitting.usual_s for f in counted if f.sitting.usual_s is not None]
    if usual:
        longest_s = max(f.sitting.longest_s for f in counted)
        yield Row(name="Usual bout, longest", value=f"{h_min(median(usual))}, {h_min(longest_s)}")
    yield Row(
        name="Bouts over 30 min", value=_count_and_time(period, lambda f: (f.sitting.over_30, f.sitting.over_30_s))
    )
    yield Row(
        name="Bouts over 60 min", value=_count_and_time(period, lambda f: (f.sitting.over_60, f.sitting.over_60_s))
    )
    yield Row(
        name="From seat to feet",
        value=_count(summary_of(period, lambda f: f.sit_to_stand)),
        note=f"{minimum_s} s on both sides",
    )
    yield Row(name="Steps", value=f"{summary_of(period, lambda f: f.steps):.0f}")


def bend_rows(period: Period) -> Iterator[Row]:
    """What is known of how far the thigh was bent. Lying, and what may be lying, is not in it."""
    counted = period.counted
    above, least, most = (
        h_min(summary_of(period, value))
        for value in (
            lambda f: f.tally.above_limit_s,
            lambda f: f.tally.above_limit_at_least_s,
            lambda f: f.tally.above_limit_at_most_s,
        )
    )
    yield Row(name=f"Thigh at or above {period.limit_words}", value=above, strong=True)
    yield Row(name="within one sd of calibration", value=f"{least} to {most}", inner=True)
    yield Row(name="of it counted for alerts", value=_time(period, lambda f: f.tally.deep_s), inner=True)
    yield Row(name="Longest in one piece", value=h_min(max(f.longest_deep_s for f in counted)))
    usual = [f.flexion_p95_deg for f in counted if f.flexion_p95_deg is not None]
    peaks = [f.flexion_peak_deg for f in counted if f.flexion_peak_deg is not None]
    if usual and peaks:
        yield Row(name="Usual high bend", value=f"{median(usual):.0f}°", note="95 % of the time below")
        yield Row(name="Highest", value=f"{max(peaks):.0f}°")
    yield Row(name="Deep bends", value=_count(summary_of(period, lambda f: sum(f.deep_cycles.values()))))
    yield Row(name="No trusted angle", value=_time(period, lambda f: f.tally.untrusted_s))


def unbroken(words: str) -> str:
    """Stays on one line: an item of a list."""
    return words.replace(" ", "\u00a0")


def _time(period: Period, value: Callable[[DayFigures], float]) -> str:
    return h_min(summary_of(period, value))


def _count(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


def _count_and_time(period: Period, value: Callable[[DayFigures], tuple[int, int]]) -> str:
    count, time_s = (summary_of(period, lambda f, k=k: value(f)[k]) for k in (0, 1))  # type: ignore[misc]
    return f"{_count(count)}, {h_min(time_s)}" if time_s else "0"


def bout_bars(period: Period) -> tuple[BarRow, ...]:
    """Sitting bouts by length: the bar is their time."""
    found = []
    for k, name in enumerate(BOUT_NAMES):
        count = summary_of(period, lambda f, k=k: f.sitting.bins[k].bouts)  # type: ignore[misc]
        time_s = summary_of(period, lambda f, k=k: f.sitting.bins[k].time_s)  # type: ignore[misc]
        found.append((name, time_s, (_count(count), f"{h_mm(time_s)} h")))
    return bars_of(found, "sit")


def above_bars(period: Period) -> tuple[BarRow, ...]:
    """Time with the thigh at or above each angle; the limit's own row where it is none of them."""
    limits = {limits.thigh_limit_deg for _, limits in period.limits()}
    found = []
    for degrees in ABOVE_DEG:
        seconds = summary_of(period, lambda f, d=degrees: getattr(f.tally, f"above_{d:g}_s"))  # type: ignore[misc]
        name = f"{degrees:g}°, the limit" if limits == {degrees} else f"{degrees:g}°"
        found.append((degrees, name, seconds))
    if not limits <= set(ABOVE_DEG) or len(limits) > 1:
        own = f"{min(limits):g}°, the limit" if len(limits) == 1 else "the limit of the day"
        found.append((min(limits), own, summary_of(period, lambda f: f.tally.above_limit_s)))
    rows = [(name, seconds, (h_min(seconds),)) for _, name, seconds in sorted(found)]
    return bars_of(rows, "sit")


def bars_of(rows: Sequence[tuple[str, float, tuple[str, ...]]], look: str) -> tuple[BarRow, ...]:
    """(name, length, values) each; the longest fills the bar."""
    most = max([1.0, *(value for _, value, _ in rows)])
    return tuple(
        BarRow(name=name, bar=_bar(value / most, "above" if "limit" in name else look), values=values)
        for name, value, values in rows
    )


def _bar(share: float, look: str) -> Drawing:
    """At least a hair where there is anything."""
    width = max(1.5, share * BAR_WIDTH) if share else 0.0
    shapes = (Shape(path=rect(0, 0, width, BAR_HEIGHT), look=look),) if width else ()
    return Drawing(width=BAR_WIDTH, height=BAR_HEIGHT, label="", shapes=shapes)
