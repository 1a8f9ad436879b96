"""Sensors in reach."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from bleak.backends.device import BLEDevice
from bleak.backends.scanner import AdvertisementData

from hipmonitor.core.wire import SUPPORTED
from hipmonitor.io.ble.identify import identify
from hipmonitor.io.ble.radio import Radio
from hipmonitor.io.ble.radio_errors import LINK_TROUBLE, explain


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundSensor:
    """A sensor that was heard just now."""

    address: str
    """Its Bluetooth address; on macOS an identifier that only this computer knows."""
    name: str
    kind: str
    title: str
    rssi_dbm: int | None
    """None where it was not heard, because it is connected already."""
    device: BLEDevice = field(repr=False, compare=False)

    def is_called(self, wanted: str | None) -> bool:
        """Whether this is the sensor of that address or name; None means any."""
        return wanted is None or wanted.casefold() in {self.address.casefold(), self.name.casefold()}


def as_sensor(device: BLEDevice, advertisement: AdvertisementData) -> FoundSensor | None:
    """The sensor behind an advertisement, or None where it is something else."""
    known = identify(advertisement, device.name)
    if known is None:
        return None
    name = advertisement.local_name or device.name or device.address
    return FoundSensor(
        address=device.address,
        name=name,
        kind=known.family,
        title=known.title,
        rssi_dbm=advertisement.rssi,
        device=device,
    )


@asynccontextmanager
async def listening(radio: Radio) -> AsyncIterator[asyncio.Queue[FoundSensor]]:
    """A queue of sensors as they are heard, again and again, while the context lasts."""
    heard: asyncio.Queue[FoundSensor] = asyncio.Queue()

    def on_advertisement(device: BLEDevice, advertisement: AdvertisementData) -> None:
        sensor = as_sensor(device, advertisement)
        if sensor is not None:
            heard.put_nowait(sensor)

    scanner = radio.new_scanner(on_advertisement)
    try:
        await scanner.start()
    except LINK_TROUBLE as error:
        raise explain(error) from error
    try:
        yield heard
    finally:
        await scanner.stop()


async def scan(radio: Radio, seconds: float) -> list[FoundSensor]:
    """All sensors heard in that time, the strongest first."""
    found: dict[str, FoundSensor] = {}
    async with listening(radio) as heard:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                while True:
                    sensor = await heard.get()
                    found[sensor.address] = sensor
    return sorted(found.values(), key=lambda sensor: -(sensor.rssi_dbm or 0))


async def find(radio: Radio, wanted: str | None, seconds: float, but: Collection[str] = ()) -> FoundSensor | None:
    """The first sensor of that address or name that is heard in that time or is connected already.

    None: any; where this computer is paired with some, any of those. `but`: addresses of sensors that are not meant.
    """
    paired = radio.paired() if wanted is None else frozenset()

    def is_meant(sensor: FoundSensor) -> bool:
        known = not paired or sensor.address.upper() in paired
        return known and sensor.is_called(wanted) and sensor.address not in but

    async with listening(radio) as heard:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                while True:
                    sensor = await heard.get()
                    if is_meant(sensor):
                        return sensor
    return next((sensor for sensor in await _connected(radio) if is_meant(sensor)), None)


async def _connected(radio: Radio) -> list[FoundSensor]:
    return [
        FoundSensor(
            address=device.address,
            name=device.name or device.address,
            kind=known.family,
            title=known.title,
            rssi_dbm=None,
            device=device,
        )
        for known in SUPPORTED
        for device in await radio.connected_devices(known.service_uuid)
    ]
