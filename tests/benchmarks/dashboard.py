"""What the window costs, how late it is, and that it makes nobody else late.

    python -m tests.benchmarks.dashboard [--seconds 20] [--hour]

Drawn into memory (QT_QPA_PLATFORM=offscreen, 1280 x 800), one simulated 100 Hz sensor over the in-memory link, the ordinary
pipeline, view and memory. Costs are processor time, not wall time. A frame is all of one: look, curve, paint; here the curve
is drawn anew in every one of them. Packet to pixel is from the packet's hand-over to the pipeline until the plot that holds
it has been painted; the radio and the screen's own delay are not in it. A stall keeps the window's thread computing for
300 ms, every two seconds. The first picture is timed from the start of a new process as `hipmonitor demo` starts. `--hour`
adds an hour of data at 20 times its speed, for its memory.

Bars: frame <= 4 ms at 30 s and <= 5 ms at 24 h; window <= 20 % of a core; packet to pixel p99 <= 100 ms; stalls a seventh of
the time add <= 10 ms to the p99 of packets' way through all rooms; first picture <= 2 s; memory of an hour within 16 MiB after its
first third.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import resource
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np
from PySide6.QtCore import QEvent, QObject, QTimer
from rich.console import Console
from rich.table import Table

from firmware_sim.memory_link import stream
from firmware_sim.scenarios import scenario_named
from firmware_sim.worn_sensor import wear_scenario
from hipmonitor.core.inbound import Action, Inbound, Notification
from hipmonitor.core.instants import NS_PER_S, HostNs
from hipmonitor.core.pipeline import HipUpdate, Pipeline
from hipmonitor.core.settings import Settings
from hipmonitor.core.thigh import ThighBlock
from hipmonitor.io.clock import SystemClock
from hipmonitor.runtime.drive import turn
from hipmonitor.runtime.live import LiveMonitor
from hipmonitor.ui.dashboard.feed import Feed
from hipmonitor.ui.dashboard.kept_choices import KeptChoices
from hipmonitor.ui.dashboard.now.now_view import NowView
from hipmonitor.ui.dashboard.opening import application
from hipmonitor.ui.dashboard.window import Window
from hipmonitor.ui.view_model import Curve, Glance, LiveView, SourceKind, TraceRange, ViewMemory
from tests.ui.dashboard_lived import LivedFeed, choice_of

FRAME_S = 1 / 30
FRAMES = 240
SETTLED = 25
"""Packets until the window shows curves at all: two seconds."""
STALL_S, STALL_EVERY_S = 0.3, 2.0
MOST_FRAME_MS = {TraceRange.HALF_MINUTE: 4.0, TraceRange.TEN_MINUTES: 4.0, TraceRange.HOUR: 5.0, TraceRange.DAY: 5.0}
MOST_SHARE, MOST_PIXEL_MS, MOST_LATE_MS, MOST_FIRST_S, MOST_GROWTH_MIB = 0.20, 100.0, 10.0, 2.0, 16.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of the result."""

    what: str
    value: float
    bar: float
    unit: str
    more: str = ""

    @property
    def met(self) -> bool:
        return self.value <= self.bar


class CountingMemory(ViewMemory):
    """Knows which packets the newest curve holds."""

    def __init__(self) -> None:
        super().__init__()
        self.accepted = 0
        self.drawn = 0

    def curve(self, which: TraceRange, end: HostNs) -> Curve:
        self.drawn = self.accepted
        return super().curve(which, end)


@dataclass(slots=True, kw_only=True)
class BenchFeed:
    """A view that others fill."""

    view: LiveView
    memory: ViewMemory
    at: HostNs | None = None
    """Where time stands; None = it runs."""
    clock: SystemClock = field(default_factory=SystemClock)
    running: bool = True

    def now(self) -> HostNs:
        return self.clock.now() if self.at is None else self.at

    def glance(self, now: HostNs) -> Glance:
        return self.view.glance(now)

    def act(self, _action: Action) -> None:
        pass

    def disk_free_bytes(self) -> int | None:
        return None

    def beside(self) -> None:
        pass


def window_on(feed: Feed, which: TraceRange) -> tuple[Window, NowView]:
    """As it opens, with this range."""
    application()
    window = Window([choice_of(LivedFeed())], KeptChoices(trace_range=list(TraceRange).index(which)))
    window.show()
    window.watch(feed)
    view = window.views["now"]
    assert isinstance(view, NowView)
    return window, view


def arrivals(start_ns: int, seconds: float, turn_s: float = 0.002) -> list[list[Inbound]]:
    """The simulated desk."""
    worn = wear_scenario(scenario_named("desk"), seed=3)
    return list(stream(worn.device, start_ns=start_ns, seconds=seconds, seed=3, turn_s=turn_s))


# --- frames -----------------------------------------------------------------------------------------------------------
def frame_ms(which: TraceRange) -> np.ndarray:
    """Processor time of frames of a window on a session of a day."""
    start = HostNs(1_788_000_000 * NS_PER_S)
    feed = BenchFeed(view=LiveView(source=SourceKind.LIVE), memory=ViewMemory(), at=start)
    _remember_a_day(feed.memory, start)
    pipeline = Pipeline()
    window, view = window_on(feed, which)
    took, frame_ends = [], start + 20 * NS_PER_S
    for events in arrivals(start, 20 + FRAMES * FRAME_S):
        turn(events, pipeline, [feed.view, feed.memory], feed.view)
        feed.at = HostNs(events[-1].at)
        if feed.at >= frame_ends:
            frame_ends += round(FRAME_S * NS_PER_S)
            view.trace.redraw()
            began = time.thread_time()
            window.bridge.turn()
            application().processEvents()
            took.append(1000 * (time.thread_time() - began))
    window.finish()
    window.deleteLater()
    return np.array(took[5:])


def _remember_a_day(memory: ViewMemory, end: HostNs) -> None:
    """Twenty-four hours at 1 Hz."""
    t_ns = end - (86_400 - np.arange(86_400, dtype=np.int64)) * NS_PER_S
    deg = 60 + 35 * np.sin(np.arange(86_400) / 900) + np.random.default_rng(1).normal(0, 3, 86_400)
    n = len(t_ns)
    memory._angles.take(
        ThighBlock(
            t_ns=t_ns,
            thigh_flexion_deg=deg,
            thigh_inclination_deg=deg,
            thigh_roll_deg=np.full(n, np.nan),
            trusted=np.ones(n, np.bool_),
            sd_deg=np.full(n, 2.0),
            placements=(),
            poses=(),
        )
    )


# --- live -------------------------------------------------------------------------------------------------------------
class PacedSource:
    """What was prepared, when it is due: as a radio would hand it over."""

    def __init__(self, turns: Sequence[Sequence[Inbound]], clock: SystemClock, handed: list[tuple[int, float]]) -> None:
        self._turns, self._clock, self._handed = turns, clock, handed
        self._open = True

    async def batches(self) -> AsyncIterator[Sequence[Inbound]]:
        for events in self._turns:
            due = events[-1].at
            await asyncio.sleep(max(0.0, (due - self._clock.now()) / NS_PER_S))
            if not self._open:
                return
            if any(isinstance(event, Notification) for event in events):
                self._handed.append((due, (self._clock.now() - due) / 1e6))
            yield events

    def act(self, action: Action) -> None:
        pass

    async def aclose(self) -> None:
        self._open = False


@dataclass(slots=True, kw_only=True)
class Counter:
    """A sink that stands last: how many packets are in the view, and when each got there."""

    memory: CountingMemory
    handed: list[tuple[int, float]]
    done: list[int] = field(default_factory=list)
    clock: SystemClock

    def accept(self, _update: HipUpdate) -> None:
        while len(self.done) < len(self.handed):
            self.done.append(self.clock.now())
        self.memory.accepted = len(self.done)


class Painted(QObject):
    """Hears when the plot has been painted."""

    def __init__(self, memory: CountingMemory, clock: SystemClock) -> None:
        super().__init__()
        self.memory, self.clock = memory, clock
        self.at: list[int] = []

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() is QEvent.Type.Paint:
            now = self.clock.now()
            self.at += [now] * (self.memory.drawn - len(self.at))
        return False


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Lived:
    """Of some seconds in real time."""

    share: float
    window_share: float
    pixel_ms: np.ndarray
    late_ms: np.ndarray
    """From when a packet was due until it is through all rooms and in the view."""


def _stall() -> None:
    """Busy, as a slow view would be: it holds the interpreter whenever it can."""
    until = time.perf_counter() + STALL_S
    while time.perf_counter() < until:
        pass


def live(seconds: float, *, stalls: bool) -> Lived:
    """The window beside a live monitor, in real time."""
    clock, handed = SystemClock(), []
    memory = CountingMemory()
    view = LiveView(source=SourceKind.SIMULATED)
    counter = Counter(memory=memory, handed=handed, clock=clock)
    start = clock.now() + 8 * NS_PER_S
    turns = arrivals(start, seconds + 2)
    monitor = LiveMonitor(
        new_source=lambda: PacedSource(turns, clock, handed),
        settings=Settings(),
        clock=clock,
        sinks=[view, memory, counter],
        recorder=view,
    )
    feed = BenchFeed(view=view, memory=memory, clock=clock)
    window, now_view = window_on(feed, TraceRange.HALF_MINUTE)
    painted = Painted(memory, clock)
    now_view.trace.overlay.installEventFilter(painted)
    while clock.now() < start:
        time.sleep(0.01)
    monitor.start()
    window.bridge.start()
    blocking = QTimer()
    if stalls:
        blocking.timeout.connect(_stall)
        blocking.start(round(STALL_EVERY_S * 1000))
    QTimer.singleShot(round(1000 * seconds), application().quit)
    cpu, cpu_here, wall = time.process_time(), time.thread_time(), time.monotonic()
    application().exec()
    wall = time.monotonic() - wall
    share, here = (time.process_time() - cpu) / wall, (time.thread_time() - cpu_here) / wall
    monitor.stop()
    window.finish()
    window.deleteLater()
    n = min(len(painted.at), len(counter.done))
    due = np.array([at for at, _ in handed[:n]])
    return Lived(
        share=share,
        window_share=here,
        pixel_ms=(np.array(painted.at[:n]) - due)[SETTLED:] / 1e6,
        late_ms=(np.array(counter.done[:n]) - due)[SETTLED:] / 1e6,
    )


# --- start and memory -------------------------------------------------------------------------------------------------
FIRST = """
import time
from hipmonitor.ui.cli import demo_command
from hipmonitor.ui.dashboard.kept_choices import read
from hipmonitor.ui.dashboard.opening import Opening, application
application()
opening = Opening(read())
opening.show_at_once()
assert opening.painted
print("opening", time.time(), time.process_time(), flush=True)
from hipmonitor.ui.cli import demonstration
from hipmonitor.ui.dashboard.application import Window
from hipmonitor.ui.dashboard.kept_choices import KeptChoices
plan = demonstration.DemoPlan(scenario="alert", seconds=None, seed=8, folder=None)
window = Window([demonstration.choice(plan, lambda session: None)], KeptChoices())
window.show()
application().processEvents()
print("window", time.time(), time.process_time(), flush=True)
"""


def first_picture() -> dict[str, tuple[float, float]]:
    """Wall and processor time from the start of a process to the opening picture and to the whole window."""
    began = time.time()
    done = subprocess.run([sys.executable, "-c", FIRST], capture_output=True, text=True, check=True, timeout=120)
    rows = [line.split() for line in done.stdout.splitlines()]
    return {name: (float(at) - began, float(cpu)) for name, at, cpu in rows}


def rss_mib() -> float:
    """Now."""
    with open("/proc/self/statm") as file:  # noqa: PTH123
        return int(file.read().split()[1]) * resource.getpagesize() / 2**20


def growth_mib(minutes: float, speed: float) -> tuple[float, float]:
    """Memory after a third, and how much more at the end."""
    start = HostNs(1_788_000_000 * NS_PER_S)
    feed = BenchFeed(view=LiveView(source=SourceKind.REPLAY), memory=ViewMemory(), at=start)
    pipeline, (window, _view) = Pipeline(), window_on(feed, TraceRange.TEN_MINUTES)
    worn, due, third = wear_scenario(scenario_named("day"), seed=3), start, 0.0
    for events in stream(worn.device, start_ns=start, seconds=60 * minutes, seed=3, turn_s=0.1):
        turn(events, pipeline, [feed.view, feed.memory], feed.view)
        feed.at = HostNs(events[-1].at)
        if feed.at >= due:
            due = HostNs(due + round(FRAME_S * speed * NS_PER_S))
            window.bridge.turn()
            application().processEvents()
        if not third and feed.at >= start + 20 * minutes * NS_PER_S:
            third = rss_mib()
    grown = rss_mib() - third
    window.finish()
    return third, grown


def main() -> int:
    """Print the table; 1 where a bar is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=20.0)
    parser.add_argument("--hour", action="store_true")
    given = parser.parse_args()
    rows = []
    for which in TraceRange:
        took = frame_ms(which)
        more = f"median {np.median(took):.1f}, p99 {np.percentile(took, 99):.1f}"
        rows.append(
            Row(what=f"frame, {which.words}", value=took.mean(), bar=MOST_FRAME_MS[which], unit="ms", more=more)
        )
    calm, stalled = live(given.seconds, stalls=False), live(given.seconds, stalls=True)
    p99, calm_late, late = (np.percentile(ms, 99) for ms in (calm.pixel_ms, calm.late_ms, stalled.late_ms))
    median = np.median(calm.pixel_ms)
    late_words = f"{calm_late:.1f} calm, {late:.1f} with; worst {stalled.late_ms.max():.0f}"
    rows += [
        Row(what="window at 30 fps", value=100 * calm.window_share, bar=100 * MOST_SHARE, unit="% of a core"),
        Row(what="window, pipeline, link", value=100 * calm.share, bar=100 * MOST_SHARE, unit="% of a core"),
        Row(what="packet to pixel, p99", value=p99, bar=MOST_PIXEL_MS, unit="ms", more=f"median {median:.0f}"),
        Row(what="a stall adds, p99", value=late - calm_late, bar=MOST_LATE_MS, unit="ms", more=late_words),
    ]
    pictures = first_picture()
    whole = pictures["window"]
    more = f"cpu {pictures['opening'][1]:.1f}; whole window {whole[0]:.1f}, cpu {whole[1]:.1f}"
    rows.append(Row(what="first picture", value=pictures["opening"][0], bar=MOST_FIRST_S, unit="s", more=more))
    if given.hour:
        third, grown = growth_mib(60, 20)
        rows.append(Row(what="memory, an hour", value=grown, bar=MOST_GROWTH_MIB, unit="MiB", more=f"of {third:.0f}"))
    return report(rows)


def report(rows: Sequence[Row]) -> int:
    """Print the table."""
    table = Table(title="The window, 1280 x 800, one 100 Hz sensor")
    for column in ("what", "value", "bar", "unit", "more", ""):
        table.add_column(column, justify="right" if column in {"value", "bar"} else "left")
    for row in rows:
        table.add_row(row.what, f"{row.value:.1f}", f"{row.bar:g}", row.unit, row.more, "met" if row.met else "NOT met")
    Console(width=110).print(table)
    return 0 if all(row.met for row in rows) else 1


if __name__ == "__main__":
    raise SystemExit(main())
