"""The thigh's angle as it is shown now: calm digits, its standard deviation, its zone, and how old it is."""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite, isinf

import numpy as np

from hipmonitor.core.alerts import MOST_SD_DEG
from hipmonitor.core.instants import NS_PER_S, HostNs, seconds_between
from hipmonitor.core.settings import Settings
from hipmonitor.core.thigh import ThighBlock
from hipmonitor.ui.view_model.zone import Zone, ZoneTracker

OLD_AFTER_S = 1.0
"""The last value stands this long; then two dashes (views 3.1)."""
STEADY_DEG = 0.6
"""A shown whole degree changes only when the angle is further from it than this (tokens 8)."""
LOOK_NS = NS_PER_S // 10
"""The angle is looked at ten times a second for digits and zone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AngleNow:
    """What the hero of every view shows."""

    shown_deg: int | None
    """Whole degrees; None = two dashes: nothing trusted within the last second."""
    sd_deg: float | None
    """One standard deviation, of the calibration; None without one."""
    calibrated: bool
    """Known well enough for alerts. Where False the number carries a tilde, and the zone is unknown."""
    at: HostNs | None
    """Of the last trusted value, however old."""
    last_deg: float | None
    zone: Zone
    from_limit: str
    """12° under 90°, the limit you set; empty where not known."""

    @property
    def number(self) -> str:
        """78°, ~ 78° where not calibrated, or two dashes."""
        if self.shown_deg is None:
            return "--"
        return f"{self.shown_deg}°" if self.calibrated else f"~ {self.shown_deg}°"

    @property
    def spread(self) -> str:
        """± 2°, or why there is none."""
        if self.sd_deg is None:
            return "not calibrated"
        spread = f"± {int(self.sd_deg + 0.5)}°"
        return spread if self.calibrated else f"{spread}, not calibrated"


class ThighTracker:
    """Follows the rows of the thigh room."""

    def __init__(self) -> None:
        self._zone = ZoneTracker()
        self._at_ns: int | None = None
        self._deg = 0.0
        self._sd_deg = float("inf")
        self._shown = 0
        self._next_look_ns = 0

    def take(self, thigh: ThighBlock, settings: Settings) -> None:
        """Rows of one piece, in order."""
        if len(thigh) and not thigh.trusted[-1]:
            self._sd_deg = float(thigh.sd_deg[-1])
        good = np.flatnonzero(thigh.trusted & np.isfinite(thigh.thigh_flexion_deg))
        if len(good):
            cells = thigh.t_ns[good] // LOOK_NS
            for i in good[np.flatnonzero(np.diff(cells, append=cells[-1] + 1))].tolist():
                self._see(int(thigh.t_ns[i]), float(thigh.thigh_flexion_deg[i]), float(thigh.sd_deg[i]), settings)

    def _see(self, at_ns: int, deg: float, sd_deg: float, settings: Settings) -> None:
        if self._at_ns is None or at_ns - self._at_ns > OLD_AFTER_S * NS_PER_S:
            self._zone.forget()
            self._shown = round(deg)
        self._at_ns, self._deg, self._sd_deg = at_ns, deg, sd_deg
        if abs(deg - self._shown) > STEADY_DEG:
            self._shown = round(deg)
        if sd_deg <= MOST_SD_DEG:
            self._zone.see(at_ns, deg, settings.deep_flexion.thigh_limit_deg)
        else:
            self._zone.forget()

    def angle(self, now: HostNs, settings: Settings) -> AngleNow:
        """What to show at that moment."""
        at = None if self._at_ns is None else HostNs(self._at_ns)
        fresh = at is not None and seconds_between(at, now) <= OLD_AFTER_S
        calibrated = isfinite(self._sd_deg) and self._sd_deg <= MOST_SD_DEG
        known = fresh and calibrated
        return AngleNow(
            shown_deg=self._shown if fresh else None,
            sd_deg=None if isinf(self._sd_deg) else self._sd_deg,
            calibrated=calibrated,
            at=at,
            last_deg=None if at is None else self._deg,
            zone=self._zone.zone if known else Zone.UNKNOWN,
            from_limit=from_limit(self._shown, settings) if known else "",
        )


def from_limit(shown_deg: int, settings: Settings) -> str:
    """How far the thigh is from the limit, and who set that."""
    limit = settings.deep_flexion.thigh_limit_deg
    away = round(shown_deg - limit)
    side = "at" if not away else f"{abs(away)}° {'over' if away > 0 else 'under'}"
    return f"{side} {limit:g}°, {whose_limit(settings)}"


def whose_limit(settings: Settings) -> str:
    """Who set the limit, in the words of the design."""
    known = {"preset": "the preset limit", "me": "the limit you set", "my physio": "the limit set by your physio"}
    return known.get(settings.set_by, f"the limit set by {settings.set_by}")
