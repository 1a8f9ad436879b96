"""What the thigh did in decided seconds: contacts with a seat, steps, crank turns, flexion cycles."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from hipmonitor.core.activity import ActivityKind
from hipmonitor.core.exposure.blocks import DeepCycle, FlexionCycle, RhythmSecond, Transition
from hipmonitor.core.exposure.decided_row import DecidedRow
from hipmonitor.core.exposure.flexion_cycles import AnglesOfSecond, CycleCounters
from hipmonitor.core.exposure.gait import AHEAD_S, GaitState, filled, strides
from hipmonitor.core.exposure.seat_contact import seat_contact_ns
from hipmonitor.core.exposure.second_angles import SecondAnglesState
from hipmonitor.core.exposure.timers import NOT_DEEP, ExposureParams
from hipmonitor.core.exposure.transitions import Change
from hipmonitor.core.instants import NS_PER_S, HostNs
from hipmonitor.core.settings import DeepFlexionLimit

UNSEEN = frozenset({ActivityKind.NOT_WORN, ActivityKind.UNKNOWN})


@dataclass(slots=True, kw_only=True)
class MovementsState:
    """What is carried from step to step."""

    counters: CycleCounters = field(default_factory=CycleCounters)
    gait: GaitState = field(default_factory=GaitState)
    pending: list[DecidedRow] = field(default_factory=list)
    """Decided seconds whose five are not complete yet."""
    steps: float = 0.0
    crank_turns: float = 0.0
    flexion_cycles: dict[ActivityKind, int] = field(default_factory=dict)
    deep_cycles: dict[ActivityKind, int] = field(default_factory=dict)


class Movements:
    """Gathers what one step of the room brings."""

    def __init__(
        self, state: MovementsState, angles: SecondAnglesState, params: ExposureParams, limit: DeepFlexionLimit
    ) -> None:
        self.state, self._angles, self._params, self._limit = state, angles, params, limit
        self.transitions: list[Transition] = []
        self.rhythm: list[RhythmSecond] = []
        self.cycles: list[FlexionCycle] = []
        self.deep_cycles: list[DeepCycle] = []

    def changed(self, change: Change) -> None:
        """A change of posture that has just become sure."""
        contact = seat_contact_ns(
            self._angles.fine, change.since, self._anchor_ns(), self._params.seat_contact, upright=change.upright
        )
        at = change.since if contact is None else HostNs(contact)
        self.transitions.append(Transition(at=at, kind=change.kind, located=contact is not None))

    def decided(self, rows: Sequence[tuple[DecidedRow, float]], *, flush: bool) -> None:
        """The rows of a step, each with the sd of its placement. On flush nothing more will come."""
        self.state.pending += [row for row, _ in rows]
        if rows:
            self._count_cycles(rows)
        self._rhythms(flush=flush)

    def _anchor_ns(self) -> int:
        return self._angles.grid.anchor_ns or 0

    def _count_cycles(self, rows: Sequence[tuple[DecidedRow, float]]) -> None:
        """Cycles that these rows, each with its placement's sd, completed."""
        number = np.array([(row.start - self._anchor_ns()) // NS_PER_S for row, _ in rows], np.int64)
        fine = self._angles.fine
        at, there = fine.find(number)
        low, high = fine.extremes_deg(at)
        seen = there & np.isfinite(low)
        for (row, sd_deg), i, is_seen, lowest, highest in zip(
            rows, at.tolist(), seen.tolist(), low.tolist(), high.tolist(), strict=True
        ):
            if is_seen and row.kind not in UNSEEN:
                angles = AnglesOfSecond(row.start, row.kind, lowest, highest, fine, i)
                self._count(angles, sd_deg)
            else:
                self.state.counters.miss(row.lasting_s, self._params.cycles)

    def _count(self, angles: AnglesOfSecond, sd_deg: float) -> None:
        s, limit = self.state, self._limit
        s.counters.unseen_s = 0
        cycles = s.counters.cycles.second(angles, self._params.cycles.amount_deg)
        beyond, back = limit.thigh_limit_deg + sd_deg, limit.thigh_limit_deg - limit.release_deg
        deep = [c for c in s.counters.deep.second(angles, beyond, back) if c.kind not in NOT_DEEP]
        for cycle in cycles:
            s.flexion_cycles[cycle.kind] = s.flexion_cycles.get(cycle.kind, 0) + 1
        for deep_cycle in deep:
            s.deep_cycles[deep_cycle.kind] = s.deep_cycles.get(deep_cycle.kind, 0) + 1
        self.cycles += cycles
        self.deep_cycles += deep

    def _rhythms(self, *, flush: bool) -> None:
        """Steps and crank turns of the rows whose five seconds are complete; on flush of all."""
        s, anchor = self.state, self._anchor_ns()
        ready = len(s.pending) if flush else self._complete()
        gait = self._params.gait
        self.rhythm = filled(s.gait, strides(self._angles.fine, s.pending[:ready], anchor, gait), gait)
        for second in self.rhythm:
            s.steps += second.steps
            s.crank_turns += second.crank_turns
        if ready:
            self._angles.fine.forget_before((s.pending[ready - 1].start - anchor) // NS_PER_S)
        del s.pending[:ready]

    def _complete(self) -> int:
        """How many pending rows lie so far before the open second that their five seconds are closed."""
        s, grid, anchor = self.state, self._angles.grid, self._anchor_ns()
        if grid.t_ns is None or not len(grid.t_ns):
            return 0
        open_s = (int(grid.t_ns[-1]) - anchor) // NS_PER_S
        due_ns = anchor + (open_s - AHEAD_S) * NS_PER_S
        ready = len(s.pending)
        while ready and s.pending[ready - 1].start >= due_ns:
            ready -= 1
        return ready
