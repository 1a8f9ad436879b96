"""The Movella (Xsens) DOT's bytes, both directions.

Source (grade A): "Xsens DOT BLE Services Specifications" XD0506P Rev F, 2021; mode 26 from a later revision (grade B: it is
decoded, and not asked for).
"""

from __future__ import annotations

import struct
from enum import IntEnum

import numpy as np

FAMILY = "dot"
COMPANY_ID = 0x0886
NAMES = ("Xsens DOT", "Movella DOT")
"""Until firmware 2.4, and later."""


def _uuid(number: int) -> str:
    return f"1517{number:04x}-4947-11e9-8646-d663bd873d93"


CONFIGURATION_UUID, MEASUREMENT_UUID, BATTERY_SERVICE_UUID, MESSAGE_UUID = map(_uuid, (0x1000, 0x2000, 0x3000, 0x7000))
INFO_UUID, CONTROL_UUID, REPORT_UUID = map(_uuid, (0x1001, 0x1002, 0x1004))
START_UUID, LONG_UUID, MEDIUM_UUID, SHORT_UUID = map(_uuid, (0x2001, 0x2002, 0x2003, 0x2004))
BATTERY_UUID = _uuid(0x3001)

INFO, CONTROL, REPORT, DATA, BATTERY = (f"{FAMILY}/{name}" for name in ("info", "control", "report", "data", "battery"))
CONTROL_WRITTEN, START_WRITTEN = f"{CONTROL}>", f"{FAMILY}/start>"
"""Channel names of the front door."""

TICK_HZ = 1_000_000
"""Samples are stamped in microseconds, u32: it turns over every 71.6 min."""
ACC_RANGE_MPS2, GYR_RANGE_DPS = 156.9064, 2000.0
"""±16 g, ±2000 °/s."""
RATES_HZ = (60, 30, 20, 15, 12, 10, 4, 1)
"""That can be had live. It cannot be changed while it measures."""

REPORT_BYTES, BATTERY_BYTES = 36, 2
LONG_BYTES, MEDIUM_BYTES, SHORT_BYTES = 63, 40, 20
"""Data notifications are always so long, padded with zeros."""
INFO_LAYOUT = struct.Struct("<6s3BH5BIQ6s")
"""Address, firmware (3), built in year, month, day, hour, minute, second, radio firmware, serial number, "XS-T01" or "XS-T02"."""
CONTROL_LAYOUT = struct.Struct("<BBB2s2sB16sHB5s")
"""What is set (`Visit`), identify, power, power saving (min, s) while advertising and while connected, tag length, tag, rate,
filter, reserved."""


class Visit(IntEnum):
    """Which parts of a control write are meant."""

    RATE = 0x10


class Mode(IntEnum):
    """Payloads: what each notification holds."""

    QUATERNION = 5
    RATE = 21
    """Acceleration and rates as measured."""
    EVERYTHING = 26


class Report(IntEnum):
    """Why the sensor speaks without being asked."""

    POWER_OFF = 1
    POWER_SAVING = 4
    CLICK = 5


TIME, QUATERNION, ACC, GYR = ("t_us", "<u4"), ("wxyz", "<f4", 4), ("acc_mps2", "<f4", 3), ("gyr_dps", "<f4", 3)
LAYOUTS = {
    Mode.QUATERNION: np.dtype([TIME, QUATERNION]),
    Mode.RATE: np.dtype([TIME, ACC, GYR]),
    Mode.EVERYTHING: np.dtype([TIME, QUATERNION, ACC, GYR]),
}
PADDED_BYTES = {Mode.QUATERNION: SHORT_BYTES, Mode.RATE: MEDIUM_BYTES, Mode.EVERYTHING: LONG_BYTES}
"""Modes that are known here, and the notification each comes in."""


def encode_start(mode: int, *, start: bool = True) -> bytes:
    """Begin or end measuring in this mode."""
    return bytes((0x01, start, mode))


def encode_rate(rate_hz: int) -> bytes:
    """A control write that sets the rate and nothing else."""
    return CONTROL_LAYOUT.pack(Visit.RATE, 0, 0, b"", b"", 0, b"", rate_hz, 0, b"")


def decode_rate(control: bytes) -> int | None:
    """The rate that a control value tells, or None where it tells none that there is."""
    if len(control) != CONTROL_LAYOUT.size:
        return None
    rate_hz = int(CONTROL_LAYOUT.unpack(control)[7])
    return rate_hz if rate_hz in RATES_HZ else None


def encode_sample(mode: Mode, *values: object) -> bytes:
    """One data notification: the fields of the mode's layout, padded."""
    return np.array([values], LAYOUTS[mode]).tobytes().ljust(PADDED_BYTES[mode], b"\0")


def encode_report(report: Report, at_ms: int) -> bytes:
    """A report with the sensor's time."""
    return (bytes((report, 4)) + at_ms.to_bytes(4, "little")).ljust(REPORT_BYTES, b"\0")


def encode_message(group: int, content: bytes) -> bytes:
    """A message of the recording (1) or synchronising (2) service: all its bytes add up to 0."""
    message = bytes((group, len(content))) + content
    return message + bytes((-sum(message) & 0xFF,))
