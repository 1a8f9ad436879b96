"""When days are enough to say whether something changes, and which days are compared then."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from statistics import median

from hipmonitor.core.days import DayFigures

LEAST_DAYS = 8
"""Fewer valid days show how days differ, not whether something changes."""


def halves(valid: Sequence[DayFigures]) -> tuple[Sequence[DayFigures], Sequence[DayFigures]] | None:
    """The earlier and the later half of the valid days, without the one in the middle; None of too few."""
    if len(valid) < LEAST_DAYS:
        return None
    half = len(valid) // 2
    return valid[:half], valid[-half:]


def trend_words(
    valid: Sequence[DayFigures], value: Callable[[DayFigures], float], words: Callable[[float], str]
) -> str:
    """The median of the valid days, and that of their earlier and later half where there are enough."""
    if not valid:
        return "no valid day: no median"
    said = f"median {words(median(map(value, valid)))}"
    parts = halves(valid)
    if parts is None:
        return said
    early, late = (words(median(map(value, part))) for part in parts)
    return f"{said}; earlier half {early}, later half {late}"


def scale_top(most: float) -> float:
    """The least of 1, 2, 4, 6, 8, 10 times a power of ten that is no less; its half is a round number as well."""
    power = 1.0
    while most > 10 * power:
        power *= 10
    return power * next(step for step in (1, 2, 4, 6, 8, 10) if most <= step * power)
