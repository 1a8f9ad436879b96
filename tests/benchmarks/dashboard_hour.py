"""Whether the window keeps its memory over an hour: a recording replayed at 20 times its speed, and an hour that is lived.

    python -m tests.benchmarks.dashboard_hour replayed RECORDING | lived

Run as processes of their own by `tests.benchmarks.dashboard`, so that nothing else is in their memory. Prints a list of
(minutes of data, MiB resident) as JSON.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PySide6.QtCore import QEventLoop, QTimer

from firmware_sim.memory_link import DEFAULT_SENSOR, stream
from firmware_sim.scenarios import scenario_named
from firmware_sim.worn_sensor import wear_scenario
from hipmonitor.core.inbound import ChangeSettings, LinkChange, LinkState, UserAction
from hipmonitor.core.instants import NS_PER_S, HostNs
from hipmonitor.core.pipeline import Pipeline
from hipmonitor.core.settings import Settings
from hipmonitor.io.session import SessionWriter
from hipmonitor.runtime.drive import turn
from hipmonitor.ui.dashboard.opening import application
from hipmonitor.ui.dashboard.replay.projector import SPEEDS
from hipmonitor.ui.view_model import LiveView, SourceKind, ViewMemory
from tests.benchmarks.dashboard_frames import FRAME_S, START, FilledFeed
from tests.ui.dashboard_lived import LivedFeed, window_on
from tests.ui.replay_window import replay_of

MINUTES, SPEED, SEED = 60.0, 20.0, 3
SAMPLE_MS = 1000
TURN_S = 0.6
"""Of data, in the hour that is lived: a frame of 20 times the speed brings as much."""
WARM = 1 / 3
"""Of the hour: caches, rings and Python's own pools are filled."""
Course = list[tuple[float, float]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Growth:
    """How memory went."""

    slope_mib: float
    """MiB an hour of data, by a straight line through what came after the warm-up."""
    grown_mib: float
    """From the end of the warm-up to the end."""
    warm_mib: float


class Hour:
    """Both courses, measured side by side: neither needs much of the processor, and one waits for the clock."""

    def __init__(self, folder: Path) -> None:
        recording = record_hour(folder)
        self._replayed, self._lived = _process("replayed", str(recording)), _process("lived")

    def replayed(self) -> Growth:
        """The Replay view at 20 times."""
        return _growth(self._replayed)

    def lived(self) -> Growth:
        """The Now view, with the frames of a session of 20 times the speed."""
        return _growth(self._lived)

    def end(self) -> None:
        """Whatever still runs."""
        for process in (self._replayed, self._lived):
            process.kill()


def _process(*arguments: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.benchmarks.dashboard_hour", *arguments]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def _growth(process: subprocess.Popen[str]) -> Growth:
    told, _ = process.communicate(timeout=600)
    if process.returncode:
        raise RuntimeError(f"{process.args} ended with {process.returncode}")
    minutes, mib = np.array(json.loads(told)).T
    warm = minutes >= minutes[0] + WARM * (minutes[-1] - minutes[0])
    slope, _ = np.polyfit(minutes[warm] / 60, mib[warm], 1)
    return Growth(slope_mib=float(slope), grown_mib=float(mib[-1] - mib[warm][0]), warm_mib=float(mib[warm][0]))


def record_hour(folder: Path) -> Path:
    """A simulated sensor at 100 Hz, as a live session records it."""
    worn = wear_scenario(scenario_named("day"), seed=SEED)
    with SessionWriter(folder, sensor=DEFAULT_SENSOR, started_at=START) as writer:
        writer.record([UserAction(at=START, action=ChangeSettings(settings=Settings()))])
        at = START
        for events in stream(worn.device, start_ns=START, seconds=60 * MINUTES, seed=SEED):
            writer.record(events)
            at = HostNs(events[-1].at)
        writer.record([LinkChange(at=at, sensor=DEFAULT_SENSOR, state=LinkState.ENDED)])
    return writer.path


def replayed(recording: Path) -> Course:
    """In the Replay view, from beginning to end in real time."""
    window, course = window_on(LivedFeed()), Course()
    view = replay_of(window)
    view.open_path(recording)
    while view.projector is None and view.runner.busy:
        application().processEvents()
        time.sleep(FRAME_S)
    projector, transport = view.projector, view.page.transport
    if projector is None:
        raise RuntimeError(f"{recording} was not opened")
    projector.step(0.0)
    loop = QEventLoop()
    transport.speed.choose(SPEEDS.index(SPEED))
    transport.toggle_play()

    def sample() -> None:
        course.append(((projector.now() - projector.film.start) / NS_PER_S / 60, rss_mib()))
        if projector.at_end:
            loop.quit()

    sampling = QTimer()
    sampling.timeout.connect(sample)
    sampling.start(SAMPLE_MS)
    window.bridge.start()
    loop.exec()
    window.finish()
    return course


def lived() -> Course:
    """In the Now view, as fast as it goes."""
    feed = FilledFeed(view=LiveView(source=SourceKind.LIVE), memory=ViewMemory(), at=START)
    window, pipeline, course = window_on(LivedFeed()), Pipeline(), Course()
    window.watch(feed)
    worn, due = wear_scenario(scenario_named("day"), seed=SEED), int(START)
    for events in stream(worn.device, start_ns=START, seconds=60 * MINUTES, seed=SEED, turn_s=TURN_S):
        turn(events, pipeline, [feed.view, feed.memory], feed.view)
        feed.at = HostNs(events[-1].at)
        minutes = (feed.at - START) / NS_PER_S / 60
        if feed.at >= due:
            due += round(FRAME_S * SPEED * NS_PER_S)
            window.bridge.turn()
            application().processEvents()
        if not course or minutes - course[-1][0] >= SPEED / 60:
            course.append((minutes, rss_mib()))
    window.finish()
    return course


def rss_mib() -> float:
    """Now."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize() / 2**20


def main() -> int:
    """One course."""
    with tempfile.TemporaryDirectory():
        course = replayed(Path(sys.argv[2])) if sys.argv[1] == "replayed" else lived()
    print(json.dumps(course))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
