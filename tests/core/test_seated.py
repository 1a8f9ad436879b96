"""Whether somebody sits on a seat since they last were up, and at which angle."""

from __future__ import annotations

from math import isnan, nan

import pytest

from hipmonitor.core.activity import ActivityKind
from hipmonitor.core.exposure import TimedSecond
from hipmonitor.core.exposure.decided_row import DecidedRow
from hipmonitor.core.exposure.second_angles import NOTHING, SecondAngle
from hipmonitor.core.exposure.timers import ExposureParams, Timers
from hipmonitor.core.settings import Settings
from tests.core.builders import at

SIT, STAND, LIE, UNKNOWN = ActivityKind.SIT, ActivityKind.STAND, ActivityKind.LIE, ActivityKind.UNKNOWN
SEDENTARY = ActivityKind.SEDENTARY
ASSUMED, SHOWN = 0.6, 0.8
Act = tuple[ActivityKind, int, float]


def lived(*acts: Act, degrees: float = 80.0) -> TimedSecond:
    """The last second of some acts: kind, seconds, how sure."""
    timers, k = Timers(), 0
    for kind, count, sure in acts:
        for _ in range(count):
            row = DecidedRow(at(k), 1, kind, sure)
            angle = NOTHING if isnan(degrees) else SecondAngle(degrees + (k % 2), degrees + 5, True, 2.0, nan)
            timers.row(row, angle, Settings(), ExposureParams())
            k += 1
    return timers.now(row, angle)


def test_who_came_down_from_standing_sits() -> None:
    assert lived((STAND, 10, 0.9), (SIT, 5, ASSUMED)).seated_shown


@pytest.mark.parametrize("before", [UNKNOWN, SEDENTARY, LIE])
def test_who_was_not_seen_to_come_down_may_lie(before: ActivityKind) -> None:
    assert not lived((STAND, 10, 0.9), (before, 10, 0.9), (SIT, 600, ASSUMED)).seated_shown


def test_a_thigh_that_shows_a_seat_is_remembered_while_nobody_is_up() -> None:
    assert lived((SEDENTARY, 10, 0.9), (SIT, 1, SHOWN), (SEDENTARY, 300, 0.9), (SIT, 300, ASSUMED)).seated_shown


@pytest.mark.parametrize("between", [(STAND, 5, 0.9), (LIE, 1, 0.9), (ActivityKind.NOT_WORN, 1, 0.9)])
def test_being_up_lying_or_not_wearing_it_ends_what_was_shown(between: Act) -> None:
    second = lived((SIT, 100, SHOWN), between, (SEDENTARY, 1, 0.9), (SIT, 60, ASSUMED))
    assert (second.seated_shown, second.seated_s) == (False, 60)


def test_a_moment_up_is_the_same_stay_on_the_seat() -> None:
    second = lived((SIT, 100, SHOWN), (STAND, 4, 0.9), (SIT, 60, ASSUMED))
    assert (second.seated_shown, second.seated_s) == (True, 160)


def test_who_mostly_cannot_be_told_from_lying_shows_no_seat_until_up_again() -> None:
    night = [(SIT, 1200, ASSUMED), *[(SEDENTARY, 600, 0.9), (SIT, 300, SHOWN)] * 3, (SIT, 1200, SHOWN)]
    assert not lived((STAND, 10, 0.9), *night).seated_shown
    assert lived((STAND, 10, 0.9), *night, (STAND, 5, 0.9), (SIT, 60, ASSUMED)).seated_shown


def test_a_chair_on_which_some_minutes_are_unclear_stays_shown() -> None:
    desk = [(SIT, 300, ASSUMED), (SEDENTARY, 60, 0.9)] * 6
    assert lived((STAND, 10, 0.9), *desk, (SIT, 1, ASSUMED)).seated_shown


def test_sitting_tells_its_mean_and_highest_angle_since_the_last_break() -> None:
    second = lived((SIT, 100, SHOWN), (STAND, 30, 0.9), (SIT, 100, SHOWN))
    assert (second.sitting_mean_deg, second.sitting_highest_deg) == (80.5, 85.0)


def test_sitting_without_a_trusted_angle_has_none() -> None:
    assert isnan(lived((SIT, 10, SHOWN), degrees=nan).sitting_mean_deg)


def test_after_a_break_the_angle_begins_anew() -> None:
    assert isnan(lived((SIT, 100, SHOWN), (STAND, 60, 0.9)).sitting_highest_deg)
