"""Bouts of a day at about one angle: the seats of a day, and how well each is known."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from math import hypot, sqrt

from hipmonitor.core.days import DayBout
from hipmonitor.core.programme.seat.params import SeatParams


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
    """From how it was sat on, and how far the bouts lie apart; the seats of a day differ by no other error."""
    placement_sd_deg: float

    @property
    def sd_deg(self) -> float:
        """One standard deviation of the angle."""
        return hypot(self.own_sd_deg, self.placement_sd_deg)


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


def seats_by_day(readings: Iterable[SeatReading], p: SeatParams) -> list[tuple[int, list[Seat]]]:
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
    """The more looks at one way of sitting the better; but bouts that lie apart may be two chairs, which no time averages away."""
    seconds = sum(one.seconds for one in group)

    def mean(values: Iterable[float]) -> float:
        return sum(one.seconds * value for one, value in zip(group, values, strict=True)) / seconds

    flexion = mean(one.flexion_deg for one in group)
    within = sqrt(mean(one.spread_deg**2 for one in group) / max(1.0, seconds / p.posture_s))
    apart = sqrt(mean((one.flexion_deg - flexion) ** 2 for one in group))
    return Seat(
        day=group[0].day,
        seconds=seconds,
        flexion_deg=flexion,
        own_sd_deg=max(p.least_own_sd_deg, hypot(within, apart)),
        placement_sd_deg=mean(one.placement_sd_deg for one in group),
    )
