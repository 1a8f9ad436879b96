"""The window beside a live session: a simulated sensor on the virtual air, the real Bluetooth client, recording, pipeline."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PySide6.QtCore import QEvent, QEventLoop, QObject, QTimer

from hipmonitor.core.arrays import Floats
from hipmonitor.core.instants import NS_PER_S, HostNs
from hipmonitor.core.pipeline import HipUpdate
from hipmonitor.core.wire import ImuPackets, PacketKind
from hipmonitor.io.clock import SystemClock
from hipmonitor.ui.cli.live_session import SessionPlan, live_session
from hipmonitor.ui.cli.simulation import simulation
from hipmonitor.ui.cli.window_session import LiveFeed
from hipmonitor.ui.dashboard.feed import Feed, SourceChoice
from hipmonitor.ui.dashboard.kept_choices import KeptChoices
from hipmonitor.ui.dashboard.now.now_view import NowView
from hipmonitor.ui.dashboard.opening import application
from hipmonitor.ui.dashboard.window import Window
from hipmonitor.ui.view_model import Curve, SourceKind, TraceRange, ViewMemory

SEED = 3
SETTLED_S = 4.0
"""From the first sample: placement, first curves, the clock's first line."""
STALL_S, STALL_EVERY_S = 0.3, 1.0


@dataclass(slots=True, kw_only=True)
class Way:
    """Of the newest sample of one turn, in ns of the host's clock."""

    sampled: int
    """By the line that packets' ticks were found to follow."""
    heard: int
    done: int
    """Through all rooms, and in the view."""
    painted: int | None = None


class WatchedMemory(ViewMemory):
    """The window's memory, which writes down when what came by."""

    def __init__(self, clock: SystemClock) -> None:
        super().__init__()
        self.ways: list[Way] = []
        self.lost = 0
        self._clock, self._drawn, self._painted = clock, 0, 0

    def accept(self, update: HipUpdate) -> None:
        super().accept(update)
        for piece in update.pieces:
            self.lost += sum(fault.count for fault in piece.faults)
            packets = [part for part in piece.decoded if isinstance(part, ImuPackets) and part.kind is PacketKind.LIVE]
            if packets and len(piece.imu):
                heard, sampled = int(packets[-1].at_ns[-1]), int(piece.imu.t_ns[-1])
                self.ways.append(Way(sampled=sampled, heard=heard, done=self._clock.now()))

    def curve(self, which: TraceRange, end: HostNs) -> Curve:
        self._drawn = len(self.ways)
        return super().curve(which, end)

    def was_painted(self) -> None:
        """The newest curve is on the screen."""
        now = self._clock.now()
        for way in self.ways[self._painted : self._drawn]:
            way.painted = now
        self._painted = max(self._painted, self._drawn)


class Painted(QObject):
    """Hears when the plot has been painted."""

    def __init__(self, memory: WatchedMemory) -> None:
        super().__init__()
        self._memory = memory

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() is QEvent.Type.Paint:
            self._memory.was_painted()
        return False


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Spell:
    """Some seconds in real time, with stalls or without. Times are from when a packet's last sample was taken."""

    program_s: float
    """Of processor time: everything, the client's Bluetooth stack in Python included."""
    window_s: float
    """Of processor time: the window's thread."""
    lasted_s: float
    heard_ms: Floats
    """Until the packet is heard: how long it was on the air."""
    late_ms: Floats
    """Until it is through all rooms and in the view."""
    pixel_ms: Floats
    """Until it is painted."""
    lost: int
    """Samples."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class OnAir:
    """Spells of one session, of one kind."""

    spells: tuple[Spell, ...]

    @property
    def program_share(self) -> float:
        """Of a core."""
        return sum(spell.program_s for spell in self.spells) / self._lasted_s

    @property
    def window_share(self) -> float:
        """Of a core."""
        return sum(spell.window_s for spell in self.spells) / self._lasted_s

    @property
    def _lasted_s(self) -> float:
        return sum(spell.lasted_s for spell in self.spells)

    @property
    def heard_ms(self) -> Floats:
        """Of all packets."""
        return np.concatenate([spell.heard_ms for spell in self.spells])

    @property
    def late_ms(self) -> Floats:
        """Of all packets."""
        return np.concatenate([spell.late_ms for spell in self.spells])

    @property
    def pixel_ms(self) -> Floats:
        """Of all packets."""
        return np.concatenate([spell.pixel_ms for spell in self.spells])

    @property
    def lost(self) -> int:
        """Samples."""
        return sum(spell.lost for spell in self.spells)


class Stalls:
    """Keeps the window's thread busy, as a slow view would: it holds the interpreter whenever it can."""

    def __init__(self) -> None:
        self._timer = QTimer()
        self._timer.timeout.connect(_stall)

    def begin(self) -> None:
        self._timer.start(round(STALL_EVERY_S * 1000))

    def end(self) -> None:
        self._timer.stop()


def _stall() -> None:
    until = time.perf_counter() + STALL_S
    while time.perf_counter() < until:
        pass


def on_air(each: int, spell_s: float) -> tuple[OnAir, OnAir]:
    """So many calm spells and as many with stalls, in turn, of a window as `hipmonitor demo` opens it, once it has settled."""
    memory, stalls = WatchedMemory(SystemClock()), Stalls()
    window = _window(memory)
    painted = Painted(memory)
    now_view = window.views["now"]
    assert isinstance(now_view, NowView)
    now_view.trace.overlay.installEventFilter(painted)
    window.begin()
    _until_settled(window, memory)
    calm, stalled = [], []
    for _ in range(each):
        calm.append(_spell(memory, spell_s))
        stalls.begin()
        stalled.append(_spell(memory, spell_s))
        stalls.end()
    window.finish()
    window.deleteLater()
    return OnAir(spells=tuple(calm)), OnAir(spells=tuple(stalled))


def _spell(memory: WatchedMemory, seconds: float) -> Spell:
    first, lost = len(memory.ways), memory.lost
    program_s, window_s, began_s = time.process_time(), time.thread_time(), time.monotonic()
    loop = QEventLoop()  # the application's own would close the window at its end
    QTimer.singleShot(round(1000 * seconds), loop.quit)
    loop.exec()
    lasted_s = time.monotonic() - began_s
    ways = [(way, way.painted) for way in memory.ways[first:] if way.painted is not None]
    sampled = np.array([way.sampled for way, _ in ways])
    return Spell(
        program_s=time.process_time() - program_s,
        window_s=time.thread_time() - window_s,
        lasted_s=lasted_s,
        heard_ms=(np.array([way.heard for way, _ in ways]) - sampled) / 1e6,
        late_ms=(np.array([way.done for way, _ in ways]) - sampled) / 1e6,
        pixel_ms=(np.array([at for _, at in ways]) - sampled) / 1e6,
        lost=memory.lost - lost,
    )


def _window(memory: WatchedMemory) -> Window:
    @contextmanager
    def opened() -> Iterator[Feed]:
        with tempfile.TemporaryDirectory() as folder, simulation("desk", SEED) as simulated:
            plan = SessionPlan(
                source=SourceKind.SIMULATED,
                settings=simulated.settings,
                folder=Path(folder),
                radio=simulated.radio,
            )
            with live_session(plan, [memory]) as session:
                yield LiveFeed(session, memory, beside=lambda: simulated.pass_cues_on(session.monitor))

    application()
    choice = SourceChoice(kind=SourceKind.SIMULATED, word="Simulated", second="desk", open=opened)
    window = Window([choice], KeptChoices(trace_range=list(TraceRange).index(TraceRange.HALF_MINUTE)))
    window.show()
    return window


def _until_settled(window: Window, memory: WatchedMemory) -> None:
    patience_s = time.monotonic() + 60
    while not memory.ways or memory.ways[-1].done - memory.ways[0].done < SETTLED_S * NS_PER_S:
        if time.monotonic() > patience_s or window.runner.error is not None:
            raise RuntimeError("no data came over the virtual air") from window.runner.error
        application().processEvents()
        time.sleep(0.005)
