"""What a running set has to tell by ear or touch: one cue a turn, the one that says most."""

from __future__ import annotations

from collections.abc import Iterator
from enum import IntEnum
from typing import Final

from hipmonitor.core.exercise import Effort, ExerciseBlock, ExerciseNow, Phase, Repetition
from hipmonitor.core.exercises import Target
from hipmonitor.core.instants import NS_PER_S, HostNs
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
        self._turns = _Turns()

    def of(self, update: HipUpdate) -> Cue | None:
        """The cue of this turn; None where there is nothing to tell."""
        cues = [cue for piece in update.pieces for cue in self._piece(piece.exercise)]
        if update.now is not None and self._turns.changed(update.now.at, self._before):
            cues.append(Cue.INTERVAL)
        return max(cues, default=None)

    def _piece(self, block: ExerciseBlock) -> Iterator[Cue]:
        now, before = block.now, self._before
        if now is not None or block.results:  # A piece without samples does not know where the set stands.
            self._before = now
        for pose in block.poses:
            yield Cue.POSE_ACCEPTED if pose.accepted else Cue.POSE_REFUSED
        running = now or before
        for repetition in block.repetitions:
            yield _repetition(repetition, None if running is None else running.target)
        if block.results:
            yield Cue.ENDED
        elif now is not None and before is not None and now.started == before.started:
            yield from _hold(before, now)


def _repetition(repetition: Repetition, target: Target | None) -> Cue:
    if repetition.effort is Effort.PARTIAL:
        return Cue.PARTIAL
    if target is not None and repetition.number == target.repetitions:
        return Cue.LAST
    return Cue.TICK if repetition.number % MILESTONE else Cue.MILESTONE


def _hold(before: ExerciseNow, now: ExerciseNow) -> Iterator[Cue]:
    asked_s = now.target.hold_s
    if asked_s and now.phase is Phase.HOLDING:
        if before.phase is not Phase.HOLDING:
            yield Cue.HOLD_BEGINS
        elif before.hold_s < asked_s <= now.hold_s:
            yield Cue.HOLD_DONE


class _Turns:
    """Walk and jog by turns go by the clock, without pauses, as the room's sentence does."""

    def __init__(self) -> None:
        self._started, self._looked = HostNs(0), HostNs(0)
        self._gone_ns = 0

    def changed(self, at: HostNs, now: ExerciseNow | None) -> bool:
        """Whether another turn has begun since the last look."""
        if now is None or not now.target.rounds:
            return False
        if now.started != self._started:
            self._started, self._looked, self._gone_ns = now.started, now.started, 0
        before = self._gone_ns
        if now.phase is not Phase.PAUSED:
            self._gone_ns += max(0, at - self._looked)
        self._looked = at
        return turn_of(now.target, before / NS_PER_S) != turn_of(now.target, self._gone_ns / NS_PER_S)


def turn_of(target: Target, gone_s: float) -> int:
    """Which walk or jog it is after so long: 0 = the first walk, 1 = the first jog, and so on."""
    both_s = target.walk_s + target.jog_s
    if not both_s:
        return 0
    rounds, rest_s = divmod(gone_s, both_s)
    return 2 * int(rounds) + (rest_s >= target.walk_s)
