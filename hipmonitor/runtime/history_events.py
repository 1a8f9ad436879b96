"""What happened, as events of the history: from the front door, and from what the rooms found."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from hipmonitor.core.inbound import (
    ChangeSettings,
    ClockStep,
    EndQuiet,
    ForgetPlacement,
    Inbound,
    LinkChange,
    LinkState,
    Mark,
    Quiet,
    Snooze,
    TookOff,
    UserAction,
)
from hipmonitor.core.instants import HostNs
from hipmonitor.core.pipeline import Products
from hipmonitor.core.settings import Settings

LINKS = frozenset({LinkState.STREAMING, LinkState.LOST, LinkState.OVERFLOW})
"""A search tells itself again and again; these are the ones that change what is measured."""


HELD_BACK = "held_back:"
"""Before the kind of the alert."""


class Happened(NamedTuple):
    """An event whose civil time is not known yet."""

    at: HostNs
    kind: str
    detail: str
    end: HostNs


def at_the_door(events: Iterable[Inbound]) -> Iterator[Happened]:
    """What the wearer did, and what became of the links and the clocks."""
    for event in events:
        if isinstance(event, UserAction):
            yield from _action(event)
        elif isinstance(event, LinkChange) and event.state in LINKS:
            yield Happened(event.at, f"link:{event.state.value}", event.detail, event.at)
        elif isinstance(event, ClockStep):
            yield Happened(event.at, "clock", event.reason, event.at)


def _action(event: UserAction) -> Iterator[Happened]:
    action, at = event.action, event.at
    if isinstance(action, Mark):
        at = at if action.made_at is None else action.made_at
        yield Happened(at, "mark", action.text, at)
    elif isinstance(action, TookOff):
        yield Happened(at, "took_off", "", at)
    elif isinstance(action, ForgetPlacement):
        yield Happened(at, "put_on_anew", "", at)
    elif isinstance(action, Snooze | Quiet):
        words = "open" if action.minutes is None else f"{action.minutes:g} min"
        yield Happened(at, "snooze" if isinstance(action, Snooze) else "quiet", words, at)
    elif isinstance(action, EndQuiet):
        yield Happened(at, "quiet_ended", "", at)
    elif isinstance(action, ChangeSettings):
        yield Happened(at, "limits", limits_sentence(action.settings), at)


def limits_sentence(settings: Settings) -> str:
    """The limits, and who set them."""
    deep, sitting = settings.deep_flexion, settings.sitting
    return (
        f"thigh {deep.thigh_limit_deg:g}° for {deep.deep_limit_min:g} min, sitting {sitting.sit_limit_min:g} min, "
        f"set by {settings.set_by}"
    )


def as_the_wearer_held(piece: Products) -> Iterator[Happened]:
    """Poses of a guided calibration: only the first pass knows what the wearer was told of them."""
    for pose in piece.thigh.poses:
        yield Happened(pose.at, f"pose:{pose.pose.value}", pose.sentence, pose.at)


def as_held_back(piece: Products) -> Iterator[Happened]:
    """Alerts that were due and could not be given: as lived, like alerts."""
    for spell in piece.held_back:
        yield Happened(spell.start, f"{HELD_BACK}{spell.kind.value}", spell.hold.value, spell.end)


def as_found(piece: Products) -> Iterator[Happened]:
    """Transitions, gaps, and what is believed of the sensors."""
    for transition in piece.exposure.transitions:
        yield Happened(transition.at, transition.kind.value, "" if transition.located else "± 3 s", transition.at)
    for gap in piece.gaps:
        yield Happened(gap.start, "gap", gap.reason, gap.end)
    for doubt in piece.doubts:
        yield Happened(doubt.since, "sensor", doubt.sentence, doubt.since)
    for sensor, doubt in piece.doubts_beside:
        yield Happened(doubt.since, "sensor", f"{sensor}: {doubt.sentence}", doubt.since)
