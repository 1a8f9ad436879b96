"""What one recording brings to one day of the wearer. Parts of a day add up, in any order."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import accumulate

from hipmonitor.core.activity import ActivityKind
from hipmonitor.core.days.stepping import BANDS, BOUT_BINS, PEAK_WINDOWS_S
from hipmonitor.core.days.tally import MDEG, Tally
from hipmonitor.core.exposure import TransitionKind
from hipmonitor.core.settings import Settings

ByHour = dict[int, dict[ActivityKind, int]]
BINS_PER_DEG = 2
"""Means of seconds are counted in half degrees: a percentile is off by less than that."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LimitsInForce:
    """What the wearer or the physio had set, at the end of the part."""

    thigh_limit_deg: float
    deep_limit_min: float
    sit_limit_min: float
    break_s: float
    set_by: str
    set_on: str
    confirmed: bool

    @classmethod
    def of(cls, settings: Settings) -> LimitsInForce:
        """What of the settings a day's figures rest on."""
        return cls(
            thigh_limit_deg=settings.deep_flexion.thigh_limit_deg,
            deep_limit_min=settings.deep_flexion.deep_limit_min,
            sit_limit_min=settings.sitting.sit_limit_min,
            break_s=settings.sitting.break_s,
            set_by=settings.set_by,
            set_on=settings.set_on,
            confirmed=settings.confirmed,
        )


@dataclass(slots=True, kw_only=True)
class DayPart:
    """Whole seconds, and thousandths of steps and degrees."""

    day: int
    first_s: int
    """Unix second of the first decided second of the day, and of the last."""
    last_s: int
    first_utc_offset_s: int
    last_utc_offset_s: int
    limits: LimitsInForce
    tally: Tally = field(default_factory=Tally)
    longest_deep_s: int = 0
    """Above the limit in one piece; it belongs to the day on which it began."""
    flexion_bins: dict[int, int] = field(default_factory=dict)
    """Seconds whose mean is in [bin, bin + 1) half degrees; trusted, and surely not lying."""
    peak_mdeg: int | None = None
    """Highest angle in those seconds."""
    transitions: dict[TransitionKind, int] = field(default_factory=dict)
    breaks: int = 0
    """Of the bouts whose last second of sitting was on this day."""
    steps_milli: int = 0
    crank_turns_milli: int = 0
    cadence_s: list[int] = field(default_factory=lambda: [0] * len(BANDS))
    """Seconds in each cadence band, and the steps in them."""
    cadence_steps_milli: list[int] = field(default_factory=lambda: [0] * len(BANDS))
    walks: list[int] = field(default_factory=lambda: [0] * len(BOUT_BINS))
    """Stepping bouts by length, their time and their steps; all of the day on which they began."""
    walks_s: list[int] = field(default_factory=lambda: [0] * len(BOUT_BINS))
    walks_steps_milli: list[int] = field(default_factory=lambda: [0] * len(BOUT_BINS))
    peak_steps_milli: list[int] = field(default_factory=lambda: [0] * len(PEAK_WINDOWS_S))
    flexion_cycles: dict[ActivityKind, int] = field(default_factory=dict)
    deep_cycles: dict[ActivityKind, int] = field(default_factory=dict)
    flexion_cycles_by_hour: ByHour = field(default_factory=dict)
    """The same by the hour of the wall's clock; empty in rows from before it was kept. So is the next one."""
    deep_cycles_by_hour: ByHour = field(default_factory=dict)
    other_flexion_cycles: dict[ActivityKind, int] = field(default_factory=dict)
    """Of the other thigh, where a sensor is worn on it; likewise the next ones."""
    other_deep_cycles: dict[ActivityKind, int] = field(default_factory=dict)
    other_seen_s: int = 0
    """With a trusted angle of it while the wearer was seen: nothing is known of its other time."""
    gaps: int = 0
    """That began on this day."""
    gap_ms: int = 0
    """Time without usable samples on this day."""


def merged(parts: Iterable[DayPart]) -> DayPart | None:
    """The whole day; None of nothing. The parts are left as they are."""
    in_order = sorted(parts, key=lambda part: (part.first_s, part.last_s))
    if not in_order:
        return None
    whole = DayPart(
        day=in_order[0].day,
        first_s=in_order[0].first_s,
        last_s=max(part.last_s for part in in_order),
        first_utc_offset_s=in_order[0].first_utc_offset_s,
        last_utc_offset_s=max(in_order, key=lambda part: part.last_s).last_utc_offset_s,
        limits=in_order[-1].limits,
    )
    for part in in_order:
        _add(whole, part)
    return whole


def _add(whole: DayPart, part: DayPart) -> None:
    whole.tally.add(part.tally)
    whole.longest_deep_s = max(whole.longest_deep_s, part.longest_deep_s)
    whole.peak_mdeg = max(
        (peak for peak in (whole.peak_mdeg, part.peak_mdeg) if peak is not None),
        default=None,
    )
    for name in (
        "flexion_bins",
        "transitions",
        "flexion_cycles",
        "deep_cycles",
        "other_flexion_cycles",
        "other_deep_cycles",
    ):
        total, more = getattr(whole, name), getattr(part, name)
        for key, count in more.items():
            total[key] = total.get(key, 0) + count
    for name in ("flexion_cycles_by_hour", "deep_cycles_by_hour"):
        for hour, counts in getattr(part, name).items():
            for kind, count in counts.items():
                count_in_hour(getattr(whole, name), hour, kind, count)
    for name in ("cadence_s", "cadence_steps_milli", "walks", "walks_s", "walks_steps_milli"):
        setattr(whole, name, [a + b for a, b in zip(getattr(whole, name), getattr(part, name), strict=True)])
    whole.peak_steps_milli = [max(pair) for pair in zip(whole.peak_steps_milli, part.peak_steps_milli, strict=True)]
    for name in ("breaks", "steps_milli", "crank_turns_milli", "other_seen_s", "gaps", "gap_ms"):
        setattr(whole, name, getattr(whole, name) + getattr(part, name))


def count_in_hour(by_hour: ByHour, hour: int, kind: ActivityKind, count: int = 1) -> None:
    """So many more."""
    kinds = by_hour.setdefault(hour, {})
    kinds[kind] = kinds.get(kind, 0) + count


def percentile_deg(bins: dict[int, int], share: float) -> float | None:
    """Linear within its half degree; None of nothing."""
    if not bins:
        return None
    numbers = sorted(bins)
    reached = list(accumulate(bins[number] for number in numbers))
    due = share * reached[-1]
    k = min(bisect_left(reached, due), len(numbers) - 1)
    inside = 1 - (reached[k] - due) / bins[numbers[k]]
    return (numbers[k] + inside) / BINS_PER_DEG


def peak_deg(part: DayPart) -> float | None:
    """In degrees."""
    return None if part.peak_mdeg is None else part.peak_mdeg / MDEG
