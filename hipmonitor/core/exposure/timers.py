"""The rules of sitting and deep-flexion time, one decided row at a time: what adds, what holds, what is a break."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import inf, isnan, nan

from hipmonitor.core.activity import ActivityKind
from hipmonitor.core.exposure.blocks import BoutEnd, SittingBout, TimedSecond
from hipmonitor.core.exposure.decided_row import UPRIGHT, DecidedRow
from hipmonitor.core.exposure.flexion_cycles import CycleParams
from hipmonitor.core.exposure.gait import GaitParams
from hipmonitor.core.exposure.seat_contact import SeatContactParams
from hipmonitor.core.exposure.second_angles import SecondAngle
from hipmonitor.core.exposure.transitions import TransitionFinder
from hipmonitor.core.instants import NS_PER_S, HostNs
from hipmonitor.core.settings import DeepFlexionLimit, Settings

SIT, SEDENTARY, NOT_WORN, UNKNOWN = (
    ActivityKind.SIT,
    ActivityKind.SEDENTARY,
    ActivityKind.NOT_WORN,
    ActivityKind.UNKNOWN,
)
"""By themselves: asked every second, and a member by its class costs five times as much."""
NOT_DEEP = frozenset({ActivityKind.LIE, SEDENTARY, NOT_WORN, UNKNOWN})
"""No deep flexion is counted where the wearer may be lying, or the sensor not worn."""
AWAY = frozenset({NOT_WORN, UNKNOWN})
NO_SEAT = frozenset({ActivityKind.LIE, NOT_WORN})
"""After these nobody has been seen on a seat yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExposureParams:
    """What may be tuned."""

    transition_s: int = 5
    """Least time on both sides of a transition, and of one piece of sitting for it to be a bout (default of Acti4 for sitting;
    activPAL's is 10 s). Unknown time shorter than it, in one piece, undoes no break that has begun."""
    forget_s: int = 1800
    """After so long not worn or not seen nobody knows whether there was a break: timers begin anew. It is the usual sitting
    limit: a shorter absence cannot hide more than one reminder's worth."""
    sure: float = 0.7
    """Deep flexion counts while the activity is at least this certain: shown sitting is (0.8), assumed sitting is not (0.6)."""
    lately_s: float = 900.0
    most_unclear: float = 1 / 3
    """Of the last `lately_s` (fading): once more of it could not be told from lying, no seat is shown until the wearer was up. Who
    went to bed looks seated now and then, and that adds up over a night; on a chair the share is next to nothing."""
    seat_contact: SeatContactParams = field(default_factory=SeatContactParams)
    gait: GaitParams = field(default_factory=GaitParams)
    cycles: CycleParams = field(default_factory=CycleParams)


@dataclass(slots=True, kw_only=True)
class SittingTimer:
    """Sitting since the last break."""

    sitting_s: float = 0.0
    deep_s: float = 0.0
    since: HostNs | None = None
    last_sitting_ns: int = 0
    angle_sum: float = 0.0
    angle_s: float = 0.0
    """Of that sitting with a trusted angle."""
    highest: float = -inf
    seated_s: float = 0.0
    """Sitting since the wearer last was up."""
    shown: bool = False
    """Evidence of a seat since then."""
    unclear: float = 0.0
    """Share of the time lately that was no plain sitting; a new seat begins with none."""
    in_doubt: bool = False
    """It was too large since the wearer last was up."""
    upright_s: float = 0.0
    piece_s: float = 0.0
    """Sitting since the wearer last was up, for however short."""
    lasted: bool = False
    """Some piece of this bout was as long as a side of a transition: squats and knocks are none."""
    breaks: int = 0

    def row(
        self, row: DecidedRow, angle: SecondAngle, break_s: float, params: ExposureParams, *, deep: bool, glimpse: bool
    ) -> SittingBout | None:
        """One more row; the bout that it ended, if it completed a break. `glimpse`: unknown, and not for long."""
        if row.kind is SIT:
            self._sits(row, angle, params)
            self.unclear -= self.unclear / params.lately_s
            self.deep_s += deep
            return None
        if row.kind not in UPRIGHT:
            if row.kind is SEDENTARY:
                self.unclear += (1 - self.unclear) * min(1.0, row.lasting_s / params.lately_s)
                self.in_doubt = self.in_doubt or self.unclear > params.most_unclear
            self.upright_s = self.upright_s if glimpse else 0.0
            if row.kind in NO_SEAT:
                self.seated_s, self.shown = 0.0, False
            return None
        self.upright_s += 1
        if self.upright_s >= params.transition_s:
            self.seated_s, self.shown, self.unclear, self.in_doubt = 0.0, False, 0.0, False
        if self.upright_s < break_s or self.since is None:
            return None
        bout = self.end(BoutEnd.BREAK)
        self.breaks += bout is not None
        return bout

    def _sits(self, row: DecidedRow, angle: SecondAngle, params: ExposureParams) -> None:
        """Who was up in the second before came down; else the activity room says whether sitting is shown or assumed."""
        if row.confidence >= params.sure or self.upright_s:
            self.shown = True
        self.piece_s = 1.0 if self.upright_s else self.piece_s + 1
        self.lasted = self.lasted or self.piece_s >= params.transition_s
        if self.since is None:
            self.since = row.start
        self.sitting_s, self.upright_s, self.last_sitting_ns = self.sitting_s + 1, 0.0, row.start + NS_PER_S
        self.seated_s += 1
        if angle.trusted:
            self.angle_sum, self.angle_s = self.angle_sum + angle.mean_deg, self.angle_s + 1
            self.highest = max(self.highest, angle.highest_deg)

    def end(self, by: BoutEnd) -> SittingBout | None:
        """The bout so far, if there is one that lasted; the next one begins anew."""
        if self.since is None:
            return None
        lasted = self.lasted
        start, end = HostNs(self.since), HostNs(self.last_sitting_ns)
        bout = SittingBout(start=start, end=end, sitting_s=self.sitting_s, deep_s=self.deep_s, ended_by=by)
        self.sitting_s, self.deep_s, self.since = 0.0, 0.0, None
        self.angle_sum, self.angle_s, self.highest = 0.0, 0.0, -inf
        self.piece_s, self.lasted = 0.0, False
        return bout if lasted else None


@dataclass(slots=True, kw_only=True)
class DeepTimer:
    """Time above the limit since its last break; short interruptions do not reset it."""

    deep: bool = False
    unsure: bool = False
    deep_s: float = 0.0
    total_s: float = 0.0
    piece_s: float = 0.0
    longest_s: float = 0.0
    since: HostNs | None = None
    angle_sum: float = 0.0
    highest: float = 0.0
    lowered_s: float = 0.0

    def row(self, row: DecidedRow, angle: SecondAngle, limit: DeepFlexionLimit, sure: float, *, glimpse: bool) -> None:
        """One more row with its angle; an unknown one adds nothing, as a sensor that is not worn.

        A break that has begun goes on after a `glimpse` without an angle: unknown, and not for long.
        """
        mean = nan if row.kind is NOT_WORN else angle.mean_deg
        known = not isnan(mean)
        self._judge(row, mean, angle.sd_deg, limit, sure)
        if self.deep:
            self._add(row, mean, angle)
        elif known:
            self.piece_s = 0.0
        lowered = row.kind in UPRIGHT or (known and mean < limit.thigh_limit_deg - limit.break_below_deg)
        if lowered or known or not glimpse:
            self.lowered_s = self.lowered_s + 1 if lowered else 0.0
        if self.lowered_s >= limit.break_s and self.since is not None:
            self.begin_anew()

    def _add(self, row: DecidedRow, mean: float, angle: SecondAngle) -> None:
        """One more second above the limit."""
        self.since = row.start if self.since is None else self.since
        self.deep_s, self.total_s, self.piece_s = self.deep_s + 1, self.total_s + 1, self.piece_s + 1
        self.angle_sum, self.highest = self.angle_sum + mean, max(self.highest, angle.highest_deg)
        self.longest_s = max(self.longest_s, self.piece_s)

    def begin_anew(self) -> None:
        """After a break, or after time of which nothing is known."""
        self.deep_s, self.angle_sum, self.highest, self.since = 0.0, 0.0, 0.0, None

    def _judge(self, row: DecidedRow, mean: float, sd_deg: float, limit: DeepFlexionLimit, sure: float) -> None:
        """Above from the limit plus the placement's sd on, over again below the limit minus the release."""
        above = mean >= limit.thigh_limit_deg + sd_deg
        if not above and not self.deep:  # as most of the day
            self.unsure = False
            return
        doubtful = row.confidence < sure
        self.unsure = above and row.kind is SIT and doubtful
        if isnan(mean) or row.kind in NOT_DEEP or doubtful:
            self.deep = False
        elif above:
            self.deep = True
        elif mean < limit.thigh_limit_deg - limit.release_deg:
            self.deep = False


@dataclass(slots=True, kw_only=True)
class Timers:
    """All timers together."""

    sitting: SittingTimer = field(default_factory=SittingTimer)
    deep: DeepTimer = field(default_factory=DeepTimer)
    transitions: TransitionFinder = field(default_factory=TransitionFinder)
    away_s: int = 0
    """Not worn or not seen, in one piece until now."""
    unknown_s: int = 0
    """Not seen, in one piece until now."""

    def row(
        self, row: DecidedRow, angle: SecondAngle, settings: Settings, params: ExposureParams
    ) -> SittingBout | None:
        """One more row; the bout that it ended. What changed between seat and feet is `transitions`' to say."""
        self.unknown_s = self.unknown_s + row.lasting_s if row.kind is UNKNOWN else 0
        glimpse = 0 < self.unknown_s < params.transition_s
        self.deep.row(row, angle, settings.deep_flexion, params.sure, glimpse=glimpse)
        bout = self.sitting.row(row, angle, settings.sitting.break_s, params, deep=self.deep.deep, glimpse=glimpse)
        if row.kind not in AWAY:
            self.away_s = 0
            return bout
        self.away_s += row.lasting_s
        if self.away_s >= params.forget_s:
            bout = self.sitting.end(BoutEnd.NOT_KNOWN)
            self.deep.begin_anew()
        return bout

    def now(self, row: DecidedRow, angle: SecondAngle) -> TimedSecond:
        """Where the timers stand after this row."""
        s, d = self.sitting, self.deep
        mean, highest = (s.angle_sum / s.angle_s, s.highest) if s.angle_s else (nan, nan)
        deep_mean, deep_highest = (d.angle_sum / d.deep_s, d.highest) if d.deep_s else (nan, nan)
        columns = (
            row.start,
            row.lasting_s,
            row.kind,
            angle.mean_deg,
            angle.highest_deg,
            angle.trusted,
            angle.sd_deg,
            s.sitting_s,
            s.since,
            mean,
            highest,
            s.seated_s,
            s.shown and not s.in_doubt,
            s.upright_s,
            d.deep,
            d.unsure,
            d.deep_s,
            d.since,
            deep_mean,
            deep_highest,
            d.lowered_s,
            angle.roll_deg,
        )
        return tuple.__new__(TimedSecond, columns)  # in order, not by name: a quarter of the cost, 86 400 times a day
