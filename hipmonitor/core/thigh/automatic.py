"""Placement from ordinary movement: no pose is asked for, and nothing is known of how the sensor is strapped on.

Walking gives up along the upright thigh, quiet near walking gives the zero, rest a right angle away gives the bending
plane and its sign (sitting bends forward). What has not been seen yet is in sd_deg. In the line of Acti4's walking
reference (Skotte 2014), without its assumption that the sensor's axes follow the leg.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from math import sqrt

import numpy as np

from hipmonitor.core.arrays import Bools, Floats, Ints
from hipmonitor.core.frames import dot, unit
from hipmonitor.core.instants import NS_PER_S, HostNs
from hipmonitor.core.orientation import OrientationBlock
from hipmonitor.core.samples import STANDARD_GRAVITY_MPS2, ImuBlock
from hipmonitor.core.seconds import SecondGrid, SecondsState
from hipmonitor.core.thigh.automatic_axes import AxesParams, placement_of
from hipmonitor.core.thigh.automatic_memory import Direction, Memory, MemoryParams, Walked, rested, walked
from hipmonitor.core.thigh.blocks import Placement
from hipmonitor.core.thigh.movement import AROUND, FILLED, WIDTH, Movement, Rows, judged, summaries

EPOCH_S = 10
"""Learning happens once in ten seconds, on the grid of seconds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AutomaticParams:
    """What may be tuned. What gait looks like is the same for every person and sensor."""

    gait_across_over_along: float = 0.85
    """A walking thigh moves at least so much across its axis as along it (1 in 100 s of harth and har70 is below, the middle
    is 1.3); cycling 0.3-0.8."""
    gait_hz: float = 1.7
    """Walking's mean square frequency is 1.8-3 Hz, cycling's mostly below 1.9."""
    sure_across_over_along: float = 1.1
    """So much more across is not even slow or rough cycling, where it comes with 1.7 Hz."""
    gait_along_g: tuple[float, float] = (0.05, 0.6)
    """From slow steps of old people to fast walking; above is running."""
    gait_across_g: float = 0.12
    gait_s: int = 5
    """Seconds of gait an epoch needs."""
    quiet_g: float = 0.05
    """SD below which the thigh is quiet (Acti4 calls 0.1 g movement)."""
    quiet_s: int = 3
    steady: float = 0.985
    """Length of an epoch's mean unit direction: 1 if steady, below this (10 deg of spread) it is not one direction."""
    first_walk_s: float = 10.0
    """Walking before the first placement."""
    news_deg: float = 1.5
    """A placement that differs less from the last one is not worth saying."""
    news_share: float = 0.85
    """Nor one whose sd did not shrink to this share."""
    memory: MemoryParams = field(default_factory=MemoryParams)
    axes: AxesParams = field(default_factory=AxesParams)


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


class AutomaticPlacement:
    """Learns how the sensor sits on the thigh."""

    def __init__(self, params: AutomaticParams | None = None, state: AutomaticState | None = None) -> None:
        self.params = params or AutomaticParams()
        self.state = state or AutomaticState()

    def step(self, imu: ImuBlock, orientation: OrientationBlock) -> tuple[Placement, ...]:
        """Placements that these samples completed, in order of time.

        Up comes from the mean of the accelerometer over seconds, which the orientation's own lag would only blur; the block
        is taken so that a better source of up needs no other signature.
        """
        del orientation
        s = self.state
        closed = SecondGrid(s.grid).step(imu.t_ns, imu.acc_mps2)
        if not len(closed):
            return ()
        s.number = np.concatenate([s.number, closed.number])
        s.rows = np.concatenate([s.rows, summaries(closed, closed.columns[0].astype(np.float64))])
        end = (int(s.number[-1]) - AROUND[-1] + 1) // EPOCH_S * EPOCH_S
        return self._learn(end) if end > s.learned_to else ()

    def _learn(self, end: int) -> tuple[Placement, ...]:
        """Learn from all complete epochs before second `end`."""
        s = self.state
        movement = judged(s.number, s.rows)
        due = np.flatnonzero((s.number >= s.learned_to) & (s.number < end))
        placements = self._epochs(movement, due) if len(due) else ()
        keep = s.number >= end + AROUND[0]
        s.number, s.rows, s.learned_to = s.number[keep], s.rows[keep], end
        return placements

    def _epochs(self, movement: Movement, due: Ints) -> tuple[Placement, ...]:
        s = self.state
        epoch = s.number[due] // EPOCH_S
        first = np.flatnonzero(np.diff(epoch, prepend=-1))
        gait, quiet = self._gait(movement)[due], self._quiet(movement)[due]
        walk_s, walk, walk_steady = _direction(movement.up[due], gait, first)
        rest_s, rest, rest_steady = _direction(unit(movement.mean_mps2[due]), quiet, first)
        swing = (
            np.add.reduceat(movement.covariance[due] * gait[:, None], first, axis=0) / np.maximum(walk_s, 1)[:, None]
        )
        p = self.params
        surely = gait & (movement.across_mps2 > p.sure_across_over_along * movement.along_mps2)[due]
        sure_s = np.add.reduceat(surely.astype(np.int64), first)
        walks = (walk_s >= p.gait_s) & (walk_steady > p.steady)
        rests = (rest_s >= p.quiet_s) & (rest_steady > p.steady)
        out: list[Placement] = []
        for i in np.flatnonzero(walks | rests).tolist():
            if walks[i]:
                sure = bool(sure_s[i] >= p.gait_s)
                seen = Walked(
                    up=_tuple3(walk[i]),
                    seconds=float(walk_s[i]),
                    covariance=tuple(swing[i].tolist()),
                    epoch=int(epoch[first[i]]),
                )
                walked(s.memory, p.memory, seen, sure=sure)
            if rests[i]:
                rested(s.memory, p.memory, _tuple3(rest[i]), float(rest_s[i]))
            out += self._news((int(epoch[first[i]]) + 1) * EPOCH_S)
        return tuple(out)

    def _news(self, epoch_end: int) -> list[Placement]:
        """The placement as it is now, if it says more than the last one.

        It counts from the end of the second that completed the last window it rests on: two seconds after the epoch, or
        later where nothing was measured there.
        """
        s, anchor = self.state, self.state.grid.anchor_ns
        if anchor is None or s.memory.walking.seconds < self.params.first_walk_s:
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
        return bool(turned_deg > self.params.news_deg or new.sd_deg < self.params.news_share * old.sd_deg)

    def _gait(self, movement: Movement) -> Bools:
        """Seconds that are surely walking, whatever the mounting."""
        p = self.params
        along, across = movement.along_mps2 / STANDARD_GRAVITY_MPS2, movement.across_mps2 / STANDARD_GRAVITY_MPS2
        low, high = p.gait_along_g
        fast = movement.frequency_hz > p.gait_hz
        swings = (across > p.gait_across_over_along * along) & (across > p.gait_across_g)
        return np.asarray(movement.whole & fast & swings & (along > low) & (along < high))

    def _quiet(self, movement: Movement) -> Bools:
        p = self.params
        still = movement.sd_mps2 < p.quiet_g * STANDARD_GRAVITY_MPS2
        filled = self.state.rows[:, FILLED] > 0.5
        settled = movement.across_mps2 < 2 * p.quiet_g * STANDARD_GRAVITY_MPS2
        return np.asarray(still & filled & settled)


def _direction(up: Rows, chosen: Bools, first: Ints) -> tuple[Ints, Rows, Floats]:
    """How many seconds were chosen in each epoch, their mean unit direction, and its length before it was made unit."""
    count = np.add.reduceat(chosen.astype(np.int64), first)
    mean = np.add.reduceat(up * chosen[:, None], first, axis=0) / np.maximum(count, 1)[:, None]
    return count, unit(mean), np.sqrt(dot(mean, mean))


def _tuple3(row: Floats) -> Direction:
    x, y, z = row.tolist()
    return (x, y, z)
