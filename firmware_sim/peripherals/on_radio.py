"""A simulated sensor on a Bluetooth controller: it carries bytes between the host and a firmware, and knows the radio."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from functools import partial

from bumble import att, hci
from bumble.core import BaseBumbleError
from bumble.device import Connection, Device, DeviceConfiguration
from bumble.transport import open_transport
from bumble.transport.common import Transport

from firmware_sim.peripherals.bonds import Bonds
from firmware_sim.peripherals.face import Can, ConnectionWish, FaceCharacteristic, GattFace
from firmware_sim.peripherals.gatt import GattServices, advertising_data, scan_response
from firmware_sim.ports import (
    Firmware,
    FirmwareInput,
    FirmwareOutput,
    LinkDown,
    LinkUp,
    MtuChanged,
    Outgoing,
    Room,
    Subscribed,
    Unsubscribed,
    Written,
)
from hipmonitor.core.errors import LinkError

ATT_HEADER_BYTES = 3
ADVERTISING_INTERVAL_MS = 100.0
SHORTEST_WAKE_S = 0.001
"""A firmware that asks to be called again at once still leaves the loop to others."""
NOTIFYING, INDICATING = 0x01, 0x02
"""Bits of a client characteristic configuration (Core 6.0, Vol 3, Part G, 3.3.3.3)."""


@dataclass(slots=True, kw_only=True)
class PeripheralFaults:
    """What could not be sent."""

    too_long: int = 0
    """Longer than ATT_MTU - 3: sending it would have cut it."""
    not_subscribed: int = 0


@dataclass(slots=True, kw_only=True)
class _Told:
    """A value that is notified when it changes."""

    characteristic: FaceCharacteristic
    value: bytes


class Peripheral:
    """One sensor: advertises, is connected to, sends what the firmware says, advertises again."""

    def __init__(
        self,
        radio: Transport,
        firmware: Firmware,
        face: GattFace,
        *,
        name: str,
        address: str,
        clock: Callable[[], int],
        bonds: Bonds | None = None,
    ) -> None:
        """`bonds`: of a sensor that was switched off and on; without them it is new from the factory."""
        self.bonds = bonds or Bonds(clock)
        self.faults = PeripheralFaults()
        self._radio, self._firmware, self._face, self._clock = radio, firmware, face, clock
        self._loop = asyncio.get_running_loop()
        self._ended: asyncio.Future[None] = self._loop.create_future()
        self._tasks: set[asyncio.Task[None]] = set()
        self._wake: asyncio.TimerHandle | None = None
        self._host: Connection | None = None
        self._asleep = False
        self._one_change_at_a_time = asyncio.Lock()
        self._indications: asyncio.Queue[Outgoing] = asyncio.Queue()
        self._by_channel = {each.channel: each for each in face.characteristics()}
        self._told = [
            _Told(characteristic=each, value=firmware.read(each.channel))
            for each in face.characteristics()
            if each.told_on_change
        ]
        self._services = GattServices(face, read=firmware.read, on_write=self._written)
        self._device = self._new_device(name, address)

    def _new_device(self, name: str, address: str) -> Device:
        configuration = DeviceConfiguration(
            name=name,
            address=hci.Address(address),
            advertising_interval_min=ADVERTISING_INTERVAL_MS,
            advertising_interval_max=ADVERTISING_INTERVAL_MS,
        )
        device = Device.from_config_with_hci(configuration, self._radio.source, self._radio.sink)
        device.gatt_server.max_mtu = self._face.most_mtu
        device.advertising_data = advertising_data(self._face)
        device.scan_response_data = scan_response(name)
        device.add_services(self._services.all)
        device.on(Device.EVENT_CONNECTION, self._connected)
        self._services.protect_subscriptions(device.gatt_server)
        if self._face.bonds:
            self.bonds.of(device)
        for channel, characteristic in self._services.by_channel.items():
            characteristic.on(characteristic.EVENT_SUBSCRIPTION, partial(self._subscription, channel))
        return device

    # --- life -----------------------------------------------------------------------------------------------------
    @property
    def is_connected(self) -> bool:
        """Whether a host is connected."""
        return self._host is not None

    async def start(self) -> None:
        """Power on and advertise; the firmware runs from now on."""
        self.bonds.switched_on()
        await self._device.power_on()
        queue = self._device.host.le_acl_packet_queue
        if queue is not None:
            queue.on("flow", self._turn)
        await self._be_on_the_air()
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

    async def hang_up(self) -> None:
        """End the link from the sensor's side, as a sensor with a weak battery does; without a host, nothing."""
        if self._host is not None:
            with contextlib.suppress(BaseBumbleError, hci.HCI_Error):
                await self._host.disconnect()

    def _spawn(self, coroutine: Coroutine[object, object, None]) -> asyncio.Task[None]:
        task = self._loop.create_task(coroutine)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    async def _be_on_the_air(self) -> None:
        """Advertise without a host and awake; asleep, neither advertise nor keep the host."""
        async with self._one_change_at_a_time:
            if self._asleep and self._host is not None:
                await self.hang_up()
            elif self._asleep and self._device.is_advertising:
                await self._device.stop_advertising()
            elif not self._asleep and self._host is None and not self._device.is_advertising:
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
        if self._face.wish and not _is_met(self._face.wish, host.parameters):
            self._spawn(self._ask_for_parameters(host, self._face.wish))

    def _disconnected(self) -> None:
        self._host = None
        self._turn(LinkDown())
        if not self._ended.done():
            self._spawn(self._be_on_the_air())

    async def _ask_for_parameters(self, host: Connection, wish: ConnectionWish) -> None:
        """The host may refuse; the link then goes on as it is."""
        try:
            await host.update_parameters(
                wish.shortest_interval_ms, wish.longest_interval_ms, 0, wish.supervision_timeout_ms
            )
        except (BaseBumbleError, hci.HCI_Error, asyncio.CancelledError):
            return

    # --- the firmware ------------------------------------------------------------------------------------------------
    def _written(self, characteristic: FaceCharacteristic, payload: bytes) -> None:
        """A write that is acknowledged is acknowledged first; what the firmware answers comes after that."""
        written = Written(channel=characteristic.channel, payload=payload)
        if Can.WRITE in characteristic.can:
            self._loop.call_soon(self._turn, written)
        else:
            self._turn(written)

    def _subscription(self, channel: str, _host: Connection, notified: bool, indicated: bool) -> None:
        wanted = notified or indicated
        happened: FirmwareInput = Subscribed(channel=channel) if wanted else Unsubscribed(channel=channel)
        self._loop.call_soon(self._turn, happened)

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
        self._tell_changes()
        self._sleep_or_wake(wanted)
        self._wake_at(wanted.wake_ns)

    def _sleep_or_wake(self, wanted: FirmwareOutput) -> None:
        if wanted.asleep != self._asleep:
            self._asleep = wanted.asleep
            self._spawn(self._be_on_the_air())

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
        host, characteristic = self._host, self._by_channel[outgoing.channel]
        if host is None:
            return
        if not self._is_subscribed(host, characteristic):
            self.faults.not_subscribed += 1
        elif len(outgoing.payload) > host.att_mtu - ATT_HEADER_BYTES:
            self.faults.too_long += 1
        elif characteristic.is_indicated:
            self._indications.put_nowait(outgoing)
        else:
            self._notify(host, outgoing)

    def _is_subscribed(self, host: Connection, characteristic: FaceCharacteristic) -> bool:
        handle = self._services.by_channel[characteristic.channel].handle
        configuration = self._device.gatt_server.subscribers.get(host, {}).get(handle)
        bit = INDICATING if characteristic.is_indicated else NOTIFYING
        return bool(configuration and configuration[0] & bit)

    def _notify(self, host: Connection, outgoing: Outgoing) -> None:
        handle = self._services.by_channel[outgoing.channel].handle
        notification = att.ATT_Handle_Value_Notification(attribute_handle=handle, attribute_value=outgoing.payload)
        self._device.gatt_server.send_gatt_pdu(host, bytes(notification))

    async def _indicate(self, host: Connection, waiting: asyncio.Queue[Outgoing]) -> None:
        """One after the other: each is confirmed by the host before the next is sent."""
        while True:
            outgoing = await waiting.get()
            characteristic = self._services.by_channel[outgoing.channel]
            await self._device.gatt_server.indicate_subscriber(host, characteristic, outgoing.payload)

    def _tell_changes(self) -> None:
        for told in self._told:
            channel = told.characteristic.channel
            value = self._firmware.read(channel)
            if value == told.value:
                continue
            told.value = value
            if self._host is not None and self._is_subscribed(self._host, told.characteristic):
                self._notify(self._host, Outgoing(channel=channel, payload=value))


def _is_met(wish: ConnectionWish, now: Connection.Parameters) -> bool:
    """Whether there is nothing to ask for."""
    return (
        wish.shortest_interval_ms <= now.connection_interval <= wish.longest_interval_ms
        and now.peripheral_latency == 0
        and now.supervision_timeout == wish.supervision_timeout_ms
    )


async def run_peripheral(
    radio: str | Transport,
    firmware: Firmware,
    face: GattFace,
    *,
    name: str,
    address: str,
    clock: Callable[[], int],
    bonds: Bonds | None = None,
) -> None:
    """One sensor until its radio is gone. `radio` is an open transport, or any bumble name for one.

    "tcp-client:127.0.0.1:PORT" reaches the virtual air; "usb:0", "serial:/dev/ttyACM0,1000000" and "hci-socket:0" a dongle.
    """
    opened = await _open(radio) if isinstance(radio, str) else radio
    try:
        await Peripheral(opened, firmware, face, name=name, address=address, clock=clock, bonds=bonds).run()
    finally:
        await opened.close()


async def _open(radio: str) -> Transport:
    try:
        return await open_transport(radio)
    except (OSError, ValueError, BaseBumbleError) as error:
        raise LinkError(
            f"The sensor's radio {radio!r} could not be opened: {error}. Check that it is there."
        ) from error
