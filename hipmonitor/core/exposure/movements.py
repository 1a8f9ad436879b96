"""What the thigh did in decided seconds: contacts with a seat, steps, crank turns, flexion cycles."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from hipmonitor.core.activity import ActivityBlock, ActivityKind
from hipmonitor.core.arrays import Floats, Ints
from hipmonitor.core.exposure.blocks import DeepCycle, FlexionCycle, RhythmSecond, Transition
from hipmonitor.core.exposure.decided_row import KINDS, DecidedRow
from hipmonitor.core.exposure.flexion_cycles import AnglesOfSecond, CycleCounters
from hipmonitor.core.exposure.gait import AHEAD_S, RHYTHMIC, GaitState, filled, strides
from hipmonitor.core.exposure.seat_contact import seat_contact_ns
from hipmonitor.core.exposure.second_angles import NO_THIGH_DEG, SecondAnglesState
from hipmonitor.core.exposure.timers import NOT_DEEP, ExposureParams
from hipmonitor.core.exposure.transitions import Change
from hipmonitor.core.instants import NS_PER_S, HostNs
from hipmonitor.core.settings import DeepFlexionLimit

UNSEEN_CODES = np.array([ActivityKind.NOT_WORN, ActivityKind.UNKNOWN], np.int8)
RHYTHMIC_CODES = np.array(sorted(RHYTHMIC), np.int8)


@dataclass(slots=True, kw_only=True)
class MovementsState:
    """What is carried from step to step."""

    counters: CycleCounters = field(default_factory=CycleCounters)
    gait: GaitState = field(default_factory=GaitState)
    pending: list[DecidedRow] = field(default_factory=list)
    """Decided seconds with a rhythm whose five are not complete yet."""
    decided: int = 0
    """Number of the last decided second."""
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

    def decided(self, activity: ActivityBlock, sd_deg: Floats, *, flush: bool) -> None:
        """The rows of a step, each with the sd of its placement. On flush nothing more will come."""
        if len(activity):
            number = (activity.start_ns - self._anchor_ns()) // NS_PER_S
            self._count_cycles(activity, number, sd_deg)
            self._wait(activity)
            self.state.decided = int(number[-1])
        self._rhythms(flush=flush)
        self._angles.fine.forget_before(min([self.state.decided, *self._waiting()]))

    def _anchor_ns(self) -> int:
        return self._angles.grid.anchor_ns or 0

    def _wait(self, activity: ActivityBlock) -> None:
        """Seconds with a rhythm wait for the five seconds around them."""
        for i in np.flatnonzero(np.isin(activity.kind, RHYTHMIC_CODES)).tolist():
            kind = ActivityKind(int(activity.kind[i]))
            start = HostNs(int(activity.start_ns[i]))
            self.state.pending.append(
                DecidedRow(start, int(activity.lasting_s[i]), kind, float(activity.confidence[i]))
            )

    def _waiting(self) -> list[int]:
        return [(row.start - self._anchor_ns()) // NS_PER_S for row in self.state.pending[:1]]

    def _count_cycles(self, activity: ActivityBlock, number: Ints, sd_deg: Floats) -> None:
        """Cycles that these seconds completed; those in which nothing can turn are passed over."""
        fine, counters = self._angles.fine, self.state.counters
        at, there = fine.find(number)
        low, high = fine.extremes_deg(at)
        seen = there & np.isfinite(low) & (high < NO_THIGH_DEG) & ~np.isin(activity.kind, UNSEEN_CODES)
        columns = (at, seen, low, high, activity.start_ns, activity.kind, activity.lasting_s, sd_deg)
        missed_s, calm, calm_sd = 0, None, None
        for i, is_seen, lowest, highest, start, kind, lasting_s, sd in zip(
            *(column.tolist() for column in columns), strict=True
        ):
            if not is_seen:
                missed_s += lasting_s
                continue
            if missed_s or calm is None or sd != calm_sd:
                counters.saw_after(missed_s, self._params.cycles)
                calm, calm_sd, missed_s = counters.calm_deg(self._params.cycles.amount_deg, self._limit, sd), sd, 0
            if not (calm[0] < lowest and highest < calm[1]):
                self._count(AnglesOfSecond(start, KINDS[kind], *fine.trusted_parts(i)), sd)
                calm = None
        counters.unseen_s += missed_s

    def _count(self, angles: AnglesOfSecond, sd_deg: float) -> None:
        s, limit = self.state, self._limit
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
