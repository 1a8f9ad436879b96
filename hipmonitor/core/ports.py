"""What the corridor needs from the world, as protocols. `io` fills them, tests fill them with small adapters."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from typing import Protocol, runtime_checkable

from hipmonitor.core.inbound import ClockStep, Inbound, Tick
from hipmonitor.core.instants import HostNs


@runtime_checkable
class Clock(Protocol):
    """The host's steady clock."""

    def now(self) -> HostNs:
        """Nanoseconds since the Unix epoch; never goes back."""
        ...

    def tick(self, at: HostNs) -> Tick:
        """The civil time at that instant."""
        ...

    def step(self) -> ClockStep | None:
        """What happened to the clocks since the last call: the wall clock was set, the computer slept, or nothing."""
        ...


@runtime_checkable
class Source(Protocol):
    """Where Inbounds come from: the radio, a recording, arrays."""

    def batches(self) -> AsyncIterator[Sequence[Inbound]]:
        """What arrived since the last turn, in order, again and again, until the source ends."""
        ...


@runtime_checkable
class Recorder(Protocol):
    """Where Inbounds are kept before anything thinks about them."""

    def record(self, events: Sequence[Inbound]) -> None:
        """Keep these, in this order."""
        ...
