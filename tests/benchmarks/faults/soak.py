"""A day at 100 Hz on simulated time through a whole live session: recorded, thought about, shown, counted. Nothing may grow or stay behind.

An hour is simulated once and worn again and again, with its counters and instants going on: what grows is then the monitor, not the
simulator.
"""

from __future__ import annotations

import ctypes
import gc
import os
import struct
import sys
import threading
from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from firmware_sim.body import Script, sit, stand, walk
from firmware_sim.memory_link import civil_tick, stream
from firmware_sim.worn_sensor import wear
from hipmonitor.core.inbound import Action, ClockStep, Inbound, LinkChange, LinkState, Notification, Tick
from hipmonitor.core.instants import NS_PER_S, HostNs
from hipmonitor.core.settings import Settings
from hipmonitor.core.wire import hip_protocol as hip
from hipmonitor.io.ble import Vibration
from hipmonitor.io.session import SessionParts, list_recordings, read_session
from hipmonitor.runtime.history_keeping import HistoryKeeper
from hipmonitor.runtime.keeping import SessionKeeper
from hipmonitor.runtime.live import LiveMonitor
from hipmonitor.ui.cli.live_session import _AtTheDoor
from hipmonitor.ui.view_model import LiveView, RecordingNow, SourceKind
from tests.benchmarks.faults.row import Row

START_NS = 1_790_035_200 * NS_PER_S
"""A midnight in UTC."""
HOUR_S, LEAD_S = 3600.0, 120.0
SETTLED_AFTER_H = 3
"""Caches and windows are full by then."""
MOST_MB = 5.0
PLACES = {hip.DATA: ((8, 0), (12, 1)), hip.SYNC: ((4, 1), (8, 1))}
"""(byte, 0 = index or 1 = tick) of the counters in each channel's packets."""
U32 = struct.Struct("<I")


@dataclass(frozen=True, kw_only=True)
class WornHour:
    """Events of one hour, and by how much the next hour's are later."""

    before: list[Inbound]
    events: list[Inbound]
    at_ns: int
    counts: tuple[int, int]
    """Samples, ticks."""


def worn_hour(seed: int = 4) -> WornHour:
    """The opening of a session, then an hour between two packets."""
    script: Script = (stand(20), *(act for _ in range(7) for act in (walk(60), sit(500, "office_chair"), stand(40))))
    device = wear(script, seed=seed).device
    turns = stream(device, start_ns=START_NS, seconds=LEAD_S + HOUR_S + 10, seed=seed)
    events = [event for turn in turns for event in turn]
    data = [k for k, e in enumerate(events) if isinstance(e, Notification) and e.channel == hip.DATA]
    first = next(k for k in data if events[k].at >= START_NS + LEAD_S * NS_PER_S)
    last = next(k for k in data if events[k].at >= events[first].at + HOUR_S * NS_PER_S)
    index, tick = (_counter(events[last], place) - _counter(events[first], place) for place in (8, 12))
    at_ns = events[last].at - events[first].at
    hour = [event for event in events[first:last] if not isinstance(event, Tick)]
    return WornHour(before=events[:first], events=hour, at_ns=at_ns, counts=(index, tick % 2**32))


def _counter(event: Inbound, place: int) -> int:
    assert isinstance(event, Notification)
    return int(U32.unpack_from(event.payload, place)[0])


def turns(hour: WornHour, hours: int) -> Iterator[list[Inbound]]:
    """A second at a time, with its Tick."""
    yield hour.before
    turn: list[Inbound] = []
    second = hour.events[0].at // NS_PER_S
    for k in range(hours):
        for event in hour.events:
            later = _later(event, hour, k)
            while later.at // NS_PER_S > second:
                second += 1
                turn.append(civil_tick(second * NS_PER_S, 0))
                yield turn
                turn = []
            turn.append(later)
    yield turn


def _later(event: Inbound, hour: WornHour, times: int) -> Inbound:
    at = HostNs(event.at + times * hour.at_ns)
    if not isinstance(event, Notification):
        return replace(event, at=at)  # type: ignore[type-var]
    payload = bytearray(event.payload)
    for place, which in PLACES.get(event.channel, ()):
        U32.pack_into(payload, place, (_counter(event, place) + times * hour.counts[which]) % 2**32)
    return replace(event, at=at, payload=bytes(payload))


class WornSource:
    """A LiveSource on simulated time, and its clock."""

    def __init__(self, hours: int) -> None:
        self._hour, self._hours = worn_hour(), hours
        self._now = HostNs(START_NS)
        self._closed = False
        self.mb_by_hour: list[float] = []

    async def batches(self) -> AsyncIterator[Sequence[Inbound]]:
        """As fast as they are taken."""
        for events in turns(self._hour, self._hours):
            if events:
                self._now = HostNs(events[-1].at)
                yield events
            if (self._now - START_NS) // (3600 * NS_PER_S) > len(self.mb_by_hour):
                self.mb_by_hour.append(resident_mb())
        sensor = next(e.sensor for e in self._hour.events if isinstance(e, Notification))
        yield [LinkChange(at=self._now, sensor=sensor, state=LinkState.ENDED)]

    def now(self) -> HostNs:
        return self._now

    def tick(self, at: HostNs) -> Tick:
        return civil_tick(at, 0)

    def step(self) -> ClockStep | None:
        return None

    def act(self, _action: Action) -> None:
        """Nobody acts."""

    async def pause(self) -> None:
        """Not here."""

    async def resume(self) -> None:
        """Not here."""

    async def vibrate(self, _pattern: Vibration, _strength_percent: int) -> bool:
        return False

    async def aclose(self) -> None:
        self._closed = True


def resident_mb() -> float:
    """What the process holds once what is free was given back."""
    gc.collect()
    if sys.platform == "linux":
        ctypes.CDLL(None).malloc_trim(0)
        return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6
    return 0.0


def open_files() -> int:
    return len(list(Path("/proc/self/fd").iterdir())) if sys.platform == "linux" else 0


def soak(hours: int, folder: Path) -> Row:
    """So many hours in one session."""
    source = WornSource(hours)
    before = (threading.active_count(), open_files())
    keeper = SessionKeeper(lambda sensor, at: SessionParts(folder / "recordings", sensor=sensor, started_at=at))
    recording = lambda: RecordingNow(path=keeper.path or folder, size_bytes=0, trouble=keeper.trouble)  # noqa: E731
    view = LiveView(source=SourceKind.LIVE, settings=Settings(), recording=recording)
    history = HistoryKeeper(lambda: keeper.path, folder / "history.db")
    monitor = LiveMonitor(
        new_source=lambda: source,
        settings=Settings(),
        clock=source,
        sinks=[keeper, view, history],
        recorder=_AtTheDoor([keeper, view, history]),
    )
    monitor.start()
    while not monitor.wait(1.0):
        view.glance(source.now())
    keeper.finish()
    history._close()
    wrong = _left_behind(monitor, before) + _not_kept(folder / "recordings", hours)
    settled_mb = source.mb_by_hour[min(SETTLED_AFTER_H, len(source.mb_by_hour) - 1)]
    growth_mb = max(source.mb_by_hour[-2:]) - settled_mb
    if growth_mb >= MOST_MB:
        wrong.append(f"{growth_mb:.1f} MB more")
    files = len(list((folder / "recordings").iterdir()))
    return Row(
        fault=f"soak: {hours} h at 100 Hz in one session",
        times=1,
        lost=f"{growth_mb:+.1f} MB from hour {SETTLED_AFTER_H} to {hours}; {files} files; nothing left open",
        recovered="-",
        bar=f"< {MOST_MB:g} MB growth; no thread, task, file handle or timer left",
        wrong=tuple(wrong),
    )


def _left_behind(monitor: LiveMonitor, before: tuple[int, int]) -> list[str]:
    gc.collect()
    monitor._thread.join(10)
    threads, files = threading.active_count(), open_files()
    wrong = [] if monitor.error is None else [f"it ended: {monitor.error!r}"]
    wrong += [f"threads: {[thread.name for thread in threading.enumerate()]}"] if threads > before[0] else []
    return wrong + ([f"{files - before[1]} files are open"] if files > before[1] else [])


def _not_kept(folder: Path, hours: int) -> list[str]:
    (info,) = list_recordings(folder)
    reader = read_session(info.path)
    packets = sum(isinstance(e, Notification) and e.channel == hip.DATA for batch in reader.batches() for e in batch)
    least = hours * 3600 * 12
    return [] if reader.damage is None and packets > least else [f"{packets} packets, damage {reader.damage}"]
