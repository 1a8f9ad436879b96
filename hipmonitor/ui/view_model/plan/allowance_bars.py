"""What is left of each load, as bars with the limit on them. A week is any seven days, the last of them today."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from hipmonitor.core.programme import Allowance, Load
from hipmonitor.ui.view_model.plan.load_names import LOAD_NAMES, load_amount, out_of

NEAR = 0.9
"""Share of the limit from which it is called near."""


class Room(StrEnum):
    """How much is left; the word says it, and a sign beside it."""

    LEFT = "left"
    NEAR = "near"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadBar:
    """One load."""

    load: Load
    name: str
    done: str
    """2 h 05 min of 3 h 30 min."""
    left: str
    share: float
    """Of the bar; the bar ends at the limit, or at what was done where that is more."""
    limit_at: float
    """Share of the bar at which the limit stands."""
    room: Room
    assumed: str
    """Days that were not measured, and how they count; empty without any."""

    @property
    def spoken(self) -> str:
        """In words."""
        return f"{self.name}: {self.done}, {self.left}{f'; {self.assumed}' if self.assumed else ''}"


def load_bars(allowances: Sequence[Allowance]) -> tuple[LoadBar, ...]:
    """In the order of the plan."""
    return tuple(_bar(each) for each in allowances)


def _bar(each: Allowance) -> LoadBar:
    top = max(each.done, each.allowed)
    return LoadBar(
        load=each.load,
        name=LOAD_NAMES[each.load],
        done=out_of(each.load, each.done, each.allowed),
        left=_left(each),
        share=each.done / top if top else 0.0,
        limit_at=each.allowed / top if top else 1.0,
        room=_room(each),
        assumed=_assumed(each.assumed_days),
    )


def _assumed(days: int) -> str:
    return f"{days} day{'s' * (days != 1)} not measured, counted as usual" if days else ""


def _room(each: Allowance) -> Room:
    if each.done >= each.allowed:
        return Room.NONE
    return Room.NEAR if each.done >= NEAR * each.allowed else Room.LEFT


def _left(each: Allowance) -> str:
    over = each.done - each.allowed
    if over > 0 and load_amount(each.load, over) != load_amount(each.load, 0):
        return f"{load_amount(each.load, over)} above the limit"
    if over >= 0:
        return "at the limit"
    return f"{load_amount(each.load, -over)} left"
