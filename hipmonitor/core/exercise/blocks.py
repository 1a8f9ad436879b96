"""What leaves the exercise room: start poses, repetitions and holds as they close, results of sets, and the set as it stands."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from hipmonitor.core.exercises import Exercise, Target
from hipmonitor.core.instants import HostNs


class Phase(StrEnum):
    """Where a running set stands."""

    POSE = "pose"
    """The start pose is awaited."""
    READY = "ready"
    """The start pose is held; the next movement counts."""
    MOVING = "moving"
    HOLDING = "holding"
    RETURNING = "returning"
    PAUSED = "paused"


class Effort(StrEnum):
    """How far a repetition came."""

    FULL = "full"
    PARTIAL = "partial"
    """Short of the target's range: named, and not counted."""


class EndedBy(StrEnum):
    """What ended a set."""

    WEARER = "wearer"
    TARGET = "target"
    """Everything that was asked for was done."""
    SENSOR = "sensor"
    """It was taken off, put on anew, or not heard any more."""
    REST_OF_DAY = "rest_of_day"
    """A warning sign was entered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PoseChecked:
    """Whether the start pose was held, with a sentence for the wearer."""

    at: HostNs
    accepted: bool
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Repetition:
    """One movement there and back, or one hold, that closed."""

    number: int
    """Of its effort: the third full one has 3."""
    effort: Effort
    start: HostNs
    end: HostNs
    range_deg: float
    """From the start pose to its far end."""
    up_s: float
    hold_s: float
    """At the far end; of a hold the time beyond the target's angle."""
    down_s: float
    trusted: bool
    """Its angles were."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SetResult:
    """A set that ended: what was done, beside what was asked for."""

    exercise: str
    title: str
    started: HostNs
    ended: HostNs
    number: int
    """Which set of this exercise in a row, 1 = the first."""
    side: str
    """Of the worn thigh."""
    target: Target
    """As it was in force."""
    repetitions: tuple[Repetition, ...]
    """Full and partial ones, in order."""
    counted_s: float
    """Of a set that counts minutes: time in its activities; of holds: time beyond the angle."""
    unseen_s: float
    """Time of the set without a usable angle."""
    ended_by: EndedBy
    sentence: str
    """What was done against the target, in one sentence."""

    @property
    def full(self) -> int:
        """Repetitions that count."""
        return sum(each.effort is Effort.FULL for each in self.repetitions)

    @property
    def partial(self) -> int:
        """Repetitions that fell short."""
        return len(self.repetitions) - self.full


@dataclass(frozen=True, slots=True, kw_only=True)
class HipInSet:
    """How far the hip itself went, as a pelvis sensor measured it; comes some seconds after the set's result."""

    exercise: str
    started: HostNs
    """Which set."""
    repetitions: int
    """Of those that the hip was measured in."""
    range_deg: float
    """Median over them, from the least hip flexion to the most."""
    highest_deg: float
    """Most hip flexion in any of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExerciseNow:
    """A running set as it stands at a Tick or after a piece."""

    exercise: Exercise
    target: Target
    started: HostNs
    number: int
    phase: Phase
    full: int
    partial: int
    angle_deg: float
    """Now, from the start pose, in the direction of the movement; NaN where it is not known."""
    trusted: bool
    hold_s: float
    """Of the hold that goes on."""
    counted_s: float
    last: Repetition | None
    sentence: str
    """One thing to do, or what was just seen."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ExerciseBlock:
    """What a piece of the stream brought to the running set. Empty outside a set, always."""

    poses: tuple[PoseChecked, ...] = ()
    repetitions: tuple[Repetition, ...] = ()
    results: tuple[SetResult, ...] = ()
    hips: tuple[HipInSet, ...] = ()
    """Of sets with a pelvis sensor."""
    now: ExerciseNow | None = None
    """After this piece; None while no set runs."""
