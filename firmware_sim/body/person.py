"""Who moves: what differs from person to person, drawn from published spreads."""

from __future__ import annotations

from dataclasses import asdict, dataclass

import numpy as np

from hipmonitor.core.settings import Side


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """One wearer. `drawn` gives the ranges and their sources."""

    side: Side = "right"
    """The thigh that carries the sensor: left or right."""
    thigh_m: float = 0.42
    seat_offset_deg: float = 0.0
    pelvis_rollback_deg: float = 18.1
    pelvis_lean_deg: float = 15.0
    walking_offset_deg: float = 6.0
    stride_hz: float = 0.94
    stride_m: float = 1.40
    gait_scale: float = 1.0
    sit_down_s: float = 2.0
    rise_s: float = 1.9
    sway_deg: float = 0.35
    shifts_per_min: float = 0.8
    skin_m: float = 0.075
    tissue_bend_deg: float = 2.0
    tissue_across_deg: float = 3.0
    tissue_direction_rad: float = 0.0
    strike_swing_deg: float = 3.0
    strike_hz: float = 10.0
    strike_decay_s: float = 0.06
    strike_g: float = 2.0
    gait_style: int = 0
    """Which of endlessly many ways of walking: the number its harmonics and strikes are drawn from."""
    gait_roughness: float = 1.0
    stride_sd: float = 0.02
    """Coefficient of variation of stride times."""
    breath_hz: float = 0.25
    breath_deg: float = 0.03
    settle_deg: float = 0.14
    tremor_deg: float = 0.04
    stirs_per_min: float = 2.0
    """Tiny shifts of somebody who sits quietly."""

    def __post_init__(self) -> None:
        if self.side not in {"left", "right"}:
            raise ValueError(f"side is {self.side!r}; a simulated person wears the sensor on the left or the right")

    @property
    def mirror(self) -> float:
        """+1 for the right leg, -1 for the left."""
        return 1.0 if self.side == "right" else -1.0

    def as_record(self) -> dict[str, float | str]:
        """Plain values, for a log line or a file of truth."""
        return asdict(self)


def drawn(seed: int, *, side: Side = "right") -> Person:
    """A person. The same seed gives the same person."""
    r = np.random.default_rng([seed, 0x9E0])

    def normal(mean: float, sd: float, low: float, high: float) -> float:
        return float(np.clip(r.normal(mean, sd), low, high))

    return Person(
        side=side,
        # Winter 2009, table 4.1: the thigh is .245 of body height; heights of 1.50 to 1.95 m.
        thigh_m=normal(0.42, 0.025, 0.36, 0.48),
        # The same chair under longer and shorter shanks: ±2.5 cm over a thigh of 42 cm is ±3.4 degrees.
        seat_offset_deg=normal(0.0, 2.5, -4.0, 4.0),
        # EOS radiographs, standing to sitting: 18.1 (SD 9.1) degrees in controls.
        pelvis_rollback_deg=normal(18.1, 9.1, 0.0, 40.0),
        # The trunk bends forward by 30 to 45 degrees before seat-off; the pelvis takes about a third to a half.
        pelvis_lean_deg=normal(15.0, 4.0, 5.0, 25.0),
        # Measured on 68 people with a thigh accelerometer: walking is 3.7 to 7.0 (SD 3.5 to 4.7) further flexed.
        walking_offset_deg=normal(6.0, 4.0, -4.0, 16.0),
        # Comfortable walking: 105 to 120 steps a minute and 1.2 to 1.5 m/s (Perry and Burnfield 2010).
        stride_hz=float(r.uniform(0.88, 1.0)),
        stride_m=normal(1.40, 0.08, 1.2, 1.6),
        gait_scale=normal(1.0, 0.08, 0.8, 1.2),
        # Stand-to-sit and sit-to-stand of healthy adults at their own pace: 1.5 to 2.5 s.
        sit_down_s=float(r.uniform(1.5, 2.5)),
        rise_s=float(r.uniform(1.5, 2.4)),
        # Quiet standing sways by some tenths of a degree (Winter 1995).
        sway_deg=float(r.uniform(0.2, 0.5)),
        shifts_per_min=float(r.uniform(0.3, 1.5)),
        # Half of a thigh's circumference of 40 to 60 cm, divided by pi.
        skin_m=float(r.uniform(0.06, 0.095)),
        # Strap against bone between standing and sitting: bounds chosen for this project after soft-tissue studies.
        tissue_bend_deg=float(r.uniform(-4.0, 4.0)),
        tissue_across_deg=float(r.uniform(0.0, 8.0)),
        tissue_direction_rad=float(r.uniform(-np.pi, np.pi)),
        strike_swing_deg=float(r.uniform(2.0, 5.0)),
        strike_hz=float(r.uniform(8.0, 13.0)),
        strike_decay_s=float(r.uniform(0.04, 0.08)),
        # Measured at the thigh (HARTH, HAR70+, see walking.py): |acceleration| peaks at 2 to 9 g, of which this is a part.
        strike_g=float(np.clip(2.2 * np.exp(0.4 * r.standard_normal()), 0.8, 4.5)),
        gait_style=seed,
        gait_roughness=float(np.clip(0.95 * np.exp(0.3 * r.standard_normal()), 0.5, 1.4)),
        # Hausdorff 2005 and others: 1.5 to 3 %, more in the old.
        stride_sd=float(r.uniform(0.015, 0.03)),
        # At rest 12 to 18 breaths a minute; how much of it arrives at the thigh, and the rest, from micro_motion.py.
        breath_hz=float(r.uniform(0.2, 0.3)),
        breath_deg=float(r.uniform(0.02, 0.05)),
        settle_deg=float(np.clip(0.14 * np.exp(0.35 * r.standard_normal()), 0.08, 0.3)),
        tremor_deg=float(r.uniform(0.02, 0.06)),
        stirs_per_min=float(r.uniform(1.5, 4.0)),
    )
