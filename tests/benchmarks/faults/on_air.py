"""A link that will not stand: over the virtual air, with the real client, in simulated time. What is lost, and what the person is told."""

from __future__ import annotations

import asyncio
import random
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

import numpy as np
from bleak import BleakScanner
from bleak.backends.scanner import AdvertisementDataCallback
from bleak.exc import BleakBluetoothNotAvailableError, BleakBluetoothNotAvailableReason
from bumble.transport.common import Transport

from firmware_sim.air import AirController
from firmware_sim.body import sit, stand
from firmware_sim.worn_sensor import wear
from hipmonitor.core.inbound import LinkChange, LinkState
from hipmonitor.core.settings import Settings
from hipmonitor.io.ble import BleSource, sentences
from hipmonitor.io.ble.bumble_radio import BumbleRadio
from hipmonitor.io.ble.scan import find
from hipmonitor.runtime.recorded import open_recording
from tests.benchmarks.faults.row import Row
from tests.journeys.air_world import THIGH, World, world
from tests.journeys.virtual_time import run_virtually

SCRIPT = (stand(12), sit(1200, "office_chair"))
LIMIT_S = 3000.0
SETTLES_S = 60.0
"""After the last trouble: what the sensor remembers is fetched within this time."""


NOTICED_S = 3.0
"""A link that has just been lost is noticed after its supervision timeout of two seconds."""


@dataclass(kw_only=True)
class Told:
    """What one time brought, beside the recording."""

    wants: tuple[str, ...] = ()
    """Each must be part of a sentence that the person was told."""
    back_s: float = 0.0
    """From the end of the trouble to samples again."""
    wrong: list[str] = field(default_factory=list)


class Trouble(Protocol):
    """Happens to a world that streams, at moments drawn by `chance`."""

    __name__: str

    async def __call__(self, made: World, chance: random.Random) -> Told: ...


class Switch(BumbleRadio):
    """A radio that can be switched off in the system, and pulled out."""

    off = False

    def new_scanner(self, on_advertisement: AdvertisementDataCallback) -> BleakScanner:
        scanner = super().new_scanner(on_advertisement)
        if self.off:
            scanner.start = _refused  # type: ignore[method-assign]
        return scanner

    def unplug(self) -> None:
        """The controller is gone; there is none to be opened."""
        self._wanted = "file:/there/is/no/adapter"
        self._switched_off()

    def plug_in(self, transport: Transport) -> None:
        """A controller is there again."""
        self._wanted = transport


async def _refused() -> None:
    raise BleakBluetoothNotAvailableError("off", BleakBluetoothNotAvailableReason.POWERED_OFF)


async def breaks_every_5_s(made: World, chance: random.Random) -> Told:
    """For a minute the sensor hangs up five seconds after each beginning of its stream."""
    for k in range(1, 13):
        await made.until_streaming(times=k)
        await asyncio.sleep(5 + chance.uniform(-0.5, 0.5))
        await made.sensors[THIGH].peripheral.hang_up()
    return await _back(made, 13, sentences.keeps_breaking(4, 60))


async def storm(made: World, chance: random.Random) -> Told:
    """A body between sensor and computer: in and out of reach fifty times, also while the link is being made."""
    for _ in range(50):
        made.air.set_in_range(False)
        await asyncio.sleep(chance.uniform(0.05, 4.0))
        made.air.set_in_range(True)
        await asyncio.sleep(chance.uniform(0.05, 4.0))
    return await _back(made, 0, "Reconnecting by itself")


async def bluetooth_off(made: World, chance: random.Random) -> Told:
    """Somebody switches Bluetooth off, and on again later."""
    made.radio.off = True
    made.air.set_in_range(False)
    await asyncio.sleep(chance.uniform(5, 90))
    made.air.set_in_range(True)
    made.radio.off = False
    return await _back(made, 2, "Bluetooth is off. Turn it on")


async def unplugged(made: World, chance: random.Random) -> Told:
    """The adapter is pulled out, and put back later."""
    made.host.power_off()
    made.radio.unplug()
    await asyncio.sleep(chance.uniform(5, 90))
    made.host = AirController("host", made.air)
    made.radio.plug_in(Transport(made.host, made.host))
    return await _back(made, 2, "cannot be opened")


async def held_elsewhere(made: World, chance: random.Random) -> Told:
    """While it is away from us another computer takes it, holds it, and lets it go."""
    made.air.set_in_range(False, made.host)
    await asyncio.sleep(chance.uniform(3, 6))
    host = AirController("another host", made.air)
    other = BumbleRadio(Transport(host, host))
    found = await find(other, THIGH, 10.0)
    assert found is not None
    client = other.new_client(found.device, lambda: None, 10.0)
    await client.connect()
    made.air.set_in_range(True, made.host)
    await asyncio.sleep(chance.uniform(40, 90))
    await client.disconnect()
    await other.aclose()
    return await _back(made, 2, sentences.HELD_ELSEWHERE)


async def killed_while_connected(made: World, chance: random.Random) -> Told:
    """The program dies while it is connected and says no goodbye; a new one starts, with the keys of the old one."""
    made.host.power_off()
    await asyncio.sleep(chance.uniform(0, 2))
    host = AirController("the next program's host", made.air)
    radio = BumbleRadio(Transport(host, host), keys=made.radio.keys)
    source, states = BleSource(made.clock, radio=radio), []
    began_s = asyncio.get_running_loop().time()
    async for batch in source.batches():
        states += [event.state for event in batch if isinstance(event, LinkChange)]
        if LinkState.STREAMING in states:
            break
    back_s = asyncio.get_running_loop().time() - began_s
    await source.aclose()
    await radio.aclose()
    made.radio.unplug()
    return Told(back_s=back_s)


async def _back(made: World, times: int, *wants: str) -> Told:
    """Wait until samples flow and what is missing was fetched."""
    ended_s = asyncio.get_running_loop().time()
    await asyncio.sleep(NOTICED_S)
    await made.until(lambda: made.states(THIGH)[-1:] == [LinkState.STREAMING] and _streams(made) >= times)
    back_s = asyncio.get_running_loop().time() - ended_s
    await asyncio.sleep(SETTLES_S)
    return Told(wants=wants, back_s=back_s)


def _streams(made: World) -> int:
    return made.states(THIGH).count(LinkState.STREAMING)


async def lived(trouble: Trouble, seed: int, folder: Path) -> tuple[World, Told]:
    """Twenty seconds of quiet, the trouble, and the time after it."""
    chance = random.Random(seed)
    sensor = wear(SCRIPT, seed=seed)
    async with world(lambda _: sensor.device, Settings(), folder, new_radio=Switch) as made:
        await made.until_streaming()
        await asyncio.sleep(20)
        before = len(asyncio.all_tasks())
        told = await trouble(made, chance)
        left = len(asyncio.all_tasks()) - before
        if left > 2:
            told.wrong.append(f"{left} tasks more than before")
    return made, told


TROUBLES: tuple[Trouble, ...] = (
    breaks_every_5_s,
    storm,
    bluetooth_off,
    unplugged,
    held_elsewhere,
    killed_while_connected,
)
NAMES = {
    breaks_every_5_s: "sensor hangs up every 5 s, 12 times",
    storm: "in and out of reach 50 times",
    bluetooth_off: "Bluetooth off for 5-90 s",
    unplugged: "adapter away for 5-90 s",
    held_elsewhere: "held by another computer",
    killed_while_connected: "program killed while connected",
}
BACK_WITHIN_S = 15.0
"""A scan, the longest wait between tries, and a connection."""


def on_air(trouble: Trouble, times: int, folder: Path) -> Row:
    """Each time another person, body and moment."""
    wrong: list[str] = []
    lost, slowest_s = 0, 0.0
    for seed in range(1, times + 1):
        place = folder / str(seed)
        place.mkdir()
        made, told = run_virtually(lived(trouble, seed, place), LIMIT_S)
        missing = _missing(made)
        lost, slowest_s = max(lost, missing), max(slowest_s, told.back_s)
        said = " ".join(change.detail for change in made.links())
        told.wrong += [f"nobody was told {words!r}" for words in told.wants if words not in said]
        told.wrong += [f"{missing} samples missing"] if missing else []
        told.wrong += [f"back after {told.back_s:.0f} s"] if told.back_s > BACK_WITHIN_S else []
        wrong += [f"seed {seed}: {words}" for words in told.wrong]
    return Row(
        fault=NAMES[trouble],
        times=times,
        lost=f"{lost:,} samples missing",
        recovered=f"samples again within {slowest_s:.1f} s",
        bar=f"0 samples missing (settled), back within {BACK_WITHIN_S:g} s, a sentence",
        wrong=tuple(wrong),
    )


def _missing(made: World) -> int:
    """Samples between the first and the last, in the settled reading."""
    assert made.keeper.path is not None
    settled = open_recording(made.keeper.path, reading="settled")
    steps_ns = np.diff(settled.t_ns)
    return int((np.rint(steps_ns / np.median(steps_ns[:1000])) - 1).sum())
