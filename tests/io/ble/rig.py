"""Air, sensor and host in one event loop."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Coroutine, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any, TypeVar

from bumble import hci
from bumble.transport.common import Transport
from fake_firmware import FakeFirmware

from firmware_sim.air import Air, AirController
from firmware_sim.peripherals import HIP_FACE, ConnectionWish, steady_time
from firmware_sim.peripherals.bonds import Bonds
from firmware_sim.peripherals.on_radio import Peripheral
from firmware_sim.ports import Firmware
from hipmonitor.core.inbound import Inbound, LinkChange, LinkState, Notification, Tick
from hipmonitor.core.instants import HostNs
from hipmonitor.core.wire import hip_protocol as hip
from hipmonitor.io.ble import BleParams, BleSource
from hipmonitor.io.ble.bumble_radio import BumbleRadio
from hipmonitor.io.ble.scan import FoundSensor, find

T = TypeVar("T")
ADDRESS = "C4:11:22:33:44:55"
NAME = "HIP-1"
QUICK = BleParams(scan_s=1.0, connect_timeout_s=3.0, quick_round_trips=2, longest_backoff_s=0.5, look_for_gaps_s=1.0)
SUPERVISION_MS = 500
QUICK_INTERVAL_MS = 7.5
"""The shortest connection interval there is: tests spend most of their time discovering services."""

QUICK_FACE = replace(
    HIP_FACE, wish=ConnectionWish(shortest_interval_ms=QUICK_INTERVAL_MS, supervision_timeout_ms=SUPERVISION_MS)
)


def run(test: Coroutine[Any, Any, T], limit_s: float = 20.0) -> T:
    return asyncio.run(asyncio.wait_for(test, limit_s))


class TestClock:
    """The host's clock, with a civil time that is nobody's business here."""

    __test__ = False

    def __init__(self) -> None:
        self._time = steady_time()

    def now(self) -> HostNs:
        return HostNs(self._time())

    def tick(self, at: HostNs) -> Tick:
        return Tick(at=at, civil_day=0, minute_of_day=0, weekday=0, utc_offset_s=0)

    def step(self) -> None:
        return None


class Rig:
    """One host, one sensor that can be switched off and on."""

    def __init__(self, *, most_mtu: int = 517) -> None:
        self.air = Air()
        self.clock = TestClock()
        self.bonds = Bonds(self.clock.now)
        self.host = AirController("host", self.air)
        self.radio = BumbleRadio(
            Transport(self.host, self.host), supervision_timeout_ms=SUPERVISION_MS, most_mtu=most_mtu
        )
        self.set_interval(QUICK_INTERVAL_MS)
        self.sensor: Peripheral
        self.controller: AirController

    def set_interval(self, interval_ms: float) -> None:
        """What the host asks for at the next connection."""
        preferences = self.radio.preferences[hci.Phy.LE_1M]
        preferences.connection_interval_min = preferences.connection_interval_max = interval_ms

    async def power_on(self, firmware: Firmware) -> None:
        self.controller = AirController("sensor", self.air)
        self.sensor = Peripheral(
            Transport(self.controller, self.controller),
            firmware,
            QUICK_FACE,
            name=NAME,
            address=ADDRESS,
            clock=self.clock.now,
            bonds=self.bonds,
        )
        await self.sensor.start()

    def power_off(self) -> None:
        self.sensor.stop()
        self.controller.power_off()

    async def find(self) -> FoundSensor:
        found = await find(self.radio, NAME, 5.0)
        assert found is not None
        return found

    def source(self, params: BleParams = QUICK) -> BleSource:
        return BleSource(self.clock, radio=self.radio, params=params)


@asynccontextmanager
async def rig(firmware: Firmware | None = None, *, most_mtu: int = 517) -> AsyncIterator[Rig]:
    made = Rig(most_mtu=most_mtu)
    await made.power_on(firmware or FakeFirmware())
    try:
        yield made
    finally:
        made.power_off()
        await made.radio.aclose()


class Listener:
    """Reads a source in the background and lets a test wait for what it has heard."""

    def __init__(self, source: BleSource) -> None:
        self.source = source
        self.events: list[Inbound] = []
        self._heard = asyncio.Event()
        self._task = asyncio.ensure_future(self._listen())

    async def _listen(self) -> None:
        async for batch in self.source.batches():
            assert batch
            self.events.extend(batch)
            self._heard.set()

    async def until(self, condition: Callable[[Listener], object], limit_s: float = 10.0) -> None:
        """Wait until the condition holds for what was heard."""
        async with asyncio.timeout(limit_s):
            while not condition(self):
                if self._task.done():
                    self._task.result()
                    raise AssertionError("the source ended first")
                self._heard.clear()
                await self._heard.wait()

    async def close(self) -> None:
        await self.source.aclose()
        await self._task

    async def ended(self) -> None:
        """Wait for the end of the source; raises what it raised."""
        await self._task

    def states(self) -> list[LinkState]:
        return [event.state for event in self.events if isinstance(event, LinkChange)]

    def details(self, state: LinkState) -> list[str]:
        return [event.detail for event in self.events if isinstance(event, LinkChange) and event.state == state]

    def on(self, channel: str) -> list[Notification]:
        return [event for event in self.events if isinstance(event, Notification) and event.channel == channel]

    def samples(self) -> list[int]:
        """Indices of all samples that arrived, live or filled in, sorted."""
        found: list[int] = []
        for event in self.on(hip.DATA):
            n, first = event.payload[1], int.from_bytes(event.payload[8:12], "little")
            found += range(first, first + n)
        return sorted(found)

    def missing(self) -> int:
        found = self.samples()
        return found[-1] - found[0] + 1 - len(set(found)) if found else 0


@asynccontextmanager
async def listening_to(source: BleSource) -> AsyncIterator[Listener]:
    listener = Listener(source)
    try:
        yield listener
    finally:
        await listener.close()


def streaming(times: int = 1) -> Callable[[Listener], object]:
    """The stream began this many times."""
    return lambda heard: heard.states().count(LinkState.STREAMING) >= times


def packets(count: int) -> Callable[[Listener], object]:
    return lambda heard: len(heard.on(hip.DATA)) >= count


async def soon(condition: Callable[[], object], limit_s: float = 5.0) -> float:
    """Wait for something that announces itself nowhere; seconds it took."""
    began = time.monotonic()
    async with asyncio.timeout(limit_s):
        while not condition():  # noqa: ASYNC110 - the condition has no event of its own
            await asyncio.sleep(0.01)
    return time.monotonic() - began


__all__ = [
    "ADDRESS",
    "NAME",
    "QUICK",
    "Listener",
    "Rig",
    "Sequence",
    "listening_to",
    "packets",
    "rig",
    "run",
    "soon",
    "streaming",
]
