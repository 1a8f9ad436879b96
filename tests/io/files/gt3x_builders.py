"""ActiGraph files made byte by byte, as the published format says."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from functools import reduce
from operator import xor
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

START_S = 1_767_225_600
"""2026-01-01 00:00:00 on the sensor's clock."""
INFO = """Serial Number: MOS2A01234567
Device Type: wGT3XBT
Firmware: 1.9.2
Battery Voltage: 4.17
Sample Rate: 30
Start Date: 639029088000000000
TimeZone: 01:00:00
"""


def record(kind: int, payload: bytes, at_s: int = 0) -> bytes:
    """One record `at_s` seconds after the start, with its checksum."""
    body = struct.pack("<BBIH", 0x1E, kind, START_S + at_s, len(payload)) + payload
    return body + bytes([~reduce(xor, body) & 0xFF])


def activity2(samples: Sequence[tuple[int, int, int]], at_s: int = 0) -> bytes:
    """A second of 16-bit counts x, y, z."""
    return record(0x1A, b"".join(struct.pack("<hhh", *sample) for sample in samples), at_s)


def activity(samples: Sequence[tuple[int, int, int]], at_s: int = 0) -> bytes:
    """A second of 12-bit counts, stored as y, x, z, the last half byte unused where it is odd."""
    digits = "".join(f"{count & 0xFFF:03x}" for x, y, z in samples for count in (y, x, z))
    return record(0x00, bytes.fromhex(digits + "0" * (len(digits) % 2)), at_s)


def standing(seconds: int, rate_hz: int = 30) -> list[bytes]:
    """At rest, y upwards, 256 counts to 1 g."""
    return [activity2([(0, 256, 0)] * rate_hz, at_s) for at_s in range(seconds)]


def gt3x(path: Path, records: Sequence[bytes], info: str = INFO, **more: bytes) -> Path:
    """The archive; `more`: other members by their name."""
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        archive.writestr("info.txt", info)
        archive.writestr("log.bin", b"".join(records))
        for name, content in more.items():
            archive.writestr(name, content)
    return path
