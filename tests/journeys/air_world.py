"""A whole world in one loop on virtual time: worn or played sensors, the air, the real client, the monitor, a recording."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from bumble.transport.common import Transport

from firmware_sim.air import Air, AirController
from firmware_sim.peripherals.bonds import Bonds
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


HIP_1 = replace(HIP, name="HIP-1", address="C4:11:22:33:44:55")
"""All sensors of a world have the same name."""
THIGH, PELVIS, OTHER_THIGH = HIP_1.address, "C4:11:22:33:44:66", "C4:11:22:33:44:77"


class AirSensor:
    """One sensor on the air, that can be switched off and on, and carried out of range."""

    def __init__(self, row: SimulatedSensor, firmware: Firmware, air: Air, clock: Clock) -> None:
        self.row, self.firmware = row, firmware
        self._air, self._clock = air, clock
        self.bonds = Bonds(clock.now)

    async def power_on(self) -> None:
        """It begins to advertise."""
        self.controller = AirController("sensor", self._air)
        self.peripheral = Peripheral(
            Transport(self.controller, self.controller),
            self.firmware,
            self.row.face,
            name=self.row.name,
            address=self.row.address,
            clock=self._clock.now,
            bonds=self.bonds,
        )
        await self.peripheral.start()

    def power_off(self) -> None:
        """Its battery is pulled."""
        self.peripheral.stop()
        self.controller.power_off()

    def set_in_range(self, in_range: bool) -> None:
        """It is carried away, or back."""
        self._air.set_in_range(in_range, self.controller)


class World:
    """One host, and sensors by address; the first one is the thigh's."""

    def __init__(
        self,
        sensors: Sequence[tuple[SimulatedSensor, Firmware]],
        settings: Settings,
        folder: Path,
        clock: Clock,
        new_radio: Callable[[Transport], BumbleRadio] = BumbleRadio,
    ) -> None:
        self.air, self.clock = Air(), clock
        self.settings = settings
        self.host = AirController("host", self.air)
        self.radio = new_radio(Transport(self.host, self.host))
        self.source = BleSource(self.clock, radio=self.radio, settings=settings, chance=random.Random(3))
        self.sensors = {row.address: AirSensor(row, firmware, self.air, clock) for row, firmware in sensors}
        self.keeper = SessionKeeper(lambda sensor, at: begin(folder, sensor, at))
        self.kept = Kept()
        self.events: list[Inbound] = []
        self.pipeline = Pipeline()
        self._heard = asyncio.Event()

    async def power_on(self) -> None:
        """The thigh's sensor begins to advertise."""
        await next(iter(self.sensors.values())).power_on()

    def power_off(self) -> None:
        """The battery of the thigh's sensor is pulled."""
        next(iter(self.sensors.values())).power_off()

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

    async def until_streaming(self, times: int = 1, sensor: str = "") -> None:
        """Wait until samples flow, for the n-th time, of a sensor or of any."""
        await self.until(lambda: self.states(sensor).count(LinkState.STREAMING) >= times)

    async def until(self, condition: Callable[[], bool]) -> None:
        """Wait until it holds; it is looked at whenever something came through the door."""
        while not condition():
            self._heard.clear()
            await self._heard.wait()

    def links(self, sensor: str = "") -> list[LinkChange]:
        """Of one sensor, or of all."""
        return [event for event in self.events if isinstance(event, LinkChange) and sensor in {"", event.sensor}]

    def states(self, sensor: str = "") -> list[LinkState]:
        return [event.state for event in self.links(sensor)]


def begin(folder: Path, sensor: SensorId, at: HostNs) -> SessionWriter:
    return SessionWriter(folder, sensor=sensor, started_at=at, timer=NoTimer())


@asynccontextmanager
async def world(
    make_firmware: Callable[[Clock], Firmware],
    settings: Settings,
    folder: Path,
    clock: Clock | None = None,
    row: SimulatedSensor = HIP_1,
    new_radio: Callable[[Transport], BumbleRadio] = BumbleRadio,
) -> AsyncIterator[World]:
    """A running world of one sensor; on leaving it the monitor has ended and the recording is whole."""
    clock = clock or virtual_clock()
    async with world_of([(row, make_firmware(clock))], settings, folder, clock, new_radio) as made:
        yield made


@asynccontextmanager
async def world_of(
    sensors: Sequence[tuple[SimulatedSensor, Firmware]],
    settings: Settings,
    folder: Path,
    clock: Clock | None = None,
    new_radio: Callable[[Transport], BumbleRadio] = BumbleRadio,
) -> AsyncIterator[World]:
    """A running world of several, the thigh's first; on leaving it the monitor has ended and the recording is whole."""
    made = World(sensors, settings, folder, clock or virtual_clock(), new_radio)
    for sensor in made.sensors.values():
        await sensor.power_on()
    monitoring = asyncio.ensure_future(made.monitor())
    try:
        yield made
    finally:
        await made.source.aclose()
        await monitoring
        made.keeper.finish()
        for sensor in made.sensors.values():
            sensor.power_off()
