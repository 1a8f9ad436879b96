"""A sensor's clock for tests: facts, packets and round trips of a sensor whose samples are truly so far apart."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from hipmonitor.core.instants import DeviceTicks, HostNs
from hipmonitor.core.wire import ClockPair, ImuPackets, PacketKind, SensorInfo
from tests.core.builders import SENSOR, at

U32 = 1 << 32


def stated(*, tick_hz: float = 32768.0, rate_hz: float = 100.0, stream: int = 7, boot_id: int = 7000) -> SensorInfo:
    """Facts of a sensor."""
    return SensorInfo(
        at=at(0),
        sensor=SENSOR,
        stream=stream,
        boot_id=boot_id,
        tick_hz=tick_hz,
        rate_hz=rate_hz,
        acc_range_g=16.0,
        gyr_range_dps=2000.0,
        ring_samples=0,
        slow_ring_samples=0,
        slow_rate_hz=25.0,
        most_samples=8,
        has_vibration=False,
    )


def heard_packets(
    info: SensorInfo,
    *,
    first_index: Sequence[int] | np.ndarray,
    first_tick: Sequence[int] | np.ndarray,
    at_ns: Sequence[int] | np.ndarray,
    size: int = 4,
    kind: PacketKind = PacketKind.LIVE,
    counts: np.ndarray | None = None,
) -> ImuPackets:
    """Consecutive packets of `size` samples at rest, or of the given counts (n, 6)."""
    n = len(first_index)
    if counts is None:
        counts = np.tile(np.array([0, 0, 2048, 0, 0, 0], np.int16), (n * size, 1))
    return ImuPackets(
        sensor=SENSOR,
        kind=kind,
        info=info,
        at_ns=np.asarray(at_ns, np.int64),
        sequence=np.arange(n),
        first_index=np.asarray(first_index, np.int64) % U32,
        first_tick=np.asarray(first_tick, np.int64) % U32,
        count=np.full(n, size, np.int64),
        status=np.zeros(n, np.int64),
        acc_counts=counts[:, :3],
        gyr_counts=counts[:, 3:],
    )


def pair(ticks: int, seconds: float, *, wait_ms: float = 1.0, back_ms: float = 29.0) -> ClockPair:
    """A round trip whose question reached the sensor at `seconds`, its counter reading `ticks`."""
    return ClockPair(
        sensor=SENSOR,
        t1=at(seconds - wait_ms / 1000),
        ticks_received=DeviceTicks(ticks % U32),
        ticks_answered=DeviceTicks(ticks % U32),
        t4=HostNs(at(seconds + back_ms / 1000)),
        tick_hz=32768.0,
    )
