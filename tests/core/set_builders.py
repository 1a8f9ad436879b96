"""Exercises and sets, made by hand."""

from __future__ import annotations

from hipmonitor.core.exercise import Effort, EndedBy, ExerciseNow, Phase, Repetition, SetResult
from hipmonitor.core.exercises import Counts, Exercise, Sees, StartPose, Target
from hipmonitor.core.instants import NS_PER_S, HostNs

CLAM = Exercise(
    name="clam",
    title="Clam",
    counts=Counts.REPETITIONS,
    sees=Sees.ROLL_OUT,
    start=StartPose(words="Lie on your side.", inclination_deg=(60.0, 120.0)),
    target=Target(repetitions=10, range_deg=25.0),
    instructions=("Lie on your side.", "Open the upper knee.", "Lower it slowly."),
)
WALK = Exercise(
    name="walk_and_jog",
    title="Walk and jog",
    counts=Counts.MINUTES,
    kinds=("walk", "run"),
    target=Target(walk_s=60.0, jog_s=30.0, rounds=3),
)
PLANK = Exercise(name="plank", title="Plank", counts=Counts.HOLDS, target=Target(repetitions=3, hold_s=20.0))


def repetition(number: int, start: HostNs, *, effort: Effort = Effort.FULL, range_deg: float = 27.5) -> Repetition:
    return Repetition(
        number=number,
        effort=effort,
        start=start,
        end=HostNs(start + 3 * NS_PER_S),
        range_deg=range_deg,
        up_s=1.0,
        hold_s=0.5,
        down_s=1.5,
        trusted=True,
    )


def ended_set(
    started: HostNs, *, full: int = 10, partial: int = 1, exercise: Exercise = CLAM, number: int = 1
) -> SetResult:
    """So many repetitions, four seconds apart."""
    starts = [HostNs(started + (10 + 4 * k) * NS_PER_S) for k in range(full + partial)]
    made = [repetition(k + 1, start) for k, start in enumerate(starts[:full])]
    made += [repetition(k + 1, start, effort=Effort.PARTIAL) for k, start in enumerate(starts[full:])]
    return SetResult(
        exercise=exercise.name,
        title=exercise.title,
        started=started,
        ended=HostNs(started + 60 * NS_PER_S),
        number=number,
        side="left",
        target=exercise.target,
        repetitions=tuple(made),
        counted_s=0.0,
        unseen_s=0.0,
        ended_by=EndedBy.WEARER,
        sentence=f"{full} of {exercise.target.repetitions} repetitions.",
    )


def running(
    started: HostNs, *, full: int = 0, partial: int = 0, phase: Phase = Phase.READY, exercise: Exercise = CLAM
) -> ExerciseNow:
    return ExerciseNow(
        exercise=exercise,
        target=exercise.target,
        started=started,
        number=1,
        phase=phase,
        full=full,
        partial=partial,
        angle_deg=0.0,
        trusted=True,
        hold_s=0.0,
        counted_s=0.0,
        last=None,
        sentence="Open the upper knee.",
    )
