"""Polar's measurement data service (PMD) as the Verity Sense speaks it, both directions. Nothing here keeps state.

Source: polarofficial/polar-ble-sdk, technical_documentation/online_measurement.pdf v1.0 and its Kotlin and Swift parsers (grade A).
"""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum, IntFlag

FAMILY = "verity"


def _uuid(number: int) -> str:
    return f"fb005c{number:02x}-02e7-f387-1cad-8acd2d8df0c8"


SERVICE_UUID, CONTROL_UUID, DATA_UUID = (_uuid(n) for n in (0x80, 0x81, 0x82))
BATTERY_UUID = "00002a19-0000-1000-8000-00805f9b34fb"

CONTROL, DATA, FEATURES = (f"{FAMILY}/{name}" for name in ("control", "data", "features"))
CONTROL_WRITTEN = f"{CONTROL}>"
BATTERY = "battery/level"
"""Channel names of the front door. `FEATURES` is the control point read, `CONTROL` what it indicates."""

FEATURES_BYTE, RESPONSE_BYTE, STOPPED_BYTE = 0x0F, 0xF0, 0x01
EPOCH_UNIX_S = 946_684_800
"""Timestamps count nanoseconds since 2000-01-01 UTC."""
FRAME_HEAD = struct.Struct("<BQB")
"""Measurement type, timestamp of the last sample in ns, frame type."""
COMPRESSED_BIT, TYPE_BITS = 0x80, 0x3F
MILLI_G = 1000.0


class Kind(IntEnum):
    """Measurement types that are used here."""

    ACC = 2
    GYRO = 5


class Feature(IntFlag):
    """First byte after 0F of the control point's value."""

    ECG = 1
    PPG = 2
    ACC = 4
    PPI = 8
    GYRO = 0x20
    MAG = 0x40


class Op(IntEnum):
    """Commands to the control point."""

    GET_SETTINGS = 1
    START = 2
    STOP = 3


class Status(IntEnum):
    """Fourth byte of a response."""

    DONE = 0
    INVALID_OP = 1
    INVALID_TYPE = 2
    NOT_SUPPORTED = 3
    INVALID_LENGTH = 4
    INVALID_PARAMETER = 5
    ALREADY_IN_STATE = 6
    INVALID_RATE = 8
    INVALID_RANGE = 9
    INVALID_MTU = 10
    INVALID_CHANNELS = 11
    INVALID_STATE = 12
    IN_CHARGER = 13
    DISK_FULL = 14


class Setting(IntEnum):
    """Types of the settings' list."""

    RATE_HZ = 0
    RESOLUTION_BITS = 1
    RANGE = 2
    RANGE_MILLI = 3
    CHANNELS = 4
    FACTOR = 5
    SECURITY = 6


VALUES = {
    Setting.RATE_HZ: "H",
    Setting.RESOLUTION_BITS: "H",
    Setting.RANGE: "H",
    Setting.RANGE_MILLI: "I",
    Setting.CHANNELS: "B",
    Setting.FACTOR: "f",
    Setting.SECURITY: "16s",
}
"""struct code of one value."""

Settings = dict[Setting, tuple[float, ...]]
"""Every setting with the values that are offered, or the one that is chosen."""


def encode_settings(settings: Mapping[Setting, Sequence[float]]) -> bytes:
    """The list: type, how many, values."""
    return b"".join(
        bytes([kind, len(values)]) + struct.pack(f"<{len(values)}{VALUES[kind]}", *values)
        for kind, values in settings.items()
    )


def decode_settings(payload: bytes) -> Settings | None:
    """The list, or None where it cannot be read. What nobody can choose (security) is left out."""
    settings: Settings = {}
    at = 0
    while at < len(payload):
        if payload[at] not in VALUES or len(payload) < at + 2:
            return None
        kind, count = Setting(payload[at]), payload[at + 1]
        layout = struct.Struct(f"<{count}{VALUES[kind]}" if kind is not Setting.SECURITY else f"<{16 * count}x")
        if len(payload) < at + 2 + layout.size:
            return None
        if kind is not Setting.SECURITY:
            settings[kind] = layout.unpack_from(payload, at + 2)
        at += 2 + layout.size
    return settings


def encode_features(features: int) -> bytes:
    """What is read from the control point."""
    return bytes([FEATURES_BYTE, features, 0])


def decode_features(payload: bytes) -> Feature | None:
    """What can be measured, or None where this is something else."""
    return Feature(payload[1]) if len(payload) >= 2 and payload[0] == FEATURES_BYTE else None


def encode_command(op: Op, kind: Kind, settings: Mapping[Setting, Sequence[float]] | None = None) -> bytes:
    """A command; only START has settings."""
    return bytes([op, kind]) + encode_settings(settings or {})


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """A command as it was written."""

    op: int
    kind: int
    settings: Settings | None
    """None where they cannot be read."""


def decode_command(payload: bytes) -> Command | None:
    """What the host wrote, or None where it is too short."""
    if len(payload) < 2:
        return None
    return Command(op=payload[0], kind=payload[1], settings=decode_settings(payload[2:]))


def encode_response(
    op: int, kind: int, status: int, settings: Mapping[Setting, Sequence[float]] | None = None
) -> bytes:
    """The answer to a command; what follows the status is there where it was done."""
    more = b"\x00" + encode_settings(settings or {}) if status == Status.DONE else b""
    return bytes([RESPONSE_BYTE, op, kind, status]) + more


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """The answer to a command."""

    op: int
    kind: int
    status: int
    settings: Settings | None
    """What came with it; None where it cannot be read."""


def decode_response(payload: bytes) -> Response | None:
    """An answer, or None where the indication is something else or too short."""
    if len(payload) < 4 or payload[0] != RESPONSE_BYTE:
        return None
    return Response(op=payload[1], kind=payload[2], status=payload[3], settings=decode_settings(payload[5:]))


def decode_stopped(payload: bytes) -> tuple[int, ...] | None:
    """Measurement types that the sensor stopped by itself, or None where the indication says something else."""
    return tuple(kind & TYPE_BITS for kind in payload[1:]) if payload[:1] == bytes([STOPPED_BYTE]) else None


def encode_frame(kind: Kind, timestamp_ns: int, frame_type: int, payload: bytes) -> bytes:
    """A data notification."""
    return FRAME_HEAD.pack(kind, timestamp_ns, frame_type) + payload
