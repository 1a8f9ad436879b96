"""A chair and the legs on it: from heights above the floor to the slope of a thigh. Truth for what a higher seat does."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True, slots=True, kw_only=True)
class Chair:
    """Any seat with the feet on the floor, in metres."""

    seat_m: float
    """Height of the unloaded seat above the floor."""
    sinks_m: float = 0.01
    """How far one sinks in: wood nothing, an office chair 2 to 3 cm, a soft sofa 10."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatedLegs:
    """One person's legs, sitting."""

    thigh_m: float
    """Hip joint to knee joint."""
    shank_m: float
    """Knee joint to ankle joint."""
    ankle_m: float = 0.08
    """Above the floor, shoe included."""
    hip_above_seat_m: float = 0.085
    """The hip joint above the loaded surface: the ischial tuberosities lie 7 to 10 cm below it."""
    shank_tilt_deg: float = 0.0
    """+ feet forward of the knees, - tucked under."""

    def hip_m(self, chair: Chair) -> float:
        """Height of the hip joint above the floor."""
        return chair.seat_m - chair.sinks_m + self.hip_above_seat_m

    @property
    def knee_m(self) -> float:
        """Height of the knee joint above the floor."""
        return self.ankle_m + self.shank_m * float(np.cos(np.radians(self.shank_tilt_deg)))

    def flexion_deg(self, chair: Chair) -> float:
        """The thigh's flexion on this chair; 90 = level."""
        slope = np.clip((self.knee_m - self.hip_m(chair)) / self.thigh_m, -1.0, 1.0)
        return 90.0 + float(np.degrees(np.arcsin(slope)))

    def raise_m(self, chair: Chair, to_deg: float) -> float:
        """How much higher this chair must be for the thigh to have that flexion."""
        return self.raise_from_m(self.flexion_deg(chair), to_deg)

    def raise_from_m(self, from_deg: float, to_deg: float) -> float:
        """How much higher the hip must be while the feet stay where they are.

        The hip moves straight up; the knee goes where thigh and shank meet.
        """
        slope, tilt = np.radians(from_deg - 90.0), np.radians(self.shank_tilt_deg)
        hip_x = -self.shank_m * np.sin(tilt) - self.thigh_m * np.cos(slope)
        hip_y = self.knee_m - self.thigh_m * np.sin(slope)
        low, high = -0.3, 0.4
        for _ in range(60):
            middle = (low + high) / 2
            low, high = (middle, high) if self._slope_deg(hip_x, hip_y + middle) > to_deg else (low, middle)
        return (low + high) / 2

    def _slope_deg(self, hip_x: float, hip_y: float) -> float:
        """The thigh's flexion with the ankle at (0, ankle_m) and the hip here."""
        away = np.array([hip_x, hip_y - self.ankle_m])
        far = min(float(np.hypot(*away)), self.thigh_m + self.shank_m - 1e-9)
        at_hip = np.arccos((self.thigh_m**2 + far**2 - self.shank_m**2) / (2 * self.thigh_m * far))
        towards_ankle = np.arctan2(-away[1], -away[0])
        return 90.0 + float(np.degrees(towards_ankle + at_hip))
