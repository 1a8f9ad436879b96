"""A sensor's clock for the settled reading: host times of its readings, straight between knots."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from hipmonitor.core.arrays import Floats, Ints, Nanoseconds
from hipmonitor.core.inbound import SensorId
from hipmonitor.core.wire import SensorInfo


class ClockKey(NamedTuple):
    """What one clock goes on through: a stream. Some sensors begin to count anew with every stream of a boot."""

    sensor: SensorId
    boot_id: int
    stream: int


def clock_key(info: SensorInfo) -> ClockKey:
    """Whose clock times the samples of this stream."""
    return ClockKey(info.sensor, info.boot_id, info.stream)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ClockLine:
    """Host times of a clock's readings: straight between knots, and on as before the first and after the last."""

    key: ClockKey
    ticks0: int
    host0_ns: int
    ticks: Floats
    """(k,) knots, increasing, since ticks0."""
    host_ns: Floats
    """(k,) their host times since host0_ns."""
    ns_per_tick: Floats
    """(k - 1,) between them."""

    def at(self, ticks: Floats | Ints) -> Nanoseconds:
        """Host times of unwrapped ticks (n,)."""
        x = ticks - self.ticks0
        knot = np.clip(np.searchsorted(self.ticks, x, side="right") - 1, 0, len(self.ticks) - 2)
        out = self.host_ns[knot] + self.ns_per_tick[knot] * (x - self.ticks[knot])
        return self.host0_ns + np.rint(out).astype(np.int64)

    def ticks_near(self, at_ns: int) -> int:
        """About the reading at that instant."""
        knot = int(np.argmin(np.abs(self.host_ns - (at_ns - self.host0_ns))))
        rate = self.ns_per_tick[min(knot, len(self.ns_per_tick) - 1)]
        return self.ticks0 + round(float(self.ticks[knot] + (at_ns - self.host0_ns - self.host_ns[knot]) / rate))
