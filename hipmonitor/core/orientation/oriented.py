"""Orientations together with the samples they belong to: the acausal reading hands both on later than it got them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from hipmonitor.core.orientation.blocks import OrientationBlock
from hipmonitor.core.samples import ImuBlock, selected


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Oriented:
    """Samples and their orientations, row by row."""

    imu: ImuBlock
    orientation: OrientationBlock

    def rows(self, rows: slice) -> Oriented:
        """Some consecutive rows, as views."""
        o = self.orientation
        return Oriented(
            imu=selected(self.imu, rows),
            orientation=OrientationBlock(
                t_ns=o.t_ns[rows],
                world_from_sensor=o.world_from_sensor[rows],
                at_rest=o.at_rest[rows],
                trusted=o.trusted[rows],
            ),
        )


class OrientationStage(Protocol):
    """What the corridor asks of room 3, as lived or settled."""

    holds_back: bool
    """Samples leave later than they came: what the wearer did in between must wait for them."""

    @property
    def held_from_ns(self) -> int | None:
        """The oldest sample that came and is not handed on yet; None = there is none."""
        ...

    def step(self, imu: ImuBlock) -> Oriented:
        """Orientations that are ready after these samples."""
        ...

    def flush(self) -> Oriented:
        """What is left: nothing more will come."""
        ...
