"""What was done in a set of an exercise and when: the truth that a count is compared with."""

from __future__ import annotations

from dataclasses import dataclass

from firmware_sim.body.exercise_plan import SetPlan


@dataclass(frozen=True, slots=True, kw_only=True)
class DoneRepetition:
    """One repetition, in seconds of the script."""

    start_s: float
    """A twentieth of the way up is done."""
    far_from_s: float
    """At its far end, within a tenth of the way, from here on."""
    far_to_s: float
    end_s: float
    """A twentieth of the way down is left."""
    own: bool
    """Of the worn leg."""
    half: bool
    """Only half of one, on purpose."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DoneSet:
    """One set, in seconds of the script."""

    plan: SetPlan
    gets_there_s: float
    """The way into the pose begins."""
    pose_from_s: float
    """The pose is reached, and held quietly from now on."""
    begins_s: float
    """The first repetition may; without any, the end of holding the pose."""
    ends_s: float
    """The last one is over."""
    until_s: float
    """The pose is left."""
    repetitions: tuple[DoneRepetition, ...]
    """Of both legs."""

    @property
    def own(self) -> tuple[DoneRepetition, ...]:
        """Those of the worn leg."""
        return tuple(one for one in self.repetitions if one.own)
