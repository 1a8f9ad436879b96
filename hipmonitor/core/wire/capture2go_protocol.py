"""The protocol of the Capture2Go IMU, both directions. Layouts stand in tables; nothing here keeps state.

Source: sensorstim/capture2go_sdk, protocol/Capture2Go_Communication_Protocol.md and capture2go/pkg.py (MIT, grade A).
A package is 02 | crc32 of the rest but the size | size | header | payload. Every write is one package. A notification is FF less the
number of real-time packages in it, these packages, and then bytes of a stream of packages that goes on from one to the next.
"""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass
from enum import IntEnum, IntFlag

import numpy as np
from numpy.typing import NDArray

FAMILY = "capture2go"


def _uuid(number: int) -> str:
    return f"8003{number:04x}-e629-4c98-9324-aa7fc0c66de7"


SERVICE_UUID, RX_UUID, TX_UUID = (_uuid(n) for n in (1, 2, 3))

TX = f"{FAMILY}/tx"
RX_WRITTEN = f"{FAMILY}/rx>"
"""Channel names of the front door; sent and received as the sensor sees it."""

FRAME = struct.Struct("<BIBH")
"""Start byte, crc32, size of the payload, header."""
START_BYTE, CHECKED_FROM = 0x02, 6
MOST_PAYLOAD = 236
NO_REAL_TIME = 0xFF
MOST_REAL_TIME = 3


class Header(IntEnum):
    """What a package is."""

    GET_DEVICE_INFO = 0x0070
    DEVICE_INFO = 0x0071
    SET_MODE = 0x0120
    GET_MODE = 0x0121
    MODE = 0x0122
    START = 0x0150
    STARTED = 0x0151
    STOP = 0x0152
    STOPPED = 0x0153
    STOP_AND_CLEAR = 0x0158
    STOPPED_AND_CLEARED = 0x0159
    SET_TIME = 0x0170
    TIME = 0x0171
    ROUND_TRIP = 0x0172
    GET_STATUS = 0x0200
    STATUS = 0x0201
    PACKED_200HZ = 0x0231
    PACKED_100HZ = 0x0232
    PACKED_50HZ = 0x0233
    PACKED_25HZ = 0x0234
    PACKED_10HZ = 0x0235
    PACKED_1HZ = 0x0236
    ERROR = 0xFFFF


class SamplingMode(IntEnum):
    """Codes of the rates."""

    OFF = 0
    HZ_200 = 1
    HZ_100 = 2
    HZ_50 = 3
    HZ_25 = 4
    HZ_10 = 5
    HZ_1 = 6


RATES_HZ: dict[int, float] = {
    Header.PACKED_200HZ: 200.0,
    Header.PACKED_100HZ: 100.0,
    Header.PACKED_50HZ: 50.0,
    Header.PACKED_25HZ: 25.0,
    Header.PACKED_10HZ: 10.0,
    Header.PACKED_1HZ: 1.0,
}
"""Of data without magnetometer, eight samples a package."""


MODE_RATES_HZ = {
    SamplingMode.HZ_200: 200.0,
    SamplingMode.HZ_100: 100.0,
    SamplingMode.HZ_50: 50.0,
    SamplingMode.HZ_25: 25.0,
    SamplingMode.HZ_10: 10.0,
    SamplingMode.HZ_1: 1.0,
}


class State(IntEnum):
    """What a sensor does."""

    OFF = 0
    IDLE = 1
    STREAMING = 2
    RECORDING = 3


class Trouble(IntEnum):
    """First byte of an error."""

    WRONG_STATE = 0xFB
    PACKAGE = 0xFC
    UNKNOWN_COMMAND = 0xFD
    SEND_BUFFER_FULL = 0xFE


class Flag(IntFlag):
    """Last byte of a data package."""

    TIME_GAP = 1
    GYR_CLIPPED = 2
    ACC_CLIPPED = 4
    MAG_CLIPPED = 8
    PROCESSING = 16


DEVICE_INFO = struct.Struct("<H6s8s8s12s11s")
MODE = struct.Struct("<q?BBBBBBBHBQ???")
TIME = struct.Struct("<q")
ROUND_TRIP = struct.Struct("<4q")
STATUS = struct.Struct("<qBB3h?BB")
ERROR = struct.Struct("<BH")
CHARGING = 0x80
PACKED = np.dtype(
    [
        ("first_ns", "<i8"),
        ("gyr", "<i2", (8, 3)),
        ("acc", "<i2", (8, 3)),
        ("quat", "<u8"),
        ("delta", "<i2"),
        ("flags", "u1"),
    ]
)
"""One data package: the time is that of its first sample; the orientation, the sensor's own, is not used."""
SAMPLES = 8
FULL_RANGE_G, FULL_RANGE_DPS, FULL_COUNTS = 16.0, 2000.0, 32768.0
SENSOR_G_MPS2 = 9.81
"""What the sensor calls 1 g."""
SIZES: dict[int, int] = {
    Header.DEVICE_INFO: DEVICE_INFO.size,
    Header.MODE: MODE.size,
    Header.TIME: TIME.size,
    Header.ROUND_TRIP: ROUND_TRIP.size,
    Header.STATUS: STATUS.size,
    Header.ERROR: ERROR.size,
    **dict.fromkeys(RATES_HZ, PACKED.itemsize),
}
"""Lengths of payloads that are read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Package:
    """A header and what came with it."""

    header: int
    payload: bytes = b""


def encode_package(header: int, payload: bytes = b"") -> bytes:
    """A package in its frame."""
    checked = struct.pack("<H", header) + payload
    return struct.pack("<BIB", START_BYTE, zlib.crc32(checked), len(payload)) + checked


def decode_package(data: bytes, at: int = 0) -> Package | None:
    """The package that begins there, or None where none does, whole and unharmed."""
    if len(data) < at + FRAME.size:
        return None
    start, crc, size, header = FRAME.unpack_from(data, at)
    end = at + FRAME.size + size
    if (
        start != START_BYTE
        or size > MOST_PAYLOAD
        or end > len(data)
        or zlib.crc32(data[at + CHECKED_FROM : end]) != crc
    ):
        return None
    return Package(header=header, payload=data[at + FRAME.size : end])


def encode_mode(*, packed: SamplingMode, status_every_s: int, with_magnetometer: bool = False) -> bytes:
    """The measurement mode with packed data of one rate, at once."""
    return MODE.pack(0, False, 0, packed, 0, 0, 0, status_every_s, 0, 0, 0, 0, False, False, not with_magnetometer)


def rate_of_mode(payload: bytes) -> float:
    """Hz of the packed data that a mode asks for; 0 where it asks for none."""
    return MODE_RATES_HZ.get(MODE.unpack(payload)[3], 0.0)


def encode_packed(first_ns: int, gyr: NDArray[np.int16], acc: NDArray[np.int16], quat: int, flags: int) -> bytes:
    """A data package's payload; counts have shape (8, 3)."""
    package = np.zeros((), PACKED)
    package["first_ns"], package["gyr"], package["acc"] = first_ns, gyr, acc
    package["quat"], package["flags"] = quat, flags
    return package.tobytes()


def encode_quaternion(
    wxyz: tuple[float, float, float, float], *, at_rest: bool = False, disturbed: bool = False
) -> int:
    """The smallest three components in 20 bits each, which one was left out, and two flags."""
    largest = max(range(4), key=lambda i: abs(wxyz[i]))
    sign = -1.0 if wxyz[largest] < 0 else 1.0
    code = 0
    for step in (1, 2, 3):
        code = code << 20 | round((sign * wxyz[(largest + step) % 4] + 0.5**0.5) * (0xFFFFF / 2**0.5))
    return code | largest << 60 | at_rest << 62 | disturbed << 63
