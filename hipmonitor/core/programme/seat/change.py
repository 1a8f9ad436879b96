"""What a change of the usual seat did."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import hypot, inf, radians, sin, sqrt

from hipmonitor.core.programme.seat.of_day import Seat
from hipmonitor.core.programme.seat.params import LEVEL_DEG, SeatParams
from hipmonitor.core.settings import SeatHeight, day_number


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


def cut_at_change(usual: Sequence[Seat], told: SeatHeight, p: SeatParams) -> tuple[list[Seat], list[Seat]]:
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


def changed(before: Sequence[Seat], since: Sequence[Seat], told: SeatHeight, p: SeatParams) -> SeatChange:
    """Of the usual seat, in degrees, and in centimetres where the thigh's length is known."""
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
