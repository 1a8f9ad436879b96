"""The simulated week has in it what a week is asked for, and adds up on the wearer's clock."""

from __future__ import annotations

import pytest

from firmware_sim.body import Posture
from firmware_sim.ordinary_week import DAY_S, FLIGHT, FLIGHT_S, LYING, Wearing, ordinary_week, zones
from firmware_sim.scenarios import wearer


@pytest.fixture(scope="module", params=[3, 8])
def week(request: pytest.FixtureRequest) -> tuple[Wearing, ...]:
    return ordinary_week(wearer(request.param))


def test_it_has_desk_commute_sofa_bed_table_bag_and_bicycle(week: tuple[Wearing, ...]) -> None:
    acts = [act for wearing in week for act in wearing.script]
    assert {act.seat for act in acts} >= {"office_chair", "car", "bus", "low_sofa"}
    assert {act.posture for act in acts} >= {Posture.OFF, Posture.BAG, Posture.CYCLE, Posture.LIE_BACK}


def test_wearings_do_not_overlap_and_three_nights_are_worn(week: tuple[Wearing, ...]) -> None:
    ends = [wearing.begins_s + wearing.seconds for wearing in week]
    assert all(end < after.begins_s for end, after in zip(ends, week[1:], strict=False))
    nights = [sum(act.seconds for act in wearing.script if act.posture in LYING) for wearing in week]
    assert [night > 5 * 3600 for night in nights] == [True, False, True, True]


def test_the_flight_is_as_long_as_the_clock_goes_back(week: tuple[Wearing, ...]) -> None:
    assert sum(act.seconds for act in FLIGHT) == FLIGHT_S
    (_, home), (landed, away), (forward, summer) = zones(week)
    assert home - away == FLIGHT_S
    thursday = (landed + away - home) // DAY_S
    assert (thursday, (forward + away - home) / DAY_S, summer - away) == (3, 6 + 2 / 24, 3600)


def test_a_wearer_says_that_it_is_taken_off_when_it_is(week: tuple[Wearing, ...]) -> None:
    for wearing in week:
        begins, off = 0.0, []
        for act in wearing.script:
            off += [begins] if act.posture in {Posture.OFF, Posture.BAG} else []
            begins += act.seconds
        assert set(wearing.taken_off_s) <= set(off)
    assert any(wearing.taken_off_s for wearing in week)


def test_another_person_has_another_week() -> None:
    assert ordinary_week(wearer(3))[0].script != ordinary_week(wearer(4))[0].script
    assert ordinary_week(wearer(3)) == ordinary_week(wearer(3))
