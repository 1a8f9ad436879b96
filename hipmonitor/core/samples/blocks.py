"""What leaves the samples room: measured samples on the host's clock, the gaps between them, and what could not be used."""

from __future__ import annotations

from dataclasses import dataclass

from hipmonitor.core.arrays import Bools, Ints, Nanoseconds, Vec3s
from hipmonitor.core.instants import HostNs
from hipmonitor.core.wire import WireFault


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """Time without usable samples, longer than what is bridged: [start, end)."""

    start: HostNs
    end: HostNs
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ImuBlock:
    """n samples in time order; times strictly increase. Bridged samples are interpolated over short losses and marked."""

    t_ns: Nanoseconds
    """(n,) host time of each sample."""
    acc_mps2: Vec3s
    """(n, 3) specific force in the sensor's axes."""
    gyr_radps: Vec3s | None
    """(n, 3) angular rate in the sensor's axes, or None: this sensor has no gyroscope."""
    measured: Bools
    """(n,) False where bridged."""
    clipped: Bools
    """(n,) an axis was out of its range."""
    index: Ints
    """(n,) the source's own number of the sample (row of the arrays, or unwrapped sample index); -1 where bridged."""
    segment: Ints
    """(n,) grows after every gap too long to bridge, reboot or restart of the stream."""
    rate_hz: float
    """Nominal sample rate."""
    gaps: tuple[Gap, ...] = ()
    faults: tuple[WireFault, ...] = ()

    def __len__(self) -> int:
        return len(self.t_ns)
