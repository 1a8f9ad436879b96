"""One recording of the week, lived: simulated firmware, in-memory link, recorder, rooms, alerts, history."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple
from uuid import UUID

from firmware_sim.body import MovingBody, Person
from firmware_sim.device import Model
from firmware_sim.memory_link import DEFAULT_SENSOR, civil_tick, stream
from firmware_sim.ordinary_week import Wearing
from firmware_sim.worn_sensor import wear
from hipmonitor.core.alerts import Alert
from hipmonitor.core.inbound import (
    Action,
    ChangeSettings,
    HoldPose,
    Inbound,
    LinkChange,
    LinkState,
    Pose,
    Tick,
    TookOff,
    UserAction,
)
from hipmonitor.core.instants import NS_PER_S, HostNs
from hipmonitor.core.pipeline import HipUpdate, Pipeline
from hipmonitor.core.settings import Settings
from hipmonitor.io.session import SessionWriter
from hipmonitor.runtime.history_keeping import HistoryKeeper

MODEL = Model(rate_mhz=25_000, live_batch=17)
"""The slowest rate that the firmware offers: a week is quicker, and angles a little worse than at 100 Hz."""
ROUND_TRIP_S = 10.0
SURE = 0.7
"""Deep flexion counts where the activity is at least so certain: sitting that is shown is, sitting that is assumed is not."""
TURN_S = 1.0
AHEAD_S = 60.0
"""The body is computed in blocks so long: the same bits, in less than half the time."""
AT_ONCE_S = 120
"""Turns are put together to so long, for rooms do not see how a stream is cut; those that brought an alert are then
gone through again in halves, to know in which it came."""


@dataclass(frozen=True, kw_only=True)
class Fired:
    """An alert, and when the host had it."""

    alert: Alert
    host_ns: int


class Said(NamedTuple):
    """What was said of a second, as lived."""

    kind: str
    sd_deg: float
    """Of the placement in force."""
    sure: bool
    """Deep flexion may count."""


@dataclass(frozen=True, kw_only=True)
class LivedRecording:
    """What became of one wearing."""

    path: Path
    fired: tuple[Fired, ...]
    said: dict[int, Said]
    """By Unix second."""


def worn(wearing: Wearing, person: Person, seed: int) -> tuple[MovingBody, Callable[..., Iterator[list[Inbound]]]]:
    """The body of a wearing, and its link."""
    sensor = wear(wearing.script, seed=seed, person=person, model=MODEL, ahead_s=AHEAD_S)

    def turns(start_ns: int) -> Iterator[list[Inbound]]:
        return stream(
            sensor.device,
            start_ns=start_ns,
            seconds=wearing.seconds,
            seed=seed,
            outages=wearing.outages_s,
            reboots=wearing.reboots_s,
            backfill=wearing.backfill,
            turn_s=TURN_S,
            round_trip_s=ROUND_TRIP_S,
        )

    return sensor.body, turns


def said(wearing: Wearing, person: Person, start_ns: int, settings: Settings) -> list[UserAction]:
    """What the wearer sets and says, in order."""
    found = [UserAction(at=HostNs(start_ns), action=ChangeSettings(settings=settings))]
    if wearing.guided:
        seated_s = 5.0 + person.sit_down_s + 0.5
        found += [_at(start_ns, 0.5, HoldPose(pose=Pose.STAND)), _at(start_ns, seated_s, HoldPose(pose=Pose.SIT))]
    return [*found, *(_at(start_ns, at_s, TookOff()) for at_s in wearing.taken_off_s)]


def _at(start_ns: int, at_s: float, action: Action) -> UserAction:
    return UserAction(at=HostNs(start_ns + round(at_s * NS_PER_S)), action=action)


def through_the_door(
    turns: Iterator[list[Inbound]], actions: Sequence[UserAction], offset_at: Callable[[int], int]
) -> Iterator[list[Inbound]]:
    """Turns with the wearer's own clock and what they say, and the end."""
    waiting, last = list(actions), HostNs(0)
    yield [waiting.pop(0)]
    for events in turns:
        now = [civil_tick(event.at, offset_at(event.at)) if isinstance(event, Tick) else event for event in events]
        last = now[-1].at
        while waiting and waiting[0].at <= last:
            now.append(waiting.pop(0))
        yield sorted(now, key=lambda event: event.at)
    yield [LinkChange(at=last, sensor=DEFAULT_SENSOR, state=LinkState.ENDED)]


def put_together(turns: Iterator[list[Inbound]]) -> Iterator[list[list[Inbound]]]:
    """Turns in groups of AT_ONCE_S."""
    group: list[list[Inbound]] = []
    for events in turns:
        group.append(events)
        if events[-1].at - group[0][0].at >= (AT_ONCE_S - TURN_S) * NS_PER_S:
            yield group
            group = []
    if group:
        yield group


def live(door: Iterator[list[Inbound]], folder: Path, database: Path, number: int, start_ns: int) -> LivedRecording:
    """As a monitor does it: recorded, thought about, kept; settled at its end."""
    writer = SessionWriter(
        folder, sensor=DEFAULT_SENSOR, started_at=HostNs(start_ns), session_id=UUID(int=number << 96)
    )
    keeper, pipeline = HistoryKeeper(lambda: writer.path, database), Pipeline()
    fired: list[Fired] = []
    said: dict[int, Said] = {}
    for turns in put_together(door):
        events = _as_one(turns)
        before = pickle.dumps(pipeline.state)
        writer.record(events)
        keeper.record(events)
        update = pipeline.step(events)
        keeper.accept(update)
        if update.alerts:
            fired += when_heard(before, turns, update.alerts)
        _note(update, said)
    path = writer.finish()
    keeper.finish()
    if keeper.error is not None:
        raise keeper.error
    return LivedRecording(path=path, fired=tuple(fired), said=said)


def when_heard(before: bytes, turns: Sequence[list[Inbound]], alerts: Sequence[Alert]) -> Iterator[Fired]:
    """In which turn the host had each alert: the same rooms again from where they were, halving until it is one turn."""
    if not alerts:
        return
    if len(turns) == 1:
        yield from (Fired(alert=alert, host_ns=turns[0][-1].at) for alert in alerts)
        return
    half, pipeline = len(turns) // 2, Pipeline(state=pickle.loads(before))  # noqa: S301 - our own bytes
    first = pipeline.step(_as_one(turns[:half])).alerts
    if repr(first) != repr(tuple(alerts[: len(first)])):
        raise AssertionError(f"cut otherwise, other alerts: {first}, {alerts}")
    yield from when_heard(before, turns[:half], first)
    yield from when_heard(pickle.dumps(pipeline.state), turns[half:], alerts[len(first) :])


def _as_one(turns: Sequence[list[Inbound]]) -> list[Inbound]:
    return [event for turn in turns for event in turn]


def _note(update: HipUpdate, said: dict[int, Said]) -> None:
    for piece in update.pieces:
        sures = (piece.activity.confidence >= SURE).tolist()
        for second, sure in zip(piece.exposure.seconds, sures, strict=True):
            one = Said(second.kind.word, second.sd_deg, sure)
            said |= dict.fromkeys(range(second.start // NS_PER_S, second.start // NS_PER_S + second.lasting_s), one)
