"""What came in, cut where something must take effect: events that may be worked on together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from hipmonitor.core.chain import SAID_OF_LINKS, Door, Stamped
from hipmonitor.core.inbound import (
    ChangeSettings,
    Inbound,
    LinkChange,
    LinkState,
    Notification,
    Samples,
    SensorId,
    Tick,
    UserAction,
)
from hipmonitor.core.settings import Settings


@dataclass(slots=True, kw_only=True)
class Piece:
    """Events that may be worked on together: actions first, then data, then perhaps an end."""

    actions: list[UserAction] = field(default_factory=list)
    data: list[Notification | Samples] = field(default_factory=list)
    """Of the thigh's sensor, and of sensors without a role."""
    beside: list[Stamped] = field(default_factory=list)
    """Of sensors that have a role of their own."""
    link: LinkChange | None = None
    """What became of the link to a sensor that has a role of its own, last of all."""
    ended: SensorId | None = None
    """The sensor from which nothing more will come; "" where none was ever found."""
    tick: Tick | None = None


def roles(settings: Settings) -> set[str]:
    """Sensors that are not the thigh's."""
    return {settings.pelvis_sensor, settings.other_thigh_sensor} - {""}


def cut(events: Sequence[Inbound], door: Door, settings: Settings) -> Iterator[Piece]:
    """Cut before every user action, after an end, at the change between radio and arrays, and at the last Tick.

    Also where the link to a sensor with a role of its own is lost or found.

    `settings`: those in force before these events, which say who sits where.
    """
    last_tick = next((event for event in reversed(events) if isinstance(event, Tick)), None)
    piece, apart = Piece(), roles(settings)
    for event in events:
        if _must_follow(piece, event, apart):
            yield piece
            piece = Piece()
        line_ns = door.passed(event)
        if isinstance(event, Notification | Samples):
            _put(piece, line_ns, event, apart)
        elif isinstance(event, UserAction):
            piece.actions.append(event)
            apart = roles(event.action.settings) if isinstance(event.action, ChangeSettings) else apart
        elif isinstance(event, LinkChange) and event.state is LinkState.ENDED:
            piece.ended = event.sensor
        elif isinstance(event, LinkChange) and event.sensor in apart and event.state in SAID_OF_LINKS:
            piece.link = event
        elif event is last_tick:
            piece.tick = last_tick
        if piece.ended is not None or piece.link or piece.tick:
            yield piece
            piece = Piece()
    if piece.data or piece.beside or piece.actions:
        yield piece


def _put(piece: Piece, line_ns: int, event: Notification | Samples, apart: set[str]) -> None:
    if event.sensor in apart:
        piece.beside.append((line_ns, event))
    else:
        piece.data.append(event)


def _must_follow(piece: Piece, event: Inbound, apart: set[str]) -> bool:
    """Whether what came before must be done first: an action, or two sources, rates or kinds of arrays that meet."""
    if isinstance(event, UserAction):
        return bool(piece.data or piece.beside)
    if not isinstance(event, Notification | Samples) or event.sensor in apart or not piece.data:
        return False
    before = piece.data[-1]
    if isinstance(before, Samples) and isinstance(event, Samples):
        return before.rate_hz != event.rate_hz or (before.gyr_radps is None) != (event.gyr_radps is None)
    return type(before) is not type(event)
