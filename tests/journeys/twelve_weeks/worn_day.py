"""One day of the sensor: pieces put together, what the wearer does beside them, and the recording of it."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from uuid import UUID

import numpy as np

from firmware_sim.body.script import Seat
from hipmonitor.core.exercises import Target
from hipmonitor.core.inbound import (
    Action,
    ChangeSettings,
    EndSet,
    Inbound,
    LinkChange,
    LinkState,
    RateSet,
    Samples,
    SensorId,
    StartSet,
    UserAction,
)
from hipmonitor.core.instants import NS_PER_S, HostNs
from hipmonitor.core.settings import Settings
from hipmonitor.io.clock import civil_tick
from hipmonitor.io.session import SessionWriter
from hipmonitor.runtime.resting import RestWatch
from tests.io.session.session_builders import ManualTimer
from tests.journeys.twelve_weeks import pieces
from tests.journeys.twelve_weeks.pieces import RATE_HZ, Piece
from tests.journeys.twelve_weeks.story import Story
from tests.journeys.twelve_weeks.strap import worn_anew

SENSOR = SensorId("C0:FF:EE:00:00:08")
BEGINS_S = 15.5 * 3600
"""Of the day, in the wearer's time."""
VARIANTS = 2
RATES_AFTER_S = 6
SEATS: tuple[tuple[Seat, float], ...] = (
    ("office_chair", 31.0), ("kitchen_chair", 18.0), ("office_chair", 24.0), ("armchair", 22.0), ("kitchen_chair", 26.0),
)  # fmt: skip
SOFA: tuple[Seat, float] = ("low_sofa", 33.0)


@dataclass(frozen=True, kw_only=True)
class DoneSet:
    """A set that was done: the truth beside which the count stands."""

    day: int
    """Since 1970-01-01."""
    exercise: str
    started: HostNs
    done: int | None
    """Repetitions; None where minutes count."""


@dataclass(frozen=True, kw_only=True)
class WornDay:
    """What is worn and done on a day."""

    day: int
    """Since 1970-01-01."""
    pieces: tuple[Piece, ...]
    settings: Settings
    comfort: int
    """As sets of this day are rated."""

    @property
    def begins(self) -> HostNs:
        return HostNs(round((self.day * 86_400 + BEGINS_S + 60 * (self.day * 7 % 23)) * NS_PER_S))

    @property
    def seconds(self) -> float:
        return sum(piece.seconds for piece in self.pieces)

    def sets(self) -> Iterator[DoneSet]:
        """As they were really done."""
        for start, piece in zip(self._starts_s(), self.pieces, strict=False):
            for at_s, action in piece.actions:
                if isinstance(action, StartSet):
                    name, at = action.exercise.name, self._at(start + at_s)
                    yield DoneSet(day=self.day, exercise=name, started=at, done=piece.done)

    def record(self, folder: Path) -> Path:
        """By the recorder, with the watch that lets a session rest where the diary says so."""
        name, wants = UUID(int=self.day << 64), list[Action]()
        watch = RestWatch(wants.append)
        with SessionWriter(
            folder, sensor=SENSOR, started_at=self.begins, session_id=name, timer=ManualTimer()
        ) as writer:
            for events in self._seconds():
                writer.record(events)
                watch.record(events)
                if wants:
                    writer.record([UserAction(at=events[-1].at, action=wants.pop())])
        return writer.path

    def _starts_s(self) -> tuple[float, ...]:
        return tuple(accumulate((piece.seconds for piece in self.pieces), initial=0.0))

    def _at(self, at_s: float) -> HostNs:
        return HostNs(self.begins + round(at_s * NS_PER_S))

    def _seconds(self) -> Iterator[list[Inbound]]:
        """What comes through the front door, a second at a time."""
        felt, n = worn_anew([piece.felt for piece in self.pieces], self.day), round(RATE_HZ)
        waiting = sorted(self._actions(), key=lambda each: each.at)
        yield [UserAction(at=self.begins, action=ChangeSettings(settings=self.settings))]
        for row in range(0, len(felt.acc_mps2) - n, n):
            at = self._at((row + n) / RATE_HZ)
            now = [waiting.pop(0) for _ in range(sum(each.at <= at for each in waiting))]
            samples = Samples(
                at=at,
                sensor=SENSOR,
                rate_hz=RATE_HZ,
                t_ns=self.begins + np.arange(row, row + n, dtype=np.int64) * round(NS_PER_S / RATE_HZ),
                acc_mps2=felt.acc_mps2[row : row + n],
                gyr_radps=felt.gyr_radps[row : row + n],
            )
            yield [*now, samples, civil_tick(at, 0)]
        yield [LinkChange(at=at, sensor=SENSOR, state=LinkState.ENDED)]

    def _actions(self) -> Iterator[UserAction]:
        started: HostNs | None = None
        for start, piece in zip(self._starts_s(), self.pieces, strict=False):
            for at_s, action in piece.actions:
                at = self._at(start + at_s)
                yield UserAction(at=at, action=action)
                if isinstance(action, StartSet):
                    started = at
                if isinstance(action, EndSet) and started is not None:
                    rated = RateSet(started=started, comfort=self.comfort)
                    yield UserAction(at=HostNs(at + RATES_AFTER_S * NS_PER_S), action=rated)


def lived(
    story: Story, number: int, day: int, offered: list[tuple[str, Target]], settings: Settings, comfort: int
) -> WornDay:
    """What this wearer does: sits as people do, and the exercises that the plan offers."""
    draw = random.Random(number)
    seats = [SEATS[(number + k) % len(SEATS)] for k in range(2)]
    if number in story.before_flare:
        seats = [SOFA, SOFA]
    if number == story.sign_day:
        seats = [SEATS[0], SEATS[2]]
    if number == story.short_day:
        seats, offered = seats[:1], []
    rest = [_seat(story, kind, minutes, draw) for kind, minutes in seats]
    parts = [pieces.calibration(), rest[0], pieces.about(draw.randrange(VARIANTS)), *rest[1:]]
    parts += [piece for name, target in offered for piece in _exercised(name, target, draw)]
    if number != story.short_day:
        parts += [pieces.about(draw.randrange(VARIANTS)), _seat(story, "armchair", 12.0, draw)]
    return WornDay(day=day, pieces=tuple(parts), settings=settings, comfort=comfort)


def _seat(story: Story, kind: Seat, minutes: float, draw: random.Random) -> Piece:
    return pieces.seat(kind, minutes * story.minutes_share, draw.randrange(VARIANTS))


def _exercised(name: str, target: Target, draw: random.Random) -> Iterator[Piece]:
    if not pieces.in_repetitions(name):
        yield pieces.minutes_of(name, target)
        return
    for number in range(1, target.sets + 1):
        yield pieces.one_set(name, target, number, draw.randrange(VARIANTS))
