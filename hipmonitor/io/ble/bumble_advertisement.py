"""Advertising bytes to bleak's AdvertisementData. Whatever is cut short or unknown is left out."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field

from bleak.uuids import normalize_uuid_str

INCOMPLETE_AND_COMPLETE_UUIDS = {0x02: 2, 0x03: 2, 0x04: 4, 0x05: 4, 0x06: 16, 0x07: 16}
SERVICE_DATA = {0x16: 2, 0x20: 4, 0x21: 16}
NAMES = (0x08, 0x09)
TX_POWER, MANUFACTURER_DATA = 0x0A, 0xFF
"""AD types and the width of the UUIDs they carry (Bluetooth Assigned Numbers 2.3)."""


def uuid_text(little_endian: bytes) -> str:
    """A UUID of 2, 4 or 16 bytes as bleak writes it."""
    if len(little_endian) in {2, 4}:
        return normalize_uuid_str(little_endian[::-1].hex())
    return str(uuid.UUID(bytes=bytes(little_endian[::-1])))


@dataclass(slots=True, kw_only=True)
class Advertised:
    """What one advertisement, merged with its scan response, says."""

    name: str | None = None
    tx_power_dbm: int | None = None
    service_uuids: list[str] = field(default_factory=list)
    service_data: dict[str, bytes] = field(default_factory=dict)
    manufacturer_data: dict[int, bytes] = field(default_factory=dict)


def read_advertisement(structures: Iterable[tuple[int, bytes]]) -> Advertised:
    """The fields of these AD structures."""
    said = Advertised()
    for kind, value in structures:
        _read_structure(said, int(kind), bytes(value))
    return said


def _read_structure(said: Advertised, kind: int, value: bytes) -> None:
    if width := INCOMPLETE_AND_COMPLETE_UUIDS.get(kind):
        found = (uuid_text(value[at : at + width]) for at in range(0, len(value) - width + 1, width))
        said.service_uuids += [text for text in found if text not in said.service_uuids]
    elif width := SERVICE_DATA.get(kind):
        if len(value) >= width:
            said.service_data[uuid_text(value[:width])] = value[width:]
    elif kind in NAMES:
        said.name = value.decode("utf-8", "replace")
    elif kind == TX_POWER and len(value) == 1:
        said.tx_power_dbm = int.from_bytes(value, "little", signed=True)
    elif kind == MANUFACTURER_DATA and len(value) >= 2:
        said.manufacturer_data[int.from_bytes(value[:2], "little")] = value[2:]
