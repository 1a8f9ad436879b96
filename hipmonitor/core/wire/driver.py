"""What a sensor family is to the rest of the house: how it is recognised, talked to, and decoded."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Literal, Protocol

from hipmonitor.core.inbound import Notification
from hipmonitor.core.wire.dialogue import Dialogue
from hipmonitor.core.wire.packets import Decoded


@dataclass(frozen=True, slots=True, kw_only=True)
class Advertised:
    """What a sensor says on the air before anybody connects."""

    name: str = ""
    service_uuids: frozenset[str] = frozenset()
    """In full, lower case."""
    company_ids: frozenset[int] = frozenset()


class Decoder(Protocol):
    """One sensor's bytes to packets. What it carries from run to run are its own fields."""

    def decode(self, run: Sequence[Notification]) -> list[Decoded]:
        """Notifications of one sensor and family, in order: read, heard and written. Never raises."""
        ...


Grade = Literal["A", "B", "C", "M"]
"""What the knowledge of a protocol rests on: A vendor's document or source read, B another's source, C one or partial source, M memory."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SensorFamily:
    """One row of the table of supported sensors."""

    family: str
    """The part of its channels' names before the stroke."""
    title: str
    grade: Grade
    knows: Callable[[Advertised], bool]
    """Whether an advertisement is of this family."""
    service_uuid: str
    """By which one is found that is connected already; lower case."""
    new_decoder: Callable[[], Decoder]
    new_dialogue: Callable[[], Dialogue] | None
    """None: our own protocol, whose session also keeps the clock and fetches what was missed from memory."""
    rates_hz: tuple[float, ...] = ()
    """That can be had live; the first is used."""
    timestamps: str = ""
    """In a few words, for the table."""
    remarks: tuple[str, ...] = field(default=())
    """What a wearer should know of it, a sentence each."""
