"""What the seat coach says, in words."""

from __future__ import annotations

from hipmonitor.core.programme.seat import SeatAdvice, SeatChange, SeatCoach, SeatSilence
from hipmonitor.core.settings import day_number
from hipmonitor.ui.view_model.seat_words import WHY, seat_line, seat_why

DAY = day_number("2026-03-10")


def advice(flexion_deg: float, raise_cm: float | None = None, knee_cm: float | None = None) -> SeatAdvice:
    return SeatAdvice(
        sitting_s=7200,
        flexion_deg=flexion_deg,
        sd_deg=2.6,
        above_level_deg=flexion_deg - 90,
        knee_above_hip_cm=knee_cm,
        raise_cm=raise_cm,
        sd_cm=None if raise_cm is None else 0.8,
    )


def test_a_low_seat_is_told_with_what_to_do() -> None:
    coach = SeatCoach(margin_deg=0.0, day=DAY, usual=advice(95.5, 4.0, 4.0))
    assert seat_line(coach) == (
        "On your usual seat the knee is about 4 cm above the hip. A seat about 4 cm (± 1) higher keeps your margin."
    )


def test_a_seat_that_is_right_asks_for_nothing() -> None:
    coach = SeatCoach(margin_deg=0.0, day=DAY, usual=advice(87.0, -2.2, -2.2))
    assert seat_line(coach).endswith("about 2 cm below the hip. That keeps your margin, as far as can be told.")


def test_without_centimetres_the_slope_is_told_with_its_error() -> None:
    coach = SeatCoach(margin_deg=0.0, day=DAY, usual=advice(96.0), silence=SeatSilence.TOO_UNSURE)
    assert seat_line(coach) == "On your usual seat the thigh slopes by about 6° (± 3°), knee higher than hip."
    assert "tape" in seat_why(coach)


def test_a_seat_that_was_measured_too_roughly_is_told_in_degrees_with_what_helps() -> None:
    coach = SeatCoach(margin_deg=0.0, day=DAY, usual=advice(96.0), silence=SeatSilence.STILL_UNSURE)
    assert "cm" not in seat_line(coach)
    assert "four times or more" in seat_why(coach)


def test_a_change_is_said_after_it() -> None:
    change = SeatChange(since_day=DAY, lower_deg=4.0, sd_deg=1.5, lower_cm=2.9, sd_cm=1.1)
    coach = SeatCoach(margin_deg=0.0, day=DAY, usual=advice(90.0), change=change)
    assert seat_line(coach) == (
        "On your usual seat the thigh is about level (± 3°). Since Tue 10 Mar the knee is about 3 cm lower there (± 1)."
    )


def test_nothing_known_is_nothing_said() -> None:
    assert seat_line(SeatCoach(margin_deg=0.0, silence=SeatSilence.FEW_MINUTES)) == ""
    assert set(WHY) == set(SeatSilence)
