"""What there is to choose from: exercises in force, what the plan asks for today, and targets that the wearer chose."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from hipmonitor.core.exercises import Exercise, Target
from hipmonitor.core.programme import Planned
from hipmonitor.ui.view_model.exercise.target_rows import WHOLE


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """As it stands today."""

    exercises: tuple[Exercise, ...]
    """In force: what only a provider chooses is among them where they chose it."""
    planned: tuple[Planned, ...] = ()
    """For today."""
    rest_day: bool = False
    """By the plan."""
    targets: Mapping[str, Target] = field(default_factory=dict)
    """That the wearer changed, by name of the exercise."""
    trouble: str = ""
    """What could not be read, and what helps."""

    def exercise(self, name: str) -> Exercise:
        """The one of this name; the first where there is none."""
        return next((each for each in self.exercises if each.name == name), self.exercises[0])

    @property
    def in_order(self) -> tuple[Exercise, ...]:
        """Today's first, in the plan's order; then as in the library."""
        names = [each.exercise for each in self.planned]
        today = [each for name in names for each in self.exercises if each.name == name]
        return (*today, *(each for each in self.exercises if each.name not in names))

    def is_planned(self, exercise: Exercise) -> bool:
        """For today."""
        return any(each.exercise == exercise.name for each in self.planned)

    def target(self, exercise: Exercise) -> Target:
        """The wearer's own, else the plan's, else the exercise's."""
        return self.targets.get(exercise.name) or self._planned(exercise) or exercise.target

    def _planned(self, exercise: Exercise) -> Target | None:
        """The plan's, where it asks for something of its own."""
        found = next((each.target for each in self.planned if each.exercise == exercise.name), None)
        return None if found == Target() else found

    def who_set(self, exercise: Exercise) -> str:
        """Where the target comes from."""
        if exercise.name in self.targets:
            return "set by you"
        return "a preset, yours to change" if self._planned(exercise) is None else "from your plan"


def target_from(kept: object) -> Target | None:
    """A target as a file keeps it; None where it is none."""
    if not isinstance(kept, dict):
        return None
    try:
        values: dict[str, Any] = {name: int(value) if name in WHOLE else float(value) for name, value in kept.items()}
        return Target(**values)
    except (TypeError, ValueError):
        return None
