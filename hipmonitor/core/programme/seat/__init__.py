"""The seat coach: how far the knee is above the hip on the usual seat, how much higher the seat should be, what a change did.

Geometry: hip and knee are a thigh's length L apart, so the knee is L * sin(flexion - 90 deg) above the hip. Feet on the floor keep
the knee where it is while a seat rises (near a level thigh it moves by millimetres), so the seat rises by as much as the knee
comes down against the hip: L * (sin(flexion - 90 deg) - sin(-margin)).

Errors: a strap sits on soft tissue, and that alone is 2.3 deg (1.7 cm at 42 cm) in every strap-on; no standing, walking or sitting
shows it. Seats within one day share it: their difference is known much better. So one seat measured with a tape makes all
seats of that day known, the better the more often each height was measured; without it the slope is told and centimetres are not.
"""

from hipmonitor.core.programme.seat.advice import SeatAdvice
from hipmonitor.core.programme.seat.change import SeatChange
from hipmonitor.core.programme.seat.coach import SeatCoach, SeatSilence, seat_coach
from hipmonitor.core.programme.seat.of_day import SeatReading, readings_of
from hipmonitor.core.programme.seat.params import SeatParams
from hipmonitor.core.programme.seat.tape import MEASURED_AROUND_MIN, at_measuring

__all__ = [
    "MEASURED_AROUND_MIN",
    "SeatAdvice",
    "SeatChange",
    "SeatCoach",
    "SeatParams",
    "SeatReading",
    "SeatSilence",
    "at_measuring",
    "readings_of",
    "seat_coach",
]
