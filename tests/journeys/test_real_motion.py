"""Real thigh motion through the simulated sensor, a whole Bluetooth LE stack, the real client and the pipeline, and back again."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from firmware_sim.player import PlayerSource, Recorded, from_npz
from firmware_sim.worn_sensor import device_for
from hipmonitor.core.inbound import HoldPose, Inbound, Pose
from hipmonitor.core.pipeline import Pipeline
from hipmonitor.core.ports import Clock
from hipmonitor.core.settings import DeepFlexionLimit, Settings, SittingLimit
from hipmonitor.io.session import read_session
from hipmonitor.runtime.analyze import analyze_slabs
from hipmonitor.runtime.recorded import open_recording, session_slabs
from tests.journeys.air_world import World, world
from tests.journeys.shared_data import DATA, needs_data
from tests.journeys.virtual_time import EPOCH_NS, run_virtually
from tests.laws.plain import plain
from tests.laws.test_house_laws import cut, lived, of_rooms

pytestmark = [needs_data, pytest.mark.data]
FILE = DATA / "body" / "qmt_full_body.npz"
SETTINGS = Settings(
    side="right",
    sitting=SittingLimit(sit_limit_min=0.2, break_s=5),
    deep_flexion=DeepFlexionLimit(thigh_limit_deg=70, deep_limit_min=0.1, break_s=5),
)
STANDING_S, TIMES = 2.0, 6
"""The file's first two seconds, quiet standing, are played six times over: time to connect and to calibrate."""
LEAD_S = STANDING_S * (TIMES - 1)
SITS_S, RISES_S = 9.0, 41.0
"""In the file."""


def with_a_longer_beginning(recorded: Recorded) -> Recorded:
    assert recorded.gyr_dps is not None
    n = round(STANDING_S * 100)
    rows = np.concatenate([np.tile(np.arange(n), TIMES - 1), np.arange(len(recorded.t_s))])
    return replace(recorded, t_s=np.arange(len(rows)) / 100, acc_g=recorded.acc_g[rows], gyr_dps=recorded.gyr_dps[rows])


async def wear_it(folder: Path) -> World:
    recorded = with_a_longer_beginning(from_npz(FILE, part="upper_leg_right"))

    def firmware(_: Clock) -> object:
        return device_for(PlayerSource(recorded), seed=5, model=recorded.model())

    async with world(firmware, SETTINGS, folder) as made:  # type: ignore[arg-type]
        loop = asyncio.get_running_loop()
        began_s = loop.time()
        await made.until_streaming()
        await asyncio.sleep(began_s + 6.0 - loop.time())
        made.act(HoldPose(pose=Pose.STAND))
        await asyncio.sleep(began_s + LEAD_S + SITS_S + 2 - loop.time())
        made.act(HoldPose(pose=Pose.SIT))
        await asyncio.sleep(began_s + LEAD_S + RISES_S + 20 - loop.time())
    return made


@pytest.fixture(scope="module")
def worn(tmp_path_factory: pytest.TempPathFactory) -> World:
    return run_virtually(wear_it(tmp_path_factory.mktemp("journey")))


@pytest.fixture(scope="module")
def as_lived(worn: World) -> dict[str, object]:
    return of_rooms(worn.kept.updates)


@pytest.fixture(scope="module")
def recorded_events(worn: World) -> list[Inbound]:
    assert worn.keeper.path is not None
    return list(read_session(worn.keeper.path))


def test_nothing_was_lost_and_alerts_were_given(worn: World) -> None:
    pieces = [piece for update in worn.kept.updates for piece in update.pieces]
    rows = sum(len(piece.imu) for piece in pieces)
    alerts = {(alert.kind.value, alert.level.name) for piece in pieces for alert in piece.alerts}
    assert rows > 6_000
    assert not any(piece.gaps for piece in pieces)
    assert not any(piece.faults for piece in pieces)
    assert {("sitting", "ALERT"), ("deep_flexion", "ALERT")} <= alerts


def test_the_seated_thigh_reads_what_the_file_says(worn: World) -> None:
    """The file's own orientation tells how far the thigh's long axis turned between standing and sitting."""
    pieces = [piece for update in worn.kept.updates for piece in update.pieces]
    flexion = np.concatenate([piece.thigh.thigh_flexion_deg for piece in pieces])
    t_s = (np.concatenate([piece.thigh.t_ns for piece in pieces]) - EPOCH_NS) / 1e9 - LEAD_S
    seated = flexion[(t_s > 25) & (t_s < 35)]
    quats = np.load(FILE)["upper_leg_right_quat"].astype(np.float64)
    w, x, y, z = np.moveaxis(quats[[100, 3000]], 1, 0)
    up = np.stack([2 * (x * z - w * y), 2 * (y * z + w * x), w * w - x * x - y * y + z * z], axis=1)
    expected = np.rad2deg(np.arccos(np.sum(up[0] * up[1])))
    assert np.median(seated) == pytest.approx(expected, abs=3.0)


def test_the_replay_of_the_recording_is_equal(recorded_events: list[Inbound], as_lived: dict[str, object]) -> None:
    assert lived(cut(recorded_events, range(0, len(recorded_events), 7))) == as_lived


def test_the_batch_of_the_recording_is_equal(recorded_events: list[Inbound], as_lived: dict[str, object]) -> None:
    assert lived([recorded_events]) == as_lived


def test_event_by_event_is_equal(recorded_events: list[Inbound], as_lived: dict[str, object]) -> None:
    assert lived([event] for event in recorded_events) == as_lived


def test_analysis_of_the_recording_tells_the_same_alerts(worn: World) -> None:
    assert worn.keeper.path is not None
    alerts = [alert for update in worn.kept.updates for alert in update.alerts]
    for reading in ("as_lived", "settled"):
        analysis = open_recording(worn.keeper.path, reading=reading)  # type: ignore[arg-type]
        assert plain(list(analysis.alerts)) == plain(alerts)
        assert len(analysis.t_ns) == sum(len(p.imu) for u in worn.kept.updates for p in u.pieces)
        assert analysis.calibration.method.value == "guided"


def test_analysis_does_not_depend_on_slabs(worn: World) -> None:
    assert worn.keeper.path is not None
    reader = read_session(worn.keeper.path)
    small = analyze_slabs(lambda: session_slabs(reader, size=100), reading="as_lived")
    large = analyze_slabs(lambda: session_slabs(reader), reading="as_lived")
    assert plain(small.thigh_flexion_deg) == plain(large.thigh_flexion_deg)
    assert plain(small.hip_flexion_deg) == plain(large.hip_flexion_deg)


def test_a_fresh_pipeline_needs_nothing_but_the_recording(recorded_events: list[Inbound]) -> None:
    exposure = Pipeline().step(recorded_events).exposure
    assert (exposure.bouts, exposure.sit_to_stand) == (1, 1)
