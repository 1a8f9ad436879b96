"""What the exercise room said of a set, beside what was so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from hipmonitor.core.exercise import Effort, EndedBy, PoseChecked, Repetition, SetResult
from hipmonitor.core.exercises import Counts
from hipmonitor.core.instants import NS_PER_S
from hipmonitor.core.pipeline import HipUpdate
from hipmonitor.core.settings import Settings
from hipmonitor.runtime.analysis import Reading
from hipmonitor.runtime.analyze import analyze_slabs
from hipmonitor.runtime.slabs import array_slabs
from tests.benchmarks.angles_simulated import START_NS, with_actions
from tests.benchmarks.exercise_people import Asked, Exercised
from tests.benchmarks.exercise_truth import TrueRepetition

UNSURE_DEG = 5.0
"""Nearer to the target than the range may err, a repetition is as well full as partial."""
UNSURE_S = 1.0
"""Likewise of a hold."""
LATE_S = 1.0
TIME_S, TIME_SHARE = 10.0, 0.05
"""Time in an activity may err by the larger of these."""


class Heard:
    """A sink: what the room said."""

    def __init__(self) -> None:
        self.poses: list[PoseChecked] = []
        self.repetitions: list[Repetition] = []
        self.results: list[SetResult] = []

    def accept(self, update: HipUpdate) -> None:
        """Keep what an update brings."""
        for piece in update.pieces:
            self.poses += piece.exercise.poses
            self.repetitions += piece.exercise.repetitions
            self.results += piece.exercise.results


@dataclass(frozen=True, kw_only=True)
class Scored:
    """One set."""

    exercise: str
    seed: int
    guided: bool
    pose_right: bool | None
    """None: it has none, or nobody was in a wrong one."""
    wrong: bool
    counts_right: bool | None
    """Both of what stands below, within one."""
    total: tuple[int, int]
    """Counted, true: full and partial ones."""
    full: tuple[int, int, int]
    """Counted, least and most true ones."""
    range_errors_deg: tuple[float, ...] = ()
    tempo_errors_s: tuple[float, ...] = ()
    hold_errors_s: tuple[float, ...] = ()
    named: tuple[bool, ...] = ()
    """Of each repetition clearly full or clearly partial, whether it was called so."""
    note: str = ""


def heard(who: Exercised, *, guided: bool, reading: Reading = "as_lived") -> Heard:
    """A life through the real pipeline."""
    sink = Heard()
    analyze_slabs(
        lambda: with_actions(array_slabs(who.arrays, Settings(side=who.person.side)), who.actions(guided=guided)),
        reading=reading,
        input_t_ns=who.arrays.t_ns,
        per_sample=False,
        lived_sinks=[sink] if reading == "as_lived" else [],
        settled_sinks=[sink] if reading == "settled" else [],
    )
    return sink


def scored(who: Exercised, *, guided: bool, reading: Reading = "as_lived") -> list[Scored]:
    """Every set of a person."""
    said = heard(who, guided=guided, reading=reading)
    return [_scored(who.seed, one, said, guided=guided) for one in who.sets]


def script_s(at_ns: int) -> float:
    """Seconds of the script."""
    return (at_ns - START_NS) / NS_PER_S


def _scored(seed: int, one: Asked, said: Heard, *, guided: bool) -> Scored:
    results = [each for each in said.results if abs(script_s(each.started) - one.from_s) < 0.1]
    poses = [each for each in said.poses if one.from_s <= script_s(each.at) <= one.until_s]
    result = results[0] if results else None
    if one.wrong:
        accepted = any(each.accepted for each in poses)
        return _of(one, seed, guided, pose_right=not accepted, note=f"held {one.done.plan.start}" if one.done else "")
    if one.done is None:
        return _timed(seed, one, result, guided=guided)
    return _moved(seed, one, result, poses, guided=guided)


def _of(one: Asked, seed: int, guided: bool, **fields: object) -> Scored:
    given = {"pose_right": None, "counts_right": None, "total": (0, 0), "full": (0, 0, 0), **fields}
    return Scored(exercise=one.exercise.name, seed=seed, guided=guided, wrong=one.wrong, **given)  # type: ignore[arg-type]


def _timed(seed: int, one: Asked, result: SetResult | None, *, guided: bool) -> Scored:
    counted_s = result.counted_s if result else float("nan")
    error = counted_s - one.counted_s
    right = bool(abs(error) <= max(TIME_S, TIME_SHARE * one.counted_s))
    note = f"{counted_s:.0f} of {one.counted_s:.0f} s"
    return _of(one, seed, guided, counts_right=right, tempo_errors_s=(abs(error),), note=note)


def _moved(seed: int, one: Asked, result: SetResult | None, poses: Sequence[PoseChecked], *, guided: bool) -> Scored:
    assert one.done is not None
    before = [each for each in poses if script_s(each.at) <= one.done.begins_s + 0.5]
    accepted = (bool(before) and before[-1].accepted) if one.exercise.start else None
    counted = result.repetitions if result else ()
    true = _in_time(one, result)
    pairs = _paired(counted, [each for each, _ in true])
    efforts = [_effort(one, each, held) for each, held in true]
    least, most = efforts.count(Effort.FULL), sum(each is not Effort.PARTIAL for each in efforts)
    full = sum(each.effort is Effort.FULL for each in counted)
    needs = [k for k, (each, _) in enumerate(true) if each.range_deg >= one.exercise.least_deg]
    near = max(least - full, full - most, 0) <= 1 and abs(len(counted) - len(true)) <= 1 + len(true) - len(needs)
    return _of(
        one,
        seed,
        guided,
        pose_right=accepted,
        counts_right=bool(near and result is not None),
        total=(len(counted), len(true)),
        full=(full, least, most),
        range_errors_deg=tuple(counted[j].range_deg - true[k][0].range_deg for j, k in pairs),
        tempo_errors_s=tuple(_tempo_error_s(counted[j], true[k][0]) for j, k in pairs),
        hold_errors_s=tuple(counted[j].hold_s - true[k][1] for j, k in pairs if one.held_s),
        named=tuple(counted[j].effort is efforts[k] for j, k in pairs if efforts[k] is not None),
        note=f"{one.done.plan.movement}, ended by {result.ended_by}" if result else "no result",
    )


def _in_time(one: Asked, result: SetResult | None) -> list[tuple[TrueRepetition, float]]:
    """True repetitions, with the time held; those after a set that ended itself do not count."""
    held = one.held_s or (0.0,) * len(one.repetitions)
    over = script_s(result.ended) + LATE_S if result and result.ended_by is EndedBy.TARGET else np.inf
    return [(each, s) for each, s in zip(one.repetitions, held, strict=True) if each.end_s <= over]


def _effort(one: Asked, true: TrueRepetition, held_s: float) -> Effort | None:
    """What it must be called; None: either."""
    if one.exercise.counts is Counts.HOLDS:
        beyond = (held_s - one.target.hold_s) / UNSURE_S
    elif one.target.range_deg:
        beyond = (true.range_deg - one.target.range_deg) / UNSURE_DEG
    else:  # nobody said how far
        beyond = 0.0 if true.half else 2.0
    return None if abs(beyond) < 1.0 else Effort.FULL if beyond > 0 else Effort.PARTIAL


def _paired(counted: Sequence[Repetition], true: Sequence[TrueRepetition]) -> list[tuple[int, int]]:
    """Counted and true ones that overlap most, each once."""
    overlaps = []
    for j, ours in enumerate(counted):
        for k, theirs in enumerate(true):
            both = min(script_s(ours.end), theirs.end_s) - max(script_s(ours.start), theirs.start_s)
            if both > 0.3 * (theirs.end_s - theirs.start_s):
                overlaps.append((both, j, k))
    pairs: list[tuple[int, int]] = []
    for _, j, k in sorted(overlaps, reverse=True):
        if all(j != a and k != b for a, b in pairs):
            pairs.append((j, k))
    return sorted(pairs)


def _tempo_error_s(ours: Repetition, true: TrueRepetition) -> float:
    """Mean of the errors of up, hold and down."""
    return float(np.mean([abs(ours.up_s - true.up_s), abs(ours.hold_s - true.hold_s), abs(ours.down_s - true.down_s)]))
