"""A monitor on simulated time: a worn sensor over the in-memory link, the pipeline, a view, and a recording on a disk that fails."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from firmware_sim.body import sit, stand
from firmware_sim.memory_link import stream
from firmware_sim.worn_sensor import wear
from hipmonitor.core.inbound import ChangeSettings, Inbound, SensorId, UserAction
from hipmonitor.core.instants import NS_PER_S, HostNs
from hipmonitor.core.pipeline import Pipeline
from hipmonitor.core.settings import Settings
from hipmonitor.io.session import Disk, SessionParts
from hipmonitor.runtime.drive import turn
from hipmonitor.runtime.keeping import SessionKeeper
from hipmonitor.ui.view_model import BannerKind, LiveView, RecordingNow, SourceKind
from tests.io.session.session_builders import ManualTimer

START_NS = 1_790_000_000 * NS_PER_S
SECONDS = 120.0
FLUSH_NS = 4 * NS_PER_S


@cache
def lived() -> tuple[tuple[Inbound, ...], ...]:
    """Two minutes, turn by turn."""
    device = wear((stand(30), sit(200, "office_chair")), seed=4).device
    turns = stream(device, start_ns=START_NS, seconds=SECONDS, seed=4, turn_s=0.25)
    opening = UserAction(at=HostNs(START_NS), action=ChangeSettings(settings=Settings()))
    return ((opening,), *(tuple(events) for events in turns))


@dataclass(kw_only=True)
class Monitored:
    """What became of it."""

    folder: Path
    disk: Disk | None = None
    steps: int = 0
    seconds_told: list[int] = field(default_factory=list)
    """At which seconds the view said that nothing is recorded, and why."""
    why: str = ""
    timers: list[ManualTimer] = field(default_factory=list)

    def run(self, each: Callable[[int], None] = lambda _: None) -> None:
        """`each` hears every second, before its turns."""
        keeper = SessionKeeper(self.parts)
        recording = lambda: RecordingNow(path=keeper.path or self.folder, size_bytes=0, trouble=keeper.trouble)  # noqa: E731
        view = LiveView(source=SourceKind.LIVE, settings=Settings(), recording=recording)
        pipeline, second, flushed = Pipeline(), -1, START_NS
        for events in lived():
            now_s = (events[-1].at - START_NS) // NS_PER_S
            if now_s != second:
                self._look(view, second, events[-1].at)
                second = now_s
                each(second)
            turn(events, pipeline, [keeper, view, self], keeper)
            if self.timers and events[-1].at - flushed >= FLUSH_NS:
                flushed = events[-1].at
                self.timers[-1].fire()
        try:
            keeper.finish()
        except Exception as error:  # noqa: BLE001 - what the end says is judged by who asked
            self.why = str(error)

    def accept(self, _update: object) -> None:
        self.steps += 1

    def parts(self, sensor: SensorId, at: HostNs) -> SessionParts:
        return SessionParts(self.folder, sensor=sensor, started_at=at, new_timer=self._timer, disk=self.disk)

    def _timer(self) -> ManualTimer:
        self.timers.append(ManualTimer())
        return self.timers[-1]

    def _look(self, view: LiveView, second: int, now: HostNs) -> None:
        banners = [b for b in view.glance(now).banners if b.kind is BannerKind.NOT_RECORDING]
        if banners and second not in self.seconds_told:
            self.seconds_told.append(second)
            self.why = banners[0].evidence


def all_events() -> list[Inbound]:
    return list(itertools.chain.from_iterable(lived()))


def kept_in_order(read: Sequence[Inbound], upto: int) -> bool:
    """Whether all of the first `upto` events are there, and the rest are events that came, in their order."""
    came = all_events()
    rest = iter(came[upto:])
    return list(read[:upto]) == came[:upto] and all(event in rest for event in read[upto:])
