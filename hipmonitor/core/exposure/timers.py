"""The rules of sitting and deep-flexion time, one plain second at a time: what adds, what holds, what is a break."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import isnan

from hipmonitor.core.activity import ActivityKind
from hipmonitor.core.exposure.blocks import SittingBout, TimedSecond
from hipmonitor.core.instants import NS_PER_S, HostNs
from hipmonitor.core.settings import DeepFlexionLimit, SittingLimit

UPRIGHT = frozenset({ActivityKind.STAND, ActivityKind.WALK, ActivityKind.RUN, ActivityKind.STAIRS})
"""Cycling is neither sitting nor a break; lying, sedentary, unknown and not worn hold the timers."""
NOT_DEEP = frozenset({ActivityKind.LIE, ActivityKind.SEDENTARY, ActivityKind.NOT_WORN, ActivityKind.UNKNOWN})
"""No deep flexion is counted where the wearer may be lying, or the sensor not worn."""
TRANSITION_S = 5
"""Least time on both sides of a counted sit-to-stand (default of Acti4 for sitting; activPAL's is 10 s)."""


@dataclass(slots=True, kw_only=True)
class SittingTimer:
    """Sitting since the last break."""

    sitting_s: float = 0.0
    deep_s: float = 0.0
    since: int | None = None
    last_sitting_ns: int = 0
    upright_s: float = 0.0
    breaks: int = 0

    def second(self, start: HostNs, kind: ActivityKind, limit: SittingLimit, *, deep: bool) -> SittingBout | None:
        """One more second; the bout that it ended, if it completed a break."""
        if kind is ActivityKind.SIT:
            self.since = start if self.since is None else self.since
            self.sitting_s, self.upright_s, self.last_sitting_ns = self.sitting_s + 1, 0.0, start + NS_PER_S
            self.deep_s += deep
            return None
        if kind not in UPRIGHT:
            self.upright_s = 0.0
            return None
        self.upright_s += 1
        if self.upright_s < limit.break_s or self.since is None:
            return None
        bout = SittingBout(
            start=HostNs(self.since), end=HostNs(self.last_sitting_ns), sitting_s=self.sitting_s, deep_s=self.deep_s
        )
        self.sitting_s, self.deep_s, self.since = 0.0, 0.0, None
        self.breaks += 1
        return bout


@dataclass(slots=True, kw_only=True)
class DeepTimer:
    """Time above the limit since its last break; short interruptions do not reset it."""

    deep: bool = False
    deep_s: float = 0.0
    total_s: float = 0.0
    piece_s: float = 0.0
    longest_s: float = 0.0
    since: int | None = None
    angle_sum: float = 0.0
    highest: float = 0.0
    lowered_s: float = 0.0

    def second(
        self, start: HostNs, kind: ActivityKind, angles: tuple[float, float], sd_deg: float, limit: DeepFlexionLimit
    ) -> None:
        """One more second with its (mean, highest) thigh flexion; NaN holds everything, as does a sensor that is not worn."""
        mean, highest = (float("nan"),) * 2 if kind is ActivityKind.NOT_WORN else angles
        upright = kind in UPRIGHT
        self._judge(kind, mean, sd_deg, limit)
        if self.deep:
            self.since = start if self.since is None else self.since
            self.deep_s, self.total_s, self.piece_s = self.deep_s + 1, self.total_s + 1, self.piece_s + 1
            self.angle_sum, self.highest = self.angle_sum + mean, max(self.highest, highest)
            self.longest_s = max(self.longest_s, self.piece_s)
        elif not isnan(mean):
            self.piece_s = 0.0
        lowered = upright or (not isnan(mean) and mean < limit.thigh_limit_deg - limit.break_below_deg)
        self.lowered_s = self.lowered_s + 1 if lowered else 0.0
        if self.lowered_s >= limit.break_s:
            self.deep_s, self.angle_sum, self.highest, self.since = 0.0, 0.0, 0.0, None

    def _judge(self, kind: ActivityKind, mean: float, sd_deg: float, limit: DeepFlexionLimit) -> None:
        """Above from the limit plus the placement's sd on, over again below the limit minus the release."""
        if isnan(mean) or kind in NOT_DEEP:
            self.deep = False
        elif mean >= limit.thigh_limit_deg + sd_deg:
            self.deep = True
        elif mean < limit.thigh_limit_deg - limit.release_deg:
            self.deep = False


@dataclass(slots=True, kw_only=True)
class TransitionCounter:
    """Sit-to-stand changes with at least TRANSITION_S on both sides."""

    count: int = 0
    sat_s: int = 0
    """Length of the sitting spell that may be left, kept while the upright side is still too short."""
    upright_s: int = 0

    def second(self, kind: ActivityKind) -> None:
        """One more second."""
        if kind is ActivityKind.SIT:
            self.sat_s, self.upright_s = self.sat_s + 1, 0
        elif kind in UPRIGHT:
            self.upright_s += 1
            if self.upright_s == TRANSITION_S:
                self.count += self.sat_s >= TRANSITION_S
                self.sat_s = 0
        else:
            self.sat_s, self.upright_s = self.sat_s if kind is ActivityKind.SEDENTARY else 0, 0


@dataclass(slots=True, kw_only=True)
class Timers:
    """All timers together."""

    sitting: SittingTimer = field(default_factory=SittingTimer)
    deep: DeepTimer = field(default_factory=DeepTimer)
    transitions: TransitionCounter = field(default_factory=TransitionCounter)

    def row(
        self, start: HostNs, kind: ActivityKind, angles: tuple[float, float], *, trusted: bool, sd_deg: float
    ) -> TimedSecond:
        """Where the timers stand after this second."""
        s, d = self.sitting, self.deep
        return TimedSecond(
            start=start,
            kind=kind,
            flexion_deg=angles[0],
            highest_deg=angles[1],
            trusted=trusted,
            sd_deg=sd_deg,
            sitting_s=s.sitting_s,
            sitting_since=None if s.since is None else HostNs(s.since),
            upright_s=s.upright_s,
            deep=d.deep,
            deep_s=d.deep_s,
            deep_since=None if d.since is None else HostNs(d.since),
            deep_mean_deg=d.angle_sum / d.deep_s if d.deep_s else float("nan"),
            deep_highest_deg=d.highest if d.deep_s else float("nan"),
            lowered_s=d.lowered_s,
        )
