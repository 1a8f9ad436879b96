"""The sensor's radio side: it never cuts a packet, never hides an error, and several fit on one air."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import pytest
from bumble.transport.common import Transport
from fake_firmware import FakeFirmware
from rig import ADDRESS, NAME, TestClock, rig, run, soon

from firmware_sim.air import AirController
from firmware_sim.peripherals import HIP_FACE
from firmware_sim.peripherals.gatt import advertising_data, scan_response
from firmware_sim.peripherals.on_radio import Peripheral, run_peripheral
from firmware_sim.ports import (
    FirmwareInput,
    FirmwareOutput,
    LinkDown,
    LinkUp,
    MtuChanged,
    Outgoing,
    Room,
    Subscribed,
    Unsubscribed,
)
from hipmonitor.core.errors import LinkError
from hipmonitor.core.wire import hip_protocol as hip
from hipmonitor.io.ble import scan

LONGEST = 244


class Parrot(FakeFirmware):
    """Remembers what it was told, sends what it is given."""

    def __init__(self) -> None:
        super().__init__()
        self.told: list[FirmwareInput] = []
        self.to_send: list[Outgoing] = []
        self.asleep = False

    def update(self, now_ns: int, inputs: Sequence[FirmwareInput]) -> FirmwareOutput:
        self.told += [each for each in inputs if not isinstance(each, Room)]
        assert sum(isinstance(each, Room) for each in inputs) == 1
        send, self.to_send = tuple(self.to_send), []
        return FirmwareOutput(send=send, wake_ns=now_ns + 10_000_000, asleep=self.asleep)


def test_a_packet_that_does_not_fit_is_counted_and_not_cut() -> None:
    async def test() -> None:
        firmware = Parrot()
        async with rig(firmware) as made:
            client = made.radio.new_client((await made.find()).device, lambda: None, 3.0)
            async with client:
                heard: asyncio.Queue[bytes] = asyncio.Queue()
                await made.radio.secure(client)
                await client.start_notify(hip.DATA_UUID, lambda _, data: heard.put_nowait(bytes(data)))
                firmware.to_send = [Outgoing(channel="data", payload=bytes(n)) for n in (LONGEST + 1, LONGEST)]
                assert await heard.get() == bytes(LONGEST)
                firmware.to_send = [Outgoing(channel="control", payload=b"\x81\x01\x00")]
                await soon(lambda: made.sensor.faults.not_subscribed == 1)
            assert made.sensor.faults.too_long == 1

    run(test())


def test_the_firmware_is_told_of_the_link_its_mtu_and_its_end() -> None:
    async def test() -> None:
        firmware = Parrot()
        async with rig(firmware) as made:
            client = made.radio.new_client((await made.find()).device, lambda: None, 3.0)
            async with client:
                pass
            await soon(lambda: LinkDown() in firmware.told)
        assert firmware.told[:2] == [LinkUp(mtu=23), MtuChanged(mtu=247)]

    run(test())


def test_the_firmware_is_told_who_listens() -> None:
    async def test() -> None:
        firmware = Parrot()
        async with rig(firmware) as made:
            client = made.radio.new_client((await made.find()).device, lambda: None, 3.0)
            async with client:
                await made.radio.secure(client)
                await client.start_notify(hip.DATA_UUID, lambda *_: None)
                await client.start_notify(hip.CONTROL_UUID, lambda *_: None)
                await client.stop_notify(hip.DATA_UUID)
                await soon(lambda: Unsubscribed(channel="data") in firmware.told)
        assert firmware.told[2:5] == [
            Subscribed(channel="data"),
            Subscribed(channel="control"),
            Unsubscribed(channel="data"),
        ]

    run(test())


def test_a_sensor_that_falls_asleep_ends_its_link_and_is_not_heard_until_it_wakes() -> None:
    async def test() -> None:
        firmware = Parrot()
        async with rig(firmware) as made:
            gone = asyncio.Event()
            client = made.radio.new_client((await made.find()).device, gone.set, 3.0)
            async with client:
                firmware.asleep = True
                await gone.wait()
                assert await scan(made.radio, 0.5) == []
                firmware.asleep = False
                assert (await made.find()).name == NAME

    run(test())


def test_the_battery_is_notified_when_it_changes() -> None:
    async def test() -> None:
        firmware = FakeFirmware()
        async with rig(firmware) as made:
            client = made.radio.new_client((await made.find()).device, lambda: None, 3.0)
            async with client:
                heard: asyncio.Queue[bytes] = asyncio.Queue()
                await client.start_notify("2a19", lambda _, data: heard.put_nowait(bytes(data)))
                firmware.battery_percent = 86
                assert await heard.get() == bytes([86])

    run(test())


def test_an_error_of_the_firmware_ends_the_sensor_and_is_raised() -> None:
    class Broken(FakeFirmware):
        def update(self, now_ns: int, inputs: Sequence[FirmwareInput]) -> FirmwareOutput:
            raise ZeroDivisionError

    async def test() -> None:
        async with rig() as made:
            controller = AirController("second", made.air)
            with pytest.raises(ZeroDivisionError):
                await run_peripheral(
                    Transport(controller, controller),
                    Broken(),
                    HIP_FACE,
                    name="B",
                    address="C4:00:00:00:00:01",
                    clock=made.clock.now,
                )
            assert controller not in made.air.controllers

    run(test())


def test_a_radio_that_is_not_there_is_said() -> None:
    async def test() -> None:
        with pytest.raises(LinkError, match="tcp-client"):
            await run_peripheral(
                "tcp-client:127.0.0.1:1", FakeFirmware(), HIP_FACE, name="A", address=ADDRESS, clock=TestClock().now
            )

    run(test())


def test_several_sensors_share_the_air() -> None:
    async def test() -> None:
        async with rig() as made:
            controller = AirController("second", made.air)
            second = Peripheral(
                Transport(controller, controller),
                FakeFirmware(),
                HIP_FACE,
                name="HIP-2",
                address="C4:00:00:00:00:02",
                clock=made.clock.now,
            )
            await second.start()
            assert {sensor.name for sensor in await scan(made.radio, 0.5)} == {NAME, "HIP-2"}
            second.stop()
            controller.power_off()

    run(test())


def test_advertising_fits_and_a_long_name_is_shortened_between_characters() -> None:
    assert len(advertising_data(HIP_FACE)) <= 31
    assert len(scan_response("Hüftsensor mit einem sehr langen Namen")) <= 31
    shortened = scan_response("ü" * 20)
    assert shortened[1] == 0x08
    assert shortened[2:].decode() == "ü" * 14
