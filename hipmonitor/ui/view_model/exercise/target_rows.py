"""A target in words, and what of it can be changed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from hipmonitor.core.exercises import MOST, Counts, Exercise, Target
from hipmonitor.ui.view_model.durations import exact
from hipmonitor.ui.view_model.exercise.moves import move_of

WHOLE = frozenset({"sets", "repetitions", "rounds"})


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetRow:
    """One number of a target."""

    name: str
    """The field."""
    label: str
    unit: str
    step: float

    def written(self, target: Target) -> str:
        """Its value now, as it is typed."""
        return f"{getattr(target, self.name):g}"

    def change(self, target: Target, text: str) -> Target:
        """With what was typed.

        Raises:
            ValueError: it says what to write.
        """
        least = 1 if self.name == "sets" else 0
        reach = f"choose a {'whole ' * (self.name in WHOLE)}number from {least} to {MOST[self.name]:g}"
        try:
            value = float(text.replace(",", "."))
        except ValueError:
            raise ValueError(f"{self.label} is {text!r}; {reach}") from None
        if not least <= value <= MOST[self.name] or (self.name in WHOLE and value != int(value)):
            raise ValueError(f"{self.label} is {text}; {reach}")
        changed: dict[str, Any] = {self.name: int(value) if self.name in WHOLE else value}
        return replace(target, **changed)


SETS = TargetRow(name="sets", label="Sets", unit="", step=1)
RANGE = TargetRow(name="range_deg", label="Range", unit="°", step=5)
REST = TargetRow(name="rest_s", label="Rest", unit="s", step=15)
HOLD = TargetRow(name="hold_s", label="Hold", unit="s", step=0.5)
ROWS: dict[Counts, tuple[TargetRow, ...]] = {
    Counts.REPETITIONS: (
        SETS,
        TargetRow(name="repetitions", label="Repetitions", unit="", step=1),
        RANGE,
        REST,
        TargetRow(name="up_s", label="Way there", unit="s", step=0.5),
        HOLD,
        TargetRow(name="down_s", label="Way back", unit="s", step=0.5),
    ),
    Counts.HOLDS: (
        SETS,
        TargetRow(name="repetitions", label="Holds", unit="", step=1),
        RANGE,
        REST,
        replace(HOLD, step=5),
    ),
    Counts.MINUTES: (TargetRow(name="minutes", label="Time", unit="min", step=1),),
}
INTERVALS = (
    TargetRow(name="rounds", label="Rounds", unit="", step=1),
    TargetRow(name="walk_s", label="Walk", unit="s", step=15),
    TargetRow(name="jog_s", label="Jog", unit="s", step=15),
)


def target_rows(exercise: Exercise) -> tuple[TargetRow, ...]:
    """What of its target can be changed, in the words of its movement."""
    there, back = move_of(exercise).ways
    named = {"up_s": there, "down_s": back}
    rows = INTERVALS if exercise.target.rounds else ROWS[exercise.counts]
    return tuple(replace(row, label=named.get(row.name, row.label)) for row in rows)


def in_words(exercise: Exercise, target: Target) -> str:
    """3 sets of 12, 30° each, 2-1-2 s."""
    parts = (amount(exercise, target), _range(exercise, target), tempo(target) if _has_tempo(exercise) else "")
    return ", ".join(part for part in parts if part)


def briefly(exercise: Exercise, target: Target) -> str:
    """The same where there is little room: 6 rounds of 3 min."""
    if exercise.counts is Counts.MINUTES and target.rounds:
        return f"{target.rounds} rounds of {exact(target.walk_s + target.jog_s)}"
    return amount(exercise, target)


def amount(exercise: Exercise, target: Target) -> str:
    """How much: 3 sets of 12; 2 holds of 20 s; 10 min; 6 rounds of 2 min walking and 1 min jogging."""
    if exercise.counts is Counts.MINUTES:
        if target.rounds:
            return f"{target.rounds} rounds: {exact(target.walk_s)} walking, {exact(target.jog_s)} jogging"
        return f"{target.minutes:g} min" if target.minutes else "as long as you like"
    if not target.repetitions:
        return "as many as you like"
    of = f"{target.repetitions}" if target.sets > 1 else f"{target.repetitions} repetitions"
    if exercise.counts is Counts.HOLDS:
        of = f"{target.repetitions} holds of {exact(target.hold_s)}"
    return f"{target.sets} sets of {of}" if target.sets > 1 else of


def _has_tempo(exercise: Exercise) -> bool:
    return exercise.counts is Counts.REPETITIONS


def _range(exercise: Exercise, target: Target) -> str:
    return f"{target.range_deg:g}°" if target.range_deg and exercise.counts is not Counts.MINUTES else ""


def tempo(target: Target) -> str:
    """2-1-2 s; empty where none is asked for."""
    asked = (target.up_s, target.hold_s, target.down_s)
    return "-".join(f"{value:g}" for value in asked) + " s" if any(asked) else ""
