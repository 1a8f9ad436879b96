"""What the sensor read while the seat was measured with a tape."""

from __future__ import annotations

import pytest

from hipmonitor.core.days import Minute
from hipmonitor.core.days.tally import MDEG, Tally
from hipmonitor.core.programme.seat import at_measuring
from hipmonitor.core.settings import SeatHeight, day_number

DAY = day_number("2026-11-22")
AT = 10 * 60 + 30
MEASURED = SeatHeight(thigh_length_cm=42, knee_above_hip_cm=5.0, measured_at="2026-11-22 10:30")


def minute(minute_of_day: int, flexion_deg: float, *, sat_s: int = 60, day: int = DAY) -> Minute:
    """So much of it sitting, the rest standing."""
    tally = Tally(sit_s=sat_s, stand_s=60 - sat_s, flexion_s=60, flexion_sum_mdeg=round(60 * flexion_deg * MDEG))
    return Minute(start_s=60 * minute_of_day, day=day, minute_of_day=minute_of_day, utc_offset_s=0, tally=tally)


def test_it_is_the_median_of_the_three_minutes_around() -> None:
    minutes = [minute(AT + k, degrees) for k, degrees in ((-2, 60.0), (-1, 97.0), (0, 97.4), (1, 104.0), (2, 60.0))]
    assert at_measuring(minutes, MEASURED) == pytest.approx(97.4)


def test_a_minute_in_which_they_sat_down_does_not_count() -> None:
    assert at_measuring([minute(AT - 1, 50.0, sat_s=30), minute(AT, 97.0)], MEASURED) == pytest.approx(97.0)


@pytest.mark.parametrize("minutes", [[], [minute(AT, 97.0, day=DAY - 1)], [minute(AT, 5.0, sat_s=0)]])
def test_nothing_was_read_where_nobody_sat(minutes: list[Minute]) -> None:
    assert at_measuring(minutes, MEASURED) is None


def test_nothing_was_read_where_nothing_was_measured() -> None:
    assert at_measuring([minute(AT, 97.0)], SeatHeight()) is None


def test_a_sitting_minute_without_a_trusted_angle_reads_nothing() -> None:
    unknown = Minute(start_s=0, day=DAY, minute_of_day=AT, utc_offset_s=0, tally=Tally(sit_s=60, untrusted_s=60))
    assert at_measuring([unknown], MEASURED) is None
