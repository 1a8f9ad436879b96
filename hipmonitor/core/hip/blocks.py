"""What leaves the hip room."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from hipmonitor.core.arrays import Bools, Codes, Floats, Nanoseconds


class HipMethod(IntEnum):
    """How a hip flexion came about, or why there is none."""

    NONE = 0
    """Nothing is known of the thigh here."""
    SEATED = 1
    """Estimate: thigh minus the usual backward roll of the pelvis on sitting down."""
    UPRIGHT = 2
    """Estimate: standing or walking, the pelvis stays where it stands."""
    AT_LEAST_THIGH = 3
    """No number: the pelvis tips forward here, the hip bends at least as far as the thigh."""
    LYING = 4
    """No number: gravity says nothing about a hip that lies."""
    UNCLEAR = 5
    """No number: sitting and lying were not told apart, or the posture is unknown."""
    MEASURED = 6
    """From a pelvis sensor."""

    @property
    def word(self) -> str:
        """The name in results."""
        return self.name.lower()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class HipBlock:
    """n rows, one a sample, handed on when the activity of their second is decided (2-3 s after the thigh's)."""

    t_ns: Nanoseconds
    """(n,)."""
    hip_flexion_deg: Floats
    """(n,) NaN where the method gives no number."""
    hip_flexion_sd_deg: Floats
    """(n,) one standard deviation, placement included; NaN with it."""
    hip_adduction_deg: Floats
    """(n,) NaN with one sensor."""
    hip_rotation_deg: Floats
    """(n,) NaN with one sensor."""
    hip_method: Codes
    """(n,) HipMethod."""
    trusted: Bools
    """(n,)."""

    def __len__(self) -> int:
        return len(self.t_ns)
