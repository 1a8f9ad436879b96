"""Our own bleak backend on bumble: one Bluetooth controller, shared by scanners and clients as an operating system's is.

Reaches the virtual air ("tcp-client:127.0.0.1:PORT") and, on any system, a spare dongle ("usb:0", "serial:/dev/ttyACM0,1000000").
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

from bleak import BleakClient, BleakScanner
from bleak.backends.device import BLEDevice
from bleak.backends.scanner import AdvertisementDataCallback
from bleak.exc import BleakError
from bumble import hci
from bumble.core import BaseBumbleError
from bumble.device import Advertisement, Connection, ConnectionParametersPreferences, Device
from bumble.pairing import PairingConfig, PairingDelegate
from bumble.transport import open_transport
from bumble.transport.common import Transport

from hipmonitor.core.errors import LinkError
from hipmonitor.io.ble.bumble_client import BumbleClient
from hipmonitor.io.ble.bumble_keys import HostKeys
from hipmonitor.io.ble.bumble_scanner import BumbleScanner
from hipmonitor.io.ble.to_its_end import to_its_end

MOST_MTU = 517
"""What BlueZ asks for: the longest attribute plus its header (Core 6.0, Vol 3, Part F, 3.2.9)."""
SHORTEST_INTERVAL_MS, LONGEST_INTERVAL_MS = 15.0, 30.0
"""What PROTOCOL.md asks for; also a multiple of 15 ms, which Apple hosts insist on."""
SUPERVISION_TIMEOUT_MS = 2000.0
NO_IDENTITY = PairingDelegate.KeyDistribution.DISTRIBUTE_ENCRYPTION_KEY
"""Sensors keep their address (PROTOCOL.md). With an identity key bumble would look for the sensor by a scan of its own before
every connection, which never ends when another scan of ours does."""


class BumbleRadio:
    """One controller and the Bluetooth host on top of it."""

    def __init__(
        self,
        transport: str | Transport,
        *,
        keys: HostKeys | None = None,
        supervision_timeout_ms: float = SUPERVISION_TIMEOUT_MS,
        most_mtu: int = MOST_MTU,
    ) -> None:
        self.most_mtu = most_mtu
        self.connect_one_at_a_time = asyncio.Lock()
        """A controller can wait for one connection only."""
        self._wanted = transport
        self.keys = keys or HostKeys()
        self._opening = asyncio.Lock()
        self._transport: Transport | None = None
        self._device: Device | None = None
        self._scanners: list[BumbleScanner] = []
        self._clients: list[BumbleClient] = []
        self.preferences = {
            hci.Phy.LE_1M: ConnectionParametersPreferences(
                connection_interval_min=SHORTEST_INTERVAL_MS,
                connection_interval_max=LONGEST_INTERVAL_MS,
                supervision_timeout=int(supervision_timeout_ms),
            )
        }

    # --- what the rest of io.ble uses -------------------------------------------------------------------------------
    def new_scanner(self, on_advertisement: AdvertisementDataCallback) -> BleakScanner:
        """A scanner that is not started yet."""
        return BleakScanner(on_advertisement, backend=BumbleScanner, radio=self)

    def new_client(self, device: BLEDevice, on_gone: Callable[[], None], timeout_s: float) -> BleakClient:
        """A client that is not connected yet; `on_gone` is called when its link ends."""
        return BleakClient(device, lambda _client: on_gone(), timeout=timeout_s, backend=BumbleClient, radio=self)

    async def connected_devices(self, _service_uuid: str) -> list[BLEDevice]:
        """None but our own: this controller forgets everything when its program ends."""
        return []

    async def secure(self, client: BleakClient) -> None:
        """Encrypt with the key of the bond; a sensor that is not known yet is paired first."""
        ours = next((each for each in self._clients if each.address == client.address), None)
        if ours is None:
            raise BleakError("Not connected")
        await ours.secure()

    def paired(self) -> frozenset[str]:
        """Sensors that this controller has keys of."""
        return self.keys.paired

    async def forget(self, address: str) -> bool:
        """End the pairing with a sensor; False where there was none."""
        was_paired = address.upper() in self.keys.paired
        await self.keys.delete(address)
        return was_paired

    async def aclose(self) -> None:
        """Switch the radio off."""
        self._switched_off()
        transport, self._transport = self._transport, None
        if transport is not None:
            await transport.close()

    # --- what the backend uses ---------------------------------------------------------------------------------------
    async def device(self) -> Device:
        """The host, powered on."""
        return await to_its_end(self._on())

    @property
    def device_if_on(self) -> Device | None:
        """The host, or None while the radio is off."""
        return self._device

    async def add_scanner(self, scanner: BumbleScanner) -> None:
        """This scanner hears advertisements from now on."""
        device = await self.device()
        self._scanners.append(scanner)
        if len(self._scanners) == 1:
            try:
                await to_its_end(device.start_scanning(active=True, filter_duplicates=False))
            except BaseException:
                await self.remove_scanner(scanner)
                raise

    async def remove_scanner(self, scanner: BumbleScanner) -> None:
        """This scanner hears no more."""
        if scanner in self._scanners:
            self._scanners.remove(scanner)
            if not self._scanners and self._device is not None:
                await to_its_end(self._device.stop_scanning())

    def add_client(self, client: BumbleClient) -> None:
        """This client is connected: it is told when the radio is lost."""
        self._clients.append(client)

    def remove_client(self, client: BumbleClient) -> None:
        """This client is no longer connected."""
        if client in self._clients:
            self._clients.remove(client)

    async def _on(self) -> Device:
        async with self._opening:
            if self._device is None:
                self._device = await self._power_on()
            return self._device

    async def _power_on(self) -> Device:
        self._transport = transport = await self._open()
        device = Device.with_hci("hipmonitor", hci.Address(self.keys.own_address), transport.source, transport.sink)
        device.keystore = self.keys
        device.pairing_config_factory = _pairing
        device.on(Device.EVENT_ADVERTISEMENT, self._heard)
        await device.power_on()
        device.host.on("flush", self._switched_off)
        return device

    async def _open(self) -> Transport:
        if isinstance(self._wanted, Transport):
            return self._wanted
        try:
            return await open_transport(self._wanted)
        except (OSError, ValueError, ImportError, BaseBumbleError) as error:
            raise LinkError(
                f"The radio {self._wanted!r} cannot be opened: {error}. Check that it is plugged in or running, "
                "or leave the radio setting out to use this computer's own Bluetooth."
            ) from error

    def _heard(self, advertisement: Advertisement) -> None:
        for scanner in tuple(self._scanners):
            scanner.heard(advertisement)

    def _switched_off(self, *_: Any) -> None:  # noqa: ANN401 - whatever the event carries
        """The controller is gone, and every link with it."""
        self._device = None
        self._scanners.clear()
        for client in tuple(self._clients):
            client.link_ended(hci.HCI_ErrorCode.CONNECTION_TERMINATED_BY_LOCAL_HOST_ERROR)


def _pairing(_sensor: Connection) -> PairingConfig:
    """LE Secure Connections with a bond; nobody has a screen."""
    delegate = PairingDelegate(
        local_initiator_key_distribution=NO_IDENTITY, local_responder_key_distribution=NO_IDENTITY
    )
    return PairingConfig(sc=True, mitm=False, bonding=True, delegate=delegate)
