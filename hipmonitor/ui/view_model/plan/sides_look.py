"""Both thighs side by side, on days on which both carried a sensor for most of the time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from hipmonitor.core.days import DayFigures
from hipmonitor.ui.view_model.plan.bends_look import number

MOST_OF_IT = 0.8
"""Share of the worn time in which the other thigh was seen: on other days its bends would be too few."""
OTHER = {"left": "right", "right": "left"}


@dataclass(frozen=True, slots=True, kw_only=True)
class SideRow:
    """One thing of both."""

    name: str
    shares: tuple[float, float]
    """Of the scale: the hip that is watched, the other one."""
    words: tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class SidesLook:
    """What the card shows."""

    names: tuple[str, str]
    rows: tuple[SideRow, ...]
    days: str

    @property
    def spoken(self) -> str:
        """In words."""
        (mine, other), rows = self.names, self.rows
        return f"{'; '.join(f'{row.name}: {mine} {row.words[0]}, {other} {row.words[1]}' for row in rows)}. {self.days}"


def sides_look(figures: Sequence[DayFigures], side: str) -> SidesLook | None:
    """None where there is no such day."""
    both = [f for f in figures if f.valid and f.other_seen_s >= MOST_OF_IT * f.tally.worn_s]
    if not both:
        return None
    deep = [sum(f.sides[k] for f in both if f.sides is not None) / len(both) for k in (0, 1)]
    every = [sum(sum(getattr(f, name).values()) for f in both) / len(both) for name in CYCLES]
    return SidesLook(
        names=(side.capitalize(), OTHER[side].capitalize()) if side in OTHER else ("This one", "Other one"),
        rows=(_row("Deep bends a day", deep), _row("All bends a day", every)),
        days=f"Both worn on {len(both)} valid day{'s' * (len(both) != 1)}.",
    )


CYCLES = ("flexion_cycles", "other_flexion_cycles")


def _row(name: str, of_sides: Sequence[float]) -> SideRow:
    mine, other = of_sides
    top = max(mine, other) or 1.0
    return SideRow(name=name, shares=(mine / top, other / top), words=(number(mine), number(other)))
