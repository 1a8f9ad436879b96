"""What a running set has to tell by ear or touch: one cue a turn, the one that says most."""

from __future__ import annotations

from collections.abc import Iterator
from enum import IntEnum
from typing import Final

from hipmonitor.core.exercise import Effort, ExerciseBlock, ExerciseNow, Phase, Repetition
from hipmonitor.core.exercises import Target
from hipmonitor.core.pipeline import HipUpdate

MILESTONE: Final = 5
"""Every so many repetitions sound different: nobody has to count along."""


class Cue(IntEnum):
    """The later ones say more: of several in one turn the last is told."""

    HOLD_BEGINS = 1
    """The angle to hold is reached."""
    PARTIAL = 2
    """Short of the range; not counted."""
    TICK = 3
    """A repetition that counts."""
    MILESTONE = 4
    """Each fifth one."""
    HOLD_DONE = 5
    """Held for as long as was asked for."""
    POSE_REFUSED = 6
    POSE_ACCEPTED = 7
    """The start pose is held: begin."""
    INTERVAL = 8
    """Walk and jog change."""
    LAST = 9
    """Of the repetitions that were asked for."""
    ENDED = 10
    """The set."""


class Cues:
    """Compares every update with the one before."""

    def __init__(self) -> None:
        self._before: ExerciseNow | None = None

    def of(self, update: HipUpdate) -> Cue | None:
        """The cue of this turn; None where there is nothing to tell."""
        return max((cue for piece in update.pieces for cue in self._piece(piece.exercise)), default=None)

    def _piece(self, block: ExerciseBlock) -> Iterator[Cue]:
        now, before = block.now, self._before
        self._before = now
        for pose in block.poses:
            yield Cue.POSE_ACCEPTED if pose.accepted else Cue.POSE_REFUSED
        target = None if (now or before) is None else (now or before).target  # type: ignore[union-attr]  # one is there
        for repetition in block.repetitions:
            yield _repetition(repetition, target)
        if block.results:
            yield Cue.ENDED
        elif now is not None and before is not None and now.started == before.started:
            yield from _went_on(before, now)


def _repetition(repetition: Repetition, target: Target | None) -> Cue:
    if repetition.effort is Effort.PARTIAL:
        return Cue.PARTIAL
    if target is not None and repetition.number == target.repetitions:
        return Cue.LAST
    return Cue.TICK if repetition.number % MILESTONE else Cue.MILESTONE


def _went_on(before: ExerciseNow, now: ExerciseNow) -> Iterator[Cue]:
    asked_s = now.target.hold_s
    if asked_s and now.phase is Phase.HOLDING:
        if before.phase is not Phase.HOLDING:
            yield Cue.HOLD_BEGINS
        elif before.hold_s < asked_s <= now.hold_s:
            yield Cue.HOLD_DONE
    if interval_of(before.target, before.counted_s) != interval_of(now.target, now.counted_s):
        yield Cue.INTERVAL


def interval_of(target: Target, counted_s: float) -> int:
    """Which walk or jog it is, after so many seconds of them: 0 = the first walk, 1 = the first jog, and so on."""
    turn_s = target.walk_s + target.jog_s
    if not turn_s:
        return 0
    turns, rest_s = divmod(counted_s, turn_s)
    return 2 * int(turns) + (rest_s >= target.walk_s)
