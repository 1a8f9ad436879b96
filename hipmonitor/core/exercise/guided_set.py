"""A set of repetitions or holds as it runs: the start pose, what counts and what falls short, row by row."""

from __future__ import annotations

from dataclasses import replace
from math import isnan, nan
from statistics import median

from hipmonitor.core.exercise import words
from hipmonitor.core.exercise.blocks import Effort, EndedBy, ExerciseNow, Phase, PoseChecked, Repetition, SetResult
from hipmonitor.core.exercise.guided_state import Brought, GuidedState, Row, SetParams
from hipmonitor.core.exercise.holds import Hold, Holds, HoldState
from hipmonitor.core.exercise.moved_angle import Start, Up, mirror_by_gravity, turn_deg
from hipmonitor.core.exercise.movements import Movement, MovementParams, Movements, MovementState
from hipmonitor.core.exercise.start_pose import (
    INSISTS_S,
    QUIET_S,
    REFUSED_S,
    SAY_AGAIN_S,
    UNJUDGED_S,
    Held,
    fault_of,
    slid,
)
from hipmonitor.core.exercises import Counts, Sees
from hipmonitor.core.instants import NS_PER_S, HostNs, seconds_between


class GuidedSet:
    """A running set. Rows come one by one; `ended_by` says when it is over."""

    def __init__(self, state: GuidedState, params: SetParams) -> None:
        self.state = state
        self.params = params
        self.exercise, self.target = state.begun.exercise, state.begun.target
        guided = self.exercise.start is not None
        moves = params.movements if guided else MovementParams(lowest_deg=-180.0, home_deg=-1.0)
        self._movements = Movements(self.exercise.least_deg, state.movements, moves)
        self._holds = Holds(self.target.range_deg or self.exercise.least_deg, state.holds, params.holds)

    @property
    def full(self) -> int:
        """Repetitions, or holds, that count."""
        return sum(each.effort is Effort.FULL for each in self.state.repetitions)

    @property
    def done(self) -> bool:
        """Everything that was asked for."""
        return 0 < self.target.repetitions <= self.full

    def unheard(self, t_ns: int) -> bool:
        """Nothing was heard for so long before this row that the set is over."""
        return t_ns - self.state.last_ns > self.params.unheard_s * NS_PER_S

    def pause(self) -> None:
        """Nothing is counted."""
        s = self.state
        s.phase, s.sentence, s.moved_deg = Phase.PAUSED, words.in_phase(Phase.PAUSED, self.target, 0.0), nan

    def resume(self) -> None:
        """The start pose is looked at again."""
        if self.state.phase is Phase.PAUSED:
            self._await_pose()

    def row(self, row: Row, brought: Brought) -> None:
        """One row."""
        s = self.state
        unseen_ns, s.last_ns = row.t_ns - s.last_ns, row.t_ns
        if s.phase is Phase.PAUSED:
            return
        if unseen_ns > self.params.gap_s * NS_PER_S:
            s.unseen_ns += unseen_ns
        quiet_s = s.held.add(row.t_ns, row.up, trusted=row.steady)
        s.trusted = row.trusted
        if s.start is None:
            self._before_start(row, quiet_s, brought)
        else:
            self._started(row.t_ns, row.up, quiet_s, s.start, brought)

    def _await_pose(self) -> None:
        s = self.state
        s.phase, s.start, s.held, s.moved_deg = Phase.POSE, None, Held(), nan
        s.movements, s.holds, s.sentence, s.refused = MovementState(), HoldState(), "", ""
        s.settled, s.zero_deg = False, 0.0
        self._movements.state, self._holds.state = s.movements, s.holds

    def _before_start(self, row: Row, quiet_s: float, brought: Brought) -> None:
        s, pose = self.state, self.exercise.start
        if pose is None:
            self._begin(row.up, known=False)
            return
        if quiet_s < QUIET_S:
            return
        up = s.held.total
        insists = (row.doubted and quiet_s >= INSISTS_S) or (not s.held.trusted and quiet_s >= UNJUDGED_S)
        if not row.known or insists:
            self._accept(row.t_ns, up, words.UNJUDGED, known=row.known, brought=brought)
        elif s.held.trusted:
            mirror = mirror_by_gravity(up, s.side)
            fault = fault_of(pose, up, mirror)
            if not fault:
                self._accept(row.t_ns, up, words.BEGIN, known=True, brought=brought)
            elif (s.slid or quiet_s >= INSISTS_S) and not fault_of(slid(pose), up, mirror):
                s.slid = True
                self._accept(row.t_ns, up, words.UNJUDGED, known=True, brought=brought)
            elif quiet_s >= REFUSED_S:
                self._refuse(row.t_ns, f"{fault} {pose.words}", brought)

    def _accept(self, t_ns: int, up: Up, sentence: str, *, known: bool, brought: Brought) -> None:
        brought.poses.append(PoseChecked(at=HostNs(t_ns), accepted=True, sentence=sentence))
        self.state.sentence, self.state.begun_ns = sentence, t_ns
        self._begin(up, known=known)
        self._movements.begin_at((t_ns, 0.0))

    def _begin(self, up: Up, *, known: bool) -> None:
        s = self.state
        sees = self.exercise.sees if known else Sees.TURN
        s.start = Start(sees=sees, up=up, mirror=mirror_by_gravity(up, s.side))
        s.phase, s.near, s.near_deg = Phase.READY, up, 0.0

    def _refuse(self, t_ns: int, sentence: str, brought: Brought) -> None:
        s = self.state
        if sentence != s.refused or t_ns - s.refused_ns >= SAY_AGAIN_S * NS_PER_S:
            s.refused, s.refused_ns, s.sentence = sentence, t_ns, sentence
            brought.poses.append(PoseChecked(at=HostNs(t_ns), accepted=False, sentence=sentence))

    def _started(self, t_ns: int, up: Up, quiet_s: float, start: Start, brought: Brought) -> None:
        s = self.state
        moved = start.moved_deg(up)
        if isnan(moved):
            s.moved_deg = nan
            return
        s.rows, s.trusted_rows = s.rows + 1, s.trusted_rows + s.trusted
        over = self._movements.step(t_ns, moved)
        if self._other_way(start, moved):
            start, moved = self._turn_over(start), -moved
        s.moved_deg = moved - s.zero_deg
        hold = self._holds.step(t_ns, s.moved_deg) if self.exercise.counts is Counts.HOLDS else None
        if hold is not None:
            self._held(hold, brought)
        if over is not None:
            self._over(over, start, brought)
        if not s.settled and self._movements.moving:
            s.zero_deg = s.movements.base_deg
        if quiet_s >= QUIET_S:
            self._quiet(up, quiet_s, moved, start)
        if self.exercise.start is None and self._movements.moving and self._too_long():
            self._await_pose()
        self._look(t_ns, up, moved)

    def _other_way(self, start: Start, moved_deg: float) -> bool:
        """Of a set without a start pose: the thigh goes further back than it ever went in the direction that was learned."""
        return (
            start.along is not None
            and not self._movements.moving
            and -moved_deg > max(self.exercise.least_deg, start.reach_deg)
        )

    def _turn_over(self, start: Start) -> Start:
        """What fell back from the start was the beginning of a movement."""
        s = self.state
        s.start, s.zero_deg, s.near = start.turned(), -s.zero_deg, None
        self._movements.turn_over()
        return s.start

    def _quiet(self, up: Up, quiet_s: float, moved_deg: float, start: Start) -> None:
        """A limb at rest: at home, or away from where the set started."""
        s = self.state
        self._movements.quiet_at(moved_deg, s.held.since_ns, s.zero_deg if s.settled else 0.0)
        moving = self._movements.moving
        if self.exercise.start is None:
            if moving and quiet_s >= self.params.elsewhere_s:
                self._await_pose()
        elif quiet_s >= self.params.lost_s and self.state.holds.since_ns is None:
            beyond = moving and (self._movements.range_deg > self.exercise.most_deg or self._too_long())
            if beyond or (not moving and turn_deg(up, start.up) > self.params.lost_deg):
                self._await_pose()
            elif len(s.repetitions) <= 1:
                self._settled_anew(moving)

    def _settled_anew(self, moving: bool) -> None:
        """A rest before the set is well under way: what was before it was getting into position."""
        s, p = self.state, self.params
        since_ns = s.repetitions[-1].end if s.repetitions else s.begun_ns
        if not moving:
            s.settled = s.settled and s.last_ns - since_ns < p.elsewhere_s * NS_PER_S
        elif s.last_ns - max(s.held.since_ns, s.movements.left_ns) >= (p.elsewhere_s + self.target.hold_s) * NS_PER_S:
            held = s.held
            self._await_pose()
            s.held = held

    def _too_long(self) -> bool:
        """Whoever is away for so long sat down, or rests."""
        away_s = (self.state.last_ns - self.state.movements.left_ns) / NS_PER_S
        return away_s > self.params.longest_s + self.target.hold_s

    def _look(self, t_ns: int, up: Up, moved_deg: float) -> None:
        """Where the movement stands."""
        s = self.state
        if s.phase is Phase.POSE:
            return
        if not self._movements.moving:
            s.phase, s.far, s.far_deg = Phase.READY, None, moved_deg
            lowest = moved_deg <= s.movements.low_deg + self.params.movements.rest_deg
            s.near, s.near_deg = (up, moved_deg) if lowest else (s.near, s.near_deg)
            return
        size = self._movements.range_deg
        if s.far is None or moved_deg >= s.movements.peak_deg:
            s.far = up
        p = self.params
        if s.far_deg + max(p.far_share * size, p.far_deg) < moved_deg:
            s.far_deg, s.far_ns = moved_deg, t_ns
        if s.holds.since_ns is not None:
            s.phase = Phase.HOLDING
        elif moved_deg < s.movements.peak_deg - max(p.returning_share * size, p.returning_deg):
            s.phase = Phase.RETURNING
        else:
            s.phase = Phase.HOLDING if t_ns - s.far_ns > p.far_s * NS_PER_S else Phase.MOVING
        if s.phase is not Phase.MOVING or not s.repetitions:
            s.sentence = words.in_phase(s.phase, self.target, self._hold_s())

    def _hold_s(self) -> float:
        """Of the hold that goes on."""
        s = self.state
        if self.exercise.counts is Counts.HOLDS:
            return self._holds.lasting_s()
        return (s.last_ns - s.far_ns) / NS_PER_S if s.phase is Phase.HOLDING else 0.0

    def _over(self, over: Movement, start: Start, brought: Brought) -> None:
        """A movement came back: full, partial, or none of this exercise."""
        s, p = self.state, self.params
        held, s.holds.in_movement = s.holds.in_movement or s.holds.since_ns is not None, False
        far, s.far, s.far_deg = s.far, None, s.moved_deg
        too_long = seconds_between(HostNs(over.tempo.began_ns), over.end) > p.longest_s + self.target.hold_s
        gain = self._gain(over, far) if start.sees in PLANAR else 1.0
        range_deg = gain * over.range_deg
        small = range_deg < max(self.exercise.least_deg, p.attempt_share * self._least_full_deg())
        if held or small or range_deg > self.exercise.most_deg or too_long:
            return
        reached_deg = gain * (over.highest_deg - s.zero_deg)
        if self.exercise.start is None and far is not None:
            s.start = start.learned(far)
            reached_deg = max(turn_deg(start.up, far), turn_deg(s.near or start.up, far))
        whole = reached_deg >= self._least_full_deg()
        if not whole and over.tempo.began_ns < s.begun_ns + p.told_s * NS_PER_S:
            return
        s.settled = True
        counts = self.exercise.counts is Counts.REPETITIONS and whole
        self._add(
            Repetition(
                number=0,
                effort=Effort.FULL if counts else Effort.PARTIAL,
                start=HostNs(max(over.tempo.began_ns, over.start)),
                end=over.end,
                range_deg=reached_deg,
                up_s=over.tempo.up_s,
                hold_s=over.tempo.hold_s if self.exercise.counts is Counts.REPETITIONS else 0.0,
                down_s=over.tempo.down_s,
                trusted=self._mostly_trusted(),
            ),
            brought,
        )

    def _gain(self, over: Movement, far: Up | None) -> float:
        """How far the thigh went for each degree in the plane in which it is believed to bend."""
        s = self.state
        went_deg = over.highest_deg - s.near_deg
        return 1.0 if far is None or s.near is None or went_deg <= 0 else turn_deg(s.near, far) / went_deg

    def _held(self, hold: Hold, brought: Brought) -> None:
        self.state.settled = True
        whole = hold.lasting_s >= self.target.hold_s - self.params.early_s
        began = self.state.movements.rows[0][0] if self.state.movements.rows else hold.start
        self._add(
            Repetition(
                number=0,
                effort=Effort.FULL if whole else Effort.PARTIAL,
                start=hold.start,
                end=hold.end,
                range_deg=hold.highest_deg,
                up_s=max(0.0, seconds_between(HostNs(began), hold.start)),
                hold_s=hold.lasting_s,
                down_s=0.0,
                trusted=self._mostly_trusted(),
            ),
            brought,
        )

    def _least_full_deg(self) -> float:
        if self.target.range_deg:
            return self.target.range_deg - self.params.short_deg
        before = [each.range_deg for each in self.state.repetitions if each.effort is Effort.FULL]
        p = self.params
        return p.median_share * median(before[-p.median_of :]) if len(before) >= p.median_from else 0.0

    def _mostly_trusted(self) -> bool:
        """Since the last one; and begin anew."""
        s = self.state
        rows, trusted, s.rows, s.trusted_rows = s.rows, s.trusted_rows, 0, 0
        return trusted >= TRUSTED_SHARE * rows

    def _add(self, one: Repetition, brought: Brought) -> None:
        s = self.state
        number = 1 + sum(each.effort is one.effort for each in s.repetitions)
        one = replace(one, number=number)
        s.repetitions.append(one)
        brought.repetitions.append(one)
        s.sentence = words.after(self.exercise, self.target, one, self.full)

    def finish(self, brought: Brought) -> None:
        """Nothing more will come: what was nearly over counts."""
        s = self.state
        if s.start is None:
            return
        hold = self._holds.finish()
        if hold is not None:
            self._held(hold, brought)
        over = self._movements.finish()
        if over is not None:
            self._over(over, s.start, brought)

    def result(self, ended: HostNs, ended_by: EndedBy) -> SetResult:
        """What was done against the target."""
        s = self.state
        counted_s = sum(each.hold_s for each in s.repetitions) if self.exercise.counts is Counts.HOLDS else 0.0
        return SetResult(
            exercise=self.exercise.name,
            title=self.exercise.title,
            started=s.started,
            ended=ended,
            number=s.begun.number,
            side=s.side,
            target=self.target,
            repetitions=tuple(s.repetitions),
            counted_s=counted_s,
            unseen_s=s.unseen_ns / NS_PER_S,
            ended_by=ended_by,
            sentence=words.of_repetitions(self.exercise, self.target, s.repetitions, counted_s, ended_by),
        )

    def now(self) -> ExerciseNow:
        """As it stands after the last row."""
        s = self.state
        held_s = sum(each.hold_s for each in s.repetitions) if self.exercise.counts is Counts.HOLDS else 0.0
        return ExerciseNow(
            exercise=self.exercise,
            target=self.target,
            started=s.started,
            number=s.begun.number,
            phase=s.phase,
            full=self.full,
            partial=len(s.repetitions) - self.full,
            angle_deg=s.moved_deg,
            trusted=s.trusted,
            hold_s=self._hold_s(),
            counted_s=held_s,
            last=s.repetitions[-1] if s.repetitions else None,
            sentence=s.sentence,
        )


PLANAR = frozenset({Sees.FLEXION, Sees.EXTENSION})
"""Followed in the plane in which the thigh is believed to bend; how far it went is the angle between where up was at the start and
at the far end, which a strap that has slid round the thigh does not change (flexion loses 15 deg of 80 by 55 deg of sliding)."""
TRUSTED_SHARE = 0.9
"""Of the rows of a repetition: a bridged row or two do not make its angles untrusted."""
