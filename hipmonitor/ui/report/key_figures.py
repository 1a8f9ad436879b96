"""The five figures at the top: means over valid days, or totals where no day is valid."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from hipmonitor.core.days import DayFigures
from hipmonitor.ui.report.period import Period, mean_of, summary_of
from hipmonitor.ui.view_model.durations import h_min

Amount = tuple[tuple[str, str], ...]
"""Numbers, each with its unit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyFigure:
    """A number in large type and what belongs to it."""

    title: str
    amount: Amount
    notes: tuple[str, ...]


def key_figures(period: Period) -> Iterator[KeyFigure]:
    """Of a period with wear in it."""
    yield _valid_days(period)
    yield _worn(period)
    yield _sitting(period)
    yield _above(period)
    yield _breaks(period)


def _over(period: Period) -> str:
    return "per day" if period.valid else "in all"


def _valid_days(period: Period) -> KeyFigure:
    need = period.figures[0].valid_day_worn_h
    return KeyFigure(
        title="Valid days",
        amount=((str(len(period.valid)), f"of {len(period.figures)}"),),
        notes=(f"{need:g} h worn or more", "" if period.valid else "no means without one"),
    )


def _worn(period: Period) -> KeyFigure:
    unknown_s = sum(f.tally.unknown_s for f in period.recorded)
    missing = f"not known {h_min(unknown_s)} in all" if unknown_s else ""
    return KeyFigure(
        title=f"Worn, {_over(period)}",
        amount=duration(summary_of(period, lambda f: f.tally.worn_s)),
        notes=(missing, _before(period, lambda f: f.tally.worn_s, h_min)),
    )


def _sitting(period: Period) -> KeyFigure:
    sit_s, worn_s = summary_of(period, lambda f: f.tally.sit_s), summary_of(period, lambda f: f.tally.worn_s)
    return KeyFigure(
        title=f"Sitting, {_over(period)}",
        amount=duration(sit_s),
        notes=(
            f"{100 * sit_s / worn_s:.0f} % of worn" if worn_s else "",
            _before(period, lambda f: f.tally.sit_s, h_min),
        ),
    )


def _above(period: Period) -> KeyFigure:
    longest_s = max(f.longest_deep_s for f in period.counted)
    return KeyFigure(
        title=f"Above {period.limit_words}, {_over(period)}",
        amount=duration(summary_of(period, lambda f: f.tally.above_limit_s)),
        notes=(f"longest {h_min(longest_s)}", _before(period, lambda f: f.tally.above_limit_s, h_min)),
    )


def _breaks(period: Period) -> KeyFigure:
    break_s = period.limits()[-1][1].break_s
    return KeyFigure(
        title=f"Breaks, {_over(period)}",
        amount=((f"{summary_of(period, lambda f: f.breaks):.0f}", ""),),
        notes=(f"{break_s:g} s upright or more", _before(period, lambda f: f.breaks, lambda value: f"{value:.0f}")),
    )


def duration(seconds: float) -> Amount:
    """15 h 15 min, in parts."""
    words = h_min(seconds).split()
    return tuple(zip(words[::2], words[1::2], strict=True))


def _before(period: Period, value: Callable[[DayFigures], float], words: Callable[[float], str]) -> str:
    """The mean of the days before the period; no more than the number."""
    valid = [f for f in period.before if f.valid]
    return f"before: {words(mean_of(valid, value))}" if valid and period.valid else ""
