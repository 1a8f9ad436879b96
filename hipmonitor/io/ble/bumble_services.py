"""Service discovery of our bleak backend on bumble: bumble's proxies, wrapped as bleak's GATT objects."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from bleak.assigned_numbers import CharacteristicPropertyName
from bleak.backends.characteristic import BleakGATTCharacteristic
from bleak.backends.descriptor import BleakGATTDescriptor
from bleak.backends.service import BleakGATTService, BleakGATTServiceCollection
from bumble.device import Peer
from bumble.gatt_client import CharacteristicProxy, ServiceProxy

from hipmonitor.io.ble.bumble_advertisement import uuid_text

PROPERTY_NAMES: dict[int, CharacteristicPropertyName] = {
    0x01: "broadcast",
    0x02: "read",
    0x04: "write-without-response",
    0x08: "write",
    0x10: "notify",
    0x20: "indicate",
    0x40: "authenticated-signed-writes",
    0x80: "extended-properties",
}
"""Characteristic properties (Core 6.0, Vol 3, Part G, 3.3.1.1) as bleak names them."""


async def discover_services(peer: Peer, longest_write: Callable[[], int]) -> BleakGATTServiceCollection:
    """Everything the peer offers."""
    found = BleakGATTServiceCollection()
    for proxy in await peer.discover_services():
        service = BleakGATTService(proxy, proxy.handle, uuid_text(proxy.uuid.uuid_bytes))
        found.add_service(service)
        await _discover_characteristics(found, proxy, service, longest_write)
    return found


async def _discover_characteristics(
    found: BleakGATTServiceCollection, proxy: ServiceProxy, service: BleakGATTService, longest_write: Callable[[], int]
) -> None:
    for each in await proxy.discover_characteristics():
        names = [name for bit, name in PROPERTY_NAMES.items() if int(each.properties) & bit]
        uuid = uuid_text(each.uuid.uuid_bytes)
        characteristic = BleakGATTCharacteristic(each, each.handle, uuid, names, longest_write, service)
        found.add_characteristic(characteristic)
        for descriptor in await each.discover_descriptors():
            kind = uuid_text(descriptor.type.uuid_bytes)
            found.add_descriptor(BleakGATTDescriptor(descriptor, descriptor.handle, kind, characteristic))


def proxy_of(characteristic: BleakGATTCharacteristic) -> CharacteristicProxy[bytes]:
    """Bumble's object behind bleak's."""
    return cast("CharacteristicProxy[bytes]", characteristic.obj)
