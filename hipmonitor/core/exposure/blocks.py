"""What leaves the exposure room: seconds with their timers, closed bouts, and the totals so far."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from hipmonitor.core.activity import ActivityKind
from hipmonitor.core.instants import NS_PER_S, HostNs


@dataclass(frozen=True, slots=True, kw_only=True)
class TimedSecond:
    """One decided second, or one long loss: what was done, the thigh's angle in it, and where the timers stand at its end."""

    start: HostNs
    lasting_s: int
    """1, but for a long loss of samples."""
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
    deep_unsure: bool
    """Not counted although the thigh was above the limit: the sitting is assumed, the wearer may lie."""
    deep_s: float
    """Above the limit since its last break."""
    deep_since: HostNs | None
    deep_mean_deg: float
    deep_highest_deg: float
    lowered_s: float
    """Low enough in one piece until now for deep flexion's break."""

    @property
    def end(self) -> HostNs:
        """When it is over."""
        return HostNs(self.start + self.lasting_s * NS_PER_S)


class BoutEnd(StrEnum):
    """What ended a sitting bout."""

    BREAK = "break"
    NOT_KNOWN = "not_known"
    """A long time not worn or not seen: whether there was a break is not known, so none is counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SittingBout:
    """Sitting from its first second to what ended it; short upright spells inside count as standing."""

    start: HostNs
    end: HostNs
    sitting_s: float
    deep_s: float
    ended_by: BoutEnd


class TransitionKind(StrEnum):
    """A change between sitting and upright."""

    SIT_TO_STAND = "sit_to_stand"
    STAND_TO_SIT = "stand_to_sit"


@dataclass(frozen=True, slots=True, kw_only=True)
class Transition:
    """A change with at least TRANSITION_S on both sides; time in which sitting and lying are not told apart may lie between."""

    at: HostNs
    """Start of the first second of what it changed to."""
    kind: TransitionKind


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
    """Sitting bouts that ended."""
    breaks: int
    """Of those, by a break."""
    sit_to_stand: int
    """How many of the transitions."""
    latest: TimedSecond | None
