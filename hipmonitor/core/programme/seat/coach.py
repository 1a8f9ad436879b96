"""What is said of the seats of some days, and why no more."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from hipmonitor.core.programme.seat.advice import SeatAdvice, advice_on, angle_sd_deg
from hipmonitor.core.programme.seat.change import SeatChange, changed, cut_at_change
from hipmonitor.core.programme.seat.of_day import SeatReading, seats_by_day
from hipmonitor.core.programme.seat.params import SeatParams
from hipmonitor.core.programme.seat.tape import Zero, zero_of
from hipmonitor.core.settings import SeatHeight


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
    TAPE_DISAGREES = "tape_disagrees"
    """Tape and sensor lie further apart than either errs, so neither is told in centimetres."""
    STILL_UNSURE = "still_unsure"
    """The same after one: each height was measured too few times, or one sat too differently."""


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
    days = [(day, seats) for day, seats in seats_by_day(usable, p) if seats[0].seconds >= p.least_usual_s]
    if not days:
        return SeatCoach(margin_deg=told.margin_deg, silence=_why_none(recent, usable, p))
    before, since = cut_at_change([seats[0] for _, seats in days], told, p)
    change = changed(before, since, told, p) if before else None
    kept = [(seats, zero_of(seats[0], told, measuring_deg, p)) for day, seats in days if day >= since[0].day]
    seats, zero = min(kept, key=lambda one: (angle_sd_deg(one[0][0], one[1]), -one[0][0].day))
    usual, *others = (advice_on(seat, zero, told, p) for seat in seats)
    return SeatCoach(
        margin_deg=told.margin_deg,
        day=seats[0].day,
        usual=usual,
        others=tuple(others),
        change=change,
        silence=_why_no_cm(usual, told, zero),
    )


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


def _why_no_cm(usual: SeatAdvice, told: SeatHeight, zero: Zero) -> SeatSilence | None:
    if not told.thigh_length_cm:
        return SeatSilence.NO_LENGTH
    if usual.raise_cm is not None:
        return None
    if zero.disagrees:
        return SeatSilence.TAPE_DISAGREES
    return SeatSilence.TOO_UNSURE if zero.sd_deg is None else SeatSilence.STILL_UNSURE
