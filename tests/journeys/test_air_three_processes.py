"""Air, sensor and host in three processes: the sensor is killed and comes back, goes out of range and comes back."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

pytest.importorskip("bumble", reason="the simulator's Bluetooth stack is an extra: pip install 'hipmonitor[sim]'")

from firmware_sim.peripherals import steady_time
from hipmonitor.core.inbound import Inbound, LinkChange, LinkState, Notification, Tick
from hipmonitor.core.instants import HostNs
from hipmonitor.core.wire import hip_protocol as hip
from hipmonitor.io.ble import BleParams, BleSource
from tests.journeys.air_processes import process

SENSOR = Path(__file__).with_name("air_sensor_process.py")
LIMIT_S = 90.0


class PlainClock:
    """Host time, with a civil time that plays no part here."""

    def __init__(self) -> None:
        self._time = steady_time()

    def now(self) -> HostNs:
        return HostNs(self._time())

    def tick(self, at: HostNs) -> Tick:
        return Tick(at=at, civil_day=0, minute_of_day=0, weekday=0, utc_offset_s=0)

    def step(self) -> None:
        return None


def sensor(port: int, seed: int, bonds: Path) -> tuple[str, ...]:
    return (str(SENSOR), "--transport", f"tcp-client:127.0.0.1:{port}", "--seed", str(seed), "--bonds", str(bonds))


async def tell_air(port: int, **request: object) -> dict[str, object]:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(json.dumps(request).encode() + b"\n")
    answer: dict[str, object] = json.loads(await reader.readline())
    writer.close()
    await writer.wait_closed()
    return answer


class Heard:
    """What came from the source so far, and a way to wait for more."""

    def __init__(self, source: BleSource) -> None:
        self.events: list[Inbound] = []
        self._batches = source.batches()

    async def until(self, state: LinkState, times: int = 1) -> None:
        async with asyncio.timeout(LIMIT_S):
            while self.states().count(state) < times:
                self.events.extend(await anext(self._batches))

    async def until_complete(self, stream: bytes, at_least: int) -> None:
        """That many samples of the stream, and none missing in between."""
        async with asyncio.timeout(LIMIT_S):
            while len(found := self.samples(stream)) < at_least or found[-1] - found[0] + 1 != len(found):
                self.events.extend(await anext(self._batches))

    def states(self) -> list[LinkState]:
        return [event.state for event in self.events if isinstance(event, LinkChange)]

    def payloads(self, channel: str) -> list[bytes]:
        return [event.payload for event in self.events if isinstance(event, Notification) and event.channel == channel]

    def samples(self, stream: bytes) -> list[int]:
        found: set[int] = set()
        for payload in self.payloads(hip.DATA):
            if payload[4:6] == stream:
                first = int.from_bytes(payload[8:12], "little")
                found.update(range(first, first + payload[1]))
        return sorted(found)


@asynccontextmanager
async def hearing(radio: str) -> AsyncIterator[Heard]:
    params = BleParams(scan_s=2.0, longest_backoff_s=0.5, look_for_gaps_s=1.0)
    source = BleSource(PlainClock(), radio=radio, params=params)
    try:
        yield Heard(source)
    finally:
        await source.aclose()


def test_a_sensor_that_is_killed_and_returns_and_leaves_and_returns(tmp_path: Path) -> None:
    async def journey() -> None:
        with process("-m", "firmware_sim.air") as air:
            assert air.stdout is not None
            ports = json.loads(await asyncio.to_thread(air.stdout.readline))
            async with hearing(f"tcp-client:127.0.0.1:{ports['host_port']}") as heard:
                with process(*sensor(ports["sensor_port"], seed=1, bonds=tmp_path / "bonds.json")) as first:
                    await heard.until(LinkState.STREAMING)
                    await heard.until_complete(heard.payloads(hip.INFO)[0][2:4], at_least=40)
                    first.kill()
                    await heard.until(LinkState.LOST)
                with process(*sensor(ports["sensor_port"], seed=2, bonds=tmp_path / "bonds.json")):
                    await heard.until(LinkState.STREAMING, times=2)
                    infos = heard.payloads(hip.INFO)
                    assert infos[0][4:8] != infos[-1][4:8], "another boot"
                    stream = infos[-1][2:4]
                    await heard.until_complete(stream, at_least=40)

                    assert (await tell_air(ports["control_port"], range=False))["ok"]
                    await heard.until(LinkState.LOST, times=2)
                    before = heard.samples(stream)
                    assert (await tell_air(ports["control_port"], range=True))["connections"] == 0
                    await heard.until(LinkState.STREAMING, times=3)
                    await heard.until_complete(stream, at_least=len(before) + 200)
                    assert heard.samples(stream)[0] == before[0]

    asyncio.run(journey())
