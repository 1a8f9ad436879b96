"""The hip sensor's GATT services and advertising, as PROTOCOL.md lists them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bumble.att import AttributeValue
from bumble.core import UUID, AdvertisingData
from bumble.device import Connection
from bumble.gatt import Characteristic, Service
from bumble.profiles.battery_service import BatteryService
from bumble.profiles.device_information_service import DeviceInformationService

from hipmonitor.core.wire.hip_protocol import CONTROL_UUID, DATA_UUID, INFO_UUID, SERVICE_UUID, SYNC_UUID

Can = Characteristic.Properties
MOST_ADVERTISED_BYTES = 31
FLAGS = bytes([0x06])
"""General discoverable, no classic Bluetooth."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceInformation:
    """What the Device Information service tells."""

    manufacturer: str = "hipmonitor"
    model: str = "HIP-1 simulated"
    serial: str = "000001"
    hardware: str = "none"
    firmware: str = "1.0"


class HipServices:
    """The characteristics of one sensor; `on_control` and `on_sync` get what the host writes."""

    def __init__(
        self,
        *,
        read_info: Callable[[], bytes],
        read_battery: Callable[[], int],
        on_control: Callable[[bytes], None],
        on_sync: Callable[[bytes], None],
        about: DeviceInformation,
    ) -> None:
        self.data = Characteristic[bytes](DATA_UUID, Can.NOTIFY, Characteristic.Permissions(0))
        self.control = Characteristic[bytes](
            CONTROL_UUID, Can.WRITE | Can.INDICATE, Characteristic.WRITEABLE, _written(on_control)
        )
        self.info = Characteristic[bytes](
            INFO_UUID, Can.READ, Characteristic.READABLE, AttributeValue(read=lambda _host: read_info())
        )
        self.sync = Characteristic[bytes](
            SYNC_UUID, Can.WRITE_WITHOUT_RESPONSE | Can.NOTIFY, Characteristic.WRITEABLE, _written(on_sync)
        )
        battery = BatteryService(lambda _host: read_battery())
        self.battery = battery.battery_level_characteristic
        information = DeviceInformationService(
            manufacturer_name=about.manufacturer,
            model_number=about.model,
            serial_number=about.serial,
            hardware_revision=about.hardware,
            firmware_revision=about.firmware,
        )
        hip = Service(SERVICE_UUID, [self.data, self.control, self.info, self.sync])
        self.all: tuple[Service, ...] = (hip, battery, information)


def _written(on_written: Callable[[bytes], None]) -> AttributeValue[bytes]:
    def write(_host: Connection, value: bytes) -> None:
        on_written(bytes(value))

    return AttributeValue(write=write)


def advertising_data() -> bytes:
    """Flags and the hip service."""
    services = bytes(UUID(SERVICE_UUID))
    return bytes(
        AdvertisingData(
            [(AdvertisingData.FLAGS, FLAGS), (AdvertisingData.COMPLETE_LIST_OF_128_BIT_SERVICE_CLASS_UUIDS, services)]
        )
    )


def scan_response(name: str) -> bytes:
    """The name, shortened to what a scan response can hold."""
    room = MOST_ADVERTISED_BYTES - 2
    encoded = name.encode()
    if len(encoded) <= room:
        return bytes(AdvertisingData([(AdvertisingData.COMPLETE_LOCAL_NAME, encoded)]))
    short = encoded[:room].decode(errors="ignore").encode()
    return bytes(AdvertisingData([(AdvertisingData.SHORTENED_LOCAL_NAME, short)]))
