"""Away for longer than the sensor's memory at full rate: the slow memory fills in, over the real radio's talk."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from firmware_sim.body import sit, stand, walk
from firmware_sim.device import Model
from firmware_sim.worn_sensor import wear
from hipmonitor.core.activity import ActivityKind
from hipmonitor.core.inbound import LinkState, Notification
from hipmonitor.core.instants import NS_PER_S
from hipmonitor.core.settings import Settings
from hipmonitor.core.wire import hip_protocol as hip
from hipmonitor.runtime.recorded import open_recording
from tests.journeys.air_world import World, world
from tests.journeys.virtual_time import run_virtually

AWAY_S, FULL_MEMORY_S = 60.0, 20


async def away_for_long(folder: Path) -> World:
    sensor = wear((stand(12), walk(24), sit(240, "office_chair")), seed=4, model=Model(full_memory_s=FULL_MEMORY_S))
    async with world(lambda _: sensor.device, Settings(), folder) as made:
        await made.until_streaming()
        await asyncio.sleep(45)
        made.air.set_in_range(False)
        await asyncio.sleep(AWAY_S)
        made.air.set_in_range(True)
        await made.until_streaming(times=2)
        await asyncio.sleep(25)
    return made


@pytest.fixture(scope="module")
def away(tmp_path_factory: pytest.TempPathFactory) -> World:
    return run_virtually(away_for_long(tmp_path_factory.mktemp("away")))


def indices(made: World, kind: hip.Kind) -> list[int]:
    payloads = [e.payload for e in made.events if isinstance(e, Notification) and e.channel == hip.DATA]
    firsts = [(int.from_bytes(p[8:12], "little"), p[1]) for p in payloads if p[0] == kind]
    return sorted({index for first, n in firsts for index in range(first, first + n)})


def test_what_neither_came_nor_was_held_at_full_rate_comes_from_the_slow_memory(away: World) -> None:
    came = {*indices(away, hip.Kind.LIVE), *indices(away, hip.Kind.BACKFILL)}
    missing = [index for index in range(min(came), max(came)) if index not in came]
    assert 30 * 100 < len(missing) < AWAY_S * 100
    slow = indices(away, hip.Kind.SLOW_BACKFILL)
    assert slow == list(range(-(-missing[0] // 4), missing[-1] // 4 + 1))


def test_it_is_asked_for_once(away: World) -> None:
    asked = [
        e.payload[2]
        for e in away.events
        if isinstance(e, Notification) and e.channel == hip.CONTROL_WRITTEN and e.payload[0] == hip.Op.BACKFILL
    ]
    assert asked.count(hip.Kind.SLOW_BACKFILL) == 1


def test_settled_every_second_away_has_a_posture(away: World) -> None:
    assert away.keeper.path is not None
    analysis = open_recording(away.keeper.path)
    lost = next(link.at for link in away.links() if link.state is LinkState.LOST)
    back = [link.at for link in away.links() if link.state is LinkState.STREAMING][1]
    seconds = analysis.activity_per_second()
    begin = (lost - analysis.summary.start_ns) // NS_PER_S
    kinds = seconds[begin : begin + (back - lost) // NS_PER_S]
    assert len(kinds) > AWAY_S / 2
    assert set(kinds) <= {ActivityKind.SIT.word, ActivityKind.SEDENTARY.word}
