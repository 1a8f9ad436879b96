"""What leaves the hip room, and how a pelvis sensor sits."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum, StrEnum

from hipmonitor.core.arrays import Bools, Codes, Floats, Nanoseconds, Quats
from hipmonitor.core.instants import HostNs


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


class PelvisMethod(StrEnum):
    """How the rotation from sensor to pelvis became known."""

    AUTOMATIC = "automatic"
    """From standing and sitting as they happened."""
    GIVEN = "given"
    """By the caller of the API."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PelvisPlacement:
    """How the sensor sits on the pelvis, from when on, and how well that is known."""

    since: HostNs
    pelvis_from_sensor: Quats
    """(4,) wxyz; pelvis frame: x forward, y up, z to the wearer's right, upright in own quiet standing."""
    method: PelvisMethod
    tilt_sd_deg: float
    """One standard deviation of the pelvic tilt's zero: how quiet standing differs from time to time."""
    forward_sd_deg: float
    """One standard deviation of the direction taken for forward, about the upright axis."""

    def __post_init__(self) -> None:
        self.pelvis_from_sensor.flags.writeable = False


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
    """(n,) NaN with one sensor, and where the side or the heading between the sensors is not known."""
    hip_adduction_sd_deg: Floats
    """(n,) one standard deviation; NaN with it."""
    hip_rotation_deg: Floats
    """(n,) NaN as adduction; from the wearer's own average of standing and walking, which no sensor here can tell from 0."""
    hip_rotation_sd_deg: Floats
    """(n,) one standard deviation; NaN with it."""
    pelvis_tilt_deg: Floats
    """(n,) + tipped forward, 0 in own quiet standing; NaN without a pelvis sensor."""
    hip_method: Codes
    """(n,) HipMethod."""
    trusted: Bools
    """(n,)."""
    pelvis_placements: tuple[PelvisPlacement, ...] = ()
    """Those that came into force in this block."""

    def __len__(self) -> int:
        return len(self.t_ns)
