"""Simulated people who exercise, for `tests.benchmarks.exercise`: what they do, what they say to the pipeline, and what was so."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import accumulate

import numpy as np

from firmware_sim.body import (
    DoneSet,
    Exerciser,
    Movement,
    MovingBody,
    Person,
    Script,
    cycle,
    drawn,
    drawn_exerciser,
    drawn_set,
    drawn_slips,
    exercise,
    run,
    sit,
    stand,
    walk,
)
from firmware_sim.body.exercise_plan import HELD, LONG_STOP_S, WRONG, starts_s
from firmware_sim.imu import drawn_mounting
from hipmonitor.core.exercises import Exercise, Target
from hipmonitor.core.inbound import EndSet, HoldPose, PauseSet, Pose, ResumeSet, StartSet, UserAction
from hipmonitor.core.instants import NS_PER_S, HostNs
from hipmonitor.runtime.slabs import Arrays
from tests.benchmarks.angles_simulated import RATE_HZ, SEATED_S, SETTLED_S, STANDS_S, START_NS, sensed
from tests.benchmarks.exercise_truth import Seen, TrueRepetition, held_s, in_activities_s, repetitions, seen

NAMES = {
    Movement.DONKEY_KICK: "banded_donkey_kick",
    Movement.SIDE_LEG_RAISE: "banded_side_lying_leg_raise",
    Movement.CLAM: "clam_raise",
    Movement.BRIDGE: "bridge",
    Movement.BIRD_DOG: "bird_dog",
    Movement.DEAD_BUG: "dead_bug",
    Movement.SIT_TO_STAND: "sit_to_stand",
    Movement.SQUAT: "squat",
    Movement.HIP_FLEXOR_STRETCH: "seated_hip_flexor_stretch",
    Movement.FIGURE_FOUR: "figure_four_stretch",
    Movement.KNEE_LIFT: "free_set",
}
"""In the library."""
ASKED_OF_RANGE = 0.78
"""What the physio asks for, of what this person shows in the first repetitions."""
RESUMES_S = 3.0
"""Who stops for long presses pause, and so long before the next repetition, back in the pose, lets the set go on."""
TIMED = ("walking", "walk_jog_intervals", "cycling_upright")


@dataclass(frozen=True, kw_only=True, eq=False)
class Asked:
    """One set as it was asked for, and what was done in it. Times in seconds of the script."""

    exercise: Exercise
    target: Target
    from_s: float
    """The wearer presses start, on the feet before getting into the pose, or in it."""
    until_s: float
    """The wearer presses end, in the pose or after getting up."""
    done: DoneSet | None
    """None: time is counted."""
    wrong: bool
    pauses_s: tuple[tuple[float, float], ...] = ()
    """The wearer presses pause, and go on, where they stop to scratch for long."""
    repetitions: tuple[TrueRepetition, ...] = ()
    held_s: tuple[float, ...] = ()
    """Of each hold, beyond the target's angle."""
    counted_s: float = 0.0
    """In the activities of the exercise."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Exercised:
    """What a sensor gave, what the wearer did beside it, and what was so."""

    seed: int
    person: Person
    exerciser: Exerciser
    arrays: Arrays
    poses: tuple[UserAction, ...]
    """Of the guided calibration."""
    sets: tuple[Asked, ...]

    def actions(self, *, guided: bool) -> tuple[UserAction, ...]:
        """What the wearer does, in order."""
        said = [action for one in self.sets for action in _said(one)]
        return tuple(sorted((*(self.poses if guided else ()), *said), key=lambda action: action.at))


def _said(one: Asked) -> list[UserAction]:
    pauses = [
        action
        for start_s, end_s in one.pauses_s
        for action in (at(start_s, PauseSet()), at(end_s, ResumeSet()))
        if end_s < one.until_s
    ]
    begins = at(one.from_s, StartSet(exercise=one.exercise, target=one.target))
    return [begins, *pauses, at(one.until_s, EndSet())]


@dataclass(frozen=True, kw_only=True)
class _Part:
    """One set and what follows it."""

    acts: Script
    movement: Movement | None = None
    wrong: bool = False
    timed: str = ""


def at(at_s: float, action: StartSet | PauseSet | ResumeSet | EndSet | HoldPose) -> UserAction:
    """Something the wearer does at a second of the script."""
    return UserAction(at=HostNs(START_NS + round(at_s * NS_PER_S)), action=action)


def exercised(
    seed: int,
    library: dict[str, Exercise],
    *,
    movements: tuple[Movement, ...] = tuple(Movement),
    timed: tuple[str, ...] = TIMED,
) -> Exercised:
    """One person's life with one set of each exercise, and a wrong start pose before each that has one."""
    r = np.random.default_rng([seed, 0xE3E])
    person, who = drawn(seed, side="left" if seed % 2 else "right"), drawn_exerciser(seed)
    parts = _parts(r, who, movements, timed)
    first = before(person)
    script = (*first, *(act for part in parts for act in part.acts))
    seconds = sum(act.seconds for act in script)
    slips = drawn_slips(seed, seconds) if seed % 3 == 0 else ()
    body = MovingBody(script, person, seed=seed, along_m=drawn_mounting(seed).along_m, slips=slips)
    t_s = np.arange(round(seconds * RATE_HZ)) / RATE_HZ
    return Exercised(
        seed=seed,
        person=person,
        exerciser=who,
        arrays=sensed(body, seed, t_s, RATE_HZ),
        poses=(
            at(0.5, HoldPose(pose=Pose.STAND)),
            at(STANDS_S + person.sit_down_s + SETTLED_S, HoldPose(pose=Pose.SIT)),
        ),
        sets=tuple(_asked(body, parts, sum(act.seconds for act in first), library, r)),
    )


def before(person: Person) -> Script:
    """Stands and sits for a calibration that may be asked for, then walks, sits and stands some minutes."""
    return (
        stand(STANDS_S),
        sit(person.sit_down_s + SEATED_S, "office_chair"),
        walk(person.rise_s + 50),
        stand(20, "restless"),
        sit(90, "kitchen_chair", "restless"),
        walk(45, "slow"),
        sit(80, "low_sofa", "restless"),
        stand(20),
        walk(60, "fast"),
        stand(20, "restless"),
    )


def _parts(
    r: np.random.Generator, who: Exerciser, movements: tuple[Movement, ...], timed: tuple[str, ...]
) -> list[_Part]:
    """The sets in any order, some straight after one another, some with a rest on the feet."""
    parts: list[_Part] = []
    for k in r.permutation(len(movements)):
        movement, number = movements[k], int(r.integers(1 << 20))
        if movement in WRONG:
            wrong = WRONG[movement][int(r.integers(len(WRONG[movement])))]
            plan = drawn_set(movement, who, seed=number, wrong=wrong)
            parts.append(_Part(acts=(exercise(plan),), movement=movement, wrong=True))
        plan = drawn_set(movement, who, seed=number + 1)
        rests = (stand(8.0 * who.floor + 14.0 + float(r.uniform(0.0, 10.0))),) if r.random() < 0.6 else ()
        parts.append(_Part(acts=(exercise(plan), *rests), movement=movement))
    up = stand(8.0 * who.floor + 14.0)
    return [*parts, _Part(acts=(up,)), *(_Part(acts=(*_timed(name, r), stand(12.0)), timed=name) for name in timed)]


def _timed(name: str, r: np.random.Generator) -> Script:
    if name == "walking":
        return (walk(float(r.uniform(80, 160))), stand(float(r.uniform(5, 20))), walk(float(r.uniform(30, 80))))
    if name == "cycling_upright":
        return (cycle(float(r.uniform(120, 240))),)
    jogs = [(walk(float(r.uniform(40, 60))), run(float(r.uniform(25, 45)))) for _ in range(3)]
    return (*(act for both in jogs for act in both), walk(30.0))


def _asked(
    body: MovingBody, parts: list[_Part], first_s: float, library: dict[str, Exercise], r: np.random.Generator
) -> list[Asked]:
    """The sets with their targets and truth."""
    ends = list(accumulate((sum(act.seconds for act in part.acts) for part in parts), initial=first_s))
    done, out = list(body.sets()), []
    for part, start, end in zip(parts, ends, ends[1:], strict=False):
        if part.timed:
            out.append(_of_time(body, library[part.timed], start, end - part.acts[-1].seconds, r))
        elif part.movement:
            out.append(_of_movement(body, library[NAMES[part.movement]], done.pop(0), part, end, r))
    return out


def _of_time(body: MovingBody, exercise: Exercise, start: float, end: float, r: np.random.Generator) -> Asked:
    from_s, until_s = start - float(r.uniform(0.0, 3.0)), end + float(r.uniform(0.0, 6.0))
    return Asked(
        exercise=exercise,
        target=replace(exercise.target, minutes=0.0, walk_s=0.0, jog_s=0.0, rounds=0),
        from_s=from_s,
        until_s=until_s,
        done=None,
        wrong=False,
        counted_s=in_activities_s(body, from_s, until_s, exercise.kinds),
    )


def _of_movement(
    body: MovingBody, exercise: Exercise, done: DoneSet, part: _Part, end: float, r: np.random.Generator
) -> Asked:
    early, late, from_s = bool(r.random() < 0.5), bool(r.random() < 0.3), done.pose_from_s + float(r.uniform(0.1, 0.8))
    if part.wrong:
        until_s = done.until_s - 0.3
        return Asked(exercise=exercise, target=exercise.target, from_s=from_s, until_s=until_s, done=done, wrong=True)
    if early and exercise.start:
        from_s = done.gets_there_s + 0.1
    until_s = float(r.uniform(done.ends_s + 0.3, done.until_s - 0.2))
    if late and len(part.acts) > 1:
        until_s = end - float(r.uniform(0.5, 4.0))
    angles = seen(body, done, exercise.sees)
    true = repetitions(angles, done)
    target = _target(exercise, true, done, r)
    return Asked(
        exercise=exercise,
        target=target,
        from_s=from_s,
        until_s=until_s,
        done=done,
        wrong=False,
        pauses_s=_pauses_s(done),
        repetitions=tuple(true),
        held_s=_held(angles, true, target) if done.plan.movement in HELD else (),
    )


def _pauses_s(done: DoneSet) -> tuple[tuple[float, float], ...]:
    """Every long stop; there is time for the start pose to be looked at again."""
    starts = starts_s(done.plan)
    return tuple(
        (done.begins_s + start + one.seconds - one.pause_s + 0.5, done.begins_s + start + one.seconds - RESUMES_S)
        for start, one in zip(starts[:-1], done.plan.strokes, strict=False)
        if one.pause_s > LONG_STOP_S
    )


def _held(angles: Seen, true: list[TrueRepetition], target: Target) -> tuple[float, ...]:
    return tuple(held_s(angles, one, target.range_deg) for one in true)


def _target(exercise: Exercise, true: list[TrueRepetition], done: DoneSet, r: np.random.Generator) -> Target:
    """What is asked for lies within this person's reach; some are asked for more repetitions than they do, some for fewer."""
    shown = [one.range_deg for one in true if not one.half][:3] or [max(one.range_deg for one in true) * 1.6]
    held = done.plan.movement in HELD
    range_deg = float(round(ASKED_OF_RANGE * float(np.median(shown)))) if held or r.random() < 0.8 else 0.0
    asked = int(r.choice([0, max(1, len(true) - 2), len(true), len(true) + 3]))
    return replace(
        exercise.target,
        repetitions=asked,
        range_deg=range_deg,
        hold_s=float(r.choice([8.0, 12.0, 18.0])) if held else exercise.target.hold_s,
    )
