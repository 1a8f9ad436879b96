"""Every figure of a day beside the truth, each with its tolerance.

Times: 5 % or 60 s; the day's length exactly, recorded time within 5 s. Counts: 5 % or 2. Angles: 5 deg. Time above an angle, or at
a cadence, may beside that be the truth's for an edge that is 3 deg, or 5 steps a minute, lower or higher: an edge through the
middle of somebody's usual seat or pace has no other meaning. What the alerts count as deep is at most the truth's, for it needs
evidence of a seat.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from hipmonitor.core.activity import ActivityKind
from hipmonitor.core.days import DayFigures
from tests.benchmarks.week_days import TrueDay
from tests.benchmarks.week_truth import CYCLE, HELD, LIE, NOT_WORN, SIT, STEPPING, UNSEEN, UPRIGHT

SHARE, SECONDS, COUNT, DEGREES = 0.05, 60.0, 2.0, 5.0
EDGE_DEG, EDGE_SPM = 3.0, 5.0
RECORDED_S = 5.0
"""A recording has two ends."""
LONG_S, VERY_LONG_S = 1800, 3600


@dataclass(frozen=True, kw_only=True)
class Compared:
    """One figure of one day."""

    name: str
    ours: float
    low: float
    high: float
    """The truth, or its range."""
    tolerance: float

    @property
    def met(self) -> bool:
        """Within the tolerance of the truth."""
        return self.low - self.tolerance <= self.ours <= self.high + self.tolerance

    @property
    def truth(self) -> str:
        """As printed."""
        return f"{self.low:.0f}" if self.low == self.high else f"{self.low:.0f} to {self.high:.0f}"


def _time(name: str, ours: float, truth: float, high: float | None = None) -> Compared:
    most = truth if high is None else high
    return Compared(name=name, ours=ours, low=truth, high=most, tolerance=max(SECONDS, SHARE * most))


def _count(name: str, ours: float, truth: float, high: float | None = None) -> Compared:
    most = truth if high is None else high
    return Compared(name=name, ours=ours, low=truth, high=most, tolerance=max(COUNT, SHARE * most))


def compared(ours: DayFigures, truth: TrueDay) -> Iterator[Compared]:
    """All figures of a day."""
    yield from _times(ours, truth)
    yield from _sitting(ours, truth)
    yield from _angles(ours, truth)
    yield from _stepping(ours, truth)


def _times(ours: DayFigures, truth: TrueDay) -> Iterator[Compared]:
    t = ours.tally
    length = truth.length_s
    yield Compared(name="length of the day", ours=ours.length_s, low=length, high=length, tolerance=0)
    recorded = len(truth.kind)
    yield Compared(name="recorded", ours=t.recorded_s, low=recorded, high=recorded, tolerance=RECORDED_S)
    yield _time("worn", t.worn_s, truth.seconds(SIT, LIE, HELD, CYCLE, *UPRIGHT))
    yield _time("not worn", t.not_worn_s, truth.seconds(NOT_WORN))
    yield _time("unknown", t.unknown_s, truth.seconds(UNSEEN))
    yield _time("untrusted angle", t.untrusted_s, 0)
    yield _time("sedentary time", t.sedentary_time_s, truth.seconds(SIT, LIE, HELD))
    yield _time("lying", t.lie_s, truth.seconds(LIE))
    yield _time("sitting", t.sit_s, truth.seconds(SIT))
    for name, seconds, kind in (
        ("standing", t.stand_s, UPRIGHT[0]),
        ("walking", t.walk_s, UPRIGHT[1]),
        ("running", t.run_s, UPRIGHT[2]),
        ("stairs", t.stairs_s, UPRIGHT[3]),
        ("cycling", t.cycle_s, CYCLE),
    ):
        yield _time(name, seconds, truth.seconds(kind))
    yield _time("upright", t.upright_s, truth.seconds(*UPRIGHT))
    yield _count("gaps", ours.gaps, truth.gaps)
    yield _time("time of gaps", ours.gap_s, truth.gap_s)
    yield Compared(name="valid", ours=ours.valid, low=_valid(truth), high=_valid(truth), tolerance=0)


def _valid(truth: TrueDay) -> float:
    return float(truth.seconds(SIT, LIE, HELD, CYCLE, *UPRIGHT) >= 10 * 3600)


def _sitting(ours: DayFigures, truth: TrueDay) -> Iterator[Compared]:
    lengths = sorted(length for length, _ in truth.bouts)
    s = ours.sitting
    yield _count("sitting bouts", s.bouts, len(lengths))
    yield _time("usual bout", s.usual_s or 0, _usual(lengths))
    yield _time("longest bout", s.longest_s, max(lengths, default=0))
    for name, count, seconds, least in (
        ("> 30 min", s.over_30, s.over_30_s, LONG_S),
        ("> 60 min", s.over_60, s.over_60_s, VERY_LONG_S),
    ):
        yield _count(f"bouts {name}", count, sum(length > least for length in lengths))
        yield _time(f"time in bouts {name}", seconds, sum(on for length, on in truth.shares if length > least))
    for part in s.bins:
        to_s = part.to_s or np.inf
        inside = [length for length, _ in truth.bouts if part.from_s <= length < to_s]
        yield _count(f"bouts from {part.from_s // 60} min", part.bouts, len(inside))
    yield _count("breaks", ours.breaks, truth.breaks)
    yield _count("sit to stand", ours.sit_to_stand, truth.seat_to_feet)
    told = {kind.value: count for kind, count in ours.transitions.items()}
    yield _count("to the feet", sum(n for kind, n in told.items() if kind.endswith("to_stand")), truth.to_feet)
    yield _count("to a rest", sum(n for kind, n in told.items() if not kind.endswith("to_stand")), truth.to_rest)


def _usual(lengths: list[int]) -> int:
    reached = np.cumsum(lengths)
    return lengths[int(np.argmax(2 * reached >= reached[-1]))] if lengths else 0


def _angles(ours: DayFigures, truth: TrueDay) -> Iterator[Compared]:
    t = ours.tally
    for degrees, seconds in ((70, t.above_70_s), (80, t.above_80_s), (90, t.above_90_s), (100, t.above_100_s)):
        yield _time(f"above {degrees} deg", seconds, *_range(truth.above, degrees))
    low, high = _range(truth.above, 90)
    yield _time("above the limit", t.above_limit_s, low, high)
    yield Compared(
        name="its range reaches the truth",
        ours=float(t.above_limit_at_least_s <= high and t.above_limit_at_most_s >= low),
        low=1,
        high=1,
        tolerance=0,
    )
    yield Compared(name="deep by the alerts", ours=t.deep_s, low=0, high=truth.above(85 - EDGE_DEG), tolerance=SECONDS)
    longest = truth.longest_above(85 - EDGE_DEG)
    yield Compared(name="longest deep", ours=ours.longest_deep_s, low=0, high=longest, tolerance=SECONDS)
    bent = truth.bent_deg()
    for name, value, true in (
        ("95th percentile of flexion", ours.flexion_p95_deg, np.percentile(bent, 95) if len(bent) else 0.0),
        ("highest flexion", ours.flexion_peak_deg, truth.highest_deg[truth.bent_rows()].max(initial=0.0)),
        ("mean flexion", t.mean_flexion_deg, truth.mean_deg()),
    ):
        yield Compared(name=name, ours=value or 0.0, low=float(true), high=float(true), tolerance=DEGREES)


def _range(of: Callable[[float], int], edge: float) -> tuple[int, int]:
    return of(edge + EDGE_DEG), of(edge - EDGE_DEG)


def _stepping(ours: DayFigures, truth: TrueDay) -> Iterator[Compared]:
    spm = np.array(truth.step_spm)
    yield _count("steps", ours.steps, len(spm))
    for edge in (75, 100, 125):
        low, high = (int(np.count_nonzero(spm >= edge + e)) for e in (EDGE_SPM, -EDGE_SPM))
        seconds, steps = ours.stepping_from(edge)
        yield _count(f"steps from {edge}/min", steps, low, high)
        each = [float(np.sum(60 / spm[spm >= edge + e])) for e in (EDGE_SPM, -EDGE_SPM)]
        yield _time(f"time from {edge}/min", seconds, *each)
    for least in (60, 300, 600, 1200):
        count, seconds = truth.walks(least)
        bins = [part for part in ours.walks if part.from_s >= least]
        yield _count(f"walks of {least // 60} min or more", sum(part.bouts for part in bins), count)
        yield _time(f"time in walks of {least // 60} min", sum(part.time_s for part in bins), seconds)
    for window_s, steps in ours.peak_steps:
        yield _count(f"most steps in {window_s} s", steps, truth.most_steps(window_s))
    yield _count("turns of the crank", ours.crank_turns, truth.cranks)
    tops = [degrees for kind, degrees in truth.tops if kind in STEPPING]
    walked = sum(
        ours.flexion_cycles.get(kind, 0) for kind in (ActivityKind.WALK, ActivityKind.RUN, ActivityKind.STAIRS)
    )
    yield _count("flexion cycles on the feet", walked, len(tops))
    yield _count("deep cycles", sum(ours.deep_cycles.values()), *truth.deep_cycles(90, EDGE_DEG))
