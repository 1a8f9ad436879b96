"""What leaves the exposure room: seconds with their timers, closed bouts, and the totals so far."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from math import nan
from typing import NamedTuple

from hipmonitor.core.activity import ActivityKind
from hipmonitor.core.instants import NS_PER_S, HostNs


class TimedSecond(NamedTuple):
    """One decided second, or one long loss: what was done, the thigh's angle in it, and where the timers stand at its end.

    A tuple because a day has 86 400.
    """

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
    sitting_mean_deg: float
    """Mean flexion of that sitting as far as it is trusted, NaN without any; likewise the highest."""
    sitting_highest_deg: float
    seated_s: float
    """Sitting since the wearer last was up, for however short."""
    seated_shown: bool
    """Somebody sits there: in that time the wearer came down from upright, or the thigh was seen as no bed has it; and lately it
    was mostly told from lying."""
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
    roll_deg: float = nan
    """Mean thigh roll over trusted samples; NaN without any, and where it has none (side not known, thigh not bent)."""

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
    """A change between a seat or bed and the feet."""

    SIT_TO_STAND = "sit_to_stand"
    STAND_TO_SIT = "stand_to_sit"
    REST_TO_STAND = "rest_to_stand"
    """From lying, or from sitting and lying that are not told apart."""
    STAND_TO_REST = "stand_to_rest"


@dataclass(frozen=True, slots=True, kw_only=True)
class Transition:
    """A change with at least ExposureParams.transition_s on both sides."""

    at: HostNs
    """When the seat took or gave back the weight, as the thigh shows it; else the start of the first second after the change."""
    kind: TransitionKind
    located: bool
    """The thigh showed it: to about 0.2 s, else to 3 s."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RhythmSecond:
    """One second of walking, running, stairs or cycling whose rhythm is known."""

    start: HostNs
    kind: ActivityKind
    steps: float
    """Of both legs, in this second; 0 on a bicycle."""
    crank_turns: float
    """In this second; 0 but on a bicycle."""
    cadence_spm: float
    """Steps of both legs a minute; NaN on a bicycle."""
    crank_rpm: float
    """NaN but on a bicycle."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FlexionCycle:
    """The thigh went up and down again, each by at least CycleParams.amount_deg."""

    at: HostNs
    """When it was highest."""
    kind: ActivityKind
    """Of the second in which it was highest."""
    lowest_deg: float
    """Before it went up."""
    highest_deg: float


@dataclass(frozen=True, slots=True, kw_only=True)
class DeepCycle:
    """The thigh went beyond the limit and came back by the release: a squat, or a whole sitting on a low sofa."""

    start: HostNs
    end: HostNs
    kind: ActivityKind
    """Of the second in which it was highest."""
    highest_deg: float


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
    steps: float = 0.0
    """Of both legs."""
    crank_turns: float = 0.0
    flexion_cycles: dict[ActivityKind, int] = field(default_factory=dict)
    deep_cycles: dict[ActivityKind, int] = field(default_factory=dict)
    minimum_bout_s: int = 0
    """Least time on both sides of a counted transition."""
