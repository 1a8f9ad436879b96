"""Sensors of other makers over the virtual air: found, streamed, lost, found again, recorded, and replayed to the same bit."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest

from firmware_sim.body import Script, sit, stand, walk
from firmware_sim.device import DotDevice, WitmotionDevice, WitmotionModel
from firmware_sim.peripherals import WITMOTION_FACE
from firmware_sim.sensors import DOT, SENSORS, WITMOTION, SimulatedSensor
from firmware_sim.worn_sensor import wear_imu
from hipmonitor.core.inbound import LinkState, Notification
from hipmonitor.core.settings import Settings
from hipmonitor.core.wire import BatteryLevel, FaultKind
from hipmonitor.core.wire import witmotion_protocol as wit
from hipmonitor.core.wire.witmotion_protocol import Register
from hipmonitor.io.session import read_session
from tests.journeys.air_world import World, world
from tests.journeys.virtual_time import run_virtually
from tests.laws.test_house_laws import lived, of_rooms

SCRIPT: Script = (stand(10), walk(12), sit(120, "office_chair"))
AWAY_S = 8.0


def firmware(row: SimulatedSensor) -> object:
    imu = wear_imu(SCRIPT, seed=4)
    return row.new_firmware(imu.source, seed=imu.seed)


async def walks_away(row: SimulatedSensor, folder: Path) -> World:
    async with world(lambda _: firmware(row), Settings(), folder, row=row) as made:  # type: ignore[arg-type,return-value]
        await made.until_streaming()
        await asyncio.sleep(20)
        made.air.set_in_range(False)
        await asyncio.sleep(AWAY_S)
        made.air.set_in_range(True)
        await made.until_streaming(times=2)
        await asyncio.sleep(12)
    return made


@pytest.fixture(scope="module", params=[row for row in SENSORS if row.sensor != "hip"], ids=lambda row: row.sensor)
def day(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> World:
    return run_virtually(walks_away(request.param, tmp_path_factory.mktemp("day")))


def test_it_is_found_lost_and_found_again(day: World) -> None:
    states = day.states()
    assert states.count(LinkState.STREAMING) == 2
    assert LinkState.LOST in states
    assert states[-1] is LinkState.ENDED
    assert day.links()[-1].sensor == next(iter(day.sensors))


def test_samples_flow_except_while_it_is_away(day: World) -> None:
    """What a sensor held back and hands on later lies between two gaps."""
    gaps = [gap for update in day.kept.updates for piece in update.pieces for gap in piece.gaps]
    assert 1 <= len(gaps) <= 2
    assert 3 < (gaps[-1].end - gaps[0].start) / 1e9 < AWAY_S + 8
    measured = sum(int(piece.imu.measured.sum()) for update in day.kept.updates for piece in update.pieces)
    rate_hz = max(piece.imu.rate_hz for update in day.kept.updates for piece in update.pieces if len(piece.imu))
    assert measured > 28 * rate_hz


def test_no_more_was_unreadable_than_the_halves_of_what_the_loss_cut_in_two(day: World) -> None:
    faults = [fault for update in day.kept.updates for piece in update.pieces for fault in piece.faults]
    assert len([fault for fault in faults if fault.kind is not FaultKind.SAMPLES_LOST]) <= 2


def test_its_battery_is_known(day: World) -> None:
    told = [item for update in day.kept.updates for piece in update.pieces for item in piece.decoded]
    assert any(isinstance(item, BatteryLevel) and 80 <= item.percent <= 100 for item in told)


def test_the_recording_replays_to_the_same_bit(day: World) -> None:
    assert day.keeper.path is not None
    reader = read_session(day.keeper.path)
    assert lived(reader.batches(100)) == of_rooms(day.kept.updates)
    assert reader.damage is None


# --- what only some do ------------------------------------------------------------------------------------------------


async def button_is_held_and_pressed_again(folder: Path) -> tuple[World, list[str]]:
    said: list[str] = []
    device = firmware(DOT)
    assert isinstance(device, DotDevice)
    async with world(lambda _: device, Settings(), folder, row=DOT) as made:
        await made.until_streaming()
        await asyncio.sleep(5)
        device.press(made.clock.now(), long=True)
        await asyncio.sleep(20)
        said += [link.detail for link in made.links()[-4:]]
        device.press(made.clock.now())
        await made.until_streaming(times=2)
        await asyncio.sleep(3)
    return made, said


def test_a_dot_that_was_switched_off_says_so_until_its_button_is_pressed(tmp_path: Path) -> None:
    day, said = run_virtually(button_is_held_and_pressed_again(tmp_path))
    assert set(said) == {"The sensor was switched off. Press its button to switch it on."}
    assert day.states().count(LinkState.STREAMING) == 2


async def comes_and_goes(folder: Path) -> tuple[World, WitmotionDevice]:
    device = firmware(WITMOTION)
    assert isinstance(device, WitmotionDevice)
    async with world(lambda _: device, Settings(), folder, row=WITMOTION) as made:
        await made.until_streaming()
        made.power_off()
        await asyncio.sleep(6)
        device.reboot(made.clock.now())
        await made.power_on()
        await made.until_streaming(times=2)
    return made, device


NEWER = replace(WITMOTION, face=replace(WITMOTION_FACE, most_mtu=247))
STAMPED = WitmotionModel(is_stamped=True, notification_bytes=50, gathered_ns=30_000_000)


async def speaks_in_halves(folder: Path) -> World:
    imu = wear_imu(SCRIPT, seed=4)
    device = WitmotionDevice(imu.source, model=STAMPED)
    async with world(lambda _: device, Settings(), folder, row=NEWER) as made:
        await made.until_streaming()
        await asyncio.sleep(8)
    return made


def test_a_witmotion_whose_replies_and_frames_are_cut_anywhere_is_understood(tmp_path: Path) -> None:
    day = run_virtually(speaks_in_halves(tmp_path))
    written = [e.payload for e in day.events if isinstance(e, Notification) and e.channel == wit.WRITTEN]
    assert written.count(wit.read_register(Register.BANDWIDTH)) == 1
    assert written.count(wit.read_register(Register.CONTENT)) == written.count(wit.read_register(Register.RATE)) == 1
    sizes = {len(e.payload) for e in day.events if isinstance(e, Notification) and e.channel == wit.DATA}
    assert max(sizes) == 50
    pieces = [piece for update in day.kept.updates for piece in update.pieces]
    assert sum(len(piece.imu) for piece in pieces) > 780
    assert not any(piece.faults for piece in pieces)


def test_a_witmotion_keeps_what_was_set_and_is_not_set_again(tmp_path: Path) -> None:
    day, device = run_virtually(comes_and_goes(tmp_path))
    written = [e.payload for e in day.events if isinstance(e, Notification) and e.channel == wit.WRITTEN]
    assert written.count(wit.UNLOCK) == written.count(wit.KEEP) == 1
    assert device.writes_ignored == 0
