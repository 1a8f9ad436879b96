"""A plan as somebody set it: phases in order, what each allows, what leads on, and the weekly limits. Policy is a table."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from hipmonitor.core.exercises import NAME, Target

TEMPLATE = "template"
"""`set_by` of a plan that nobody has confirmed yet."""
DAYS_A_WEEK = 7
LOOK_BACK_WEEKS = 4
ENOUGH_VALID_DAYS = 5
"""Of a week, before it says what is usual. Custom."""


class Load(StrEnum):
    """What is limited by the week."""

    ON_FEET_MIN = "on_feet_min"
    """Standing, walking, stairs and running."""
    WALK_MIN = "walk_min"
    """Walking and stairs."""
    RUN_MIN = "run_min"
    CYCLE_MIN = "cycle_min"
    DEEP_CYCLES = "deep_cycles"
    SETS = "sets"
    SITTING_MIN = "sitting_min"


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekLimit:
    """Of one load: the largest increase over what is usual, and the most of all. Presets; 10 % a week is custom, not evidence.

    A week is any seven days in a row. A day that was not measured counts as a usual one.
    """

    load: Load
    most_increase: float = 0.1
    """Share of the mean of the last `LOOK_BACK_WEEKS` weeks with enough valid days."""
    free_below: float = 0.0
    """Up to so much a week is never held back: a tenth of nearly nothing is nothing."""
    most: float | None = None
    """A week; None = no ceiling of its own."""

    def __post_init__(self) -> None:
        for name, value in (
            ("most_increase", self.most_increase),
            ("free_below", self.free_below),
            ("most", self.most),
        ):
            if value is not None and not 0 <= value < float("inf"):
                raise ValueError(f"{name} of {self.load.value} is {value:g}; choose 0 or more")


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """An exercise of a phase and its target."""

    exercise: str
    """Its name in the library."""
    target: Target | None = None
    """None = the library's."""
    days_a_week: int = 3
    load: Load | None = None
    """Its minutes are minutes of this load: so many measured in a day are the session, with or without a guided set."""
    most_rounds: int = 0
    """Rounds grow by one after each session that went well, up to so many; 0 = they stay as they are."""
    most_minutes: float = 0.0
    """So do minutes."""

    def __post_init__(self) -> None:
        if not 0 <= self.days_a_week <= DAYS_A_WEEK:
            raise ValueError(f"days_a_week is {self.days_a_week}; choose a whole number from 0 to {DAYS_A_WEEK}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Criteria:
    """What must hold over the last `days` days with a check-in in this phase, all of them, before it is left.

    As `entry` of a phase: the same, looked at before it is entered. A day on which pain rises meets none.
    """

    days: int = 7
    most_pain_rest: int = 2
    most_pain_worst: int = 4
    least_adherence: float = 0.7
    """Share of the planned sessions that were done, since the phase began and at most four weeks back."""


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
    entry: Criteria | None = None
    """Into this one, beside the exit of the one before; None = that is enough."""
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
    """After a step back: so many days in a row at baseline before anything leads forward again; the phase was done once, so that this
    and its criteria over as many days are enough."""
    hard_day: float = 0.5
    """After a day with more than this share of a week's allowance of one load comes a day of rest; 0 = no such rule."""
    rest_after_run: bool = True
    """No jogging on the day after jogging; other exercises spread the load."""

    def __post_init__(self) -> None:
        names = [phase.name for phase in self.phases]
        if not names or len(set(names)) < len(names):
            raise ValueError(f"phases are named {names}; give one phase at least, and each a name of its own")
        for name, value, least, most in (
            ("pain_rise", self.pain_rise, 1, 10),
            ("stable_days", self.stable_days, 1, 28),
            ("hard_day", self.hard_day, 0, 1),
        ):
            if not least <= value <= most:
                raise ValueError(f"{name} is {value:g}; choose a value from {least} to {most}")

    @property
    def confirmed(self) -> bool:
        """Somebody said that this is the plan."""
        return self.set_by != TEMPLATE

    def index(self, phase: str) -> int:
        """Which phase this name is."""
        return [each.name for each in self.phases].index(phase)
