"""Room 5's stage: one decided kind a second, and never changed.

Second k rests on what came up to the end of second k + 2 as lived, of second k + 22 when settled; whether the sensor was worn at
all, on eight minutes more.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from hipmonitor.core.activity.blocks import ActivityBlock
from hipmonitor.core.activity.evidence import evidence
from hipmonitor.core.activity.grid_rows import rows, whole_losses
from hipmonitor.core.activity.held_back import HeldRows
from hipmonitor.core.activity.long_losses import LongLosses
from hipmonitor.core.activity.own_walking import OwnWalking
from hipmonitor.core.activity.rules import Past, decide
from hipmonitor.core.activity.score_card import SCORED
from hipmonitor.core.activity.seen import (
    BEFORE_S,
    COLUMNS,
    CONTEXT_S,
    LOG_P,
    NUMBER,
    WIDTH,
    PlacementsInForce,
    SeeingParams,
    seen,
    summaries_with_posture,
)
from hipmonitor.core.activity.temporal import TemporalParams, likely
from hipmonitor.core.activity.thresholds import RulesParams
from hipmonitor.core.arrays import Bools, Ints, read_only
from hipmonitor.core.inbound import HoldPose, TookOff, UserAction
from hipmonitor.core.instants import NS_PER_S
from hipmonitor.core.samples import ImuBlock
from hipmonitor.core.seconds import ClosedSeconds, SecondGrid, SecondsState
from hipmonitor.core.thigh import ThighBlock, movement


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivityParams:
    """What may be tuned."""

    seeing: SeeingParams = field(default_factory=SeeingParams)
    temporal: TemporalParams = field(default_factory=TemporalParams)
    rules: RulesParams = field(default_factory=RulesParams)
    hindsight_s: int = 0
    """Answers are held back so long, in case the sensor turns out not to have been worn."""


def settled(params: ActivityParams) -> ActivityParams:
    """The same with time to look at what came later."""
    temporal = replace(params.temporal, after_s=SETTLED_AFTER_S)
    return replace(params, temporal=temporal, hindsight_s=params.rules.surely_table_s)


SETTLED_AFTER_S = 20
"""Beyond this no answer changes any more."""


@dataclass(slots=True, kw_only=True)
class ActivityState:
    """What is carried from step to step."""

    grid: SecondsState = field(default_factory=SecondsState)
    number: Ints = field(default_factory=lambda: np.zeros(0, np.int64))
    rows: movement.Rows = field(default_factory=lambda: np.zeros((0, COLUMNS)))
    """Summaries of the seconds that wait for the two after them, and of BEFORE_S before them."""
    seen: movement.Rows = field(default_factory=lambda: np.zeros((0, WIDTH)))
    """What the seconds show that are not decided yet, and those before them that still count."""
    seen_to: int = 0
    """First second that was not looked at yet."""
    decided_to: int = 0
    """First second that is not decided yet."""
    placements: PlacementsInForce = field(default_factory=PlacementsInForce)
    own: OwnWalking = field(default_factory=OwnWalking)
    past: Past = field(default_factory=Past)
    losses: LongLosses = field(default_factory=LongLosses)
    said: list[UserAction] = field(default_factory=list)
    """What the wearer did in seconds that are not decided yet."""
    held: HeldRows = field(default_factory=HeldRows)
    """Decided rows that may still be taken back."""


NOTHING_DECIDED = ActivityBlock(
    start_ns=read_only(np.zeros(0, np.int64)),
    lasting_s=read_only(np.zeros(0, np.int64)),
    kind=read_only(np.zeros(0, np.int8)),
    confidence=read_only(np.zeros(0)),
)


class Activity:
    """Room 5."""

    def __init__(self, params: ActivityParams | None = None, state: ActivityState | None = None) -> None:
        self.params = params or ActivityParams()
        self.state = state or ActivityState()

    def step(self, imu: ImuBlock, thigh: ThighBlock, actions: Sequence[UserAction] = ()) -> ActivityBlock:
        """The seconds that these samples decided. The actions happened before them."""
        s = self.state
        s.said += [event for event in actions if isinstance(event.action, HoldPose | TookOff)]
        s.placements.learn(thigh.placements)
        s.losses.hear(imu.t_ns, self.params.rules.goes_on_s)
        closed = SecondGrid(s.grid).step(imu.t_ns, imu.acc_mps2, thigh.thigh_inclination_deg)
        if not len(closed):
            return NOTHING_DECIDED
        self._take(closed, thigh.summarised)
        self._see(int(s.number[-1]) - CONTEXT_S + 1)
        self._decide(s.seen_to - self.params.temporal.after_s)
        return _block(s.held.let_go(self._anchor_ns + (s.decided_to - self.params.hindsight_s) * NS_PER_S))

    def flush(self) -> ActivityBlock:
        """Decide what is pending with what there is: nothing more will come."""
        s = self.state
        self._take(SecondGrid(s.grid).flush(np.zeros((0, 3)), np.zeros(0)), movement.NO_SECONDS)
        if len(s.number):
            self._see(int(s.number[-1]) + 1)
        self._decide(s.seen_to)
        return _block(s.held.let_go(self._anchor_ns + s.decided_to * NS_PER_S))

    @property
    def _anchor_ns(self) -> int:
        return self.state.grid.anchor_ns or 0

    def _take(self, closed: ClosedSeconds, known: movement.SummarisedSeconds) -> None:
        if len(closed):
            s = self.state
            s.number = np.concatenate([s.number, closed.number])
            s.rows = np.concatenate([s.rows, summaries_with_posture(closed, known)])

    def _see(self, end: int) -> None:
        """Look at every second before `end` that was not looked at yet."""
        s, anchor = self.state, self.state.grid.anchor_ns or 0
        due = np.flatnonzero((s.number >= s.seen_to) & (s.number < end))
        if len(due):
            table = seen(s.number, s.rows, anchor, due, s.placements, s.own, self.params.seeing)
            s.seen = np.concatenate([s.seen, table])
            s.placements.forget_before(anchor + end * NS_PER_S)
        s.seen_to = max(end, s.seen_to)
        keep = s.number >= s.seen_to - BEFORE_S - CONTEXT_S
        s.number, s.rows = s.number[keep], s.rows[keep]

    def _decide(self, end: int) -> None:
        """Every second on the grid before `end` that is not decided yet."""
        s, anchor = self.state, self._anchor_ns
        begin, number = s.decided_to, s.seen[:, NUMBER].astype(np.int64)
        known = np.concatenate([number, s.number[s.number >= s.seen_to]])
        end = whole_losses(known, begin, max(end, begin))
        first, lasting = rows(known, begin, end)
        start_ns = anchor + first * NS_PER_S
        due = np.flatnonzero((number >= begin) & (number < end))
        self._hold(number, due, start_ns, lasting, np.isin(first, number[due]))
        if len(due):
            s.seen = s.seen[number >= end - self.params.temporal.before_s]
        s.losses.forget_before(anchor + end * NS_PER_S)
        s.decided_to = end

    def _hold(self, number: Ints, due: Ints, start_ns: Ints, lasting_s: Ints, sampled: Bools) -> None:
        """One answer for each row that begins at `start_ns`; `sampled` ones are the seconds `due`, the others have no samples."""
        s, params = self.state, self.params
        probability = likely(params.temporal, number, s.seen[:, LOG_P], due) if len(due) else np.zeros((0, SCORED))
        seconds = evidence(s.seen[due], probability, params.rules)
        lost = s.losses.touch(start_ns).tolist()
        held, past, rules, said = s.held, s.past, params.rules, s.said
        starts = start_ns.tolist()
        held.start_ns, held.lasting_s = held.start_ns + starts, held.lasting_s + lasting_s.tolist()
        for start, has_samples, is_lost in zip(starts, sampled.tolist(), lost, strict=True):
            while said and said[0].at < start + NS_PER_S:
                past.hear(said.pop(0).action)
            now = next(seconds) if has_samples else None
            held.decided.append(decide(past, rules, now, lost=is_lost))
            if past.take_back_s and params.hindsight_s:
                held.take_back(past.take_back_s)


def _block(told: HeldRows) -> ActivityBlock:
    if not len(told):
        return NOTHING_DECIDED
    return ActivityBlock(
        start_ns=read_only(np.array(told.start_ns, np.int64)),
        lasting_s=read_only(np.array(told.lasting_s, np.int64)),
        kind=read_only(np.array([answer.kind for answer in told.decided], np.int8)),
        confidence=read_only(np.array([answer.confidence for answer in told.decided], np.float64)),
    )
