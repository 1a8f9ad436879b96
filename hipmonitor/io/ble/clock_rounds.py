"""When clock round trips are made: some quickly before the stream begins, then seldom, always at a random phase."""

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
    """Once a second at first, then every few seconds, until cancelled.

    Packets come at a fixed period that beats with the connection interval; a random phase keeps the round trips out of
    step with both (measured: without it errors of up to 10 ms, with it 1.3 ms).
    """
    elapsed_s = 0.0
    while True:
        settling = elapsed_s < params.settling_s
        period_s = params.settling_period_s if settling else params.steady_period_s
        wait_s = period_s * chance.uniform(0.5, 1.5)
        await asyncio.sleep(wait_s)
        elapsed_s += wait_s
        await dialogue.round_trip()
