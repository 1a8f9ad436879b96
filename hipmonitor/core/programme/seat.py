"""The seat coach: how far the knee is above the hip on the usual seat, how much higher the seat should be, what a change did.

Geometry: hip and knee are a thigh's length L apart, so the knee is L * sin(flexion - 90 deg) above the hip. Feet on the floor keep
the knee where it is while a seat rises (near a level thigh it moves by millimetres), so the seat rises by as much as the knee
comes down against the hip: L * (sin(flexion - 90 deg) - sin(-margin)).

Errors: a strap sits on soft tissue, and that alone is 2.3 deg (1.7 cm at 42 cm) in every strap-on; no standing, walking or sitting
shows it. Seats within one day share it: their difference is known much better. So one seat measured with a tape makes all
seats of that day known to about a centimetre; without it the slope is told and centimetres are not.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import groupby
from math import asin, cos, degrees, hypot, inf, radians, sin, sqrt
from typing import Final

from hipmonitor.core.days import DayBout, Minute
from hipmonitor.core.settings import SeatHeight, day_number

LEVEL_DEG: Final = 90.0


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatParams:
    """What may be tuned. Where no source is named it is our choice."""

    least_bout_s: int = 300
    """Of trusted sitting in a bout; shorter ones are visits."""
    least_usual_s: int = 1200
    """On the usual seat of a day."""
    most_placement_sd_deg: float = 5.0
    """As for alerts: beyond it sitting is hardly told from standing."""
    most_spread_deg: float = 6.0
    """Who sat in ways further apart than this has no one angle: legs crossed for half of the time lift the thigh by 13 deg."""
    same_seat_deg: float = 2.5
    """Bouts closer together are one seat: within 2 cm at 42 cm."""
    posture_s: float = 300.0
    """One sits about so long in one way: so much time is one look at the seat."""
    least_own_sd_deg: float = 0.4
    common_sd_deg: float = 2.3
    """What of a placement's sd is the strap's bed of soft tissue, the same on all seats of a strap-on and much alike in the next."""
    length_sd_cm: float = 1.0
    measured_sd_cm: float = 0.6
    """Of the difference of two heights above the floor, each measured twice."""
    minute_sd_deg: float = 0.5
    """How far the sitter moves within the minute of measuring."""
    most_sd_cm: float = 1.0
    """Told in centimetres only where 1.5 cm are one and a half sd at least."""
    look_back_days: int = 14
    clear_sd: float = 2.0
    """A change is told once it is so many sd, and at least the next."""
    least_change_deg: float = 2.5


class SeatSilence(StrEnum):
    """Why nothing is said, or nothing in centimetres."""

    FEW_MINUTES = "few_minutes"
    UNTRUSTED = "untrusted"
    """The placement is known too badly."""
    SEVERAL_WAYS = "several_ways"
    """Every bout was sat in ways too far apart."""
    NO_LENGTH = "no_length"
    """The thigh's length was not given; so far degrees only."""
    TOO_UNSURE = "too_unsure"
    """Centimetres would not be known to 1.5; degrees only. One measurement with a tape helps."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatReading:
    """One bout's settled angle."""

    day: int
    seconds: int
    flexion_deg: float
    spread_deg: float
    placement_sd_deg: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """Bouts of a day at about one angle: one chair, as far as one sensor can tell."""

    day: int
    seconds: int
    flexion_deg: float
    own_sd_deg: float
    """From how it was sat on; the seats of a day differ by no other error."""
    placement_sd_deg: float

    @property
    def sd_deg(self) -> float:
        """One standard deviation of the angle."""
        return hypot(self.own_sd_deg, self.placement_sd_deg)


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatAdvice:
    """Of one seat."""

    sitting_s: int
    flexion_deg: float
    sd_deg: float
    above_level_deg: float
    """How far the knee's end of the thigh points up beyond the margin; <= 0 = the margin is kept."""
    knee_above_hip_cm: float | None = None
    """< 0: below. None, as the next two, where it is not told in centimetres."""
    raise_cm: float | None = None
    """How much higher the seat should be; <= 0 = it need not."""
    sd_cm: float | None = None

    @property
    def within_error(self) -> bool:
        """The margin is kept as far as can be told."""
        return abs(self.above_level_deg) <= self.sd_deg


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatChange:
    """The usual seat before and after."""

    since_day: int
    lower_deg: float
    """The thigh points so much lower than before; < 0: higher."""
    sd_deg: float
    lower_cm: float | None
    """Of the knee against the hip; None without the thigh's length."""
    sd_cm: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatCoach:
    """What is known of the seats until a day."""

    margin_deg: float
    day: int | None = None
    """The best known day since the last change, on which the rest stands."""
    usual: SeatAdvice | None = None
    """The seat with the most time on that day."""
    others: tuple[SeatAdvice, ...] = ()
    """Of the same day, the most time first."""
    change: SeatChange | None = None
    silence: SeatSilence | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Zero:
    """What is to be added to the angles of a day."""

    offset_deg: float = 0.0
    sd_deg: float | None = None
    """Of a measured level; None: nothing was measured on this day."""


def readings_of(bouts: Iterable[DayBout]) -> tuple[SeatReading, ...]:
    """Of bouts whose angle was kept, in order."""
    return tuple(
        SeatReading(
            day=bout.day,
            seconds=bout.seated.seconds,
            flexion_deg=bout.seated.flexion_deg,
            spread_deg=bout.seated.spread_deg,
            placement_sd_deg=bout.seated.placement_sd_deg,
        )
        for bout in bouts
        if bout.seated is not None
    )


def at_measuring(minutes: Iterable[Minute], told: SeatHeight) -> float | None:
    """What the sensor read in the minute in which the seat was measured; None where it read nothing, or nothing was measured."""
    if told.measured is None:
        return None
    day, minute_of_day = told.measured
    return next(
        (one.tally.mean_flexion_deg for one in minutes if (one.day, one.minute_of_day) == (day, minute_of_day)), None
    )


def seat_coach(
    readings: Iterable[SeatReading],
    told: SeatHeight,
    *,
    today: int,
    measuring_deg: float | None = None,
    params: SeatParams | None = None,
) -> SeatCoach:
    """The advice of a day, from the bouts of the days before and of itself; later ones are left out.

    `measuring_deg`: as `at_measuring` gives it.
    """
    p = params or SeatParams()
    recent = [one for one in readings if today - p.look_back_days < one.day <= today]
    usable = [one for one in recent if _usable(one, p)]
    days = [(day, seats) for day, seats in _by_day(usable, p) if seats[0].seconds >= p.least_usual_s]
    if not days:
        return SeatCoach(margin_deg=told.margin_deg, silence=_why_none(recent, usable, p))
    before, since = _cut_at_change([seats[0] for _, seats in days], told, p)
    change = _change(before, since, told, p) if before else None
    kept = [(seats, _zero(day, told, measuring_deg, p)) for day, seats in days if day >= since[0].day]
    seats, zero = min(kept, key=lambda one: (_sd_deg(one[0][0], one[1]), -one[0][0].day))
    usual, *others = (_advice(seat, zero, told, p) for seat in seats)
    return SeatCoach(
        margin_deg=told.margin_deg,
        day=seats[0].day,
        usual=usual,
        others=tuple(others),
        change=change,
        silence=_why_no_cm(usual, told),
    )


# -- seats of a day ----------------------------------------------------------------------------------------------------


def _usable(one: SeatReading, p: SeatParams) -> bool:
    enough = one.seconds >= p.least_bout_s
    return enough and one.spread_deg <= p.most_spread_deg and one.placement_sd_deg <= p.most_placement_sd_deg


def _why_none(recent: Sequence[SeatReading], usable: Sequence[SeatReading], p: SeatParams) -> SeatSilence:
    long = [one for one in recent if one.seconds >= p.least_bout_s]
    if usable or not long:
        return SeatSilence.FEW_MINUTES
    if all(one.placement_sd_deg > p.most_placement_sd_deg for one in long):
        return SeatSilence.UNTRUSTED
    return SeatSilence.SEVERAL_WAYS


def _by_day(readings: Iterable[SeatReading], p: SeatParams) -> list[tuple[int, list[Seat]]]:
    """Seats of each day, the most time first: bouts in order of angle, cut where two neighbours are further apart than one seat."""
    found: list[tuple[int, list[Seat]]] = []
    for day, of_day in groupby(sorted(readings, key=lambda one: (one.day, one.flexion_deg)), key=lambda one: one.day):
        groups: list[list[SeatReading]] = []
        for one in of_day:
            if groups and one.flexion_deg - groups[-1][-1].flexion_deg <= p.same_seat_deg:
                groups[-1].append(one)
            else:
                groups.append([one])
        found.append((day, sorted((_seat(group, p) for group in groups), key=lambda seat: -seat.seconds)))
    return found


def _seat(group: Sequence[SeatReading], p: SeatParams) -> Seat:
    seconds = sum(one.seconds for one in group)

    def mean(values: Iterable[float]) -> float:
        return sum(one.seconds * value for one, value in zip(group, values, strict=True)) / seconds

    flexion = mean(one.flexion_deg for one in group)
    spread = sqrt(mean(one.spread_deg**2 + (one.flexion_deg - flexion) ** 2 for one in group))
    looks = max(1.0, seconds / p.posture_s)
    return Seat(
        day=group[0].day,
        seconds=seconds,
        flexion_deg=flexion,
        own_sd_deg=max(p.least_own_sd_deg, spread / sqrt(looks)),
        placement_sd_deg=mean(one.placement_sd_deg for one in group),
    )


# -- in centimetres ----------------------------------------------------------------------------------------------------


def _zero(day: int, told: SeatHeight, measuring_deg: float | None, p: SeatParams) -> _Zero:
    """On the day on which a seat was measured, what the tape says of that minute corrects every angle."""
    if measuring_deg is None or told.measured is None or told.measured[0] != day or not told.thigh_length_cm:
        return _Zero()
    slope = max(-1.0, min(1.0, told.knee_above_hip_cm / told.thigh_length_cm))
    return _Zero(
        offset_deg=LEVEL_DEG + degrees(asin(slope)) - measuring_deg,
        sd_deg=hypot(degrees(p.measured_sd_cm / told.thigh_length_cm), p.minute_sd_deg),
    )


def _sd_deg(seat: Seat, zero: _Zero) -> float:
    """Of a seat's angle: by the tape and how it was sat on, or by the placement and that."""
    return hypot(seat.own_sd_deg, seat.placement_sd_deg if zero.sd_deg is None else zero.sd_deg)


def _advice(seat: Seat, zero: _Zero, told: SeatHeight, p: SeatParams) -> SeatAdvice:
    flexion, sd_deg = seat.flexion_deg + zero.offset_deg, _sd_deg(seat, zero)
    advice = SeatAdvice(
        sitting_s=seat.seconds,
        flexion_deg=flexion,
        sd_deg=sd_deg,
        above_level_deg=flexion - LEVEL_DEG + told.margin_deg,
    )
    if not told.thigh_length_cm:
        return advice
    knee = told.thigh_length_cm * sin(radians(flexion - LEVEL_DEG))
    raised = knee + told.thigh_length_cm * sin(radians(told.margin_deg))
    by_angle = told.thigh_length_cm * cos(radians(flexion - LEVEL_DEG)) * radians(sd_deg)
    sd_cm = hypot(by_angle, raised / told.thigh_length_cm * p.length_sd_cm)
    if sd_cm > p.most_sd_cm:
        return advice
    return replace(advice, knee_above_hip_cm=knee, raise_cm=raised, sd_cm=sd_cm)


def _why_no_cm(usual: SeatAdvice, told: SeatHeight) -> SeatSilence | None:
    if not told.thigh_length_cm:
        return SeatSilence.NO_LENGTH
    return SeatSilence.TOO_UNSURE if usual.raise_cm is None else None


# -- what a change did -------------------------------------------------------------------------------------------------


def _cut_at_change(usual: Sequence[Seat], told: SeatHeight, p: SeatParams) -> tuple[list[Seat], list[Seat]]:
    """Usual seats before the last change, and since; there was none: nothing before."""
    if told.changed_on:
        changed = day_number(told.changed_on)
        before, since = [s for s in usual if s.day < changed], [s for s in usual if s.day >= changed]
        return (before, since) if since else ([], before)
    before, since = [], [usual[0]]
    for seat in usual[1:]:
        if abs(seat.flexion_deg - _mean_deg(since)) > max(
            p.least_change_deg, p.clear_sd * _apart_sd_deg(since, [seat], p)
        ):
            before, since = since, [seat]
        else:
            since.append(seat)
    return before, since


def _change(before: Sequence[Seat], since: Sequence[Seat], told: SeatHeight, p: SeatParams) -> SeatChange:
    lower, sd = _mean_deg(before) - _mean_deg(since), _apart_sd_deg(before, since, p)
    cm = sd_cm = None
    if told.thigh_length_cm:
        high, low = (sin(radians(_mean_deg(seats) - LEVEL_DEG)) for seats in (before, since))
        cm, sd_cm = told.thigh_length_cm * (high - low), told.thigh_length_cm * radians(sd)
    return SeatChange(since_day=since[0].day, lower_deg=lower, sd_deg=sd, lower_cm=cm, sd_cm=sd_cm)


def _mean_deg(seats: Sequence[Seat]) -> float:
    """Weighted by how well each day is known."""
    weights = [seat.sd_deg**-2 for seat in seats]
    return sum(w * seat.flexion_deg for w, seat in zip(weights, seats, strict=True)) / sum(weights)


def _apart_sd_deg(before: Sequence[Seat], since: Sequence[Seat], p: SeatParams) -> float:
    """Of the difference: what every strap-on has in common drops out."""
    return hypot(_changing_sd_deg(before, p), _changing_sd_deg(since, p))


def _changing_sd_deg(seats: Sequence[Seat], p: SeatParams) -> float:
    weight = 0.0
    for seat in seats:
        changing = seat.sd_deg**2 - min(p.common_sd_deg, seat.placement_sd_deg) ** 2
        weight += 1 / max(changing, 1.0)
    return sqrt(1 / weight) if weight else inf
