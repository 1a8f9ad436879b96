"""What leaves the samples room: measured samples on the host's clock, the gaps between them, and what could not be used."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from hipmonitor.core.arrays import Bools, Codes, Floats, Ints, Nanoseconds, Vec3s, read_only
from hipmonitor.core.inbound import SensorId
from hipmonitor.core.instants import HostNs
from hipmonitor.core.samples.calibration import Calibration
from hipmonitor.core.samples.doubts import SensorDoubt
from hipmonitor.core.wire import WireFault


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """Time without usable samples, longer than what is bridged: [start, end)."""

    start: HostNs
    end: HostNs
    reason: str
    sensor: SensorId = SensorId("")  # noqa: RUF009 - a type's name, not a call that could differ
    """Whose; "" is the thigh's."""


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
    lost_deg: Floats = field(default_factory=lambda: np.zeros(0))
    """(n,) standard deviation of the angle that the bridge a row lies in, or ends, may have lost; 0 elsewhere, and if left out."""
    doubt: Codes = field(default_factory=lambda: np.zeros(0, np.int8))
    """(n,) Doubt as numbers: why the gyroscope is not believed; its rates are 0 there. 0 = it is, and if left out."""
    gaps: tuple[Gap, ...] = ()
    faults: tuple[WireFault, ...] = ()
    doubts: tuple[SensorDoubt, ...] = ()
    """Where what is believed of the sensor changed."""
    calibrations: tuple[Calibration, ...] = ()
    """Where the accelerometer became surely known, or better known."""

    def __post_init__(self) -> None:
        """What was left out is nothing lost, nothing doubted."""
        for name, kind in (("lost_deg", np.float64), ("doubt", np.int8)):
            if not len(getattr(self, name)):
                object.__setattr__(self, name, read_only(np.zeros(len(self.t_ns), kind)))

    def __len__(self) -> int:
        return len(self.t_ns)
