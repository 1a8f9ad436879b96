"""Which radio is used, and what is said when it cannot be."""

from __future__ import annotations

import sys

import pytest
from bleak.backends.device import BLEDevice
from bleak.exc import BleakBluetoothNotAvailableError, BleakBluetoothNotAvailableReason, BleakError
from fake_firmware import FakeFirmware
from rig import ADDRESS, NAME, rig, run

from hipmonitor.core.errors import LinkError
from hipmonitor.core.wire.hip_protocol import SERVICE_UUID
from hipmonitor.io.ble import open_radio, scan
from hipmonitor.io.ble.bumble_keys import random_static_address
from hipmonitor.io.ble.radio import SystemRadio
from hipmonitor.io.ble.radio_errors import REMEDIES, explain
from hipmonitor.io.ble.scan import find


def test_without_a_name_it_is_the_systems_own() -> None:
    assert isinstance(open_radio(), SystemRadio)
    assert isinstance(open_radio("system"), SystemRadio)


def test_an_unknown_name_is_refused_with_the_remedy() -> None:
    with pytest.raises(LinkError, match="usb:0"):
        open_radio("dongle")


def test_a_missing_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in [name for name in sys.modules if name.split(".")[0] == "bumble" or "io.ble.bumble_" in name]:
        monkeypatch.delitem(sys.modules, module)
    monkeypatch.setitem(sys.modules, "bumble", None)
    with pytest.raises(LinkError, match=r"pip install 'hipmonitor\[sim\]'"):
        open_radio("tcp-client:127.0.0.1:1")


def test_a_radio_that_is_not_there_is_said() -> None:
    async def test() -> None:
        with pytest.raises(LinkError, match="cannot be opened"):
            await scan(open_radio("tcp-client:127.0.0.1:1"), 0.1)

    run(test())


@pytest.mark.parametrize("reason", BleakBluetoothNotAvailableReason)
def test_every_reason_bleak_gives_has_a_remedy(reason: BleakBluetoothNotAvailableReason) -> None:
    assert str(explain(BleakBluetoothNotAvailableError("no", reason))) == REMEDIES[reason]


def test_other_trouble_is_passed_on_with_a_hint() -> None:
    assert "org.bluez" in str(explain(BleakError("org.bluez is not there")))
    assert "bluetoothd" in str(explain(FileNotFoundError(2, "no bus")))
    known = LinkError("already plain")
    assert explain(known) is known


def test_a_scan_lists_each_sensor_once() -> None:
    async def test() -> None:
        async with rig(FakeFirmware()) as made:
            (found,) = await scan(made.radio, 0.4)
            assert (found.address, found.name, found.kind, found.rssi_dbm) == (ADDRESS, NAME, "hip", -55)

    run(test())


def test_a_sensor_that_is_still_connected_is_found_though_it_does_not_advertise() -> None:
    async def test() -> None:
        async with rig(FakeFirmware()) as made:
            device = (await made.find()).device
            made.power_off()

            async def connected_devices(service_uuid: str) -> list[BLEDevice]:
                return [device] if service_uuid == SERVICE_UUID else []

            made.radio.connected_devices = connected_devices  # type: ignore[method-assign]
            found = await find(made.radio, NAME, 0.2)
            assert found is not None
            assert (found.address, found.rssi_dbm) == (ADDRESS, None)
            assert await find(made.radio, "HIP-2", 0.2) is None

    run(test())


def test_our_own_address_is_a_static_random_one() -> None:
    addresses = {random_static_address() for _ in range(50)}
    assert len(addresses) == 50
    assert all(int(address[:2], 16) >= 0xC0 for address in addresses)
