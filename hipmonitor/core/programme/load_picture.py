"""The load picture: who bends this hip most, at which hours, and a kinder way of doing the same.

Counted is the thigh: a bend is one rise and fall of it by 20 deg at least, a deep one goes beyond the limit that was set and back.
The pelvis is not seen: in a chair the hip bends less than the thigh shows, on a bicycle, on stairs and in squats at least as far.
Days that are not valid are left out of every mean. That fewer bends help is common advice, not evidence.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from hipmonitor.core.activity import ActivityKind
from hipmonitor.core.days import DayFigures

HOURS: Final = 24
S_PER_MIN: Final = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Bender:
    """One row of the table: a way of bending the hip, and a kinder one."""

    name: str
    title: str
    kinds: tuple[ActivityKind, ...]
    kinder: str
    """One line; "" = there is none to say."""
    minutes: Callable[[DayFigures], float]
    """Of the day."""
    sits: bool = False
    """Deep time on a seat is its."""


def _of(*kinds: ActivityKind) -> Callable[[DayFigures], float]:
    return lambda day: sum(day.tally.of_kind_s(kind) for kind in kinds) / S_PER_MIN


BENDERS: Final = (
    Bender(
        name="chair",
        title="The chair",
        kinds=(ActivityKind.SIT, ActivityKind.SEDENTARY),
        kinder="A higher seat and leaning back bend it less; getting up with the other leg in front spares it.",
        minutes=_of(ActivityKind.SIT, ActivityKind.SEDENTARY),
        sits=True,
    ),
    Bender(
        name="bike",
        title="The bike",
        kinds=(ActivityKind.CYCLE,),
        kinder="Upright, with the saddle a little higher; walking or swimming on some days.",
        minutes=_of(ActivityKind.CYCLE),
    ),
    Bender(
        name="stairs",
        title="Stairs",
        kinds=(ActivityKind.STAIRS,),
        kinder="One step at a time, a hand on the rail, the other leg first on the way up.",
        minutes=_of(ActivityKind.STAIRS),
    ),
    Bender(
        name="running",
        title="Running",
        kinds=(ActivityKind.RUN,),
        kinder="Walking or swimming in its place for a while, or walk intervals between short jogs.",
        minutes=_of(ActivityKind.RUN),
    ),
    Bender(
        name="walking",
        title="Walking",
        kinds=(ActivityKind.WALK,),
        kinder="Walking is kind already: its bends are small.",
        minutes=_of(ActivityKind.WALK),
    ),
    Bender(
        name="bending_down",
        title="Gym, squats and picking up",
        kinds=(ActivityKind.STAND,),
        kinder="A lunge on the other leg to pick things up; squats to the depth that your physio set.",
        minutes=_of(ActivityKind.STAND),
    ),
    Bender(
        name="other",
        title="Lying and not known",
        kinds=(ActivityKind.LIE, ActivityKind.NOT_WORN, ActivityKind.UNKNOWN),
        kinder="",
        minutes=_of(ActivityKind.LIE, ActivityKind.UNKNOWN),
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class BentBy:
    """One way of bending the hip, a mean over the valid days."""

    bender: Bender
    cycles: float
    """A day; so are the next three."""
    deep_cycles: float
    deep_min: float
    """Above the limit on a seat, where sitting was shown; 0 of anything but the chair."""
    minutes: float
    deep_share: float
    """Of all deep cycles; 0 without any."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HourOfBends:
    """One hour of the wall's clock, a mean over the valid days that have hours."""

    hour: int
    cycles: float
    deep_cycles: float
    deep_by: tuple[tuple[str, float], ...]
    """(name of the row, deep cycles), the most first; without what has none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadPicture:
    """Of a span of days."""

    days: int
    valid_days: int
    rows: tuple[BentBy, ...]
    """Those that bent it at all, the most deep cycles first, then the most cycles."""
    hours: tuple[HourOfBends, ...]
    """24 of them; empty where no valid day has hours."""
    sit_to_stand: float
    """A day."""
    sentences: tuple[str, ...]
    """Who bends this hip most, and when."""


def load_picture(days: Iterable[DayFigures]) -> LoadPicture:
    """Of days in a row; parts that were not worn, and days before hours were kept, are left out, not zero."""
    whole = tuple(days)
    valid = [day for day in whole if day.valid]
    rows, hours = _rows(valid), _hours([day for day in valid if _has_hours(day)])
    return LoadPicture(
        days=len(whole),
        valid_days=len(valid),
        rows=rows,
        hours=hours,
        sit_to_stand=_mean([day.sit_to_stand for day in valid]),
        sentences=tuple(_said(valid, rows, hours)),
    )


def _rows(valid: Sequence[DayFigures]) -> tuple[BentBy, ...]:
    every = _mean([sum(day.deep_cycles.values()) for day in valid])
    found = (_bent_by(bender, valid, every) for bender in BENDERS)
    bent = [row for row in found if row.cycles or row.deep_cycles or row.deep_min]
    return tuple(sorted(bent, key=lambda row: (-row.deep_cycles, -row.cycles)))


def _bent_by(bender: Bender, valid: Sequence[DayFigures], every: float) -> BentBy:
    deep = _mean([sum(day.deep_cycles.get(kind, 0) for kind in bender.kinds) for day in valid])
    return BentBy(
        bender=bender,
        cycles=_mean([sum(day.flexion_cycles.get(kind, 0) for kind in bender.kinds) for day in valid]),
        deep_cycles=deep,
        deep_min=_mean([day.tally.deep_s / S_PER_MIN for day in valid]) if bender.sits else 0.0,
        minutes=_mean([bender.minutes(day) for day in valid]),
        deep_share=deep / every if every else 0.0,
    )


def _has_hours(day: DayFigures) -> bool:
    """A day without a single cycle has all its hours: there was nothing to keep."""
    return bool(day.flexion_cycles_by_hour or day.deep_cycles_by_hour) or not (day.flexion_cycles or day.deep_cycles)


def _hours(valid: Sequence[DayFigures]) -> tuple[HourOfBends, ...]:
    if not any(day.flexion_cycles_by_hour or day.deep_cycles_by_hour for day in valid):
        return ()
    return tuple(_hour(hour, valid) for hour in range(HOURS))


def _hour(hour: int, valid: Sequence[DayFigures]) -> HourOfBends:
    deep = [day.deep_cycles_by_hour.get(hour, {}) for day in valid]
    by = [
        (bender.name, _mean([sum(each.get(kind, 0) for kind in bender.kinds) for each in deep])) for bender in BENDERS
    ]
    return HourOfBends(
        hour=hour,
        cycles=_mean([sum(day.flexion_cycles_by_hour.get(hour, {}).values()) for day in valid]),
        deep_cycles=_mean([sum(each.values()) for each in deep]),
        deep_by=tuple(sorted(((name, value) for name, value in by if value), key=lambda pair: -pair[1])),
    )


def _said(valid: Sequence[DayFigures], rows: Sequence[BentBy], hours: Sequence[HourOfBends]) -> Iterable[str]:
    if not rows:
        yield "No bends were counted on these days." if valid else "No day of these was measured long enough."
        return
    first = rows[0]
    if first.deep_cycles:
        yield (
            f"{first.bender.title}: {100 * first.deep_share:.0f} % of the deep bends, "
            f"{_count(first.deep_cycles)} a day."
        )
    else:
        yield "No deep bends were counted on these days."
    seated = max((row.deep_min for row in rows), default=0.0)
    if seated >= 1:
        yield f"Held above your limit on a seat for {seated:.0f} min a day."
    busiest = max(hours, key=lambda each: each.deep_cycles, default=None)
    if busiest is not None and busiest.deep_cycles:
        yield f"Most deep bends fall between {busiest.hour}:00 and {busiest.hour + 1}:00."


def _count(value: float) -> str:
    return f"{value:.0f}" if value >= 10 else f"{value:.1f}".removesuffix(".0")


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0
