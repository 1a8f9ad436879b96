"""The seat coach: what it says of a seat, when it holds its tongue, and what it makes of a change."""

from __future__ import annotations

from dataclasses import replace
from math import radians, sin

import pytest

from firmware_sim.body.chair import Chair, SeatedLegs
from hipmonitor.core.programme.seat import SeatParams, SeatReading, SeatSilence, seat_coach
from hipmonitor.core.settings import SeatHeight, day_number

TODAY = day_number("2026-11-22")
MEASURED = SeatHeight(thigh_length_cm=42, knee_above_hip_cm=5.0, measured_at="2026-11-22 10:30")


def sat(flexion_deg: float = 95.0, *, day: int = TODAY, minutes: int = 60, **other: float) -> SeatReading:
    """An hour on a chair by a guided placement."""
    known = {"spread_deg": 2.0, "placement_sd_deg": 2.5, **other}
    return SeatReading(day=day, seconds=60 * minutes, flexion_deg=flexion_deg, **known)


def test_a_measured_seat_is_told_in_centimetres() -> None:
    usual = seat_coach([sat(97.0)], MEASURED, today=TODAY, measuring_deg=97.0).usual
    assert usual is not None
    assert usual.knee_above_hip_cm == pytest.approx(5.0)
    assert usual.raise_cm == pytest.approx(5.0)
    assert usual.sd_cm is not None
    assert usual.sd_cm <= SeatParams().most_sd_cm


def test_the_other_seats_of_that_day_are_known_by_their_difference() -> None:
    coach = seat_coach([sat(97.0, minutes=90), sat(104.0)], MEASURED, today=TODAY, measuring_deg=97.0)
    slope = 6.837 + 7.0  # asin(5 / 42), and the seat that slopes 7 degrees more
    assert coach.others[0].raise_cm == pytest.approx(42 * sin(radians(slope)), abs=0.02)


def test_a_margin_asks_for_a_higher_seat() -> None:
    told = SeatHeight(thigh_length_cm=42, knee_above_hip_cm=0.0, measured_at="2026-11-22 10:30", margin_deg=5.0)
    usual = seat_coach([sat(91.0)], told, today=TODAY, measuring_deg=91.0).usual
    assert usual is not None
    assert usual.raise_cm == pytest.approx(42 * sin(radians(5.0)))


def test_bouts_that_lie_apart_may_be_two_chairs_and_are_known_less_well() -> None:
    def sd_deg(apart_deg: float, minutes: int) -> float:
        sittings = [sat(97.0 + half * apart_deg / 2, minutes=minutes) for half in (-1, 1)]
        usual = seat_coach(sittings, MEASURED, today=TODAY, measuring_deg=97.0).usual
        assert usual is not None
        return usual.sd_deg

    assert sd_deg(2.0, 60) > sd_deg(0.0, 60) + 0.3
    assert sd_deg(2.0, 600) > 1.0  # no time averages it away


def test_a_measured_seat_that_was_sat_on_too_differently_is_told_in_degrees() -> None:
    coach = seat_coach([sat(95.8), sat(98.2)], MEASURED, today=TODAY, measuring_deg=97.0)
    assert coach.usual is not None
    assert (coach.usual.raise_cm, coach.silence) == (None, SeatSilence.STILL_UNSURE)


@pytest.mark.parametrize("length_cm", [36, 42, 48])
def test_the_more_often_each_height_was_measured_the_better_it_is_known(length_cm: float) -> None:
    def sd_cm(times: int) -> float:
        told = replace(MEASURED, thigh_length_cm=length_cm, times_measured=times)
        usual = seat_coach([sat(97.0)], told, today=TODAY, measuring_deg=97.0).usual
        assert usual is not None
        assert usual.sd_cm is not None
        return usual.sd_cm

    assert sd_cm(4) < 0.9 * sd_cm(2)


def test_measured_once_each_is_not_enough_for_centimetres() -> None:
    coach = seat_coach([sat(97.0)], replace(MEASURED, times_measured=1), today=TODAY, measuring_deg=97.0)
    assert coach.silence is SeatSilence.STILL_UNSURE


def test_a_tape_that_the_sensor_contradicts_is_not_believed() -> None:
    wrong_sign = replace(MEASURED, knee_above_hip_cm=-5.0)
    coach = seat_coach([sat(97.0)], wrong_sign, today=TODAY, measuring_deg=97.0)
    assert coach.silence is SeatSilence.TAPE_DISAGREES
    assert coach.usual is not None
    assert (coach.usual.flexion_deg, coach.usual.raise_cm) == (97.0, None)


def test_what_the_strap_alone_may_be_off_is_no_contradiction() -> None:
    coach = seat_coach([sat(102.0)], MEASURED, today=TODAY, measuring_deg=102.0)
    assert coach.usual is not None
    assert coach.usual.raise_cm == pytest.approx(5.0)


def test_without_the_tape_the_slope_is_told_and_no_centimetre() -> None:
    coach = seat_coach([sat(97.0)], SeatHeight(thigh_length_cm=42), today=TODAY)
    assert coach.silence is SeatSilence.TOO_UNSURE
    assert coach.usual is not None
    assert (coach.usual.flexion_deg, coach.usual.raise_cm) == (97.0, None)
    assert coach.usual.sd_deg > 2.5


def test_without_the_length_there_are_degrees_only() -> None:
    coach = seat_coach([sat()], SeatHeight(), today=TODAY)
    assert coach.silence is SeatSilence.NO_LENGTH
    assert coach.usual is not None


@pytest.mark.parametrize(
    ("reading", "why"),
    [
        (sat(minutes=15), SeatSilence.FEW_MINUTES),
        (sat(placement_sd_deg=10.0), SeatSilence.UNTRUSTED),
        (sat(spread_deg=9.0), SeatSilence.SEVERAL_WAYS),
        (sat(day=TODAY - 30), SeatSilence.FEW_MINUTES),
    ],
)
def test_it_says_nothing_where_it_knows_too_little(reading: SeatReading, why: SeatSilence) -> None:
    coach = seat_coach([reading], MEASURED, today=TODAY, measuring_deg=97.0)
    assert (coach.usual, coach.silence) == (None, why)


def test_a_lower_knee_on_later_days_is_told_as_a_change() -> None:
    days = [sat(97.0, day=TODAY - k) for k in (5, 4, 3)] + [sat(92.0, day=TODAY - k) for k in (2, 1, 0)]
    change = seat_coach(days, SeatHeight(thigh_length_cm=42), today=TODAY).change
    assert change is not None
    assert change.since_day == TODAY - 2
    assert change.lower_deg == pytest.approx(5.0)
    assert change.lower_cm == pytest.approx(3.65, abs=0.05)


def test_what_another_strap_on_may_do_is_no_change() -> None:
    days = [sat(95.0 + (k % 2) * 2.0, day=TODAY - k) for k in range(8)]
    assert seat_coach(days, SeatHeight(), today=TODAY).change is None


def test_the_wearer_may_say_when_the_seat_was_changed() -> None:
    days = [sat(95.0, day=TODAY - 2), sat(93.5, day=TODAY)]
    change = seat_coach(days, SeatHeight(changed_on="2026-11-22"), today=TODAY).change
    assert change is not None
    assert change.lower_deg == pytest.approx(1.5)


def test_after_a_change_the_measurement_of_the_old_seat_no_longer_counts() -> None:
    before = [sat(97.0, day=TODAY - k) for k in (3, 2)]
    told = SeatHeight(thigh_length_cm=42, knee_above_hip_cm=5.0, measured_at="2026-11-19 10:30")
    coach = seat_coach([*before, sat(88.0)], told, today=TODAY, measuring_deg=97.0)
    assert coach.day == TODAY
    assert coach.usual is not None
    assert coach.usual.raise_cm is None


@pytest.mark.parametrize("tilt_deg", [-15.0, 0.0, 15.0])
@pytest.mark.parametrize("thigh_m", [0.36, 0.42, 0.48])
def test_a_chair_raised_by_the_advice_keeps_the_margin(thigh_m: float, tilt_deg: float) -> None:
    """The formula against thigh and shank with the foot on the floor, by a strap that reads 3 degrees too much."""
    legs, chair = SeatedLegs(thigh_m=thigh_m, shank_m=thigh_m, shank_tilt_deg=tilt_deg), Chair(seat_m=0.38)
    told = SeatHeight(
        thigh_length_cm=100 * thigh_m,
        knee_above_hip_cm=100 * (legs.knee_m - legs.hip_m(chair)),
        measured_at="2026-11-22 10:30",
    )
    read_deg = legs.flexion_deg(chair) + 3.0
    usual = seat_coach([sat(read_deg)], told, today=TODAY, measuring_deg=read_deg).usual
    assert usual is not None
    true_cm = 100 * legs.raise_m(chair, 90.0)
    assert usual.flexion_deg == pytest.approx(legs.flexion_deg(chair))
    by_formula = 100 * thigh_m * sin(radians(usual.flexion_deg - 90.0))
    assert by_formula == pytest.approx(true_cm, abs=0.3)
