"""A plan as somebody set it: phases in order, what each allows, what leads on, and the weekly limits. Policy is a table."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from hipmonitor.core.exercises import NAME, Target


class Load(StrEnum):
    """What is limited by the week."""

    ON_FEET_MIN = "on_feet_min"
    """Standing, walking, stairs and running."""
    RUN_MIN = "run_min"
    CYCLE_MIN = "cycle_min"
    DEEP_CYCLES = "deep_cycles"
    SETS = "sets"
    SITTING_MIN = "sitting_min"


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekLimit:
    """Of one load: the largest increase from week to week, and the most of all. Presets; the 10 % are custom, not evidence."""

    load: Load
    most_increase: float = 0.1
    """Share of the mean of the last `LOOK_BACK_WEEKS` weeks with enough valid days."""
    free_below: float = 0.0
    """Up to so much a week is never held back: a tenth of nearly nothing is nothing."""
    most: float | None = None
    """A week; None = no ceiling of its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """An exercise of a phase and its target."""

    exercise: str
    """Its name in the library."""
    target: Target | None = None
    """None = the library's."""
    days_a_week: int = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Criteria:
    """What must hold over `days` days with a check-in, all of them, before a phase is entered or left."""

    days: int = 7
    most_pain_rest: int = 2
    most_pain_worst: int = 4
    least_adherence: float = 0.7
    """Share of the planned sessions that were done."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanPhase:
    """One step of the way back."""

    name: str
    title: str
    goal: str
    """One sentence."""
    exercises: tuple[Planned, ...]
    exit: Criteria = field(default_factory=Criteria)
    """To the next phase."""
    least_days: int = 7
    running: bool = False
    """Jog intervals or running belong to it."""

    def __post_init__(self) -> None:
        if not NAME.fullmatch(self.name):
            raise ValueError(f"name is {self.name!r}; use small letters, digits and _, beginning with a letter")


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The whole plan."""

    name: str
    set_by: str
    """"my physio", "me", or "template" until somebody confirms it."""
    set_on: str
    """As 2026-11-22; "" = not said."""
    phases: tuple[PlanPhase, ...]
    limits: tuple[WeekLimit, ...] = ()
    rest_weekdays: tuple[int, ...] = (2, 6)
    """0 = Monday: no exercises and no jogging."""
    pain_rise: int = 2
    """So many points above the wearer's baseline is pain that rises."""
    stable_days: int = 3
    """After a step back: so many days in a row at baseline before anything leads forward again."""
