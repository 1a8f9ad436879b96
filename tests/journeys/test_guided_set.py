"""A guided set on the air: begun through the front door, counted on the sensor's motor, ended, rated, and kept in the history."""

from __future__ import annotations

import asyncio
import csv
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

pytest.importorskip("bumble", reason="the simulator's Bluetooth stack is an extra: pip install 'hipmonitor[sim]'")

from firmware_sim.body import sit, squats, stand
from firmware_sim.device import Vibration
from firmware_sim.worn_sensor import wear
from hipmonitor.core.exercise import BY_NAME, EndedBy, SetResult
from hipmonitor.core.inbound import EndSet, HoldPose, Pose, RateSet, StartSet
from hipmonitor.core.pipeline import HipUpdate
from hipmonitor.core.settings import CountAloud, Settings
from hipmonitor.io.history import History
from hipmonitor.runtime.counting_aloud import CountingAloud
from hipmonitor.runtime.counting_cues import Cue
from hipmonitor.runtime.counting_ways import BUZZES
from hipmonitor.runtime.history_settling import rebuild, settle
from hipmonitor.ui.cli.app import app
from tests.journeys.air_world import World, world
from tests.journeys.virtual_time import run_virtually

SQUAT = BY_NAME["squat"]
TARGET = replace(SQUAT.target, repetitions=30, range_deg=30.0, hold_s=0.0)
SETTINGS = Settings(side="right", exercise=CountAloud(count_by_sound=False))
SCRIPT = (stand(6), sit(12, "kitchen_chair"), stand(12), squats(24), stand(10))


class OnTheLoop:
    """The motor's way in virtual time, where there are no threads: a task of the loop for every cue."""

    failed = ""

    def __init__(self, made: World) -> None:
        self._source = made.source
        self.told: list[tuple[Cue, asyncio.Task[bool]]] = []

    def put(self, cue: Cue, _volume_percent: int) -> None:
        self.told.append((cue, asyncio.ensure_future(self._source.vibrate(*BUZZES[cue]))))

    def close(self) -> None:
        """Nothing to let go."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Lived:
    """What there was to see afterwards."""

    told: Sequence[Cue]
    felt: Sequence[Vibration]
    """By the sensor's motor."""
    updates: Sequence[HipUpdate]
    recording: Path

    @property
    def result(self) -> SetResult:
        (only,) = (r for update in self.updates for piece in update.pieces for r in piece.exercise.results)
        return only


async def a_set(folder: Path) -> Lived:
    """Two poses, a set of squats that the wearer ends, and how comfortable it was."""
    sensor = wear(SCRIPT, seed=4)
    async with world(lambda _: sensor.device, SETTINGS, folder) as made:
        motor = OnTheLoop(made)
        made.sinks.append(CountingAloud({"vibration": motor}, SETTINGS))
        await made.until_streaming()
        made.act(HoldPose(pose=Pose.STAND))
        await asyncio.sleep(9)
        made.act(HoldPose(pose=Pose.SIT))
        await asyncio.sleep(12)
        made.act(StartSet(exercise=SQUAT, target=TARGET))
        await asyncio.sleep(34)
        made.act(EndSet())
        await asyncio.sleep(2)
        lived = Lived(told=(), felt=(), updates=made.kept.updates, recording=folder)
        made.act(RateSet(started=lived.result.started, comfort=8))
        await asyncio.sleep(2)
        assert all([await task for _, task in motor.told])
    assert made.keeper.path is not None
    told = [cue for cue, _ in motor.told]
    return replace(lived, told=told, felt=sensor.device.vibrations, recording=made.keeper.path)


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Lived:
    return run_virtually(a_set(tmp_path_factory.mktemp("set")))


def test_every_repetition_is_felt_on_the_thigh(lived: Lived) -> None:
    count = lived.result.full
    assert count >= 6
    assert lived.told[0] is Cue.POSE_ACCEPTED
    assert lived.told[1:-1] == [Cue.TICK if k % 5 else Cue.MILESTONE for k in range(1, count + 1)]
    assert lived.told[-1] is Cue.ENDED
    assert [(each.pattern, each.strength_percent) for each in lived.felt] == [BUZZES[cue] for cue in lived.told]


def test_the_set_and_its_repetitions_are_in_an_export_and_in_an_analysis(lived: Lived, tmp_path: Path) -> None:
    done = CliRunner().invoke(app, ["export", str(lived.recording), "--out", str(tmp_path / "csv"), "--to", "csv"])
    assert done.exit_code == 0, done.output
    (row,) = table(tmp_path / "csv" / "sets_settled.csv")
    repetitions = table(tmp_path / "csv" / "repetitions_settled.csv")
    assert (row["exercise"], row["ended_by"], row["asked_repetitions"]) == ("squat", "wearer", "30")
    assert float(row["repetitions"]) + float(row["partial_repetitions"]) == len(repetitions)
    assert all(float(each["range_deg"]) > 30 for each in repetitions if each["full"] == "True")
    events = table(tmp_path / "csv" / "events_settled.csv")
    assert [event["kind"] for event in events].count("set") == 1


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_the_set_is_in_the_history_with_its_comfort_and_a_rebuild_gives_the_same(lived: Lived, tmp_path: Path) -> None:
    with History(tmp_path / "h.db") as history:
        settle(history, lived.recording)
        first, last = history.span() or (0, 0)
        (record,) = history.sets(first, last)
        settled = list(history.dump())
    assert (record.result.exercise, record.result.ended_by) == ("squat", EndedBy.WEARER)
    assert (record.shown, record.comfort) == (lived.result.full, 8)
    assert record.result.started == lived.result.started
    assert record.result.full == pytest.approx(lived.result.full, abs=1)
    with History(tmp_path / "again.db") as history:
        rebuild(history, lived.recording.parent)
        assert list(history.dump()) == settled
