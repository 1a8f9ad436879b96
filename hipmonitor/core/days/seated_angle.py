"""The thigh's angle on the seat of one sitting bout: a median, how far it wandered, and how well it is known."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import hypot

import numpy as np

from hipmonitor.core.days.civil_seconds import CivilSeconds
from hipmonitor.core.days.day_part import BINS_PER_DEG, percentile_deg
from hipmonitor.core.days.tally import MDEG

WITHIN_ONE_SD = (0.16, 0.84)


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatedAngle:
    """Over the trusted sitting seconds of a bout. Rounded to thousandths of degrees, as it is kept."""

    seconds: int
    flexion_deg: float
    """Median of the seconds' means."""
    spread_deg: float
    """Half the width of the middle 68 of 100 seconds: shifting, crossing and leaning back."""
    placement_sd_deg: float
    """Mean of the placement's sd in these seconds."""

    def with_more(self, other: SeatedAngle) -> SeatedAngle:
        """Both pieces of one sitting: weighted by time; how far they lie apart widens the spread."""
        seconds = self.seconds + other.seconds
        share = other.seconds / seconds
        flexion = self.flexion_deg + share * (other.flexion_deg - self.flexion_deg)
        apart = (share * (1 - share)) ** 0.5 * (other.flexion_deg - self.flexion_deg)
        own = ((1 - share) * self.spread_deg**2 + share * other.spread_deg**2) ** 0.5
        sd = self.placement_sd_deg + share * (other.placement_sd_deg - self.placement_sd_deg)
        return _rounded(seconds, flexion, hypot(own, apart), sd)


@dataclass(slots=True, kw_only=True)
class SeatedSum:
    """Of a bout that goes on, in integers: the order of adding never shows."""

    bins: dict[int, int] = field(default_factory=dict)
    """Seconds whose mean is in [bin, bin + 1) half degrees."""
    sd_sum_mdeg: int = 0

    def take(self, sat: CivilSeconds) -> None:
        """Sitting seconds, as far as their angle is trusted."""
        known = sat.rows(sat.trusted & np.isfinite(sat.flexion_deg) & np.isfinite(sat.sd_deg))
        bins, counts = np.unique(np.floor(known.flexion_deg * BINS_PER_DEG).astype(np.int64), return_counts=True)
        for number, count in zip(bins.tolist(), counts.tolist(), strict=True):
            self.bins[number] = self.bins.get(number, 0) + count
        self.sd_sum_mdeg += int(np.rint(known.sd_deg * MDEG).astype(np.int64).sum())

    def angle(self) -> SeatedAngle | None:
        """None without a trusted second."""
        seconds, middle = sum(self.bins.values()), percentile_deg(self.bins, 0.5)
        low, high = (percentile_deg(self.bins, share) for share in WITHIN_ONE_SD)
        if middle is None or low is None or high is None:
            return None
        return _rounded(seconds, middle, (high - low) / 2, self.sd_sum_mdeg / MDEG / seconds)


def _rounded(seconds: int, flexion_deg: float, spread_deg: float, sd_deg: float) -> SeatedAngle:
    return SeatedAngle(
        seconds=seconds,
        flexion_deg=round(flexion_deg * MDEG) / MDEG,
        spread_deg=round(spread_deg * MDEG) / MDEG,
        placement_sd_deg=round(sd_deg * MDEG) / MDEG,
    )
