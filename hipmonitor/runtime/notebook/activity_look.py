"""How a kind of activity looks in a strip: its height tells it apart without colour."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from hipmonitor.core.activity import ActivityKind


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivityLook:
    """A bar of a strip."""

    height: float
    """Share of the strip's."""
    colour: str
    hatched: bool = False
    """Not told, or not seen."""


MOVING: Final = ActivityLook(height=1.0, colour="#009E73")
UNCLEAR: Final = ActivityLook(height=0.46, colour="#858B93", hatched=True)
LOOKS: Final[Mapping[ActivityKind, ActivityLook]] = {
    ActivityKind.WALK: MOVING,
    ActivityKind.RUN: MOVING,
    ActivityKind.STAIRS: MOVING,
    ActivityKind.CYCLE: MOVING,
    ActivityKind.STAND: ActivityLook(height=0.76, colour="#35A684"),
    ActivityKind.SIT: ActivityLook(height=0.46, colour="#4A92C4"),
    ActivityKind.SEDENTARY: UNCLEAR,
    ActivityKind.LIE: ActivityLook(height=0.20, colour="#56B4E9"),
    ActivityKind.UNKNOWN: UNCLEAR,
    ActivityKind.NOT_WORN: ActivityLook(height=0.06, colour="#858B93"),
}
"""Colours and heights of the design's strips (Okabe and Ito's hues), readable on white and on black."""


def words_of(kind: ActivityKind) -> str:
    """As in the tables, but for what a reader could take amiss."""
    return {ActivityKind.SEDENTARY: "sit or lie, not told apart", ActivityKind.UNKNOWN: "unclear"}.get(
        kind, kind.word.replace("_", " ")
    )
