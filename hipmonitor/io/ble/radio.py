"""Which Bluetooth radio is used: the operating system's, or any controller that bumble can reach."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from bleak import BleakClient, BleakScanner
from bleak.backends.device import BLEDevice
from bleak.backends.scanner import AdvertisementDataCallback
from bleak.exc import BleakError

from hipmonitor.core.errors import LinkError

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

    async def aclose(self) -> None:
        """Let go of the radio."""
        ...


class SystemRadio:
    """The operating system's Bluetooth, through bleak's own backends."""

    def new_scanner(self, on_advertisement: AdvertisementDataCallback) -> BleakScanner:
        """A scanner that is not started yet."""
        return BleakScanner(on_advertisement)

    def new_client(self, device: BLEDevice, on_gone: Callable[[], None], timeout_s: float) -> BleakClient:
        """A client that is not connected yet; `on_gone` is called when its link ends."""
        return BleakClient(device, lambda _client: on_gone(), timeout=timeout_s)

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

    async def aclose(self) -> None:
        """Nothing is held."""


def open_radio(name: str | None = None) -> Radio:
    """The system's radio, or the bumble transport of that name, e.g. "tcp-client:127.0.0.1:7302" or "usb:0"."""
    if name is None or name == SYSTEM:
        return SystemRadio()
    if ":" not in name:
        raise LinkError(f"The radio {name!r} is not known. Use {SYSTEM!r}, or a transport such as 'usb:0'.")
    try:
        from hipmonitor.io.ble.bumble_radio import BumbleRadio  # noqa: PLC0415 - bumble is an optional extra
    except ImportError as error:
        if error.name is None or not error.name.startswith("bumble"):
            raise
        raise LinkError(
            f"The radio {name!r} needs the simulator's Bluetooth stack. Install it with: pip install 'hipmonitor[sim]'"
        ) from error
    return BumbleRadio(name)
