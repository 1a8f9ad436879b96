"""Lives of a thigh, ten seconds at a time, as automatic placement takes them in."""

from __future__ import annotations

from math import cos, radians, sin

from hipmonitor.core.instants import HostNs
from hipmonitor.core.thigh.automatic_axes import AxesParams, placement_of
from hipmonitor.core.thigh.automatic_epochs import Epoch, Walked
from hipmonitor.core.thigh.automatic_memory import Memory, MemoryParams
from hipmonitor.core.thigh.automatic_moves import MovesParams, Rules, learn
from hipmonitor.core.thigh.automatic_seats import SeatsParams
from hipmonitor.core.thigh.automatic_swing import SwingParams
from hipmonitor.core.thigh.directions import Direction

RULES = Rules(memory=MemoryParams(), moves=MovesParams(), seats=SeatsParams(), swing=SwingParams(), axes=AxesParams())
UP: Direction = (0.0, 1.0, 0.0)


def tipped(degrees: float, azimuth: float = 0.0) -> Direction:
    """So far from upright, forward or another way round."""
    s = sin(radians(degrees))
    return (s * cos(radians(azimuth)), cos(radians(degrees)), s * sin(radians(azimuth)))


def walked(
    up: Direction,
    *,
    sure: bool = True,
    ratio: float = 3.0,
    azimuth: float = 0.0,
    seconds: float = 10.0,
    lean: float = 0.0,
    fast: bool = False,
    quick: bool = False,
) -> Walked:
    """An epoch of walking whose swing is `ratio` times larger in one direction across the thigh, and leans that way."""
    c, s = cos(radians(azimuth)), sin(radians(azimuth))
    xx, zz, xz = ratio**2 * c * c + s * s, ratio**2 * s * s + c * c, (ratio**2 - 1) * c * s
    covariance = (xx, 0.5, zz, 0.5 * lean * c, xz, 0.5 * lean * s)
    return Walked(up=up, seconds=seconds, covariance=covariance, epoch=0, sure=sure, fast=fast, quick=quick)


class Life:
    """A memory and the epochs it is fed."""

    def __init__(self) -> None:
        self.memory, self.epoch = Memory(), 0

    def walks(self, times: int, up: Direction = UP, **how: float) -> Life:
        for _ in range(times):
            self._epoch(walk=walked(up, **how))  # type: ignore[arg-type]
        return self

    def rests(self, times: int, up: Direction) -> Life:
        for _ in range(times):
            self._epoch(rest=(up, 10.0))
        return self

    def moves_about(self, times: int, up: Direction) -> Life:
        """Without rest, and without walking."""
        for _ in range(times):
            self._epoch(moved=(up, 6.0))
        return self

    @property
    def sd_deg(self) -> float:
        return placement_of(self.memory, RULES.axes, HostNs(0)).sd_deg

    @property
    def doubted(self) -> bool:
        return placement_of(self.memory, RULES.axes, HostNs(0)).doubted

    def _epoch(
        self,
        walk: Walked | None = None,
        rest: tuple[Direction, float] | None = None,
        moved: tuple[Direction, float] | None = None,
    ) -> None:
        epoch = Epoch(number=self.epoch, walked=walk, rested=rest, calm=False, moved=moved)
        learn(self.memory, RULES, epoch)
        self.epoch += 1
