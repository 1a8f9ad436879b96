"""The records of a `.gt3x` file's log.bin: where each begins, which are whole, and the samples of a second.

Layout: github.com/actigraph/GT3X-File-Format. A record is 1E, type, u32 seconds (the wearer's local time), u16 size, the
payload, and the complement of the exclusive-or of all bytes before.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

SEPARATOR: Final = 0x1E
HEADER: Final = struct.Struct("<BBIH")
AROUND_BYTES: Final = HEADER.size + 1
MOST_PAYLOAD: Final = 8192
"""A second at 100 Hz takes 600 bytes, the longest metadata some thousands."""
ACTIVITY, EVENT, PARAMETERS, ACTIVITY2 = 0x00, 0x03, 0x15, 0x1A
KINDS: Final = frozenset({0, 2, 3, 4, 5, 6, 7, 9, 11, 12, 13, 14, 15, 16, 19, 20, 21, 24, 25, 26})
"""All that are published, and those published as internal. A type beyond them is no record."""
SLEEPS = b"\x08"
"""The event of falling into the idle sleep mode."""
ACCEL_SCALE: Final = (0, 55)
"""Address space and identifier of the counts to 1 g."""
MOST_SAMPLES: Final = 100
SECOND: Final = np.dtype([("stamp", "<i8"), ("count", "<i8"), ("xyz", "<i2", (MOST_SAMPLES, 3))])
Seconds = NDArray[np.void]
"""(k,) of SECOND: the samples of one second each."""
Bytes = NDArray[np.uint8]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Records:
    """k records that follow each other in a piece of the file."""

    offset: NDArray[np.int64]
    kind: NDArray[np.int64]
    stamp: NDArray[np.int64]
    size: NDArray[np.int64]
    """Of the payload."""
    skipped: int
    """Bytes between them that belong to none; zeros are not counted."""
    used: int
    """Bytes of the piece up to the end of the last one."""


def find_records(data: bytes, *, last: bool) -> Records:
    """All whole records of a piece that begins with one; what may be the beginning of the next is left."""
    found: list[tuple[int, int, int, int]] = []
    at, skipped, end = 0, 0, len(data)
    while at + AROUND_BYTES <= end:
        mark, kind, stamp, size = HEADER.unpack_from(data, at)
        behind = at + AROUND_BYTES + size
        plausible = mark == SEPARATOR and kind in KINDS and size <= MOST_PAYLOAD
        if plausible and behind > end and not last:
            break
        if plausible and behind <= end and _leads_on(data, at, behind):
            found.append((at, kind, stamp, size))
            at = behind
            continue
        step = _to_next(data, at)
        skipped += step - data.count(0, at, at + step)
        at += step
    if last:
        skipped += (end - at) - data.count(0, at, end)
        at = end
    offset, kinds, stamps, sizes = np.array(found, np.int64).reshape(-1, 4).T
    return Records(offset=offset, kind=kinds, stamp=stamps, size=sizes, skipped=skipped, used=at)


def _leads_on(data: bytes, at: int, behind: int) -> bool:
    """It is followed by another one, or by the piece's end; otherwise its checksum decides."""
    return behind == len(data) or data[behind] == SEPARATOR or _sums_up(data, at, behind)


def _sums_up(data: bytes, at: int, behind: int) -> bool:
    return int(np.bitwise_xor.reduce(np.frombuffer(data, np.uint8, behind - at, at))) == 0xFF


def _to_next(data: bytes, at: int) -> int:
    """Bytes to the next place where a record may begin."""
    following = data.find(SEPARATOR, at + 1)
    return (following if following >= 0 else len(data)) - at


def sound(data: bytes, records: Records) -> NDArray[np.bool_]:
    """(k,) whose checksum is right."""
    octets = np.frombuffer(data, np.uint8)
    good = np.zeros(len(records.offset), np.bool_)
    for size in np.unique(records.size):
        which = np.flatnonzero(records.size == size)
        rows = octets[records.offset[which, None] + np.arange(int(size) + AROUND_BYTES)]
        good[which] = np.bitwise_xor.reduce(rows, axis=1) == 0xFF
    return good


def payloads(data: bytes, records: Records, which: NDArray[np.int64]) -> Bytes:
    """(k, size) of records that all have one size."""
    size = int(records.size[which[0]])
    octets = np.frombuffer(data, np.uint8)
    return np.asarray(octets[records.offset[which, None] + HEADER.size + np.arange(size)])


def shorts_of(payload: Bytes) -> NDArray[np.int16]:
    """(k, n, 3) x, y, z of ACTIVITY2: 16 bits each."""
    n = payload.shape[1] // 6
    return np.ascontiguousarray(payload[:, : 6 * n]).view("<i2").reshape(len(payload), n, 3)


def twelves_of(payload: Bytes) -> NDArray[np.int16]:
    """(k, n, 3) x, y, z of ACTIVITY: 12 bits each, most significant first, in the order y, x, z."""
    n = payload.shape[1] * 2 // 9
    nibbles = np.stack([payload >> 4, payload & 0x0F], axis=2).reshape(len(payload), -1)[:, : 9 * n]
    high, middle, low = nibbles.reshape(len(payload), n, 3, 3).astype(np.int16).transpose(3, 0, 1, 2)
    values = (high << 8 | middle << 4 | low) ^ 0x800
    return np.asarray((values - 0x800)[:, :, [1, 0, 2]])


def accel_scale(payload: bytes) -> float | None:
    """Counts to 1 g as a PARAMETERS record says it, None where it does not: pairs of key and value of 4 bytes."""
    for at in range(0, len(payload) - 7, 8):
        space, identifier, value = struct.unpack_from("<HHI", payload, at)
        if (space, identifier) == ACCEL_SCALE:
            return _three_byte_float(value)
    return None


def _three_byte_float(value: int) -> float:
    """A fraction of 2^23 in three bytes and a power of two in one, both signed."""
    fraction = (value & 0xFFFFFF ^ 0x800000) - 0x800000
    exponent = (value >> 24 ^ 0x80) - 0x80
    return fraction / 8388608.0 * 2.0**exponent
