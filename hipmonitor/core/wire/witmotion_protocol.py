"""The WitMotion WT901BLE family's bytes, both directions: data frames, register replies, and what a host writes.

Source (grade A): the vendor's Python and iOS SDKs (WitBluetooth_BWT901BLE5_0) and the WT901BLECL data sheet v23-0420.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

FAMILY = "witmotion"
SERVICE_UUID, NOTIFY_UUID, WRITE_UUID = (f"0000ffe{n}-0000-1000-8000-00805f9a34fb" for n in (5, 4, 9))
"""Not the Bluetooth SIG's base: its last group begins 00805f9a, not 00805f9b."""
DATA, WRITTEN = f"{FAMILY}/data", f"{FAMILY}/command>"
"""Channel names of the front door."""

DATA_HEADER, REPLY_HEADER = b"\x55\x61", b"\x55\x71"
FRAME_BYTES = 20
"""Of a register reply, and of a data frame."""
STAMPED_BYTES = 28
"""Of a data frame of newer firmware, which adds the device's calendar time."""
NUMBERS = 9
"""In a data frame: acceleration, rates and angles, x, y, z each, int16."""
ACC_RANGE_G, GYR_RANGE_DPS, ANGLE_RANGE_DEG = 16.0, 2000.0, 180.0
"""At 32768 counts."""
CALENDAR = struct.Struct("<6BH")
"""Year less 2000, month, day, hour, minute, second; milliseconds."""
CALENDAR_LIMITS = ((0, 100), (1, 13), (1, 32), (0, 24), (0, 60), (0, 60), (0, 1000))
REPLY_VALUES = struct.Struct("<8H")


class Register(IntEnum):
    """Registers that are read or written here."""

    SAVE = 0x00
    CONTENT = 0x02
    """What is sent; read to see what stands behind it, the rate among them, without asking for the rate."""
    RATE = 0x03
    BANDWIDTH = 0x1F
    ALGORITHM = 0x24
    VERSION = 0x2E
    BATTERY = 0x64
    KEY = 0x69


RATES_HZ = {1: 0.2, 2: 0.5, 3: 1.0, 4: 2.0, 5: 5.0, 6: 10.0, 7: 20.0, 8: 50.0, 9: 100.0, 0x0A: 200.0, 0x0B: 200.0}
"""By code. 200 Hz is 0A in the BLE data sheet and 0B in the general manual; it is not asked for here."""
SIX_AXIS = 1
"""Of ALGORITHM: no magnetometer."""
BANDWIDTH_42_HZ, BANDWIDTH_20_HZ = 3, 4
UNLOCK_KEY = 0xB588
LEVELS = ((393, 90), (387, 75), (382, 60), (379, 50), (377, 40), (373, 30), (370, 20), (368, 15), (350, 10), (340, 5))
"""(hundredths of a volt, percent) as the vendor's table has them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What a register read was answered with: eight registers from `register` on."""

    register: int
    values: tuple[int, ...]


def read_register(register: int) -> bytes:
    """Ask for eight registers from this one on."""
    return bytes((0xFF, 0xAA, 0x27, register, 0x00))


def write_register(register: int, value: int) -> bytes:
    """Set one register; ignored unless unlocked some 100 ms before."""
    return bytes((0xFF, 0xAA, register)) + value.to_bytes(2, "little")


UNLOCK, KEEP = write_register(Register.KEY, UNLOCK_KEY), write_register(Register.SAVE, 0)
"""KEEP: what was written survives power-off."""


def encode_frame(numbers: NDArray[np.int16], calendar: tuple[int, ...] | None = None) -> bytes:
    """One data frame of (9,) counts; `calendar` (year, month, day, hour, minute, second, ms) makes it a stamped one."""
    stamp = b"" if calendar is None else CALENDAR.pack(calendar[0] - 2000, *calendar[1:])
    return DATA_HEADER + numbers.astype("<i2").tobytes() + stamp


def encode_reply(reply: Reply) -> bytes:
    """The answer to a register read."""
    return REPLY_HEADER + reply.register.to_bytes(2, "little") + REPLY_VALUES.pack(*reply.values)


def decode_reply(frame: bytes) -> Reply:
    """Of a frame of FRAME_BYTES that begins with REPLY_HEADER."""
    return Reply(register=int.from_bytes(frame[2:4], "little"), values=REPLY_VALUES.unpack_from(frame, 4))


def find_reply(heard: bytes, register: int) -> Reply | None:
    """The reply of one register in a stretch of the stream, if all of it is there."""
    at = heard.find(REPLY_HEADER + register.to_bytes(2, "little"))
    return None if at < 0 or at + FRAME_BYTES > len(heard) else decode_reply(heard[at : at + FRAME_BYTES])


def is_calendar(stamp: bytes) -> bool:
    """Whether eight bytes can be a frame's calendar time."""
    parts: tuple[int, ...] = CALENDAR.unpack(stamp)
    return all(least <= part < end for part, (least, end) in zip(parts, CALENDAR_LIMITS, strict=True))


def battery_percent(hundredths_of_volt: int) -> int:
    """State of charge by the vendor's table."""
    if hundredths_of_volt > 396:
        return 100
    return next((percent for least, percent in LEVELS if hundredths_of_volt >= least), 0)
