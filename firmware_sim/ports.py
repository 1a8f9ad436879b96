"""What a simulated firmware and the radio hand each other: inputs one way; packets and a wake-up time the other way.

A channel is the name that a sensor's GATT face (`firmware_sim/peripherals`) gives to a characteristic.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkUp:
    """A host connected. `mtu` is the ATT MTU at that moment, 23 before it is exchanged."""

    mtu: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MtuChanged:
    """The host and the sensor agreed on another ATT MTU."""

    mtu: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkDown:
    """The link is gone; whatever was handed over and not yet sent is lost with it, and so are subscriptions."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """The host wrote to a characteristic."""

    channel: str
    payload: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscribed:
    """The host wants to hear a characteristic from now on: it set a bit of its configuration (CCCD)."""

    channel: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Unsubscribed:
    """The host wants to hear a characteristic no more."""

    channel: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """How many more notifications the transmit buffers take right now. Given with every update; 0 without a link."""

    packets: int


FirmwareInput = LinkUp | MtuChanged | LinkDown | Written | Subscribed | Unsubscribed | Room


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """One value to send; the face knows whether its characteristic is notified or indicated."""

    channel: str
    payload: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class FirmwareOutput:
    """What a firmware does with an update: values to send, in order, and when it wants to be called again."""

    send: tuple[Outgoing, ...] = ()
    wake_ns: int
    """True host time in ns; the firmware is called again then, or earlier when something happens."""
    asleep: bool = False
    """Its radio is off: the link is ended after the last value, and nothing is advertised."""


class Firmware(Protocol):
    """A sensor's firmware as its radio sees it: it has no clock and no loop of its own."""

    def read(self, channel: str) -> bytes:
        """The present value of a characteristic that can be read."""
        ...

    def update(self, now_ns: int, inputs: Sequence[FirmwareInput]) -> FirmwareOutput:
        """Everything that is due at this true host time, given what happened since the last call."""
        ...


class WholeFirmware(Firmware, Protocol):
    """A firmware that somebody can also reset, and ask how it went."""

    def reboot(self, now_ns: int) -> None:
        """Power off and on."""
        ...

    def tally(self) -> Mapping[str, int]:
        """What is worth telling at the end of a run."""
        ...
