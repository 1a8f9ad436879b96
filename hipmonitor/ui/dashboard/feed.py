"""Where a window's pictures come from: a live session, a simulated one or a replay, all the same to whoever draws."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from hipmonitor.core.inbound import Action
from hipmonitor.core.instants import HostNs
from hipmonitor.ui.dashboard.sensor_hands import SensorHands
from hipmonitor.ui.view_model import Glance, SourceKind, ViewMemory


class Feed(Protocol):
    """A session that runs in a thread of its own. Every method may be called from the window's thread and returns at once."""

    @property
    def memory(self) -> ViewMemory:
        """The angle's history and what marks say."""
        ...

    @property
    def running(self) -> bool:
        """Whether it still goes on."""
        ...

    def now(self) -> HostNs:
        """The session's time."""
        ...

    def glance(self, now: HostNs) -> Glance:
        """What to show at that moment."""
        ...

    def act(self, action: Action) -> None:
        """The wearer did something: it goes through the front door."""
        ...

    def disk_free_bytes(self) -> int | None:
        """Where the recording lies; None = not known."""
        ...

    def beside(self) -> None:
        """Whatever this source wants done now and then."""
        ...


@runtime_checkable
class Vibrating(Protocol):
    """A session whose sensor may have a motor."""

    def vibrate(self) -> None:
        """Two buzzes. Takes seconds: not for the window's thread.

        Raises:
            DeliveryError: it did not vibrate; says why.
        """
        ...


def vibrating(feed: object) -> Vibrating | None:
    """This session, if its sensor may have a motor."""
    return feed if isinstance(feed, Vibrating) else None


@runtime_checkable
class AsksToCheckIn(Protocol):
    """A session of somebody who may be reminded by a notification to check in."""

    def check_in_wanted(self) -> bool:
        """Its button was pressed since this was asked last."""
        ...


def check_in_wanted(feed: object) -> bool:
    """The wearer pressed the notification's button."""
    return isinstance(feed, AsksToCheckIn) and feed.check_in_wanted()


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceChoice:
    """One entry of the source picker."""

    kind: SourceKind
    word: str
    """Live, Simulated, Replay."""
    second: str
    """What of it: left thigh, a file's date."""
    open: Callable[[], AbstractContextManager[Feed]]
    """Entered, left and, where it fails, explained in a thread of its own."""
    sensors: SensorHands | None = None
    """What can be done with its sensors; None where there are none to reach."""
    monitor_may_take_over: bool = False
    """After the window closes, `hipmonitor monitor` could go on with it."""
