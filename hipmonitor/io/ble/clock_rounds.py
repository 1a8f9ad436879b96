"""When clock round trips are made: some quickly before the stream begins, then once a second, at a random phase."""

from __future__ import annotations

import asyncio
import random

from hipmonitor.io.ble.hip_dialogue import HipDialogue
from hipmonitor.io.ble.params import BleParams


async def quick_rounds(dialogue: HipDialogue, params: BleParams, chance: random.Random) -> None:
    """Several round trips spread over the connection interval, so that one of them hardly waits for it."""
    for _ in range(params.quick_round_trips):
        if not await dialogue.round_trip():
            return
        await asyncio.sleep(chance.uniform(0.0, params.quick_spacing_s))


async def steady_rounds(dialogue: HipDialogue, params: BleParams, chance: random.Random) -> None:
    """About once a second until cancelled.

    Packets come at a fixed period that beats with the connection interval; a random phase keeps the round trips out of
    step with both (`tests.benchmarks.timebase`: 1.2-2.2 ms as lived; every five seconds 3.6 ms).
    """
    while True:
        await asyncio.sleep(params.round_trip_period_s * chance.uniform(0.5, 1.5))
        await dialogue.round_trip()
