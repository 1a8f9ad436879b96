"""The figures of a day that a physio knows, from what its recordings brought."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from hipmonitor.core.activity import ActivityKind
from hipmonitor.core.civil import S_PER_DAY
from hipmonitor.core.days.bouts import DayBout
from hipmonitor.core.days.day_part import ByHour, DayPart, LimitsInForce, merged, peak_deg, percentile_deg
from hipmonitor.core.days.stepping import BANDS, BOUT_BINS, MILLI, PEAK_WINDOWS_S, bin_of
from hipmonitor.core.days.tally import Tally
from hipmonitor.core.exposure import TransitionKind
from hipmonitor.core.settings import Settings

SITTING_BINS_S = (0, 600, 1800, 3600, 7200, 14_400)
"""Seconds from which each bin of sitting bouts begins: activPAL's (30, 60, 120, 240 min), and 10 min."""
LONG_S, VERY_LONG_S = 1800, 3600


@dataclass(frozen=True, slots=True, kw_only=True)
class Bin:
    """Bouts of a length in [from_s, to_s), and their time on this day."""

    from_s: int
    to_s: int | None
    """None: no end."""
    bouts: int
    """That began on this day."""
    time_s: int
    steps: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class SittingFigures:
    """Sitting bouts. A bout ends with a break; short upright spells stay inside it and count as standing."""

    bouts: int
    """That began on this day."""
    usual_s: int | None
    """Half of the sitting time of these bouts was in ones up to this long (W50, Chastin and Granat 2010); None without any."""
    longest_s: int
    over_30: int
    over_30_s: int
    """Time of longer bouts on this day."""
    over_60: int
    over_60_s: int
    bins: tuple[Bin, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CadenceBand:
    """Seconds of stepping in [from_spm, next band's), and the steps in them."""

    from_spm: float
    time_s: int
    steps: float


@dataclass(frozen=True, slots=True, kw_only=True)
class DayFigures:
    """One civil day of the wearer. Times in whole seconds; what was not recorded is no figure's time."""

    day: int
    """Days since 1970-01-01 of the wearer's date."""
    length_s: int
    """86 400, but where clocks or the wearer changed zones while recording."""
    valid_day_worn_h: float
    tally: Tally
    """Time of every kind, above every angle, worn, not worn, unknown, untrusted."""
    limits: LimitsInForce | None
    """At the end of the day; None of a day without a recording."""
    sitting: SittingFigures
    breaks: int
    transitions: dict[TransitionKind, int]
    minimum_bout_s: int
    """Least time on both sides of a counted transition."""
    longest_deep_s: int
    """In one piece; of the day on which it began."""
    flexion_p95_deg: float | None
    """95 of 100 seconds were below; of those that are trusted and surely not lying. None without any."""
    flexion_peak_deg: float | None
    steps: float
    crank_turns: float
    cadence: tuple[CadenceBand, ...]
    walks: tuple[Bin, ...]
    """Stepping bouts: nothing but walking, running and stairs in them."""
    peak_steps: tuple[tuple[int, float], ...]
    """(window in seconds, most steps within one)."""
    flexion_cycles: dict[ActivityKind, int]
    deep_cycles: dict[ActivityKind, int]
    flexion_cycles_by_hour: ByHour
    """Hour of the wall's clock; empty of days that were kept before hours were. So is the next one."""
    deep_cycles_by_hour: ByHour
    other_flexion_cycles: dict[ActivityKind, int]
    """Of the other thigh, in the time in which it was seen."""
    other_deep_cycles: dict[ActivityKind, int]
    other_seen_s: int
    """0: no sensor was seen there, and nothing is known of it."""
    gaps: int
    gap_s: float

    @property
    def valid(self) -> bool:
        """Worn long enough to be in a mean."""
        return self.tally.recorded_s > 0 and self.tally.worn_s >= self.valid_day_worn_h * 3600

    @property
    def not_recorded_s(self) -> int:
        """Of the day."""
        return max(0, self.length_s - self.tally.recorded_s)

    @property
    def sit_to_stand(self) -> int:
        """Transitions from a seat to the feet."""
        return self.transitions.get(TransitionKind.SIT_TO_STAND, 0)

    @property
    def sides(self) -> tuple[int, int] | None:
        """Deep bends of the worn and of the other thigh; None where the other was not seen."""
        return (sum(self.deep_cycles.values()), sum(self.other_deep_cycles.values())) if self.other_seen_s else None

    def stepping_from(self, spm: float) -> tuple[int, float]:
        """(seconds, steps) at this cadence or more; one of the bands' limits."""
        bands = [band for band in self.cadence if band.from_spm >= spm]
        return sum(band.time_s for band in bands), sum(band.steps for band in bands)


def figures_of_day(
    day: int,
    parts: Iterable[DayPart],
    bouts: Sequence[DayBout],
    *,
    valid_day_worn_h: float,
    minimum_bout_s: int,
) -> DayFigures:
    """Figures of a day from its parts and from the bouts that fell on it, of all recordings."""
    part = merged(parts) or _nothing(day)
    return DayFigures(
        day=day,
        length_s=S_PER_DAY - (part.last_utc_offset_s - part.first_utc_offset_s),
        valid_day_worn_h=valid_day_worn_h,
        tally=part.tally,
        limits=part.limits if part.tally.recorded_s else None,
        sitting=sitting_figures(day, bouts),
        breaks=part.breaks,
        transitions=dict(sorted(part.transitions.items())),
        minimum_bout_s=minimum_bout_s,
        longest_deep_s=part.longest_deep_s,
        flexion_p95_deg=percentile_deg(part.flexion_bins, 0.95),
        flexion_peak_deg=peak_deg(part),
        steps=part.steps_milli / MILLI,
        crank_turns=part.crank_turns_milli / MILLI,
        cadence=tuple(
            CadenceBand(from_spm=spm, time_s=time_s, steps=milli / MILLI)
            for spm, time_s, milli in zip(BANDS, part.cadence_s, part.cadence_steps_milli, strict=True)
        ),
        walks=_bins(BOUT_BINS, part.walks, part.walks_s, part.walks_steps_milli),
        peak_steps=tuple(
            (window_s, milli / MILLI) for window_s, milli in zip(PEAK_WINDOWS_S, part.peak_steps_milli, strict=True)
        ),
        flexion_cycles=dict(sorted(part.flexion_cycles.items())),
        deep_cycles=dict(sorted(part.deep_cycles.items())),
        flexion_cycles_by_hour=_in_order(part.flexion_cycles_by_hour),
        deep_cycles_by_hour=_in_order(part.deep_cycles_by_hour),
        other_flexion_cycles=dict(sorted(part.other_flexion_cycles.items())),
        other_deep_cycles=dict(sorted(part.other_deep_cycles.items())),
        other_seen_s=part.other_seen_s,
        gaps=part.gaps,
        gap_s=part.gap_ms / MILLI,
    )


def sitting_figures(day: int, bouts: Sequence[DayBout]) -> SittingFigures:
    """Counts of the bouts that began on the day; time of all that fell on it, by the length of the whole bout."""
    lengths = sorted(bout.sitting_s for bout in bouts if bout.day == day)
    counts, times = [0] * len(SITTING_BINS_S), [0] * len(SITTING_BINS_S)
    for length_s in lengths:
        counts[bin_of(length_s, SITTING_BINS_S)] += 1
    for bout in bouts:
        times[bin_of(bout.sitting_s, SITTING_BINS_S)] += bout.on_s(day)
    return SittingFigures(
        bouts=len(lengths),
        usual_s=_half_of_the_time(lengths),
        longest_s=lengths[-1] if lengths else 0,
        over_30=sum(length_s > LONG_S for length_s in lengths),
        over_30_s=sum(bout.on_s(day) for bout in bouts if bout.sitting_s > LONG_S),
        over_60=sum(length_s > VERY_LONG_S for length_s in lengths),
        over_60_s=sum(bout.on_s(day) for bout in bouts if bout.sitting_s > VERY_LONG_S),
        bins=_bins(SITTING_BINS_S, counts, times, [0] * len(counts)),
    )


def _in_order(by_hour: ByHour) -> ByHour:
    return {hour: dict(sorted(by_hour[hour].items())) for hour in sorted(by_hour)}


def _half_of_the_time(lengths: Sequence[int]) -> int | None:
    """Of lengths in order, the first with which half of their sum is reached."""
    reached = 0
    for length_s in lengths:
        reached += length_s
        if 2 * reached >= sum(lengths):
            return length_s
    return None


def _bins(begins: Sequence[int], counts: Sequence[int], times: Sequence[int], steps: Sequence[int]) -> tuple[Bin, ...]:
    ends = (*begins[1:], None)
    return tuple(
        Bin(from_s=from_s, to_s=to_s, bouts=count, time_s=time_s, steps=milli / MILLI)
        for from_s, to_s, count, time_s, milli in zip(begins, ends, counts, times, steps, strict=True)
    )


def _nothing(day: int) -> DayPart:
    limits = LimitsInForce.of(Settings())
    return DayPart(day=day, first_s=0, last_s=0, first_utc_offset_s=0, last_utc_offset_s=0, limits=limits)
