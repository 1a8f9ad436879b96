"""The client half of our bleak backend on bumble."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Coroutine
from typing import TYPE_CHECKING, Any, TypeVar, cast

from bleak.args import SizedBuffer
from bleak.backends.characteristic import BleakGATTCharacteristic
from bleak.backends.client import BaseBleakClient, NotifyCallback
from bleak.backends.descriptor import BleakGATTDescriptor
from bleak.backends.device import BLEDevice
from bleak.backends.service import BleakGATTServiceCollection
from bleak.exc import BleakDeviceNotFoundError, BleakError, BleakGATTProtocolError
from bumble import hci
from bumble.att import ATT_DEFAULT_MTU, ATT_Error
from bumble.core import BaseBumbleError
from bumble.core import TimeoutError as BumbleTimeoutError
from bumble.device import Connection, Device, Peer
from bumble.gatt import GATT_CLIENT_CHARACTERISTIC_CONFIGURATION_DESCRIPTOR
from bumble.gatt_client import AttributeProxy

from hipmonitor.io.ble import sentences
from hipmonitor.io.ble.bond import BondRefused
from hipmonitor.io.ble.bumble_services import discover_services, proxy_of

if TYPE_CHECKING:
    from hipmonitor.io.ble.bumble_radio import BumbleRadio

T = TypeVar("T")
LONG_PACKET_OCTETS, LONG_PACKET_US = 251, 2120
"""The longest link layer packet and its time on the 1M PHY (Core 6.0, Vol 6, Part B, 4.5.10)."""
ATT_HEADER_BYTES = 3
DISCONNECT_TIMEOUT_S = 5.0
NO_SUCH_KEY = {
    hci.HCI_ErrorCode.AUTHENTICATION_FAILURE_ERROR,
    hci.HCI_ErrorCode.PIN_OR_KEY_MISSING_ERROR,
    hci.HCI_ErrorCode.CONNECTION_TERMINATED_DUE_TO_MIC_FAILURE_ERROR,
}
"""A controller may end the link where keys differ."""
CANCEL_AGAIN_S = 0.1
"""A connection attempt that is cancelled before the controller has heard of it is cancelled again."""


class BumbleClient(BaseBleakClient):
    """One connection to one device."""

    def __init__(
        self,
        address_or_ble_device: BLEDevice | str,
        *,
        radio: BumbleRadio,
        **of_bleak: Any,  # noqa: ANN401 - the base class takes its own, the options of operating systems are not for us
    ) -> None:
        super().__init__(address_or_ble_device, **of_bleak)
        self._radio = radio
        self._found = address_or_ble_device if isinstance(address_or_ble_device, BLEDevice) else None
        self._connection: Connection | None = None
        self._procedures: set[asyncio.Future[Any]] = set()
        self.disconnect_reason: int | None = None
        """HCI error code of the last disconnection."""

    @property
    def name(self) -> str:
        """The advertised name, or the address with dashes."""
        return (self._found and self._found.name) or self.address.replace(":", "-")

    @property
    def mtu_size(self) -> int:
        """The agreed ATT MTU."""
        return self._connected().att_mtu

    @property
    def is_connected(self) -> bool:
        """Whether the link is up."""
        return self._connection is not None

    def _connected(self) -> Connection:
        if self._connection is None:
            raise BleakError("Not connected")
        return self._connection

    # --- connecting --------------------------------------------------------------------------------------------------
    async def connect(self, pair: bool, **kwargs: Any) -> None:  # noqa: ANN401 - bleak's signature
        """Connect, agree on the MTU and discover all services."""
        device = await self._radio.device()
        async with self._radio.connect_one_at_a_time:
            connection = await self._call(device, float(kwargs.get("timeout") or self._timeout))
        self._connection = connection
        self._radio.add_client(self)
        connection.on(Connection.EVENT_DISCONNECTION, self.link_ended)
        try:
            self.services = await self._until_link_ends(self._prepare(connection, pair=pair))
        except BaseException:
            self._disconnected_callback = None  # connect() itself reports the failure
            await self.disconnect()
            raise

    async def _call(self, device: Device, timeout_s: float) -> Connection:
        address = self._found.details["address"] if self._found else hci.Address(self.address)
        calling = asyncio.ensure_future(
            device.connect(address, connection_parameters_preferences=self._radio.preferences, timeout=timeout_s)
        )
        try:
            return await asyncio.shield(calling)
        except (BumbleTimeoutError, TimeoutError):
            raise BleakDeviceNotFoundError(self.address, f"{self.address} did not answer in {timeout_s:g} s") from None
        except asyncio.CancelledError:
            await _stop_calling(device, calling)
            raise
        except (BaseBumbleError, hci.HCI_Error) as error:
            raise BleakError(f"{self.address} could not be connected: {error}") from error

    async def _prepare(self, connection: Connection, *, pair: bool) -> BleakGATTServiceCollection:
        peer = Peer(connection)
        if self._radio.most_mtu > ATT_DEFAULT_MTU:
            await peer.request_mtu(self._radio.most_mtu)
        with contextlib.suppress(hci.HCI_Error):  # an old controller keeps short packets
            await connection.set_data_length(LONG_PACKET_OCTETS, LONG_PACKET_US)
        if pair:
            await connection.pair()
        return await discover_services(peer, lambda: self.mtu_size - ATT_HEADER_BYTES)

    async def disconnect(self) -> None:
        """End the link."""
        connection = self._connection
        if connection is None:
            return
        try:
            async with asyncio.timeout(DISCONNECT_TIMEOUT_S):
                await connection.disconnect()
        except (TimeoutError, BaseBumbleError, hci.HCI_Error):
            self.link_ended(hci.HCI_ErrorCode.CONNECTION_TIMEOUT_ERROR)

    def link_ended(self, reason: int) -> None:
        """The link is gone, for whatever reason."""
        if self._connection is None:
            return
        self._connection, self.services = None, None
        self.disconnect_reason = reason
        self._radio.remove_client(self)
        if self._disconnected_callback is not None:
            self._disconnected_callback()

    async def _until_link_ends(self, procedure: Coroutine[Any, Any, T]) -> T:
        """Run one procedure with bleak's errors instead of bumble's.

        When the link drops, bumble cancels what it waits for. In the caller's task that would look as if the caller were
        cancelled, and kill it. So the procedure runs in a task of its own. A caller that is cancelled leaves it running:
        bumble mixes up answers when a request is given up halfway.
        """
        running = asyncio.ensure_future(procedure)
        self._procedures.add(running)
        running.add_done_callback(self._procedures.discard)
        try:
            return await asyncio.shield(running)
        except asyncio.CancelledError:
            if running.cancelled():
                raise BleakError("The link ended during the operation") from None
            raise
        except ATT_Error as error:
            raise BleakGATTProtocolError(error.error_code) from error
        except (BaseBumbleError, hci.HCI_Error) as error:
            raise BleakError(str(error)) from error

    # --- pairing -------------------------------------------------------------------------------------------------------
    async def pair(self, *_args: Any, **_kwargs: Any) -> None:  # noqa: ANN401 - bleak's signature
        """Pair with the device."""
        connection = self._connected()
        await self._until_link_ends(connection.pair())

    async def unpair(self) -> None:
        """Forget the keys of the device."""
        await self._radio.keys.delete(self.address)

    async def secure(self) -> None:
        """Encrypt the link: with the key of the bond, or by pairing where there is none.

        Raises:
            BondRefused: the sensor has another key, or none for us, or takes no new host.
        """
        connection, known = self._connected(), self.address.upper() in self._radio.keys.paired
        try:
            await self._until_link_ends(connection.encrypt() if known else connection.pair())
        except BleakError as error:
            if not self.is_connected and self.disconnect_reason not in NO_SUCH_KEY:
                raise  # lost on the way, which says nothing of who it is
            raise BondRefused(sentences.NOT_OURS if known else sentences.TAKES_NO_OTHER) from error
        keys = await self._radio.keys.get(self.address)
        if keys is None or keys.ltk is None:
            await self._radio.keys.delete(self.address)
            raise BondRefused(sentences.TOO_WEAK)

    # --- values ----------------------------------------------------------------------------------------------------------
    async def read_gatt_char(self, characteristic: BleakGATTCharacteristic, **_kwargs: Any) -> bytearray:  # noqa: ANN401
        """Read a characteristic."""
        self._connected()
        return bytearray(await self._until_link_ends(proxy_of(characteristic).read_value()))

    async def read_gatt_descriptor(self, descriptor: BleakGATTDescriptor, **_kwargs: Any) -> bytearray:  # noqa: ANN401
        """Read a descriptor."""
        self._connected()
        proxy = cast("AttributeProxy[bytes]", descriptor.obj)
        return bytearray(await self._until_link_ends(proxy.read_value()))

    async def write_gatt_char(self, characteristic: BleakGATTCharacteristic, data: SizedBuffer, response: bool) -> None:
        """Write a characteristic."""
        self._connected()
        await self._until_link_ends(proxy_of(characteristic).write_value(bytes(data), with_response=response))

    async def write_gatt_descriptor(self, descriptor: BleakGATTDescriptor, data: SizedBuffer) -> None:
        """Write a descriptor."""
        self._connected()
        proxy = cast("AttributeProxy[bytes]", descriptor.obj)
        await self._until_link_ends(proxy.write_value(bytes(data), with_response=True))

    async def start_notify(
        self,
        characteristic: BleakGATTCharacteristic,
        callback: NotifyCallback,
        **kwargs: Any,  # noqa: ANN401 - bleak's signature
    ) -> None:
        """Subscribe; notifications are preferred over indications unless `force_indicate` is given."""
        self._connected()
        subscription = proxy_of(characteristic).subscribe(
            lambda value: callback(bytearray(value)), prefer_notify=not kwargs.get("force_indicate", False)
        )
        await self._until_link_ends(subscription)

    async def stop_notify(self, characteristic: BleakGATTCharacteristic) -> None:
        """Unsubscribe. What is already on its way when the sensor hears of it still finds its callback."""
        self._connected()
        proxy = proxy_of(characteristic)
        configuration = proxy.get_descriptor(GATT_CLIENT_CHARACTERISTIC_CONFIGURATION_DESCRIPTOR)
        if configuration is not None:
            await self._until_link_ends(configuration.write_value(bytes(2), with_response=True))
        await self._until_link_ends(proxy.unsubscribe(force=True))


async def _stop_calling(device: Device, calling: asyncio.Future[Connection]) -> None:
    """The caller gave up: the controller must not go on waiting, nor keep a link that was made in this very moment."""
    while not calling.done():
        with contextlib.suppress(hci.HCI_Error):  # nothing to cancel yet, or any more
            await device.send_sync_command(hci.HCI_LE_Create_Connection_Cancel_Command())
        await asyncio.wait((calling,), timeout=CANCEL_AGAIN_S)
    with contextlib.suppress(BaseBumbleError, hci.HCI_Error, TimeoutError, asyncio.CancelledError):
        await calling.result().disconnect()
