"""Samples as they fall due on a sensor's own clock, for firmwares that remember nothing of what they have sent."""

from __future__ import annotations

from firmware_sim.device.crystal import Crystal, SampleClock
from firmware_sim.device.source import BlockAhead, Counts6, SampleSource, StreamShape
from firmware_sim.device.uptime import Uptime


class Sampler:
    """Time and the samples of one stream after another. It runs whether or not anybody listens."""

    def __init__(self, source: SampleSource, *, crystal: Crystal, acc_range_g: int, gyr_range_dps: int) -> None:
        self.time = Uptime(crystal)
        self._crystal, self._ranges = crystal, (acc_range_g, gyr_range_dps)
        self._source = BlockAhead(source)
        self._clock: SampleClock | None = None
        self._taken = 0

    def begin(self, rate_mhz: int) -> None:
        """A new stream at this rate; its first sample is taken now."""
        self._clock = SampleClock(
            crystal=self._crystal,
            rate_mhz=rate_mhz,
            start_own_ns=self.time.own_ns,
            boot_true_s=self.time.boot_true_s,
        )
        acc_range_g, gyr_range_dps = self._ranges
        self._source.begin(StreamShape(clock=self._clock, acc_range_g=acc_range_g, gyr_range_dps=gyr_range_dps))
        self._taken = 0

    def stop(self) -> None:
        """Take none until the next stream begins."""
        self._clock = None

    def due(self) -> tuple[Counts6, list[int]] | None:
        """Samples taken since the last call, and the sensor's own time since boot of each, in ns; None where there are none."""
        if self._clock is None:
            return None
        first, end = self._taken, self._clock.taken(self.time.own_ns)
        if end <= first:
            return None
        self._taken = end
        return self._source.samples(first, end - first), [self._clock.own_ns(k) for k in range(first, end)]

    def next_ns(self) -> int | None:
        """Host time at which the next sample is taken."""
        return None if self._clock is None else self.time.host_ns(self._clock.own_ns(self._taken))
