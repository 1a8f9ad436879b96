"""What leaves the wire room: packets, sensor facts, clock round trips and faults, in the order in which they came."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from hipmonitor.core.arrays import Ints, Nanoseconds, Sent3
from hipmonitor.core.inbound import SensorId
from hipmonitor.core.instants import DeviceTicks, HostNs


class PacketKind(StrEnum):
    """Why a packet was sent."""

    LIVE = "live"
    BACKFILL = "backfill"
    SLOW_BACKFILL = "slow_backfill"


@dataclass(frozen=True, slots=True, kw_only=True)
class SensorInfo:
    """What a sensor says of its stream: how its counts and ticks are to be read."""

    at: HostNs
    sensor: SensorId
    stream: int
    """Tag of the stream these facts hold for; a packet with another tag is not read with them."""
    boot_id: int
    tick_hz: float
    """Of the sensor's counter; 0 = it has none."""
    rate_hz: float
    acc_range_g: float
    gyr_range_dps: float
    """0 = no gyroscope."""
    acc_counts_at_range: float = 32768.0
    """What the accelerometer's numbers are at the end of its range: it scales them, and tells what is clipped."""
    gyr_counts_at_range: float = 32768.0
    ring_samples: int
    slow_ring_samples: int
    slow_rate_hz: float
    most_samples: int
    has_vibration: bool


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ImuPackets:
    """Consecutive packets of one kind and stream, column by column: p packets, n samples in all.

    Indices and ticks are as sent, u32, not unwrapped.
    """

    sensor: SensorId
    kind: PacketKind
    info: SensorInfo
    at_ns: Nanoseconds
    """(p,) arrival."""
    sequence: Ints
    """(p,) u16 packet counter."""
    first_index: Ints
    """(p,) u32 index of the packet's first sample."""
    first_tick: Ints
    """(p,) u32 device ticks of the packet's first sample."""
    count: Ints
    """(p,) samples in the packet."""
    status: Ints
    """(p,) status bits of the sensor's protocol."""
    acc_counts: Sent3
    """(n, 3), as sent: whole numbers or single floats."""
    gyr_counts: Sent3 | None
    """(n, 3), or None without a gyroscope."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockPair:
    """One round trip: the host wrote at t1, the sensor read its counter twice, the answer came at t4."""

    sensor: SensorId
    t1: HostNs
    ticks_received: DeviceTicks
    ticks_answered: DeviceTicks
    t4: HostNs
    tick_hz: float


@dataclass(frozen=True, slots=True, kw_only=True)
class BatteryLevel:
    """State of charge as the sensor tells it."""

    at: HostNs
    sensor: SensorId
    percent: int


class FaultKind(StrEnum):
    """What was wrong with bytes from the air or with samples."""

    UNKNOWN_CHANNEL = "unknown_channel"
    BAD_LENGTH = "bad_length"
    BAD_VALUE = "bad_value"
    NO_INFO = "no_info"
    """Data came before the sensor said how to read them."""
    WRONG_STREAM = "wrong_stream"
    """Data of a stream whose facts were not read."""
    UNSUPPORTED_VERSION = "unsupported_version"
    UNASKED_ANSWER = "unasked_answer"
    SAMPLES_LOST = "samples_lost"
    """Samples that a source should have had, by its own numbering or its times."""
    DUPLICATE = "duplicate"
    OTHER_SENSOR = "other_sensor"
    """Samples of a sensor this room does not listen to."""
    LATE = "late"
    """Samples older than what was already used (backfill): stored, used by the settled reading only."""
    NOT_FINITE = "not_finite"
    IMPOSSIBLE = "impossible"
    """Beyond what any motion sensor measures."""
    CLIPPED = "clipped"
    GYROSCOPE_DOUBTED = "gyroscope_doubted"
    """Samples whose rates were set aside: stuck, or not turning as gravity does."""
    ACCELEROMETER_DOUBTED = "accelerometer_doubted"
    """Samples that were refused: an axis stuck, or not 1 g at rest."""
    TIME_BACKWARDS = "time_backwards"


@dataclass(frozen=True, slots=True, kw_only=True)
class WireFault:
    """Something that could not be used, as a value; `count` of them (bytes, packets or samples, as the kind says)."""

    at: HostNs
    sensor: SensorId
    kind: FaultKind
    count: int = 1
    detail: str = ""


Decoded = SensorInfo | ImuPackets | ClockPair | BatteryLevel | WireFault
