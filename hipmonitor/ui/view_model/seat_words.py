"""What the seat coach says: how the knee lies to the hip, how much higher the seat should be, what a change did. Presets, not limits."""

from __future__ import annotations

from hipmonitor.core.programme import SeatAdvice, SeatChange, SeatCoach, SeatSilence
from hipmonitor.ui.view_model.civil_dates import short_name

WHY = {
    SeatSilence.FEW_MINUTES: "Too little sitting on one seat has been seen so far.",
    SeatSilence.UNTRUSTED: "How the sensor sits is not known well enough. Calibrating takes about 40 seconds.",
    SeatSilence.SEVERAL_WAYS: "The thigh moved too much on the seat to name one height.",
    SeatSilence.NO_LENGTH: "With the length of the thigh in the settings it can be told in centimetres.",
    SeatSilence.TOO_UNSURE: "Measuring the seat with a tape, each height four times (settings, Your seat), gives centimetres.",
    SeatSilence.TAPE_DISAGREES: "Tape and sensor do not agree. Measuring again helps; with the knee below the hip the number is negative.",
    SeatSilence.STILL_UNSURE: "Centimetres are not sure enough yet. Each height measured four times or more, on one chair, helps.",
}
"""Why nothing is said, or nothing in centimetres."""


def seat_line(coach: SeatCoach) -> str:
    """The usual seat in a sentence or two; empty where nothing is known of it."""
    if coach.usual is None:
        return ""
    said = _in_degrees(coach.usual) if coach.usual.raise_cm is None else _in_cm(coach.usual, coach.usual.raise_cm)
    return f"{said} {_changed(coach.change)}" if coach.change is not None else said


def seat_why(coach: SeatCoach) -> str:
    """Why it says no more; empty where it says all."""
    return "" if coach.silence is None else WHY[coach.silence]


def _in_degrees(usual: SeatAdvice) -> str:
    slope, sd = usual.flexion_deg - 90.0, usual.sd_deg
    if abs(slope) <= sd:
        return f"On your usual seat the thigh is about level (± {sd:.0f}°)."
    where = "knee higher than hip" if slope > 0 else "hip higher than knee"
    return f"On your usual seat the thigh slopes by about {abs(slope):.0f}° (± {sd:.0f}°), {where}."


def _in_cm(usual: SeatAdvice, raise_cm: float) -> str:
    knee, sd = usual.knee_above_hip_cm or 0.0, usual.sd_cm or 0.0
    where = f"about {abs(knee):.0f} cm {'above' if knee > 0 else 'below'}" if round(abs(knee)) else "about as high as"
    said = f"On your usual seat the knee is {where} the hip."
    if raise_cm <= sd:
        return f"{said} That keeps your margin, as far as can be told."
    return f"{said} A seat about {raise_cm:.0f} cm (± {max(1.0, sd):.0f}) higher keeps your margin."


def _changed(change: SeatChange) -> str:
    since = " ".join(f"Since {short_name(change.since_day)}".split())
    if change.lower_cm is None or change.sd_cm is None:
        way = "lower" if change.lower_deg > 0 else "higher"
        return f"{since} the thigh points about {abs(change.lower_deg):.0f}° {way} there (± {change.sd_deg:.0f}°)."
    way = "lower" if change.lower_cm > 0 else "higher"
    return f"{since} the knee is about {abs(change.lower_cm):.0f} cm {way} there (± {max(1.0, change.sd_cm):.0f})."
