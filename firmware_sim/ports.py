"""What a simulated firmware and the radio hand each other: inputs one way; packets and a wake-up time the other way."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

WrittenChannel = Literal["control", "sync"]
SentChannel = Literal["data", "control", "sync"]


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
    """The link is gone; whatever was handed over and not yet sent is lost with it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """The host wrote to a characteristic."""

    channel: WrittenChannel
    payload: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """How many more notifications the transmit buffers take right now. Given with every update; 0 without a link."""

    packets: int


FirmwareInput = LinkUp | MtuChanged | LinkDown | Written | Room


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """One value to send: notified on "data" and "sync", indicated on "control"."""

    channel: SentChannel
    payload: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class FirmwareOutput:
    """What a firmware does with an update: values to send, in order, and when it wants to be called again."""

    send: tuple[Outgoing, ...] = ()
    wake_ns: int
    """True host time in ns; the firmware is called again then, or earlier when something happens."""
