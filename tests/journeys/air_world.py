"""A whole world in one loop on virtual time: a worn or played sensor, the air, the real client, the monitor, a recording."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from bumble.transport.common import Transport

from firmware_sim.air import Air, AirController
from firmware_sim.peripherals.on_radio import Peripheral
from firmware_sim.ports import Firmware
from firmware_sim.sensors import HIP, SimulatedSensor
from hipmonitor.core.inbound import Action, ChangeSettings, Inbound, LinkChange, LinkState, SensorId, UserAction
from hipmonitor.core.instants import HostNs
from hipmonitor.core.pipeline import HipUpdate, Pipeline
from hipmonitor.core.ports import Clock
from hipmonitor.core.settings import Settings
from hipmonitor.io.ble import BleSource
from hipmonitor.io.ble.bumble_radio import BumbleRadio
from hipmonitor.io.session import SessionWriter
from hipmonitor.runtime.drive import turn
from hipmonitor.runtime.keeping import SessionKeeper
from tests.journeys.virtual_time import virtual_clock

HIP_1 = replace(HIP, name="HIP-1", address="C4:11:22:33:44:55")


@dataclass
class Kept:
    """A sink that keeps every update."""

    updates: list[HipUpdate] = field(default_factory=list)

    def accept(self, update: HipUpdate) -> None:
        self.updates.append(update)


class NoTimer:
    """Flushing is the finish's business here: virtual time has no threads."""

    def start(self, due: Callable[[], None]) -> None:
        self.due = due

    def stop(self) -> None:
        pass


class World:
    """One sensor, one host."""

    def __init__(
        self, firmware: Firmware, settings: Settings, folder: Path, clock: Clock, row: SimulatedSensor
    ) -> None:
        self.air, self.clock, self.row = Air(), clock, row
        self.firmware, self.settings = firmware, settings
        self.host = AirController("host", self.air)
        self.source = BleSource(self.clock, radio=BumbleRadio(Transport(self.host, self.host)), chance=random.Random(3))
        self.keeper = SessionKeeper(lambda sensor, at: begin(folder, sensor, at))
        self.kept = Kept()
        self.events: list[Inbound] = []
        self.pipeline = Pipeline()
        self._heard = asyncio.Event()

    async def power_on(self) -> None:
        """The sensor begins to advertise."""
        self.controller = AirController("sensor", self.air)
        self.sensor = Peripheral(
            Transport(self.controller, self.controller),
            self.firmware,
            self.row.face,
            name=self.row.name,
            address=self.row.address,
            clock=self.clock.now,
        )
        await self.sensor.start()

    def power_off(self) -> None:
        """The sensor's battery is pulled."""
        self.sensor.stop()
        self.controller.power_off()

    async def monitor(self) -> None:
        """The live loop."""
        opening = UserAction(at=self.clock.now(), action=ChangeSettings(settings=self.settings))
        self._turn([opening])
        async for batch in self.source.batches():
            self._turn(batch)
            self._heard.set()

    def _turn(self, batch: Sequence[Inbound]) -> None:
        self.events += batch
        turn(batch, self.pipeline, [self.kept, self.keeper], self.keeper)

    def act(self, action: Action) -> None:
        """The wearer does something now."""
        self.source.act(action)

    async def until_streaming(self, times: int = 1) -> None:
        """Wait until samples flow, for the n-th time."""
        while self.states().count(LinkState.STREAMING) < times:
            self._heard.clear()
            await self._heard.wait()

    def states(self) -> list[LinkState]:
        return [event.state for event in self.events if isinstance(event, LinkChange)]


def begin(folder: Path, sensor: SensorId, at: HostNs) -> SessionWriter:
    return SessionWriter(folder, sensor=sensor, started_at=at, timer=NoTimer())


@asynccontextmanager
async def world(
    make_firmware: Callable[[Clock], Firmware],
    settings: Settings,
    folder: Path,
    clock: Clock | None = None,
    row: SimulatedSensor = HIP_1,
) -> AsyncIterator[World]:
    """A running world; on leaving it the monitor has ended and the recording is whole."""
    clock = clock or virtual_clock()
    made = World(make_firmware(clock), settings, folder, clock, row)
    await made.power_on()
    monitoring = asyncio.ensure_future(made.monitor())
    try:
        yield made
    finally:
        await made.source.aclose()
        await monitoring
        made.keeper.finish()
        made.power_off()
