"""Pausing: the sensor is let go, the time is a gap in one and the same session, and it is not fetched from memory afterwards."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from firmware_sim.body import sit, stand
from firmware_sim.worn_sensor import WornSensor, wear
from hipmonitor.core.inbound import LinkChange, LinkState, Mark, Notification, Tick
from hipmonitor.core.instants import NS_PER_S
from hipmonitor.core.settings import Settings
from hipmonitor.core.wire import hip_protocol as hip
from hipmonitor.io.ble import sentences
from hipmonitor.io.session import read_session
from tests.journeys.air_world import World, world
from tests.journeys.virtual_time import run_virtually

PAUSED_S = 20.0


async def pause_and_resume(folder: Path) -> tuple[World, WornSensor]:
    sensor = wear((stand(12), sit(120, "office_chair")), seed=4)
    async with world(lambda _: sensor.device, Settings(), folder) as made:
        await made.until_streaming()
        await asyncio.sleep(20)
        await made.source.pause()
        await made.source.pause()
        made.act(Mark(text="during the pause"))
        await asyncio.sleep(PAUSED_S)
        await made.source.resume()
        await made.until_streaming(times=2)
        await asyncio.sleep(20)
    return made, sensor


async def end_while_paused(folder: Path) -> World:
    sensor = wear((sit(60, "office_chair"),), seed=4)
    async with world(lambda _: sensor.device, Settings(), folder) as made:
        await made.until_streaming()
        await asyncio.sleep(3)
        await made.source.pause()
        await asyncio.sleep(3)
    await made.source.resume()
    return made


@pytest.fixture(scope="module")
def paused(tmp_path_factory: pytest.TempPathFactory) -> World:
    return run_virtually(pause_and_resume(tmp_path_factory.mktemp("pause")))[0]


def pause_of(made: World) -> tuple[int, int]:
    """From the sentence that says so to the next search."""
    links = [event for event in made.events if isinstance(event, LinkChange)]
    (said,) = [i for i, event in enumerate(links) if event.detail == sentences.PAUSED]
    assert links[said].state is LinkState.LOST
    assert links[said + 1].state is LinkState.SEARCHING
    return links[said].at, links[said + 1].at


def test_the_sensor_is_let_go_with_a_stop_and_nothing_crosses_the_radio_while_paused(paused: World) -> None:
    since, until = pause_of(paused)
    assert (until - since) / NS_PER_S == pytest.approx(PAUSED_S, abs=0.1)
    radio = [event for event in paused.events if isinstance(event, Notification)]
    assert not [event for event in radio if since < event.at < until]
    written = [event.payload[0] for event in radio if event.channel == hip.CONTROL_WRITTEN and event.at <= since]
    assert written[-1] == hip.Op.STOP


def test_ticks_and_actions_still_come_while_paused(paused: World) -> None:
    since, until = pause_of(paused)
    inside = [event for event in paused.events if since < event.at < until]
    assert sum(isinstance(event, Tick) for event in inside) >= PAUSED_S - 2
    assert any(mark.text == "during the pause" for update in paused.kept.updates for mark in update.marks)


def test_the_paused_time_is_a_gap_that_is_never_filled_from_memory(paused: World) -> None:
    since, until = pause_of(paused)
    radio = [event for event in paused.events if isinstance(event, Notification)]
    asked = [e for e in radio if e.channel == hip.CONTROL_WRITTEN and e.payload[0] == hip.Op.BACKFILL]
    assert not asked
    gaps = [gap for update in paused.kept.updates for piece in update.pieces for gap in piece.gaps]
    longest = max(gaps, key=lambda gap: gap.end - gap.start)
    assert longest.start <= since + NS_PER_S
    assert longest.end >= until
    samples = [t for update in paused.kept.updates for piece in update.pieces for t in piece.imu.t_ns.tolist()]
    assert not [t for t in samples if since < t < until]


def test_it_stays_one_session_with_one_recording(paused: World) -> None:
    assert paused.keeper.path is not None
    assert [event.at for event in read_session(paused.keeper.path)] == [event.at for event in paused.events]


def test_a_session_that_is_paused_ends_whole_and_does_not_come_back(tmp_path: Path) -> None:
    made = run_virtually(end_while_paused(tmp_path))
    assert made.states()[-2:] == [LinkState.LOST, LinkState.ENDED]
    assert made.keeper.path is not None
    assert made.keeper.path.suffix == ".mcap"
