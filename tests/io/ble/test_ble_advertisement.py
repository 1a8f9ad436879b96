"""What advertising bytes say, and which of them are sensors we know."""

from __future__ import annotations

from bleak.backends.device import BLEDevice
from bleak.backends.scanner import AdvertisementData
from hypothesis import given
from hypothesis import strategies as st

from hipmonitor.core.wire.hip_protocol import SERVICE_UUID
from hipmonitor.io.ble.bumble_advertisement import read_advertisement, uuid_text
from hipmonitor.io.ble.identify import identify
from hipmonitor.io.ble.scan import as_sensor


def advertisement(*uuids: str, name: str | None = "HIP-1") -> AdvertisementData:
    return AdvertisementData(
        local_name=name,
        manufacturer_data={},
        service_data={},
        service_uuids=list(uuids),
        tx_power=None,
        rssi=-60,
        platform_data=(),
    )


def test_every_field_is_read() -> None:
    said = read_advertisement(
        [
            (0x01, b"\x06"),
            (0x03, b"\x0f\x18\x0a\x18"),
            (0x07, bytes(range(16))),
            (0x09, b"HIP-1"),
            (0x0A, b"\xfc"),
            (0x16, b"\x0f\x18\x57"),
            (0xFF, b"\xff\xff\x01"),
        ]
    )
    assert said.service_uuids == [
        "0000180f-0000-1000-8000-00805f9b34fb",
        "0000180a-0000-1000-8000-00805f9b34fb",
        "0f0e0d0c-0b0a-0908-0706-050403020100",
    ]
    assert (said.name, said.tx_power_dbm) == ("HIP-1", -4)
    assert said.service_data == {uuid_text(b"\x0f\x18"): b"\x57"}
    assert said.manufacturer_data == {0xFFFF: b"\x01"}


@given(st.lists(st.tuples(st.integers(0, 255), st.binary(max_size=40)), max_size=8))
def test_any_structures_are_read_without_an_error(structures: list[tuple[int, bytes]]) -> None:
    said = read_advertisement(structures)
    assert all(len(uuid) == 36 for uuid in said.service_uuids)


def test_a_sensor_is_known_by_its_service_whatever_its_name() -> None:
    known = identify(advertisement(SERVICE_UUID.upper(), name=None))
    assert known is not None
    assert known.family == "hip"
    assert identify(advertisement("0000180f-0000-1000-8000-00805f9b34fb")) is None


def test_a_nameless_sensor_is_called_by_its_address() -> None:
    found = as_sensor(BLEDevice("C4:11:22:33:44:55", None, {}), advertisement(SERVICE_UUID, name=None))
    assert found is not None
    assert found.name == "C4:11:22:33:44:55"
    assert found.is_called(None)
    assert found.is_called("c4:11:22:33:44:55")
    assert not found.is_called("HIP-1")
