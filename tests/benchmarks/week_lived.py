"""One recording of the week, lived: simulated firmware, in-memory link, recorder, rooms, alerts, history."""

from __future__ import annotations

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
from hipmonitor.core.alerts import Alert, AlertKind
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
TURN_S = 1.0
AT_ONCE_S = 30
"""Turns are put together to so long, but near an alert."""
NEAR_S = 4
LEVELS_S = {AlertKind.SITTING: (1440, 1620, 1800), AlertKind.DEEP_FLEXION: (480, 540, 600)}
"""Of the presets."""


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
    seat_shown: bool
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
    sensor = wear(wearing.script, seed=seed, person=person, model=MODEL)

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


class NearAnAlert:
    """Says when to live second by second: a timer is about to reach a level, or a seat to be old enough to speak of it."""

    def __init__(self) -> None:
        self._next_s = {kind: list(levels) for kind, levels in LEVELS_S.items()}
        self.near = True

    def hear(self, update: HipUpdate) -> None:
        """What a step brought."""
        for alert in update.alerts:
            if alert.reminder_min:
                value_s = 60 * (alert.evidence.minutes + alert.reminder_min)
                self._next_s[alert.kind] = [*LEVELS_S[alert.kind], value_s]
        seconds = [second for piece in update.pieces for second in piece.exposure.seconds]
        if seconds:
            now = seconds[-1]
            values = {AlertKind.SITTING: now.sitting_s, AlertKind.DEEP_FLEXION: now.deep_s}
            self.near = any(self._near(kind, value_s, now.seated_s) for kind, value_s in values.items())

    def _near(self, kind: AlertKind, value_s: float, seated_s: float) -> bool:
        first_s, limit_s = LEVELS_S[kind][0], LEVELS_S[kind][-1]
        soon = any(-NEAR_S < level_s - value_s < AT_ONCE_S + NEAR_S for level_s in self._next_s[kind])
        return soon or (value_s >= first_s and seated_s < limit_s / 10 + NEAR_S)


def put_together(turns: Iterator[list[Inbound]], alerts: NearAnAlert) -> Iterator[list[Inbound]]:
    """Longer turns where nothing is due."""
    joined: list[Inbound] = []
    for events in turns:
        joined += events
        if alerts.near or joined[-1].at - joined[0].at >= (AT_ONCE_S - 1) * NS_PER_S:
            yield joined
            joined = []
    if joined:
        yield joined


def live(door: Iterator[list[Inbound]], folder: Path, database: Path, number: int, start_ns: int) -> LivedRecording:
    """As a monitor does it: recorded, thought about, kept; settled at its end."""
    writer = SessionWriter(
        folder, sensor=DEFAULT_SENSOR, started_at=HostNs(start_ns), session_id=UUID(int=number << 96)
    )
    keeper, pipeline = HistoryKeeper(lambda: writer.path, database), Pipeline()
    fired: list[Fired] = []
    said: dict[int, Said] = {}
    near = NearAnAlert()
    for events in put_together(door, near):
        writer.record(events)
        keeper.record(events)
        update = pipeline.step(events)
        keeper.accept(update)
        fired += (Fired(alert=alert, host_ns=events[-1].at) for alert in update.alerts)
        near.hear(update)
        _note(update, said)
    path = writer.finish()
    keeper.finish()
    if keeper.error is not None:
        raise keeper.error
    return LivedRecording(path=path, fired=tuple(fired), said=said)


def _note(update: HipUpdate, said: dict[int, Said]) -> None:
    for piece in update.pieces:
        for second in piece.exposure.seconds:
            one = Said(second.kind.word, second.sd_deg, not second.deep_unsure)
            said |= dict.fromkeys(range(second.start // NS_PER_S, second.start // NS_PER_S + second.lasting_s), one)
