"""The hip sensor protocol 1.0 (firmware_sim/PROTOCOL.md), both directions. Layouts stand in tables; nothing here keeps state."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from enum import IntEnum, IntFlag

import numpy as np
from numpy.typing import NDArray

FAMILY = "hip"
VERSION = (1, 0)


def _uuid(number: int) -> str:
    return f"10625c03-{number:04x}-4abf-9d4c-327cfef8b2d6"


SERVICE_UUID = _uuid(1)
DATA_UUID, CONTROL_UUID, INFO_UUID, SYNC_UUID = (_uuid(n) for n in (2, 3, 4, 5))

DATA, CONTROL, INFO, SYNC = (f"{FAMILY}/{name}" for name in ("data", "control", "info", "sync"))
CONTROL_WRITTEN, SYNC_WRITTEN = f"{CONTROL}>", f"{SYNC}>"
"""Channel names of the front door."""

INFO_LAYOUT = struct.Struct("<BBHIIIHHIIHBB")
SYNC_ASK = struct.Struct("<I")
SYNC_ANSWER = struct.Struct("<III")
HEADER = np.dtype(
    [
        ("kind", "u1"),
        ("n", "u1"),
        ("sequence", "<u2"),
        ("stream", "<u2"),
        ("status", "<u2"),
        ("first_index", "<u4"),
        ("first_tick", "<u4"),
    ]
)
HEADER_BYTES = HEADER.itemsize
COMMAND_HEAD = struct.Struct("<BB")
ACK = struct.Struct("<BBB")
BACKFILL_ARGUMENTS = struct.Struct("<BII")
BACKFILL_DONE = struct.Struct("<BBBII")


class Kind(IntEnum):
    """First byte of a data packet."""

    LIVE = 1
    BACKFILL = 2
    SLOW_BACKFILL = 3


class Status(IntFlag):
    """Status bits of a data packet."""

    ACC_CLIPPED = 1
    GYR_CLIPPED = 2
    BATTERY_LOW = 4
    LIVE_DROPPED = 8


class Op(IntEnum):
    """Control commands."""

    START = 0x01
    STOP = 0x02
    SET_RATE = 0x03
    SET_RANGES = 0x04
    BACKFILL = 0x05
    CANCEL_BACKFILL = 0x06
    VIBRATE = 0x07
    BACKFILL_DONE = 0xF0


ANSWER_BIT = 0x80


class AckStatus(IntEnum):
    """Third byte of an answer."""

    DONE = 0
    UNKNOWN_OP = 1
    WRONG_LENGTH = 2
    NOT_POSSIBLE = 3
    NOT_NOW = 4
    MTU_TOO_SMALL = 5


class InfoFlag(IntFlag):
    """Last byte of Info."""

    VIBRATION = 1
    STREAMING = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Info:
    """The fields of Info, as sent."""

    stream: int
    boot_id: int
    tick_hz: int
    rate_mhz: int
    acc_range_g: int
    gyr_range_dps: int
    ring_samples: int
    slow_ring_samples: int
    slow_rate_cmhz: int
    most_samples: int
    flags: int
    version: tuple[int, int] = VERSION


def encode_info(info: Info) -> bytes:
    """The 32 bytes of Info."""
    return INFO_LAYOUT.pack(
        *info.version,
        info.stream,
        info.boot_id,
        info.tick_hz,
        info.rate_mhz,
        info.acc_range_g,
        info.gyr_range_dps,
        info.ring_samples,
        info.slow_ring_samples,
        info.slow_rate_cmhz,
        info.most_samples,
        info.flags,
    )


def decode_info(payload: bytes) -> Info | None:
    """Info from its bytes (later minors may append), or None where it is too short or contradicts itself."""
    if len(payload) < INFO_LAYOUT.size:
        return None
    major, minor, *fields = INFO_LAYOUT.unpack_from(payload)
    info = Info(
        version=(major, minor),
        stream=fields[0],
        boot_id=fields[1],
        tick_hz=fields[2],
        rate_mhz=fields[3],
        acc_range_g=fields[4],
        gyr_range_dps=fields[5],
        ring_samples=fields[6],
        slow_ring_samples=fields[7],
        slow_rate_cmhz=fields[8],
        most_samples=fields[9],
        flags=fields[10],
    )
    usable = info.stream and info.tick_hz >= 1000 and 1_000 <= info.rate_mhz <= 2_000_000 and info.acc_range_g
    return info if usable else None


def bytes_per_sample(kind: int, *, has_gyroscope: bool) -> int:
    """Length of one sample in a data packet."""
    return 12 if has_gyroscope and kind != Kind.SLOW_BACKFILL else 6


def encode_data(
    *, kind: Kind, sequence: int, stream: int, status: int, first_index: int, first_tick: int, counts: NDArray[np.int16]
) -> bytes:
    """One data packet; counts has shape (n, 6) or (n, 3)."""
    header = np.zeros((), HEADER)
    header["kind"], header["n"] = kind, len(counts)
    header["sequence"], header["stream"], header["status"] = sequence & 0xFFFF, stream, status
    header["first_index"], header["first_tick"] = first_index & 0xFFFFFFFF, first_tick & 0xFFFFFFFF
    return header.tobytes() + counts.astype("<i2").tobytes()


def encode_command(op: Op, request: int, arguments: bytes = b"") -> bytes:
    """A control command."""
    return COMMAND_HEAD.pack(op, request & 0xFF) + arguments


def encode_ack(op: int, request: int, status: AckStatus) -> bytes:
    """The answer to a command."""
    return ACK.pack((op | ANSWER_BIT) & 0xFF, request, status)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ack:
    """A decoded answer to a command."""

    op: int
    request: int
    status: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BackfillDone:
    """A decoded end of a backfill: what memory held of the range that was asked for."""

    request: int
    kind: int
    first: int
    count: int


def decode_control(payload: bytes) -> Ack | BackfillDone | None:
    """What the sensor indicated on the control characteristic, or None where it is malformed."""
    if len(payload) == BACKFILL_DONE.size and payload[0] == Op.BACKFILL_DONE:
        _, request, kind, first, count = BACKFILL_DONE.unpack(payload)
        return BackfillDone(request=request, kind=kind, first=first, count=count)
    if len(payload) == ACK.size and payload[0] & ANSWER_BIT:
        op, request, status = ACK.unpack(payload)
        return Ack(op=op & ~ANSWER_BIT, request=request, status=status)
    return None
