"""The figures of a day as lines: a name, a value, and what belongs to it."""

from __future__ import annotations

from collections.abc import Iterator

from hipmonitor.core.days import DayFigures
from hipmonitor.ui.view_model.durations import h_min

Row = tuple[str, str, str]
"""(name, value, what belongs to it)."""


def figure_lines(figures: DayFigures) -> Iterator[Row]:
    """Every figure that there is of the day."""
    yield from _sitting_rows(figures)
    yield from _bent_rows(figures)
    brisk_s, t = figures.stepping_from(100)[0], figures.tally
    yield "Steps", f"{figures.steps:.0f}", f"{h_min(brisk_s)} at 100 a minute or more"
    if t.cycle_s:
        yield "Cycling", h_min(t.cycle_s), f"{figures.crank_turns:.0f} turns; neither sitting nor a break"
    more = f"not worn {h_min(t.not_worn_s)}; {_count(figures.gaps, 'gap')}, {h_min(figures.gap_s)}"
    yield "Not known", h_min(t.unknown_s), more + (f"; no angle {h_min(t.untrusted_s)}" if t.untrusted_s else "")


def _sitting_rows(figures: DayFigures) -> Iterator[Row]:
    t, sitting, limits = figures.tally, figures.sitting, figures.limits
    yield "Worn", h_min(t.worn_s), validity(figures)
    share = f"{100 * t.sit_s / t.worn_s:.0f} % of worn; " if t.worn_s else ""
    yield "Sitting", h_min(t.sit_s), f"{share}lying {h_min(t.lie_s)}, one of the two {h_min(t.sedentary_s)}"
    usual = "" if sitting.usual_s is None else f"usual {h_min(sitting.usual_s)}, longest {h_min(sitting.longest_s)}"
    yield "Bouts", f"{sitting.bouts}", usual
    yield (
        "  longer",
        f"{sitting.over_30}",
        f"than 30 min, {h_min(sitting.over_30_s)} in all; {sitting.over_60} than 60 min",
    )
    least = "" if limits is None else f"upright for {limits.break_s:g} s; "
    yield (
        "Breaks",
        f"{figures.breaks}",
        f"{least}from seat to feet {figures.sit_to_stand} x ({figures.minimum_bout_s} s on both)",
    )
    yield "Upright", h_min(t.upright_s), f"standing {h_min(t.stand_s)}"


def _bent_rows(figures: DayFigures) -> Iterator[Row]:
    t, limits = figures.tally, figures.limits
    if limits is not None:
        least, most = h_min(t.above_limit_at_least_s), h_min(t.above_limit_at_most_s)
        spread = f"{least} to {most} within its error" if t.above_limit_at_most_s else ""
        yield f"Above {limits.thigh_limit_deg:g}°", h_min(t.above_limit_s), spread
        yield "  limit by", limits.set_by, f"alerts counted {h_min(t.deep_s)}; longest {h_min(figures.longest_deep_s)}"
    if figures.flexion_p95_deg is not None and figures.flexion_peak_deg is not None:
        peak = f"{figures.flexion_peak_deg:.0f}°"
        yield "Usual high", f"{figures.flexion_p95_deg:.0f}°", f"95 % of seated and upright time below; peak {peak}"
    if figures.deep_cycles:
        yield "Deep bends", f"{sum(figures.deep_cycles.values())}", "beyond the limit and back"
    if figures.sides is not None:
        yield "  other leg", f"{figures.sides[1]}", f"seen for {h_min(figures.other_seen_s)}"


def validity(figures: DayFigures) -> str:
    """Whether the day may be in a mean."""
    need = f"{figures.valid_day_worn_h:g} h"
    return f"valid day ({need} or more)" if figures.valid else f"under {need}: in no mean"


def _count(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"
