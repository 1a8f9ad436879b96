"""A Polar Verity Sense and a Capture2Go, worn, over the virtual air: found, streamed, calibrated, lost, found again, replayed."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from firmware_sim.body import Script, sit, stand, walk
from firmware_sim.sensors import CAPTURE2GO, VERITY, SimulatedSensor, verity_for
from firmware_sim.worn_sensor import WornImu, wear_imu
from hipmonitor.core.inbound import HoldPose, LinkState, Pose
from hipmonitor.core.instants import NS_PER_S
from hipmonitor.core.pipeline import HipUpdate, Pipeline
from hipmonitor.core.settings import Settings
from hipmonitor.core.wire import BatteryLevel, FaultKind, SensorInfo
from hipmonitor.io.session import read_session
from hipmonitor.runtime.recorded import open_recording
from tests.journeys.air_world import World, world
from tests.journeys.virtual_time import run_virtually
from tests.laws.plain import plain

SCRIPT: Script = (stand(15), sit(15, "office_chair"), walk(20), sit(70, "office_chair"))
STANDING_S, SEATED_S, AWAY_S = 3.0, 19.0, 6.0
ABOUT_RATE_HZ = {"verity": 52.0, "capture2go": 100.0}


@dataclass(frozen=True)
class Day:
    """What happened."""

    row: SimulatedSensor
    made: World
    worn: WornImu
    power_on_ns: int


async def lives(row: SimulatedSensor, folder: Path) -> Day:
    worn = wear_imu(SCRIPT, seed=4)
    firmware = row.new_firmware(worn.source, seed=worn.seed)
    async with world(lambda _: firmware, Settings(side="right"), folder, row=row) as made:
        power_on_ns = made.clock.now()
        await made.until_streaming()
        await asyncio.sleep(STANDING_S)
        made.act(HoldPose(pose=Pose.STAND))
        await asyncio.sleep(SEATED_S - STANDING_S)
        made.act(HoldPose(pose=Pose.SIT))
        await asyncio.sleep(35)
        made.air.set_in_range(False)
        await asyncio.sleep(AWAY_S)
        made.air.set_in_range(True)
        await made.until_streaming(times=2)
        await asyncio.sleep(35)
    return Day(row, made, worn, power_on_ns)


async def is_taken_out_of_its_charger(folder: Path) -> World:
    worn = wear_imu(SCRIPT, seed=4)
    firmware = verity_for(worn.source, seed=worn.seed)
    firmware.in_charger = True
    async with world(lambda _: firmware, Settings(), folder, row=VERITY) as made:
        await asyncio.sleep(20)
        firmware.in_charger = False
        await made.until_streaming()
    return made


@pytest.fixture(scope="module", params=[VERITY, CAPTURE2GO], ids=lambda row: row.sensor)
def day(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Day:
    return run_virtually(lives(request.param, tmp_path_factory.mktemp("bought")))


def columns(updates: Sequence[HipUpdate], block: str, name: str) -> np.ndarray:
    """One column of all pieces; rates are none before the first sample."""
    parts = [getattr(getattr(piece, block), name) for update in updates for piece in update.pieces]
    return np.concatenate([part for part in parts if part is not None])


def test_it_is_found_and_found_again(day: Day) -> None:
    states = day.made.states()
    assert states.count(LinkState.STREAMING) == 2
    assert states.count(LinkState.LOST) == 1
    assert states[-1] is LinkState.ENDED


def test_packets_of_seconds_are_no_silence(day: Day) -> None:
    silences = [link for link in day.made.links() if link.detail.startswith("Nothing from the sensor")]
    assert len(silences) <= (day.row is CAPTURE2GO)  # in the outage


def test_its_samples_come_at_its_rate_and_only_the_outage_is_missing(day: Day) -> None:
    t_ns = columns(day.made.kept.updates, "imu", "t_ns")
    between_s = np.diff(t_ns) / NS_PER_S
    assert 1 / np.median(between_s) == pytest.approx(ABOUT_RATE_HZ[day.row.sensor], rel=0.03)
    gaps = [gap for update in day.made.kept.updates for piece in update.pieces for gap in piece.gaps]
    assert all(gap.reason == "no samples came" for gap in gaps)
    assert sum(gap.end - gap.start for gap in gaps) / NS_PER_S < AWAY_S + 8
    assert between_s[between_s < 0.15].size == between_s.size - len(gaps)


def test_the_stream_goes_on_over_the_outage(day: Day) -> None:
    decoded = [item for update in day.made.kept.updates for piece in update.pieces for item in piece.decoded]
    assert len([item for item in decoded if isinstance(item, SensorInfo)]) == 1
    assert [item for item in decoded if isinstance(item, BatteryLevel)]


def test_nothing_but_the_outage_is_at_fault(day: Day) -> None:
    kinds = {fault.kind for update in day.made.kept.updates for piece in update.pieces for fault in piece.faults}
    assert kinds <= {FaultKind.SAMPLES_LOST, FaultKind.BAD_VALUE}


def test_samples_are_told_within_a_connection_interval_of_their_instants(day: Day) -> None:
    t_ns = columns(day.made.kept.updates, "imu", "t_ns")
    gyr = np.linalg.norm(columns(day.made.kept.updates, "imu", "gyr_radps"), axis=1)
    lags_s = np.arange(-0.2, 0.2, 0.002)
    t_s = (t_ns - day.power_on_ns) / NS_PER_S
    walking = (t_s > 32) & (t_s < 48)
    felt = [np.linalg.norm(day.worn.body.felt(t_s[walking] + lag).angular_rate_radps, axis=1) for lag in lags_s]
    error = [np.abs(each - gyr[walking]).mean() for each in felt]
    assert abs(lags_s[int(np.argmin(error))]) < 0.030


def test_the_angle_is_the_bodys(day: Day) -> None:
    t_s = (columns(day.made.kept.updates, "thigh", "t_ns") - day.power_on_ns) / NS_PER_S
    told = columns(day.made.kept.updates, "thigh", "thigh_flexion_deg")
    true = day.worn.body.truth(t_s).thigh_flexion_deg
    calibrated = (t_s > 25) & columns(day.made.kept.updates, "thigh", "trusted")
    assert calibrated.mean() > 0.5
    assert np.sqrt(np.mean((told - true)[calibrated] ** 2)) < 4.0


def test_the_recording_replays_bit_for_bit(day: Day) -> None:
    assert day.made.keeper.path is not None
    pipeline = Pipeline()
    again = [pipeline.step(batch) for batch in read_session(day.made.keeper.path).batches()]
    for block, name in (
        ("imu", "t_ns"),
        ("imu", "gyr_radps"),
        ("thigh", "thigh_flexion_deg"),
        ("activity", "kind"),
    ):
        assert plain(columns(again, block, name)) == plain(columns(day.made.kept.updates, block, name))


def test_the_recording_reads_settled_with_the_same_samples_and_the_bodys_angle(day: Day) -> None:
    assert day.made.keeper.path is not None
    settled = open_recording(day.made.keeper.path, reading="settled")
    lived_index = columns(day.made.kept.updates, "imu", "index")
    assert len(settled.t_ns) == np.count_nonzero(lived_index >= 0)
    t_s = (settled.t_ns - day.power_on_ns) / NS_PER_S
    true = day.worn.body.truth(t_s).thigh_flexion_deg
    assert np.sqrt(np.nanmean((settled.thigh_flexion_deg - true) ** 2)) < 4.0


def test_a_sensor_in_its_charger_is_told_and_waited_for(tmp_path: Path) -> None:
    links = run_virtually(is_taken_out_of_its_charger(tmp_path)).links()
    lost = [link for link in links if link.state is LinkState.LOST]
    assert len(lost) > 2
    assert all("in its charger" in link.detail for link in lost)
    assert links[-2].state is LinkState.STREAMING
