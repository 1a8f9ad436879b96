"""Room 5's stage: one decided kind a second. Second k rests on what came up to the end of second k + 2, and is never changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from hipmonitor.core.activity.blocks import ActivityBlock, ActivityKind
from hipmonitor.core.activity.evidence import COLUMNS, CONTEXT_S, PlacementsInForce, evidence, summaries_with_posture
from hipmonitor.core.activity.grid_rows import rows, whole_losses
from hipmonitor.core.activity.rules import Decided, Past, RulesParams, decide
from hipmonitor.core.arrays import Ints, read_only
from hipmonitor.core.inbound import HoldPose, TookOff, UserAction
from hipmonitor.core.instants import NS_PER_S
from hipmonitor.core.samples import ImuBlock
from hipmonitor.core.seconds import ClosedSeconds, SecondGrid, SecondsState
from hipmonitor.core.thigh import ThighBlock, movement


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivityParams:
    """What may be tuned."""

    rules: RulesParams = field(default_factory=RulesParams)


@dataclass(slots=True, kw_only=True)
class ActivityState:
    """What is carried from step to step."""

    grid: SecondsState = field(default_factory=SecondsState)
    number: Ints = field(default_factory=lambda: np.zeros(0, np.int64))
    rows: movement.Rows = field(default_factory=lambda: np.zeros((0, COLUMNS)))
    """Summaries of the seconds not decided yet and of two before them."""
    decided_to: int = 0
    """First second that is not decided yet."""
    placements: PlacementsInForce = field(default_factory=PlacementsInForce)
    past: Past = field(default_factory=Past)
    said: list[UserAction] = field(default_factory=list)
    """What the wearer did in seconds that are not decided yet."""


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
        closed = SecondGrid(s.grid).step(imu.t_ns, imu.acc_mps2, thigh.thigh_inclination_deg)
        self._take(closed)
        return self._decide(int(s.number[-1]) - CONTEXT_S + 1 if len(closed) else s.decided_to)

    def flush(self) -> ActivityBlock:
        """Decide what is pending with what there is: nothing more will come."""
        s = self.state
        self._take(SecondGrid(s.grid).flush(np.zeros((0, 3)), np.zeros(0)))
        return self._decide(int(s.number[-1]) + 1 if len(s.number) else s.decided_to)

    def _take(self, closed: ClosedSeconds) -> None:
        if len(closed):
            s = self.state
            s.number = np.concatenate([s.number, closed.number])
            s.rows = np.concatenate([s.rows, summaries_with_posture(closed)])

    def _decide(self, end: int) -> ActivityBlock:
        """Every second on the grid before `end` that is not decided yet; those without samples are UNKNOWN."""
        s, anchor = self.state, self.state.grid.anchor_ns or 0
        begin = s.decided_to
        end = whole_losses(s.number, begin, max(end, begin))
        first, lasting = rows(s.number, begin, end)
        kind, confidence = np.full(len(first), ActivityKind.UNKNOWN, np.int8), np.zeros(len(first))
        due = np.flatnonzero((s.number >= begin) & (s.number < end))
        if len(due):
            row = np.searchsorted(first, s.number[due])
            kind[row], confidence[row] = zip(*self._decided(anchor, due), strict=True)
            s.placements.forget_before(anchor + end * NS_PER_S)
        keep = s.number >= end - CONTEXT_S
        s.number, s.rows, s.decided_to = s.number[keep], s.rows[keep], end
        return ActivityBlock(
            start_ns=read_only(anchor + first * NS_PER_S),
            lasting_s=read_only(lasting),
            kind=read_only(kind),
            confidence=read_only(confidence),
        )

    def _decided(self, anchor_ns: int, due: Ints) -> Iterator[Decided]:
        s, rules = self.state, self.params.rules
        for now in evidence(s.number, s.rows, anchor_ns, s.placements, rules.worst_sd_deg, due):
            while s.said and s.said[0].at < anchor_ns + (now.number + 1) * NS_PER_S:
                s.past.hear(s.said.pop(0).action)
            yield decide(s.past, rules, now)
