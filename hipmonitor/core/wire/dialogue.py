"""The talk with a sensor as values: what the host does next, and what it hears. No radio, no clock, no loop.

A `Talk` is a generator of steps; whoever holds the radio does each one and sends its answer back in. Everything read, heard
and written is noted at the front door under its channel before anything is done with it, so that a replay needs no talk.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Listen:
    """Hear a characteristic from now on, under this channel. Answers nothing."""

    uuid: str
    channel: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StopListening:
    """Hear a characteristic no more. Answers nothing."""

    uuid: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """Read a characteristic. Answers its bytes, or None where the sensor has no such characteristic."""

    uuid: str
    channel: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Write:
    """Write to a characteristic; noted under `channel`, which ends in ">". Answers nothing."""

    uuid: str
    channel: str
    payload: bytes
    response: bool = True
    """Whether the sensor acknowledges the write itself (ATT write request, else write command)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """Write, and wait for what is heard on `on` and accepted by `answers`. Answers these bytes, or None where none came."""

    write: Write
    on: str
    answers: Callable[[bytes], bool]
    within_s: float = 2.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Rest:
    """Do nothing for a while. Answers nothing."""

    seconds: float


Step = Listen | StopListening | Read | Write | Ask | Rest
Talk = Generator[Step, bytes | None, None]
"""May raise LinkError with a sentence for a person where host and sensor cannot work together (SensorBusy: not now), and
TimeoutError where an answer that must come did not."""


def in_turn(*talks: Talk) -> Talk:
    """One talk after the other."""
    for talk in talks:
        yield from talk


def nothing_to_say() -> Talk:
    """No steps."""
    yield from ()


def no_last_words(_channel: str, _heard: bytes) -> None:
    """It just goes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialogue:
    """The talk with one connected sensor, from the first word to the last."""

    begin: Callable[[], Talk]
    """After it, data flow."""
    end: Callable[[], Talk] = nothing_to_say
    routine: Callable[[], Talk] = nothing_to_say
    """Again and again beside the data: battery, clock, a word that keeps it awake."""
    routine_every_s: float = 60.0
    last_words: Callable[[str, bytes], str | None] = no_last_words
    """(channel, what was heard) -> why the link will end, and what to do, in a sentence for a person; None: nothing of that kind."""
    data_channels: frozenset[str]
    """What is heard on these shows that data flow."""
    silent_s: float = 0.0
    """So long nothing may come while all is well; 0: no longer than from any sensor."""
