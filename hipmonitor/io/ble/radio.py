"""Which Bluetooth radio is used: the operating system's, or any controller that bumble can reach."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol

from bleak import BleakClient, BleakScanner
from bleak.backends.device import BLEDevice
from bleak.backends.scanner import AdvertisementDataCallback
from bleak.exc import BleakError

from hipmonitor.core.errors import LinkError
from hipmonitor.io.ble import sentences
from hipmonitor.io.ble.bond import BondRefused
from hipmonitor.io.ble.system_scan import SystemScan, SystemScanner
from hipmonitor.io.places import state_folder

SYSTEM = "system"


class Radio(Protocol):
    """Makes bleak scanners and clients."""

    def new_scanner(self, on_advertisement: AdvertisementDataCallback) -> BleakScanner:
        """A scanner that is not started yet."""
        ...

    def new_client(self, device: BLEDevice, on_gone: Callable[[], None], timeout_s: float) -> BleakClient:
        """A client that is not connected yet; `on_gone` is called when its link ends."""
        ...

    async def connected_devices(self, service_uuid: str) -> list[BLEDevice]:
        """Devices with that service that are connected already: they do not advertise, so no scan finds them."""
        ...

    async def secure(self, client: BleakClient) -> None:
        """Encrypt the link with the key of a bond, made now where there is none. BondRefused where that cannot be."""
        ...

    def paired(self) -> frozenset[str]:
        """Sensors that this computer is paired with, where the radio can tell."""
        ...

    async def forget(self, address: str) -> bool | None:
        """End the pairing with a sensor. False: it was not paired. None: only the system can do that."""
        ...

    async def aclose(self) -> None:
        """Let go of the radio."""
        ...


class OneAtATimeClient(BleakClient):
    """Systems fail when two connections are begun at once (bleak's own example of two devices takes a lock)."""

    def __init__(self, *args: Any, turn: asyncio.Lock, **options: Any) -> None:  # noqa: ANN401 - bleak's own
        super().__init__(*args, **options)
        self._turn = turn

    async def connect(self, **options: Any) -> None:  # noqa: ANN401 - bleak's own
        """When no other client is just connecting."""
        async with self._turn:
            await super().connect(**options)


class SystemRadio:
    """The operating system's Bluetooth, through bleak's own backends: one scan, one connection begun at a time."""

    def __init__(self) -> None:
        self._scan = SystemScan()
        self._connecting = asyncio.Lock()

    def new_scanner(self, on_advertisement: AdvertisementDataCallback) -> BleakScanner:
        """A scanner that is not started yet."""
        return BleakScanner(on_advertisement, backend=SystemScanner, scan=self._scan)

    def new_client(self, device: BLEDevice, on_gone: Callable[[], None], timeout_s: float) -> BleakClient:
        """A client that is not connected yet; `on_gone` is called when its link ends."""
        return OneAtATimeClient(device, lambda _client: on_gone(), timeout=timeout_s, turn=self._connecting)

    async def connected_devices(self, service_uuid: str) -> list[BLEDevice]:
        """Linux keeps a device connected when the program that used it was killed; bleak can tell since 3.1."""
        try:
            from bleak import BleakAdapter  # noqa: PLC0415 - not in bleak 3.0
        except ImportError:
            return []
        try:
            return await (await BleakAdapter.get()).get_connected_devices([service_uuid])
        except (BleakError, OSError, NotImplementedError):
            return []

    async def secure(self, client: BleakClient) -> None:
        """The system keeps the keys; on macOS it pairs by itself when a protected value is first used."""
        try:
            await client.pair()
        except NotImplementedError:
            return
        except BleakError as error:
            raise BondRefused(sentences.NOT_PAIRED_HERE) from error

    def paired(self) -> frozenset[str]:
        """Only the system knows."""
        return frozenset()

    async def forget(self, _address: str) -> None:
        """A matter of the system's Bluetooth settings."""

    async def aclose(self) -> None:
        """Nothing is held."""


def open_radio(name: str | None = None) -> Radio:
    """The system's radio, or the bumble transport of that name, e.g. "tcp-client:127.0.0.1:7302" or "usb:0"."""
    if name is None or name == SYSTEM:
        return SystemRadio()
    if ":" not in name:
        raise LinkError(f"The radio {name!r} is not known. Use {SYSTEM!r}, or a transport such as 'usb:0'.")
    try:
        from hipmonitor.io.ble.bumble_keys import HostKeys  # noqa: PLC0415 - bumble is an optional extra
        from hipmonitor.io.ble.bumble_radio import BumbleRadio  # noqa: PLC0415
    except ImportError as error:
        if error.name is None or not error.name.startswith("bumble"):
            raise
        raise LinkError(
            f"The radio {name!r} needs the simulator's Bluetooth stack. Install it with: pip install 'hipmonitor[sim]'"
        ) from error
    return BumbleRadio(name, keys=HostKeys(None if SIMULATED in name else keys_file()))


SIMULATED = "127.0.0.1"
"""A virtual air is on this computer only, and its sensors are new each time."""


def keys_file() -> Path:
    """Of sensors that are paired over a controller of our own."""
    return state_folder() / "paired.json"
