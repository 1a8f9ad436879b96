"""The sensor's only clock: one crystal, a little fast or slow, from which samples and ticks are both counted."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from hipmonitor.core.arrays import Floats, Ints

GIGA = 1_000_000_000
TERA = 1_000_000_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Crystal:
    """Turns true time since power-on into what the sensor counts. Integer arithmetic, so nothing drifts by rounding.

    `error_ppb` is the crystal's error in parts per 10⁹: positive counts too fast. Watch crystals keep within ±20 ppm,
    the cheap ones of small boards within ±100 ppm.
    """

    tick_hz: int = 32_768
    error_ppb: int = 20_000
    first_tick: int = 0
    """What the counter reads at boot (a real one starts at 0; tests start it near its wrap)."""

    def own_ns(self, true_ns: int) -> int:
        """The sensor's own nanoseconds after `true_ns` true ones."""
        return true_ns * (GIGA + self.error_ppb) // GIGA

    def true_ns(self, own_ns: int) -> int:
        """The first true nanosecond at which the sensor's own clock has reached `own_ns`."""
        return -(-own_ns * GIGA // (GIGA + self.error_ppb))

    def tick(self, own_ns: int) -> int:
        """The u32 counter at this own time since boot."""
        return (self.first_tick + own_ns * self.tick_hz // GIGA) & 0xFFFF_FFFF


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleClock:
    """The data-ready edges of one stream: sample k is taken at `start_own_ns` + k / rate on the sensor's own clock."""

    crystal: Crystal
    rate_mhz: int
    start_own_ns: int
    """The sensor's own time since boot when sample 0 was taken."""
    boot_true_s: float
    """True time of the boot since the first power-on, in seconds."""

    def own_ns(self, index: int) -> int:
        """Own time since boot of one sample."""
        return self.start_own_ns + index * TERA // self.rate_mhz

    def tick(self, index: int) -> int:
        """The counter at one sample's data-ready edge."""
        return self.crystal.tick(self.own_ns(index))

    def taken(self, own_ns: int) -> int:
        """How many samples have been taken by this own time, that of the instant itself included."""
        return max(0, -(-(own_ns - self.start_own_ns + 1) * self.rate_mhz // TERA))

    def true_s(self, indices: Ints) -> Floats:
        """True seconds since the first power-on at which these samples are taken; for the source of the samples."""
        own_s = self.start_own_ns / GIGA + indices.astype(np.float64) * (1000.0 / self.rate_mhz)
        return self.boot_true_s + own_s / (1.0 + self.crystal.error_ppb / GIGA)
