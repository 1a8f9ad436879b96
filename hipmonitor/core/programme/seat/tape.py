"""A seat measured once with a tape: what it says of every angle of that day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import asin, degrees, hypot, sqrt
from statistics import median
from typing import Final

from hipmonitor.core.days import Minute
from hipmonitor.core.programme.seat.of_day import Seat
from hipmonitor.core.programme.seat.params import LEVEL_DEG, SeatParams
from hipmonitor.core.settings import SeatHeight

MEASURED_AROUND_MIN: Final = 1
"""To measure two heights some times takes about three minutes: the one that is named, and one either side."""
LEAST_SAT_S: Final = 50
"""Of such a minute; in one with less they sat down or rose."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Zero:
    """What is to be added to the angles of a day."""

    offset_deg: float = 0.0
    sd_deg: float | None = None
    """Of a measured level; None: nothing was measured on this day, or it is not believed."""
    disagrees: bool = False
    """Tape and sensor lie further apart than either errs: perhaps a sign, or another minute."""


def at_measuring(minutes: Iterable[Minute], told: SeatHeight) -> float | None:
    """What the sensor read in the minutes of measuring that were sat through, the median of them: in one the legs may have moved.

    None where it read nothing, or nothing was measured.
    """
    if told.measured is None:
        return None
    day, middle = told.measured
    near = (one.tally for one in minutes if one.day == day and abs(one.minute_of_day - middle) <= MEASURED_AROUND_MIN)
    read = [tally.mean_flexion_deg for tally in near if tally.sit_s + tally.sedentary_s >= LEAST_SAT_S]
    known = [degrees for degrees in read if degrees is not None]
    return median(known) if known else None


def zero_of(seat: Seat, told: SeatHeight, measuring_deg: float | None, p: SeatParams) -> Zero:
    """On the day on which a seat was measured, what the tape says of that minute corrects every angle."""
    if measuring_deg is None or told.measured is None or told.measured[0] != seat.day or not told.thigh_length_cm:
        return Zero()
    slope = max(-1.0, min(1.0, told.knee_above_hip_cm / told.thigh_length_cm))
    offset_deg = LEVEL_DEG + degrees(asin(slope)) - measuring_deg
    wandered_deg = p.wander_deg / sqrt(2 * told.times_measured)
    sd_deg = hypot(degrees(_measured_sd_cm(told, p) / told.thigh_length_cm), wandered_deg)
    if abs(offset_deg) > p.disagree_sd * hypot(sd_deg, seat.placement_sd_deg):
        return Zero(disagrees=True)
    return Zero(offset_deg=offset_deg, sd_deg=sd_deg)


def _measured_sd_cm(told: SeatHeight, p: SeatParams) -> float:
    """Of the difference of two mean heights."""
    return sqrt(2 * (p.joint_sd_cm**2 + p.look_sd_cm**2 / told.times_measured))
