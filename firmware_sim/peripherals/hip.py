"""A simulated hip sensor on a Bluetooth controller: it carries bytes between the host and a firmware, and knows the radio."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import dataclass

from bumble import att, hci
from bumble.core import BaseBumbleError
from bumble.device import Connection, Device, DeviceConfiguration
from bumble.gatt import Characteristic
from bumble.transport import open_transport
from bumble.transport.common import Transport

from firmware_sim.peripherals.firmware import Firmware
from firmware_sim.peripherals.hip_services import DeviceInformation, HipServices, advertising_data, scan_response
from firmware_sim.ports import FirmwareInput, LinkDown, LinkUp, MtuChanged, Outgoing, Room, Written
from hipmonitor.core.errors import LinkError

MOST_MTU = 247
"""A notification of this length fills one link layer packet of 251 bytes and one transmit buffer."""
ATT_HEADER_BYTES = 3
ADVERTISING_INTERVAL_MS = 100.0
SHORTEST_WAKE_S = 0.001
"""A firmware that asks to be called again at once still leaves the loop to others."""
NOTIFYING, INDICATING = 0x01, 0x02
"""Bits of a client characteristic configuration (Core 6.0, Vol 3, Part G, 3.3.3.3)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConnectionWish:
    """What the sensor asks for when the host connected with something else (PROTOCOL.md)."""

    shortest_interval_ms: float = 15.0
    longest_interval_ms: float = 30.0
    supervision_timeout_ms: float = 2000.0

    def is_met_by(self, now: Connection.Parameters) -> bool:
        """Whether there is nothing to ask for."""
        return (
            self.shortest_interval_ms <= now.connection_interval <= self.longest_interval_ms
            and now.peripheral_latency == 0
            and now.supervision_timeout == self.supervision_timeout_ms
        )


@dataclass(slots=True, kw_only=True)
class PeripheralFaults:
    """What could not be sent."""

    too_long: int = 0
    """Longer than ATT_MTU - 3: sending it would have cut it."""
    not_subscribed: int = 0


class HipPeripheral:
    """One sensor: advertises, is connected to, sends what the firmware says, advertises again."""

    def __init__(
        self,
        radio: Transport,
        firmware: Firmware,
        *,
        name: str,
        address: str,
        clock: Callable[[], int],
        wish: ConnectionWish | None = None,
        about: DeviceInformation | None = None,
    ) -> None:
        self.faults = PeripheralFaults()
        self._radio, self._firmware, self._clock = radio, firmware, clock
        self._wish = wish or ConnectionWish()
        self._loop = asyncio.get_running_loop()
        self._ended: asyncio.Future[None] = self._loop.create_future()
        self._tasks: set[asyncio.Task[None]] = set()
        self._wake: asyncio.TimerHandle | None = None
        self._host: Connection | None = None
        self._indications: asyncio.Queue[bytes] = asyncio.Queue()
        self._battery_told = firmware.battery_percent
        self._services = HipServices(
            read_info=firmware.info,
            read_battery=lambda: firmware.battery_percent,
            on_control=lambda value: self._after_answering(Written(channel="control", payload=value)),
            on_sync=lambda value: self._turn(Written(channel="sync", payload=value)),
            about=about or DeviceInformation(),
        )
        self._device = self._new_device(name, address)
        self._characteristics = {
            "data": self._services.data,
            "sync": self._services.sync,
            "control": self._services.control,
        }

    def _new_device(self, name: str, address: str) -> Device:
        configuration = DeviceConfiguration(
            name=name,
            address=hci.Address(address),
            advertising_interval_min=ADVERTISING_INTERVAL_MS,
            advertising_interval_max=ADVERTISING_INTERVAL_MS,
        )
        device = Device.from_config_with_hci(configuration, self._radio.source, self._radio.sink)
        device.gatt_server.max_mtu = MOST_MTU
        device.advertising_data = advertising_data()
        device.scan_response_data = scan_response(name)
        device.add_services(self._services.all)
        device.on(Device.EVENT_CONNECTION, self._connected)
        return device

    # --- life -----------------------------------------------------------------------------------------------------
    @property
    def is_connected(self) -> bool:
        """Whether a host is connected."""
        return self._host is not None

    async def start(self) -> None:
        """Power on and advertise; the firmware runs from now on."""
        await self._device.power_on()
        queue = self._device.host.le_acl_packet_queue
        if queue is not None:
            queue.on("flow", self._turn)
        await self._advertise()
        self._turn()

    async def run(self) -> None:
        """Start, and go on until the radio is gone. An error of the firmware ends it too."""
        await self.start()
        radio_gone = asyncio.ensure_future(self._radio.source.terminated)
        try:
            await asyncio.wait((radio_gone, self._ended), return_when=asyncio.FIRST_COMPLETED)
        finally:
            self.stop()
        if self._ended.done():
            self._ended.result()

    def stop(self) -> None:
        """No further call of the firmware. The radio stays as it is: whoever opened it closes it."""
        if self._wake is not None:
            self._wake.cancel()
        for task in tuple(self._tasks):
            task.cancel()
        if not self._ended.done():
            self._ended.set_result(None)

    def _spawn(self, coroutine: Coroutine[object, object, None]) -> asyncio.Task[None]:
        task = self._loop.create_task(coroutine)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    async def _advertise(self) -> None:
        await self._device.start_advertising(auto_restart=False)

    # --- the link ---------------------------------------------------------------------------------------------------
    def _connected(self, host: Connection) -> None:
        self._host = host
        self._indications = asyncio.Queue()
        indicating = self._spawn(self._indicate(host, self._indications))

        def gone(_reason: int) -> None:
            indicating.cancel()
            self._disconnected()

        host.on(Connection.EVENT_DISCONNECTION, gone)
        host.on(Connection.EVENT_CONNECTION_ATT_MTU_UPDATE, lambda: self._turn(MtuChanged(mtu=host.att_mtu)))
        self._turn(LinkUp(mtu=host.att_mtu))
        if not self._wish.is_met_by(host.parameters):
            self._spawn(self._ask_for_parameters(host))

    def _disconnected(self) -> None:
        self._host = None
        self._turn(LinkDown())
        if not self._ended.done():
            self._spawn(self._advertise())

    async def _ask_for_parameters(self, host: Connection) -> None:
        """The host may refuse; the link then goes on as it is."""
        wish = self._wish
        try:
            await host.update_parameters(
                wish.shortest_interval_ms, wish.longest_interval_ms, 0, wish.supervision_timeout_ms
            )
        except (BaseBumbleError, hci.HCI_Error, asyncio.CancelledError):
            return

    # --- the firmware ------------------------------------------------------------------------------------------------
    def _after_answering(self, written: Written) -> None:
        """The write is acknowledged first; what the firmware answers comes after that."""
        self._loop.call_soon(self._turn, written)

    def _turn(self, *happened: FirmwareInput) -> None:
        """Call the firmware, send what it wants sent, and be back when it wants to be called again."""
        if self._ended.done():
            return
        try:
            wanted = self._firmware.update(self._clock(), (*happened, Room(packets=self._room())))
        except Exception as error:  # noqa: BLE001 - the sensor ends with it: run() raises it
            self._ended.set_exception(error)
            return
        for outgoing in wanted.send:
            self._send(outgoing)
        self._tell_battery()
        self._wake_at(wanted.wake_ns)

    def _wake_at(self, wake_ns: int) -> None:
        if self._wake is not None:
            self._wake.cancel()
        delay_s = max(SHORTEST_WAKE_S, (wake_ns - self._clock()) / 1e9)
        self._wake = self._loop.call_later(delay_s, self._turn)

    def _room(self) -> int:
        """Free transmit buffers. bumble itself would queue without end."""
        queue = self._device.host.le_acl_packet_queue
        if self._host is None or queue is None:
            return 0
        return max(0, queue.max_in_flight - queue.pending)

    # --- sending -------------------------------------------------------------------------------------------------------
    def _send(self, outgoing: Outgoing) -> None:
        host = self._host
        if host is None:
            return
        indicated = outgoing.channel == "control"
        characteristic = self._characteristics[outgoing.channel]
        if not self._is_subscribed(host, characteristic, INDICATING if indicated else NOTIFYING):
            self.faults.not_subscribed += 1
        elif len(outgoing.payload) > host.att_mtu - ATT_HEADER_BYTES:
            self.faults.too_long += 1
        elif indicated:
            self._indications.put_nowait(outgoing.payload)
        else:
            self._notify(host, characteristic.handle, outgoing.payload)

    def _is_subscribed(self, host: Connection, characteristic: Characteristic[bytes], bit: int) -> bool:
        return bool(self._device.gatt_server.read_cccd(host, characteristic)[0] & bit)

    def _notify(self, host: Connection, handle: int, payload: bytes) -> None:
        notification = att.ATT_Handle_Value_Notification(attribute_handle=handle, attribute_value=payload)
        self._device.gatt_server.send_gatt_pdu(host, bytes(notification))

    async def _indicate(self, host: Connection, waiting: asyncio.Queue[bytes]) -> None:
        """One after the other: each is confirmed by the host before the next is sent."""
        while True:
            payload = await waiting.get()
            await self._device.gatt_server.indicate_subscriber(host, self._services.control, payload)

    def _tell_battery(self) -> None:
        level = self._firmware.battery_percent
        if level == self._battery_told:
            return
        self._battery_told = level
        host, handle = self._host, self._services.battery.handle
        configuration = self._device.gatt_server.subscribers.get(host, {}).get(handle) if host else None
        if host is not None and configuration and configuration[0] & NOTIFYING:
            self._notify(host, handle, bytes([level]))


async def run_peripheral(
    radio: str | Transport, firmware: Firmware, *, name: str, address: str, clock: Callable[[], int]
) -> None:
    """One sensor until its radio is gone. `radio` is an open transport, or any bumble name for one.

    "tcp-client:127.0.0.1:PORT" reaches the virtual air; "usb:0", "serial:/dev/ttyACM0,1000000" and "hci-socket:0" a dongle.
    """
    opened = await _open(radio) if isinstance(radio, str) else radio
    try:
        await HipPeripheral(opened, firmware, name=name, address=address, clock=clock).run()
    finally:
        await opened.close()


async def _open(radio: str) -> Transport:
    try:
        return await open_transport(radio)
    except (OSError, ValueError, BaseBumbleError) as error:
        raise LinkError(
            f"The sensor's radio {radio!r} could not be opened: {error}. Check that it is there."
        ) from error
