"""The hip sensor's GATT services and advertising, as PROTOCOL.md lists them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bumble import gatt
from bumble.att import ATT_Error, AttributeValue, ErrorCode
from bumble.core import UUID, AdvertisingData
from bumble.device import Connection
from bumble.gatt import Characteristic, Service

from hipmonitor.core.wire.hip_protocol import CONTROL_UUID, DATA_UUID, INFO_UUID, SERVICE_UUID, SYNC_UUID

Can = Characteristic.Properties
ANYTHING = Characteristic.READABLE | Characteristic.WRITEABLE
"""What may be done with a value is decided by its functions below: bumble's server does not look at the properties."""
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
        self.data = _characteristic(DATA_UUID, Can.NOTIFY)
        self.control = _characteristic(CONTROL_UUID, Can.WRITE | Can.INDICATE, write=on_control)
        self.info = _characteristic(INFO_UUID, Can.READ, read=read_info)
        self.sync = _characteristic(SYNC_UUID, Can.WRITE_WITHOUT_RESPONSE | Can.NOTIFY, write=on_sync)
        self.battery = _characteristic(
            gatt.GATT_BATTERY_LEVEL_CHARACTERISTIC, Can.READ | Can.NOTIFY, read=lambda: bytes([read_battery()])
        )
        self.all: tuple[Service, ...] = (
            Service(SERVICE_UUID, [self.data, self.control, self.info, self.sync]),
            Service(gatt.GATT_BATTERY_SERVICE, [self.battery]),
            Service(gatt.GATT_DEVICE_INFORMATION_SERVICE, _information(about)),
        )


def _information(about: DeviceInformation) -> list[Characteristic[bytes]]:
    texts = (
        (gatt.GATT_MANUFACTURER_NAME_STRING_CHARACTERISTIC, about.manufacturer),
        (gatt.GATT_MODEL_NUMBER_STRING_CHARACTERISTIC, about.model),
        (gatt.GATT_SERIAL_NUMBER_STRING_CHARACTERISTIC, about.serial),
        (gatt.GATT_HARDWARE_REVISION_STRING_CHARACTERISTIC, about.hardware),
        (gatt.GATT_FIRMWARE_REVISION_STRING_CHARACTERISTIC, about.firmware),
    )
    return [_characteristic(uuid, Can.READ, read=text.encode) for uuid, text in texts]


def _characteristic(
    uuid: str | UUID,
    properties: Characteristic.Properties,
    *,
    read: Callable[[], bytes] | None = None,
    write: Callable[[bytes], None] | None = None,
) -> Characteristic[bytes]:
    """A characteristic; what it cannot do is refused with the standard's error code."""

    def on_read(_host: Connection) -> bytes:
        if read is None:
            raise ATT_Error(ErrorCode.READ_NOT_PERMITTED)
        return read()

    def on_write(_host: Connection, value: bytes) -> None:
        if write is None:
            raise ATT_Error(ErrorCode.WRITE_NOT_PERMITTED)
        write(bytes(value))

    return Characteristic(uuid, properties, ANYTHING, AttributeValue(read=on_read, write=on_write))


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
