"""What happens between sensor and host on a bad day: reboot, out of reach. Reconnected by itself, gap recorded, no credit."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from firmware_sim.body import sit, stand
from firmware_sim.worn_sensor import wear
from hipmonitor.core.activity import ActivityKind
from hipmonitor.core.inbound import LinkState
from hipmonitor.core.settings import Settings
from hipmonitor.io.session import read_session
from hipmonitor.runtime.recorded import open_recording
from tests.journeys.air_world import World, world
from tests.journeys.virtual_time import run_virtually

SCRIPT = (stand(12), sit(120, "office_chair"))


async def sensor_restarts(folder: Path) -> World:
    sensor = wear(SCRIPT, seed=4)
    async with world(lambda _: sensor.device, Settings(), folder) as made:
        await made.until_streaming()
        await asyncio.sleep(20)
        made.power_off()
        await asyncio.sleep(6)
        sensor.device.reboot(made.clock.now())
        await made.power_on()
        await made.until_streaming(times=2)
        await asyncio.sleep(15)
    return made


async def walks_out_of_reach(folder: Path) -> World:
    sensor = wear(SCRIPT, seed=4)
    async with world(lambda _: sensor.device, Settings(), folder) as made:
        await made.until_streaming()
        await asyncio.sleep(20)
        made.air.set_in_range(False)
        await asyncio.sleep(8)
        made.air.set_in_range(True)
        await made.until_streaming(times=2)
        await asyncio.sleep(20)
    return made


@pytest.fixture(scope="module", params=[sensor_restarts, walks_out_of_reach])
def bad_day(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> World:
    return run_virtually(request.param(tmp_path_factory.mktemp("outage")))


def test_it_reconnects_by_itself_and_says_what_happened(bad_day: World) -> None:
    states = bad_day.states()
    assert states.count(LinkState.STREAMING) == 2
    assert LinkState.LOST in states
    assert states[-1] is LinkState.ENDED


def test_the_outage_is_one_gap_of_its_length(bad_day: World) -> None:
    gaps = [gap for update in bad_day.kept.updates for piece in update.pieces for gap in piece.gaps]
    assert len(gaps) == 1
    assert 5 < (gaps[0].end - gaps[0].start) / 1e9 < 14


def test_missing_time_is_unknown_and_neither_sitting_nor_standing(bad_day: World) -> None:
    gap = next(gap for update in bad_day.kept.updates for piece in update.pieces for gap in piece.gaps)
    kinds = {
        ActivityKind(kind)
        for update in bad_day.kept.updates
        for piece in update.pieces
        for start, kind in zip(piece.activity.start_ns.tolist(), piece.activity.kind.tolist(), strict=True)
        if gap.start <= start and start + 10**9 <= gap.end
    }
    assert kinds == {ActivityKind.UNKNOWN}


def test_the_recording_is_whole(bad_day: World) -> None:
    assert bad_day.keeper.path is not None
    reader = read_session(bad_day.keeper.path)
    assert sum(len(batch) for batch in reader.batches()) == len(bad_day.events)
    assert reader.damage is None


def test_a_restart_is_told_from_an_outage(tmp_path: Path) -> None:
    day = run_virtually(sensor_restarts(tmp_path))
    reasons = [gap.reason for update in day.kept.updates for piece in update.pieces for gap in piece.gaps]
    assert reasons == ["the sensor restarted"]


def test_settled_fills_the_outage_from_the_sensors_memory(tmp_path: Path) -> None:
    day = run_virtually(walks_out_of_reach(tmp_path))
    assert day.keeper.path is not None
    lived = open_recording(day.keeper.path, reading="as_lived")
    settled = open_recording(day.keeper.path, reading="settled")
    assert lived.gaps
    assert settled.gaps == ()
    assert len(settled.t_ns) > len(lived.t_ns) + 500
