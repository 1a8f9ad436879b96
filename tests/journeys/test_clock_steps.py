"""The computer sleeps, or its clock is set: it comes through the front door, and gives neither credit nor charge."""

from __future__ import annotations

import asyncio
from pathlib import Path

from firmware_sim.body import sit, stand
from firmware_sim.worn_sensor import wear
from hipmonitor.core.inbound import ClockStep, Tick
from hipmonitor.core.instants import NS_PER_S
from hipmonitor.core.settings import Settings
from hipmonitor.io.clock import ClockFunctions, SystemClock
from tests.journeys.air_world import World, world
from tests.journeys.virtual_time import EPOCH_NS, run_virtually


class SettableWall:
    """A wall clock that somebody sets while time goes on."""

    def __init__(self) -> None:
        self.set_by_ns = 0
        loop = asyncio.get_running_loop()
        passed = lambda: round(loop.time() * NS_PER_S)  # noqa: E731 - named for three uses
        functions = ClockFunctions(wall=lambda: EPOCH_NS + passed() + self.set_by_ns, steady=passed, awake=passed)
        self.clock = SystemClock(functions=functions, utc_offset_s=lambda _: 0)


async def clock_is_set(folder: Path) -> World:
    sensor = wear((stand(12), sit(60, "office_chair")), seed=4)
    wall = SettableWall()
    async with world(lambda _: sensor.device, Settings(), folder, clock=wall.clock) as made:
        await made.until_streaming()
        await asyncio.sleep(20)
        wall.set_by_ns = 3600 * NS_PER_S
        await asyncio.sleep(10)
    return made


def test_a_clock_that_was_set_is_recorded_once_and_changes_nothing_but_civil_time(tmp_path: Path) -> None:
    day = run_virtually(clock_is_set(tmp_path))
    (step,) = [event for event in day.events if isinstance(event, ClockStep)]
    ticks = [event for event in day.events if isinstance(event, Tick)]
    assert step.step_ns == 3600 * NS_PER_S
    assert (ticks[-1].minute_of_day - ticks[0].minute_of_day) % 1440 in {60, 61}
    assert ticks[-1].at - ticks[0].at < 60 * NS_PER_S
    assert not any(piece.gaps for update in day.kept.updates for piece in update.pieces)
