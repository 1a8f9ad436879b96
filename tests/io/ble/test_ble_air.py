"""The air, our backend and a sensor together: what a radio link does, and what an ordinary bleak client sees of it."""

from __future__ import annotations

import asyncio
import time
from typing import Self

import pytest
from bleak import BleakClient, BleakScanner
from bleak.backends.device import BLEDevice
from bleak.backends.scanner import AdvertisementData
from bleak.exc import BleakDeviceNotFoundError, BleakError, BleakGATTProtocolError, BleakGATTProtocolErrorCode
from bumble import hci
from fake_firmware import FakeFirmware
from rig import ADDRESS, NAME, SUPERVISION_MS, Rig, rig, run, soon

from firmware_sim.ports import Outgoing
from hipmonitor.core.wire import hip_protocol as hip
from hipmonitor.io.ble.bumble_client import BumbleClient


class Link:
    """A bleak client, and an event for the end of its link."""

    def __init__(self, device: BLEDevice, made: Rig, timeout_s: float = 3.0) -> None:
        self.gone = asyncio.Event()
        self.client: BleakClient = made.radio.new_client(device, self.gone.set, timeout_s)

    async def __aenter__(self) -> Self:
        await self.client.connect()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.client.disconnect()

    @property
    def reason(self) -> int | None:
        backend = self.client._backend
        assert isinstance(backend, BumbleClient)
        return backend.disconnect_reason


async def connected(made: Rig) -> Link:
    return Link((await made.find()).device, made)


def test_a_name_that_stands_only_in_the_scan_response_is_seen() -> None:
    async def test() -> None:
        async with rig() as made:
            named: asyncio.Future[AdvertisementData] = asyncio.get_running_loop().create_future()

            def heard(device: BLEDevice, said: AdvertisementData) -> None:
                if said.local_name and not named.done():
                    assert device.address == ADDRESS
                    named.set_result(said)

            scanner: BleakScanner = made.radio.new_scanner(heard)
            async with scanner:
                said = await named
            assert (said.local_name, said.service_uuids, said.rssi) == (NAME, [hip.SERVICE_UUID], -55)

    run(test())


def test_a_connect_that_times_out_ends_and_a_later_one_works() -> None:
    async def test() -> None:
        async with rig() as made:
            device = (await made.find()).device
            made.power_off()
            began = time.monotonic()
            with pytest.raises(BleakDeviceNotFoundError):
                await Link(device, made, timeout_s=0.5).client.connect()
            assert time.monotonic() - began < 1.5
            await made.power_on(FakeFirmware())
            async with Link(device, made) as link:
                assert link.client.is_connected

    run(test())


def test_a_connect_that_is_cancelled_leaves_the_radio_usable() -> None:
    async def test() -> None:
        async with rig() as made:
            device = (await made.find()).device
            made.air.set_in_range(False)
            with pytest.raises(TimeoutError):
                async with asyncio.timeout(0.3):
                    await Link(device, made, timeout_s=10).client.connect()
            assert made.host.pending_le_connection is None
            made.air.set_in_range(True)
            async with Link(device, made) as link:
                assert link.client.is_connected

    run(test())


def test_power_loss_shows_as_a_supervision_timeout() -> None:
    async def test() -> None:
        async with rig() as made, await connected(made) as link:
            began = time.monotonic()
            made.power_off()
            await asyncio.wait_for(link.gone.wait(), 3)
            assert time.monotonic() - began >= SUPERVISION_MS / 1000 - 0.01
            assert link.reason == hci.HCI_ErrorCode.CONNECTION_TIMEOUT_ERROR
            with pytest.raises(BleakError):
                await link.client.read_gatt_char(hip.INFO_UUID)

    run(test())


def test_a_link_that_drops_during_a_read_is_an_error_and_not_a_cancellation() -> None:
    async def test() -> None:
        async with rig() as made, await connected(made) as link:
            made.air.set_in_range(False)
            with pytest.raises(BleakError):
                await link.client.read_gatt_char(hip.INFO_UUID)
            assert asyncio.current_task().cancelling() == 0  # type: ignore[union-attr]

    run(test())


def test_a_disconnect_by_the_sensor_tells_its_reason() -> None:
    async def test() -> None:
        async with rig() as made, await connected(made) as link:
            assert made.sensor._host is not None
            await made.sensor._host.disconnect()
            await asyncio.wait_for(link.gone.wait(), 2)
            assert link.reason == hci.HCI_ErrorCode.REMOTE_USER_TERMINATED_CONNECTION_ERROR

    run(test())


def test_a_disconnect_out_of_range_reaches_the_sensor_by_its_supervision_timeout() -> None:
    async def test() -> None:
        async with rig() as made:
            link = await connected(made)
            await link.client.connect()
            made.air.set_in_range(False)
            await link.client.disconnect()
            assert made.sensor.is_connected
            await soon(lambda: not made.sensor.is_connected)
            assert made.air.connection_count == 0

    run(test())


def test_what_a_characteristic_cannot_do_is_refused_with_the_att_error() -> None:
    async def test() -> None:
        async with rig() as made, await connected(made) as link:
            with pytest.raises(BleakGATTProtocolError) as write:
                await link.client.write_gatt_char(hip.INFO_UUID, b"\x01", response=True)
            await made.radio.secure(link.client)
            with pytest.raises(BleakGATTProtocolError) as read:
                await link.client.read_gatt_char(hip.DATA_UUID)
            assert write.value.code == BleakGATTProtocolErrorCode.WRITE_NOT_PERMITTED
            assert read.value.code == BleakGATTProtocolErrorCode.READ_NOT_PERMITTED

    run(test())


def test_a_host_that_dies_is_noticed_and_the_sensor_advertises_again() -> None:
    async def test() -> None:
        async with rig() as made:
            link = await connected(made)
            await link.client.connect()
            made.host.power_off()
            await soon(lambda: made.controller.le_legacy_advertiser.enabled)
            assert not made.sensor.is_connected
            await made.radio.aclose()
            assert link.gone.is_set()

    run(test())


def test_the_peripheral_is_told_the_agreed_interval_and_asks_for_its_own_where_that_is_outside() -> None:
    async def test() -> None:
        async with rig() as made:
            made.set_interval(45.0)
            async with await connected(made):
                host = made.sensor._host
                assert host is not None
                await soon(lambda: host.parameters.connection_interval == 30.0)

    run(test())


def test_buffers_come_back_only_when_the_packet_has_crossed() -> None:
    async def test() -> None:
        async with rig() as made, await connected(made) as link:
            await made.radio.secure(link.client)
            await link.client.start_notify(hip.DATA_UUID, lambda *_: None)
            made.air.set_in_range(False)
            full = made.sensor._room()
            for _ in range(full):
                made.sensor._notify(made.sensor._host, Outgoing(channel="data", payload=bytes(100)))  # type: ignore[arg-type]
            assert full > 0
            assert made.sensor._room() == 0
            made.air.set_in_range(True)
            await soon(lambda: made.sensor._room() == full)

    run(test())


def test_long_packets_and_the_signal_strength_can_be_asked_for() -> None:
    async def test() -> None:
        async with rig() as made, await connected(made):
            host = made.sensor._host
            assert host is not None
            assert host.data_length.max_tx_octets == 251
            assert await made.sensor._device.get_connection_rssi(host) == -55

    run(test())


def test_a_reset_ends_advertising_and_connections() -> None:
    async def test() -> None:
        async with rig() as made, await connected(made) as link:
            made.controller.on_hci_reset_command(hci.HCI_Reset_Command())
            assert not made.controller.le_connections
            assert not made.controller.le_legacy_advertiser.enabled
            await asyncio.wait_for(link.gone.wait(), 3)

    run(test())


def test_packet_errors_delay_but_do_not_lose() -> None:
    async def test() -> None:
        async with rig() as made, await connected(made) as link:
            made.air.conditions.packet_error_rate = 0.4
            for _ in range(10):
                assert await link.client.read_gatt_char(hip.INFO_UUID) == FakeFirmware().info()
            assert made.air.conditions.stats.packets_lost > 0

    run(test())
