"""A face in terms of bumble's GATT server, and as advertised bytes."""

from __future__ import annotations

from collections.abc import Callable

from bumble.att import ATT_Error, AttributeValue, ErrorCode
from bumble.core import UUID, AdvertisingData
from bumble.device import Connection
from bumble.gatt import GATT_CLIENT_CHARACTERISTIC_CONFIGURATION_DESCRIPTOR, Characteristic, Service
from bumble.gatt_server import Server

from firmware_sim.peripherals.face import Can, FaceCharacteristic, GattFace

ANYTHING = Characteristic.READABLE | Characteristic.WRITEABLE
"""What may be done with a value is decided by its functions below: bumble's server does not look at the properties."""
ENCRYPTED = Characteristic.READ_REQUIRES_ENCRYPTION | Characteristic.WRITE_REQUIRES_ENCRYPTION
MOST_ADVERTISED_BYTES = 31
FLAGS = bytes([0x06])
"""General discoverable, no classic Bluetooth."""
WRITABLE = Can.WRITE | Can.WRITE_WITHOUT_RESPONSE


class GattServices:
    """The services of one face; `read` is asked for values, `on_write` gets what the host writes."""

    def __init__(
        self,
        face: GattFace,
        *,
        read: Callable[[str], bytes],
        on_write: Callable[[FaceCharacteristic, bytes], None],
    ) -> None:
        self._face, self._read, self._on_write = face, read, on_write
        self.by_channel = {each.channel: self._characteristic(each) for each in face.characteristics()}
        self.all = [
            Service(service.uuid, [self.by_channel[each.channel] for each in service.characteristics])
            for service in face.services
        ]

    def _characteristic(self, each: FaceCharacteristic) -> Characteristic[bytes]:
        """What it cannot do is refused with the standard's error code."""

        def on_read(_host: Connection) -> bytes:
            if Can.READ not in each.can:
                raise ATT_Error(ErrorCode.READ_NOT_PERMITTED)
            return self._read(each.channel) if each.value is None else each.value

        def on_write(_host: Connection, value: bytes) -> None:
            if not each.can & WRITABLE:
                raise ATT_Error(ErrorCode.WRITE_NOT_PERMITTED)
            self._on_write(each, bytes(value))

        properties = Characteristic.Properties(int(each.can))
        allowed = ANYTHING | ENCRYPTED if each.needs_bond else ANYTHING
        return Characteristic(each.uuid, properties, allowed, AttributeValue(read=on_read, write=on_write))

    def protect_subscriptions(self, server: Server) -> None:
        """Who may not hear a value may not subscribe to it: the server made the descriptors when it was given the services."""
        bonded = [self.by_channel[each.channel] for each in self._face.characteristics() if each.needs_bond]
        for attribute in server.attributes:
            inside = any(each.handle < attribute.handle <= each.end_group_handle for each in bonded)
            if inside and attribute.type == GATT_CLIENT_CHARACTERISTIC_CONFIGURATION_DESCRIPTOR:
                attribute.permissions |= ENCRYPTED


def advertising_data(face: GattFace) -> bytes:
    """Flags, and the service and the manufacturer's data that the face advertises."""
    parts = [(AdvertisingData.FLAGS, FLAGS)]
    if face.advertised_service is not None:
        service = bytes(UUID(face.advertised_service))
        parts.append((LISTS_OF_SERVICES[len(service)], service))
    if face.company is not None:
        company, data = face.company
        parts.append((AdvertisingData.MANUFACTURER_SPECIFIC_DATA, company.to_bytes(2, "little") + data))
    return bytes(AdvertisingData(parts))


LISTS_OF_SERVICES = {
    2: AdvertisingData.COMPLETE_LIST_OF_16_BIT_SERVICE_CLASS_UUIDS,
    16: AdvertisingData.COMPLETE_LIST_OF_128_BIT_SERVICE_CLASS_UUIDS,
}
"""By the length of an UUID."""


def scan_response(name: str) -> bytes:
    """The name, shortened to what a scan response can hold."""
    room = MOST_ADVERTISED_BYTES - 2
    encoded = name.encode()
    if len(encoded) <= room:
        return bytes(AdvertisingData([(AdvertisingData.COMPLETE_LOCAL_NAME, encoded)]))
    short = encoded[:room].decode(errors="ignore").encode()
    return bytes(AdvertisingData([(AdvertisingData.SHORTENED_LOCAL_NAME, short)]))
