"""What the radio side needs of a firmware; any object of this shape will do."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from firmware_sim.ports import FirmwareInput, FirmwareOutput


class Firmware(Protocol):
    """A hip sensor's firmware as its radio sees it: it has no clock and no loop of its own."""

    @property
    def battery_percent(self) -> int:
        """State of charge, 0 to 100."""
        ...

    def info(self) -> bytes:
        """The present value of the Info characteristic."""
        ...

    def update(self, now_ns: int, inputs: Sequence[FirmwareInput]) -> FirmwareOutput:
        """Everything that is due at this true host time, given what happened since the last call."""
        ...
