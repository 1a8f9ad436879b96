"""Sessions of a quarter of an hour for the history: recorded, or lived as a monitor lives them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import numpy as np

from hipmonitor.core.inbound import (
    Answered,
    ChangeSettings,
    Inbound,
    LinkChange,
    LinkState,
    Mark,
    Samples,
    SensorId,
    Told,
    UserAction,
    Way,
)
from hipmonitor.core.instants import NS_PER_S, HostNs
from hipmonitor.core.pipeline import HipUpdate, Pipeline
from hipmonitor.core.settings import Settings, SittingLimit
from hipmonitor.io.clock import civil_tick
from hipmonitor.io.history import History
from hipmonitor.io.session import SessionWriter
from hipmonitor.runtime.history_keeping import HistoryKeeper
from tests.core.thigh_streams import Script, felt
from tests.io.session.session_builders import ManualTimer

RATE_HZ = 25
TURN_S = 5
"""So much at a time, as after a hiccup of the link; a monitor's turns are shorter, and tests are quicker so."""
DAY = 20_523
"""2026-03-11."""
QUARTER: Script = (("stand", 60), ("walk", 90), ("sit", 240), ("stand", 70), ("walk", 40), ("sit", 200), ("walk", 60))
SENSOR = SensorId("C0:FF:EE:00:00:02")
SHORT = Settings(set_by="my physio", sitting=SittingLimit(sit_limit_min=2.0))


@dataclass(frozen=True, kw_only=True)
class Session:
    """When it began (seconds after midnight UTC), what was done, and where the wall's clock was then."""

    begin_s: int
    script: Script = QUARTER
    zones: tuple[tuple[int, int], ...] = ((0, 0),)
    """(seconds after the beginning, offset)."""
    number: int = 1
    settings: Settings = SHORT

    @property
    def start(self) -> HostNs:
        return HostNs((DAY * 86_400 + self.begin_s) * NS_PER_S)

    def seconds(self) -> Iterator[list[Inbound]]:
        """What comes through the front door, a second at a time."""
        acc = felt(self.script, rate_hz=RATE_HZ, seed=self.number)
        yield [UserAction(at=self.start, action=ChangeSettings(settings=self.settings))]
        for k in range(len(acc) // RATE_HZ):
            at = HostNs(self.start + (k + 1) * NS_PER_S)
            t_ns = [self.start + k * NS_PER_S + i * NS_PER_S // RATE_HZ for i in range(RATE_HZ)]
            offset_s = [offset for since, offset in self.zones if since <= k][-1]
            yield [self._samples(at, t_ns, acc[k * RATE_HZ : (k + 1) * RATE_HZ]), civil_tick(at, offset_s)]
            if k == 300:
                yield [UserAction(at=at, action=Mark(text="tea"))]
        yield [LinkChange(at=at, sensor=SENSOR, state=LinkState.ENDED)]

    def _samples(self, at: HostNs, t_ns: Sequence[int], acc: object) -> Samples:
        return Samples(
            at=at,
            sensor=SENSOR,
            rate_hz=RATE_HZ,
            t_ns=np.array(t_ns, np.int64),
            acc_mps2=np.asarray(acc, np.float64),
            gyr_radps=None,
        )

    def writer(self, folder: Path) -> SessionWriter:
        name = UUID(int=self.number << 96)
        return SessionWriter(folder, sensor=SENSOR, started_at=self.start, session_id=name, timer=ManualTimer())

    def record(self, folder: Path) -> Path:
        """A whole recording."""
        with self.writer(folder) as writer:
            for events in self.seconds():
                writer.record(events)
        return writer.path

    def live(self, folder: Path, database: Path, *, each: Callable[[int], None] = lambda _: None) -> Path:
        """As a monitor does it: recorded, thought about, told, kept; settled at its end. `each`: after a turn, its first second."""
        writer, pipeline = self.writer(folder), Pipeline()
        keeper = HistoryKeeper(lambda: writer.path, database)
        seconds = list(self.seconds())
        for k in range(0, len(seconds), TURN_S):
            waiting = [event for events in seconds[k : k + TURN_S] for event in events]
            while waiting:
                writer.record(waiting)
                keeper.record(waiting)
                update = pipeline.step(waiting)
                keeper.accept(update)
                waiting = list(_told(update))
            each(k)
        path = writer.finish()
        assert keeper.error is None
        keeper.finish()
        return path


def _told(update: HipUpdate) -> Iterator[Inbound]:
    """Every alert is told in the terminal, and answered by standing up."""
    for alert in update.alerts:
        kind = alert.kind.value
        at = HostNs(alert.at + 9 * NS_PER_S)
        yield UserAction(at=at, action=Told(alert_at=alert.at, alert_kind=kind, way=Way.TERMINAL))
        yield UserAction(at=at, action=Told(alert_at=alert.at, alert_kind=kind, way=Way.SOUND, failed="no device"))
        yield UserAction(at=at, action=Answered(alert_at=alert.at, alert_kind=kind, answer="stand"))


def dump(database: Path) -> list[str]:
    """The whole database."""
    with History(database) as history:
        return list(history.dump())
