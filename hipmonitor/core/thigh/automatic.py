"""Placement from ordinary movement: no pose is asked for, and nothing is known of how the sensor is strapped on.

Walking gives up along the upright thigh, quiet near walking gives the zero, rest a right angle away gives the bending
plane and its sign (sitting bends forward). What has not been seen yet is in sd_deg. In the line of Acti4's walking
reference (Skotte 2014), without its assumption that the sensor's axes follow the leg.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from math import sqrt

import numpy as np

from hipmonitor.core.arrays import Ints
from hipmonitor.core.instants import NS_PER_S, HostNs
from hipmonitor.core.orientation import OrientationBlock
from hipmonitor.core.samples import ImuBlock
from hipmonitor.core.seconds import SecondGrid, SecondsState
from hipmonitor.core.thigh.automatic_axes import AxesParams, placement_of
from hipmonitor.core.thigh.automatic_epochs import EPOCH_S, EpochParams, epochs
from hipmonitor.core.thigh.automatic_memory import Memory, MemoryParams
from hipmonitor.core.thigh.automatic_moves import MovesParams, Rules, learn
from hipmonitor.core.thigh.automatic_seats import SeatsParams
from hipmonitor.core.thigh.automatic_sets import SetsParams, SetsState, exercising
from hipmonitor.core.thigh.automatic_swing import SwingParams
from hipmonitor.core.thigh.blocks import Placement
from hipmonitor.core.thigh.movement import AROUND, FILLED, NO_SECONDS, WIDTH, Rows, judged, summarised


@dataclass(frozen=True, slots=True, kw_only=True)
class AutomaticParams:
    """What may be tuned."""

    news_deg: float = 1.5
    """A placement that differs less from the last one is not worth saying."""
    news_share: float = 0.85
    """Nor one whose sd did not shrink to this share, or grow by as much."""
    news_walks: int = 3
    """One that rests on so many epochs of walking is said again: it may now contradict poses."""
    epochs: EpochParams = field(default_factory=EpochParams)
    memory: MemoryParams = field(default_factory=MemoryParams)
    moves: MovesParams = field(default_factory=MovesParams)
    seats: SeatsParams = field(default_factory=SeatsParams)
    swing: SwingParams = field(default_factory=SwingParams)
    axes: AxesParams = field(default_factory=AxesParams)
    sets: SetsParams = field(default_factory=SetsParams)


@dataclass(slots=True, kw_only=True)
class AutomaticState:
    """What is carried from step to step."""

    grid: SecondsState = field(default_factory=SecondsState)
    number: Ints = field(default_factory=lambda: np.zeros(0, np.int64))
    rows: Rows = field(default_factory=lambda: np.zeros((0, WIDTH)))
    """Summaries of the seconds whose epoch is not complete, and of two before them."""
    learned_to: int = 0
    """First second that is not learned from yet."""
    memory: Memory = field(default_factory=Memory)
    said: Placement | None = None
    sets: SetsState = field(default_factory=SetsState)


class AutomaticPlacement:
    """Learns how the sensor sits on the thigh."""

    def __init__(self, params: AutomaticParams | None = None, state: AutomaticState | None = None) -> None:
        self.params = params or AutomaticParams()
        self.state = state or AutomaticState()
        self.summarised = NO_SECONDS
        """What closed in the last step."""

    def step(self, imu: ImuBlock, orientation: OrientationBlock) -> tuple[Placement, ...]:
        """Placements that these samples completed, in order of time.

        Up comes from the mean of the accelerometer over seconds, which the orientation's own lag would only blur; the block
        is taken so that a better source of up needs no other signature.
        """
        del orientation
        s, self.summarised = self.state, NO_SECONDS
        closed = SecondGrid(s.grid).step(imu.t_ns, imu.acc_mps2)
        if not len(closed):
            return ()
        s.number = np.concatenate([s.number, closed.number])
        self.summarised = summarised(closed, closed.columns[0].astype(np.float64, copy=False))
        s.rows = np.concatenate([s.rows, self.summarised.rows])
        end = (int(s.number[-1]) - AROUND[-1] + 1) // EPOCH_S * EPOCH_S
        return self._learn(end) if end > s.learned_to else ()

    def _learn(self, end: int) -> tuple[Placement, ...]:
        """Learn from all complete epochs before second `end`."""
        s, p = self.state, self.params
        movement = judged(s.number, s.rows)
        due = np.flatnonzero((s.number >= s.learned_to) & (s.number < end))
        rules = Rules(memory=p.memory, moves=p.moves, seats=p.seats, swing=p.swing, axes=p.axes)
        out: list[Placement] = []
        for epoch in epochs(movement, s.number, s.rows[:, FILLED], due, p.epochs) if len(due) else ():
            if self._exercising(epoch.number):
                s.memory.seen = epoch.number
            elif learn(s.memory, rules, epoch):
                out += self._news((epoch.number + 1) * EPOCH_S)
        keep = s.number >= end + AROUND[0]
        s.number, s.rows, s.learned_to = s.number[keep], s.rows[keep], end
        return tuple(out)

    def _exercising(self, epoch: int) -> bool:
        anchor = self.state.grid.anchor_ns or 0
        start_ns, end_ns = (anchor + number * EPOCH_S * NS_PER_S for number in (epoch, epoch + 1))
        return exercising(self.state.sets, self.params.sets, start_ns, end_ns)

    def _news(self, epoch_end: int) -> list[Placement]:
        """The placement as it is now, if it says more than the last one.

        It counts from the end of the second that completed the last window it rests on: two seconds after the epoch, or
        later where nothing was measured there.
        """
        s, anchor = self.state, self.state.grid.anchor_ns
        if anchor is None or not s.memory.walking.epochs:
            return []
        completed_by = int(s.number[np.searchsorted(s.number, epoch_end + AROUND[-1] - 1)])
        since = HostNs(anchor + (completed_by + 1) * NS_PER_S)
        placement = replace(
            placement_of(s.memory, self.params.axes, since),
            strap_on=s.memory.moves,
            holds_from=HostNs(anchor + s.memory.moved_at * EPOCH_S * NS_PER_S),
        )
        if s.said is not None and not self._says_more(placement, s.said):
            return []
        s.said = placement
        return [placement]

    def _says_more(self, new: Placement, old: Placement) -> bool:
        a, b = new.thigh_from_sensor.tolist(), old.thigh_from_sensor.tolist()
        half = min(1.0, abs(a[0] * b[0] + a[1] * b[1] + a[2] * b[2] + a[3] * b[3]))
        turned_deg = 2 * np.rad2deg(np.arcsin(sqrt(1 - half * half)))
        share = self.params.news_share
        surer = not share * old.sd_deg <= new.sd_deg <= old.sd_deg / share
        founded = old.walked < self.params.news_walks <= new.walked
        other = (new.strap_on, new.doubted) != (old.strap_on, old.doubted)
        return bool(turned_deg > self.params.news_deg or surer or founded or other)
