"""Civil time of an instant: days, journeys, summer time, clocks that are set."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from hipmonitor.core.civil import CivilTime
from hipmonitor.core.inbound import Tick
from hipmonitor.core.instants import NS_PER_S, HostNs
from hipmonitor.io.clock import civil_tick

H = 3600
MIDNIGHT_UTC = 1_789_862_400  # 2026-09-20, a Sunday


def at(second: int) -> HostNs:
    return HostNs(second * NS_PER_S)


def after(*ticks: tuple[int, int]) -> CivilTime:
    civil = CivilTime()
    for second, offset_s in ticks:
        civil.hear(civil_tick(at(second), offset_s))
    return civil


@given(st.integers(0, 4_000_000_000), st.integers(-12 * 4, 14 * 4))
def test_an_instant_has_the_civil_time_of_its_own_tick(second: int, quarters: int) -> None:
    tick = civil_tick(at(second), quarters * 900)
    seen = after((second, quarters * 900)).at(at(second))
    assert (seen.day, seen.minute_of_day, seen.weekday) == (tick.civil_day, tick.minute_of_day, tick.weekday)


def test_what_came_before_the_first_tick_has_its_offset() -> None:
    assert after((MIDNIGHT_UTC, 2 * H)).at(at(MIDNIGHT_UTC - 3 * H)).minute_of_day == 23 * 60


def test_a_journey_holds_from_its_tick_on() -> None:
    civil = after((MIDNIGHT_UTC, 0), (MIDNIGHT_UTC + 600, -5 * H))
    assert civil.at(at(MIDNIGHT_UTC + 599)).minute_of_day == 9
    assert civil.at(at(MIDNIGHT_UTC + 600)).minute_of_day == 19 * 60 + 10
    assert civil.at(at(MIDNIGHT_UTC + 600)).day == civil.at(at(MIDNIGHT_UTC + 599)).day - 1


def test_only_changes_are_kept() -> None:
    assert len(after(*((MIDNIGHT_UTC + k, H) for k in range(7200))).offsets) == 1


def test_a_clock_that_was_set_is_followed_to_the_minute() -> None:
    civil = after((MIDNIGHT_UTC, 0))
    for k in range(60, 200):
        moved = civil_tick(at(MIDNIGHT_UTC + k + 3600), 0)  # the wall is an hour ahead now
        civil.hear(
            type(moved)(
                at=at(MIDNIGHT_UTC + k),
                civil_day=moved.civil_day,
                minute_of_day=moved.minute_of_day,
                weekday=moved.weekday,
                utc_offset_s=0,
            )
        )
    assert civil.at(at(MIDNIGHT_UTC + 190)).minute_of_day == 63
    assert len(civil.offsets) == 2


def test_without_ticks_it_is_utc() -> None:
    assert CivilTime().at(at(MIDNIGHT_UTC + 60)).minute_of_day == 1
    assert CivilTime().at(at(MIDNIGHT_UTC)).weekday == 6


def wall_ahead_by(ahead_s: dict[int, float], until_s: int) -> CivilTime:
    """Ticks of a wall's clock that is set: seconds after the start from which it is so far ahead of the host's."""
    civil = CivilTime()
    for k in range(until_s):
        now_ahead_s = ahead_s[max(since for since in ahead_s if since <= k)]
        told = civil_tick(at(int(MIDNIGHT_UTC + k + now_ahead_s)), 0)
        civil.hear(Tick(at=at(MIDNIGHT_UTC + k), **{name: getattr(told, name) for name in TOLD}))
    return civil


TOLD = ("civil_day", "minute_of_day", "weekday", "utc_offset_s")


def test_a_clock_that_was_set_by_part_of_a_minute_is_followed_to_the_second_and_stays_so() -> None:
    civil = wall_ahead_by({0: 0, 100: 40}, 3600)
    assert civil.at(at(MIDNIGHT_UTC + 3000)).second_of_day == 3040
    assert len(civil.offsets) <= 3


def test_a_clock_that_swings_by_a_second_is_not_followed() -> None:
    swinging = {k: (k // 7) % 2 for k in range(0, 3600, 7)}
    assert len(wall_ahead_by(swinging, 3600).offsets) == 1


@given(st.integers(-3 * H, 3 * H), st.integers(0, 600))
def test_any_setting_of_a_clock_is_known_after_two_minutes(by_s: int, after_s: int) -> None:
    civil = wall_ahead_by({0: 0, after_s: by_s}, after_s + 150)
    then = MIDNIGHT_UTC + after_s + 149
    seen = civil.at(at(then))
    assert abs(seen.day * 86_400 + seen.second_of_day - (then + by_s)) <= 2


@given(st.integers(0, 4_000_000_000))
def test_columns_are_the_same_as_one_by_one(second: int) -> None:
    civil = after((MIDNIGHT_UTC, 0), (MIDNIGHT_UTC + 600, -5 * H))
    instants = [at(second), at(MIDNIGHT_UTC + 599), at(MIDNIGHT_UTC + 600)]
    columns = civil.columns(np.array(instants))
    one_by_one = [civil.at(instant) for instant in instants]
    assert columns.day.tolist() == [civil_time.day for civil_time in one_by_one]
    assert columns.second_of_day.tolist() == [civil_time.second_of_day for civil_time in one_by_one]
    assert columns.utc_offset_s.tolist() == [civil_time.utc_offset_s for civil_time in one_by_one]


def test_a_stretch_ends_at_midnight_or_where_the_clock_changes() -> None:
    """Another change makes it void, for it may end earlier than was known."""
    noon = MIDNIGHT_UTC + 12 * H
    assert CivilTime().stretch(at(noon)).heard == 0
    whole = after((noon, 2 * H)).stretch(at(noon + 5))
    assert (whole.until, whole.ahead_s, whole.heard) == (at(MIDNIGHT_UTC + 22 * H), 2 * H, 1)
    assert whole.wall_s(at(noon)) == noon + 2 * H
    flown = after((noon, 2 * H), (noon + H, 5 * H))
    assert flown.stretch(at(noon + 5)).until == at(noon + H)
    assert (flown.stretch(at(noon + H)).ahead_s, flown.stretch(at(noon)).day) == (5 * H, whole.day)
