"""From the angle on a seat to how many centimetres it should rise, where that is known."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import cos, hypot, radians, sin

from hipmonitor.core.programme.seat.of_day import Seat
from hipmonitor.core.programme.seat.params import LEVEL_DEG, SeatParams
from hipmonitor.core.programme.seat.tape import Zero
from hipmonitor.core.settings import SeatHeight


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


def angle_sd_deg(seat: Seat, zero: Zero) -> float:
    """Of a seat's angle: by the tape and how it was sat on, or by the placement and that."""
    return hypot(seat.own_sd_deg, seat.placement_sd_deg if zero.sd_deg is None else zero.sd_deg)


def advice_on(seat: Seat, zero: Zero, told: SeatHeight, p: SeatParams) -> SeatAdvice:
    """In degrees, and in centimetres where their sd is small enough."""
    flexion, sd_deg = seat.flexion_deg + zero.offset_deg, angle_sd_deg(seat, zero)
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
