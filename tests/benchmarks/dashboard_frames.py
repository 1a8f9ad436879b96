"""What a frame of the window costs: processor time of the window's thread, for look, curve and paint together."""

from __future__ import annotations

import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from firmware_sim.memory_link import stream
from firmware_sim.scenarios import scenario_named
from firmware_sim.worn_sensor import wear_scenario
from hipmonitor.core.activity import ActivityKind
from hipmonitor.core.arrays import Floats
from hipmonitor.core.inbound import Action
from hipmonitor.core.instants import NS_PER_S, HostNs
from hipmonitor.core.pipeline import Pipeline
from hipmonitor.core.thigh import ThighBlock
from hipmonitor.io.clock import SystemClock
from hipmonitor.runtime.drive import turn
from hipmonitor.ui.dashboard.kept_choices import KeptChoices
from hipmonitor.ui.dashboard.now.now_view import NowView
from hipmonitor.ui.dashboard.opening import application
from hipmonitor.ui.dashboard.window import Window
from hipmonitor.ui.view_model import Glance, LiveView, SourceKind, TraceRange, ViewMemory
from tests.ui.dashboard_lived import LivedFeed, choice_of
from tests.ui.walk.scene import Scene, staged
from tests.ui.walk.scenes import SCENES, home_of

FRAME_S = 1 / 30
FRAMES = 150
VIEW_FRAMES = 90
FIRST_FRAMES = 5
"""Caches are filled."""
START = HostNs(1_788_000_000 * NS_PER_S)
VIEWS = {
    "History": "history_today",
    "Exercise": "exercise",
    "A guided set": "exercise_moving",
    "Sensors": "sensors",
    "Calibrate": "calibrate_sit",
    "Replay at 20x": "replay_20x",
    "Settings": "settings_alerts",
}
"""Word, and the scene in which it is looked at."""


@dataclass(slots=True, kw_only=True)
class FilledFeed:
    """A session that somebody else fills."""

    view: LiveView
    memory: ViewMemory
    at: HostNs
    """Where time stands."""
    clock: SystemClock = field(default_factory=SystemClock)
    running: bool = True

    def now(self) -> HostNs:
        return self.at

    def glance(self, now: HostNs) -> Glance:
        return self.view.glance(now)

    def act(self, _action: Action) -> None:
        pass

    def disk_free_bytes(self) -> int | None:
        return None

    def beside(self) -> None:
        pass


def of_now(which: TraceRange) -> Floats:
    """Milliseconds that frames of the Now view beside a 100 Hz sensor take, after a day; the curve is drawn anew in every one of them."""
    feed = FilledFeed(view=LiveView(source=SourceKind.LIVE), memory=ViewMemory(), at=START)
    _remember_a_day(feed.memory, START)
    pipeline = Pipeline()
    application()
    window = Window([choice_of(LivedFeed())], KeptChoices(trace_range=list(TraceRange).index(which)))
    window.show()
    window.watch(feed)
    view = window.views["now"]
    assert isinstance(view, NowView)
    took, due = [], START + 20 * NS_PER_S
    worn = wear_scenario(scenario_named("desk"), seed=3)
    for events in stream(worn.device, start_ns=START, seconds=20 + FRAMES * FRAME_S, seed=3, turn_s=0.002):
        turn(events, pipeline, [feed.view, feed.memory], feed.view)
        feed.at = HostNs(events[-1].at)
        if feed.at >= due:
            due += round(FRAME_S * NS_PER_S)
            view.trace.redraw()
            took.append(_frame_ms(window))
    window.finish()
    window.deleteLater()
    return np.array(took[FIRST_FRAMES:])


def of_views() -> dict[str, Floats]:
    """Milliseconds that frames of every other view take, in real time; a second of sitting is lived beside every 30 of them."""
    with tempfile.TemporaryDirectory() as homes:
        return {word: _of_scene(SCENES[name], Path(homes)) for word, name in VIEWS.items()}


def _of_scene(scene: Scene, homes: Path) -> Floats:
    took = []
    with staged(scene, home_of(scene, homes)) as (window, lived):
        for k in range(VIEW_FRAMES):
            if k % 30 == 0:
                lived.seconds(1, ActivityKind.SIT, 80.0)
            time.sleep(FRAME_S)
            took.append(_frame_ms(window))
    return np.array(took[FIRST_FRAMES:])


def _frame_ms(window: Window) -> float:
    began = time.thread_time()
    window.bridge.turn()
    application().processEvents()
    return 1000 * (time.thread_time() - began)


def _remember_a_day(memory: ViewMemory, end: HostNs) -> None:
    """Twenty-four hours at 1 Hz."""
    n = 86_400
    deg = 60 + 35 * np.sin(np.arange(n) / 900) + np.random.default_rng(1).normal(0, 3, n)
    memory._angles.take(
        ThighBlock(
            t_ns=end - (n - np.arange(n, dtype=np.int64)) * NS_PER_S,
            thigh_flexion_deg=deg,
            thigh_inclination_deg=deg,
            thigh_roll_deg=np.full(n, np.nan),
            trusted=np.ones(n, np.bool_),
            sd_deg=np.full(n, 2.0),
            placements=(),
            poses=(),
        )
    )
