"""The week's recordings lived, replayed and rebuilt; each a job that a process of its own can do."""

from __future__ import annotations

import time
from collections.abc import Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

import numpy as np

from firmware_sim.ordinary_week import HOME_S, MONDAY, Wearing, ordinary_week, zones
from firmware_sim.scenarios import wearer
from hipmonitor.core.activity import ActivityKind
from hipmonitor.core.arrays import Bools, Floats, Ints
from hipmonitor.core.exposure import TimedSecond
from hipmonitor.core.instants import NS_PER_S
from hipmonitor.core.pipeline import HipUpdate
from hipmonitor.core.settings import Settings
from hipmonitor.io.history import History
from hipmonitor.io.session import read_session
from hipmonitor.runtime.analyze import analyze_slabs
from hipmonitor.runtime.history_settling import rebuild
from hipmonitor.runtime.recorded import session_slabs
from tests.benchmarks.week_lived import LivedRecording, live, said, through_the_door, worn
from tests.benchmarks.week_truth import Lived, lived, start_ns

MONDAY_NS = (MONDAY * 86_400 - HOME_S) * NS_PER_S
LIVED_DB, REBUILT_DB = "lived.db", "rebuilt.db"


@dataclass(frozen=True, kw_only=True)
class Clock:
    """The wearer's clock on the wall."""

    since_ns: np.ndarray
    offset_s: np.ndarray

    def offset(self, at_ns: np.ndarray) -> np.ndarray:
        """Seconds ahead of UTC."""
        return self.offset_s[np.maximum(np.searchsorted(self.since_ns, at_ns, side="right") - 1, 0)]

    def day(self, at_ns: np.ndarray) -> np.ndarray:
        """Civil day."""
        return (at_ns // NS_PER_S + self.offset(at_ns)) // 86_400


def clock_of(week: Sequence[Wearing]) -> Clock:
    """Of the week."""
    changes = zones(week)
    since = np.array([MONDAY_NS + round(at_s * NS_PER_S) for at_s, _ in changes])
    return Clock(since_ns=since, offset_s=np.array([offset for _, offset in changes]))


@dataclass(frozen=True, kw_only=True, eq=False)
class Recorded:
    """A wearing, its truth and what was lived."""

    wearing: Wearing
    truth: Lived
    got: LivedRecording
    cpu_s: float


class SettledSeconds:
    """A sink: what the settled reading says of each second."""

    def __init__(self) -> None:
        self._seconds: list[TimedSecond] = []

    def accept(self, update: HipUpdate) -> None:
        """Keep them."""
        self._seconds += (second for piece in update.pieces for second in piece.exposure.seconds)

    def columns(self) -> dict[str, np.ndarray]:
        """One row a second; those of a long loss once."""
        names = ("start", "kind", "flexion_deg", "highest_deg", "sd_deg")
        return {name: np.array([getattr(second, name) for second in self._seconds]) for name in names}


@dataclass(frozen=True, kw_only=True, eq=False)
class Replayed:
    """The recording gone through again, in slabs."""

    alerts: tuple[str, ...]
    settled: dict[str, np.ndarray]
    cpu_s: float

    def held(self, truth: Lived) -> Bools:
        """Of every second of the truth, whether the settled reading says sitting or lying, not which."""
        return np.isin(_unix_s(truth), self._unix_s()[self.settled["kind"] == ActivityKind.SEDENTARY])

    def sd_deg(self, truth: Lived) -> Floats:
        """Of the placement, in every second of the truth; of the nearest before it that was decided."""
        at = np.searchsorted(self._unix_s(), _unix_s(truth), side="right") - 1
        return np.asarray(self.settled["sd_deg"][np.maximum(at, 0)])

    def _unix_s(self) -> Ints:
        return np.asarray(self.settled["start"] // NS_PER_S)


def _unix_s(truth: Lived) -> Ints:
    return truth.start_ns // NS_PER_S + np.arange(len(truth.kind))


@dataclass(frozen=True, kw_only=True, eq=False)
class Week:
    """Everything that the judges look at."""

    clock: Clock
    recorded: list[Recorded]
    replayed: list[Replayed]
    rebuilt_alike: bool
    """The history rebuilt from the recordings alone has the same rows as the lived one."""
    cpu_s: float


def live_recording(number: int, seed: int, folder: Path) -> Recorded:
    """From the body to the settled history."""
    began, person = time.process_time(), wearer(seed)
    week = ordinary_week(person)
    clock, wearing = clock_of(week), week[number]
    body, turns = worn(wearing, person, seed + number)
    truth, start = lived(wearing, body), start_ns(wearing)
    door = through_the_door(
        turns(start), said(wearing, person, start, Settings()), lambda at: int(clock.offset(np.array(at)))
    )
    got = live(door, folder, folder / LIVED_DB, number + 1, start)
    return Recorded(wearing=wearing, truth=truth, got=got, cpu_s=time.process_time() - began)


def replay_recording(path: Path) -> Replayed:
    """Alerts again, and what settling says."""
    began, reader, seconds = time.process_time(), read_session(path), SettledSeconds()
    analysis = analyze_slabs(lambda: session_slabs(reader), per_sample=False, settled_sinks=[seconds])
    return Replayed(
        alerts=tuple(map(repr, analysis.alerts)),
        settled=seconds.columns(),
        cpu_s=time.process_time() - began,
    )


def rebuild_history(folder: Path) -> tuple[bool, float]:
    """From the recordings alone; whether it has the same rows as the lived one."""
    began = time.process_time()
    with History(folder / REBUILT_DB) as again, History(folder / LIVED_DB) as history:
        rebuild(again, folder)
        return list(again.dump()) == list(history.dump()), time.process_time() - began


def whole_week(seed: int, which: Sequence[int], folder: Path, processes: int = 2) -> Week:
    """Recordings are lived beside each other, the longest first; each is replayed once there is nothing left to live.

    Two monitors never run at once on a person; here they may, for sessions that do not touch hand nothing on to each other, and
    a history takes them in any order.
    """
    week = ordinary_week(wearer(seed))
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        living = {
            n: pool.submit(live_recording, n, seed, folder) for n in sorted(which, key=lambda n: -week[n].seconds)
        }
        replays: dict[int, Future[Replayed]] = {}
        while len(replays) < len(living):
            wait([one for n, one in living.items() if n not in replays], return_when=FIRST_COMPLETED)
            done = [n for n, one in living.items() if one.done() and n not in replays]
            if len(replays) + len(done) == len(living):
                rebuilt = pool.submit(rebuild_history, folder)
            for n in done:
                replays[n] = pool.submit(replay_recording, living[n].result().got.path)
        alike, rebuilding_s = rebuilt.result()
        recorded, replayed = [living[n].result() for n in which], [replays[n].result() for n in which]
    cpu_s = rebuilding_s + sum(one.cpu_s for one in recorded) + sum(one.cpu_s for one in replayed)
    return Week(clock=clock_of(week), recorded=recorded, replayed=replayed, rebuilt_alike=alike, cpu_s=cpu_s)
