"""The settings in force, as the rooms see them. Plain values; `io.settings` reads them from TOML and names the file.

Every number here is a preset that the wearer or the physio confirms. None is a medical limit.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Side = Literal["left", "right", "unknown"]


def _within(name: str, value: float, low: float, high: float, unit: str) -> None:
    if not low <= value <= high:
        raise ValueError(f"{name} is {value:g} {unit}; choose a value from {low:g} to {high:g} {unit}")


@dataclass(frozen=True, slots=True, kw_only=True)
class SittingLimit:
    """Prolonged sitting. 30 min is common in sitting trials and protocols; not a limit known for the hip."""

    sit_limit_min: float = 30.0
    break_s: float = 60.0
    """Upright in one piece for this long resets the timer (activPAL's prompt study asked for at least 1 min)."""

    def __post_init__(self) -> None:
        _within("sit_limit_min", self.sit_limit_min, 0.05, 600, "min")
        _within("break_s", self.break_s, 1, 3600, "s")


@dataclass(frozen=True, slots=True, kw_only=True)
class DeepFlexionLimit:
    """Prolonged deep flexion of the thigh. No trial supports the minutes: a preset that somebody confirms."""

    thigh_limit_deg: float = 90.0
    deep_limit_min: float = 10.0
    release_deg: float = 5.0
    """The thigh counts as lowered again this far below the limit (hysteresis)."""
    break_below_deg: float = 15.0
    """Lowering the thigh this far below the limit, in any posture, for `break_s` is a break."""
    break_s: float = 60.0

    def __post_init__(self) -> None:
        _within("thigh_limit_deg", self.thigh_limit_deg, 30, 130, "deg")
        _within("deep_limit_min", self.deep_limit_min, 0.05, 600, "min")
        _within("release_deg", self.release_deg, 0, 30, "deg")
        _within("break_below_deg", self.break_below_deg, 0, 60, "deg")
        _within("break_s", self.break_s, 1, 3600, "s")


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Everything a person can set that changes a result."""

    side: Side = "unknown"
    pelvis_sensor: str = ""
    """The sensor worn on the pelvis, by its address or serial number; "" = none. The thigh's is the first other one heard."""
    other_thigh_sensor: str = ""
    """The sensor worn on the other thigh; "" = none."""
    set_by: str = "preset"
    """Who chose the limits, in the wearer's words: "preset", "me", "my physio"."""
    sitting: SittingLimit = field(default_factory=SittingLimit)
    deep_flexion: DeepFlexionLimit = field(default_factory=DeepFlexionLimit)

    def __post_init__(self) -> None:
        if self.side not in {"left", "right", "unknown"}:
            raise ValueError(f"side is {self.side!r}; choose left, right or unknown (of the wearer)")
        if self.pelvis_sensor and self.pelvis_sensor == self.other_thigh_sensor:
            raise ValueError(
                f"pelvis_sensor and other_thigh_sensor are both {self.pelvis_sensor!r}; one sensor sits in one place"
            )
