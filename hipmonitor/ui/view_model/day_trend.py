"""When days are enough to say whether something changes, and which days are compared then."""

from __future__ import annotations

from collections.abc import Sequence

from hipmonitor.core.days import DayFigures

LEAST_DAYS = 8
"""Fewer valid days show how days differ, not whether something changes."""


def halves(valid: Sequence[DayFigures]) -> tuple[Sequence[DayFigures], Sequence[DayFigures]] | None:
    """The earlier and the later half of the valid days, without the one in the middle; None of too few."""
    if len(valid) < LEAST_DAYS:
        return None
    half = len(valid) // 2
    return valid[:half], valid[-half:]
