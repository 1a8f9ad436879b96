"""What leaves the exposure room: seconds with their timers, closed bouts, and the totals so far."""

from __future__ import annotations

from dataclasses import dataclass

from hipmonitor.core.activity import ActivityKind
from hipmonitor.core.instants import HostNs


@dataclass(frozen=True, slots=True, kw_only=True)
class TimedSecond:
    """One decided second: what was done, the thigh's angle in it, and where the timers stand at its end."""

    start: HostNs
    kind: ActivityKind
    flexion_deg: float
    """Mean thigh flexion over trusted samples, NaN without any."""
    highest_deg: float
    trusted: bool
    """More than half of the second's samples were."""
    sd_deg: float
    """Of the placement in force, inf without one."""
    sitting_s: float
    """Sitting since the last break."""
    sitting_since: HostNs | None
    upright_s: float
    """Upright in one piece until now: the credit towards a break."""
    deep: bool
    """Above the limit in this second (with hysteresis)."""
    deep_s: float
    """Above the limit since its last break."""
    deep_since: HostNs | None
    deep_mean_deg: float
    deep_highest_deg: float
    lowered_s: float
    """Low enough in one piece until now for deep flexion's break."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SittingBout:
    """Sitting from its first second to the break that ended it; short upright spells inside count as standing."""

    start: HostNs
    end: HostNs
    sitting_s: float
    deep_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Exposure:
    """Totals from the start of the session to `as_of`."""

    as_of: HostNs
    seconds: dict[ActivityKind, float]
    """Decided seconds of each kind."""
    undecided_s: float
    """Since the last decided second: what the wearer does now, or a gap that is still open."""
    sitting_s: float
    sitting_since: HostNs | None
    upright_s: float
    deep_s: float
    deep_total_s: float
    """Above the limit in the whole session."""
    longest_deep_s: float
    """Longest time above the limit in one piece."""
    bouts: int
    """Sitting bouts that a break ended."""
    breaks: int
    sit_to_stand: int
    """Changes from sitting to upright, both sides at least 5 s."""
    latest: TimedSecond | None
