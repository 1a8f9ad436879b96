"""Orientations together with the samples they belong to: the acausal reading hands both on later than it got them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from hipmonitor.core.orientation.blocks import OrientationBlock
from hipmonitor.core.samples import ImuBlock


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Oriented:
    """Samples and their orientations, row by row."""

    imu: ImuBlock
    orientation: OrientationBlock


class OrientationStage(Protocol):
    """What the corridor asks of room 3, as lived or settled."""

    def step(self, imu: ImuBlock) -> Oriented:
        """Orientations that are ready after these samples."""
        ...

    def flush(self) -> Oriented:
        """What is left: nothing more will come."""
        ...
