"""What kind of sensor is simulated: its rates, ranges, memory and battery."""

from __future__ import annotations

from dataclasses import dataclass, field

from firmware_sim.device.crystal import Crystal

SLOW_RATE_MHZ = 25_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """The fixed facts of a sensor. The defaults are those of a small board with a 6-axis IMU of the price of a coffee."""

    crystal: Crystal = field(default_factory=Crystal)
    rates_mhz: tuple[int, ...] = (25_000, 50_000, 100_000, 200_000)
    """Whole multiples of the slow memory's 25 Hz."""
    acc_ranges_g: tuple[int, ...] = (2, 4, 8, 16)
    gyr_ranges_dps: tuple[int, ...] = (250, 500, 1000, 2000)
    """(0,) for a sensor without a gyroscope."""
    rate_mhz: int = 100_000
    acc_range_g: int = 8
    gyr_range_dps: int = 1000
    """Thigh rates reach 250 to 300 °/s in brisk walking; ±1000 leaves room for stumbling and knocking."""
    full_memory_s: int = 2 * 3600
    slow_memory_s: int = 24 * 3600
    live_batch: int = 8
    """Samples in a live packet: 112 bytes and 80 ms at 100 Hz."""
    has_vibration: bool = True
    battery_start_percent: float = 100.0
    battery_hours: float = 120.0
    """From full to empty while sampling: 5 days, as a 100 mAh cell gives at 0.8 mA."""
    battery_low_percent: float = 15.0

    def __post_init__(self) -> None:
        for name, value, allowed in (
            ("rate_mhz", self.rate_mhz, self.rates_mhz),
            ("acc_range_g", self.acc_range_g, self.acc_ranges_g),
            ("gyr_range_dps", self.gyr_range_dps, self.gyr_ranges_dps),
        ):
            if value not in allowed:
                raise ValueError(f"{name} is {value}; this sensor can {', '.join(map(str, allowed))}")
        for rate in self.rates_mhz:
            if rate % SLOW_RATE_MHZ:
                raise ValueError(f"rates_mhz holds {rate}; choose multiples of {SLOW_RATE_MHZ} for the slow memory")
