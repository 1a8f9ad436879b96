"""A front that somebody's rest or walking contradicts: doubted at once, turned round when it repeats."""

from __future__ import annotations

import pytest

from tests.core.thigh_lives import UP, Life, tipped

PRONE, SIDE, SEAT = tipped(91, 180.0), tipped(88, 100.0), tipped(80)
HANGING = tipped(65, 175.0)
"""A thigh behind the hip, and not horizontal: nobody's."""


def seated(stays: int = 3, **how: float) -> Life:
    """Somebody who walked, stood and sat often enough to be known."""
    life = Life().walks(20, **how).rests(4, UP)
    for _ in range(stays):
        life.walks(2, **how).rests(6, SEAT)
    return life.walks(2, **how)


def test_rest_as_no_thigh_can_makes_the_angle_unknown_within_ten_seconds() -> None:
    life = seated()
    assert life.sd_deg < 5
    assert life.rests(1, HANGING).sd_deg >= 45
    assert life.doubted


def test_restless_sitting_as_no_thigh_can_counts_too() -> None:
    assert seated().moves_about(1, HANGING).sd_deg >= 45


def test_it_is_seen_without_rising_in_between() -> None:
    assert seated().rests(6, SEAT).rests(1, HANGING).sd_deg >= 45


def test_what_repeats_as_no_thigh_can_is_a_strap_turned_back_to_front() -> None:
    life = seated().rests(6, HANGING).walks(2)
    assert life.memory.moves == 0
    life.rests(6, HANGING)
    assert life.memory.moves == 1
    assert life.sd_deg < 5


def test_the_strap_counts_as_turned_from_when_the_thigh_first_seemed_bent_backwards() -> None:
    life = seated()
    turned_at = life.epoch
    life.moves_about(1, HANGING).walks(2).rests(6, HANGING).walks(2).rests(6, HANGING)
    assert (life.memory.moves, life.memory.moved_at) == (1, turned_at)


@pytest.mark.parametrize("stays", [1, 3], ids=["one seat known", "three"])
def test_lying_on_the_front_casts_a_doubt_of_ten_degrees_that_a_seat_clears(stays: int) -> None:
    life = seated(stays).rests(1, PRONE)
    assert not life.doubted
    life.rests(1, PRONE)
    assert 5 < life.sd_deg < 15
    life.walks(2).rests(3, SEAT)
    assert not life.doubted
    assert life.memory.moves == 0


def test_a_roll_to_the_front_and_back_leaves_no_doubt() -> None:
    life = seated().rests(6, SEAT).rests(20, PRONE)
    assert life.doubted
    assert not life.rests(3, SEAT).doubted


def test_lying_on_the_side_is_no_reason_for_doubt() -> None:
    assert not seated().rests(20, SIDE).doubted


def test_a_second_night_on_the_front_without_a_seat_between_makes_the_sign_unknown() -> None:
    life = seated().rests(20, PRONE).walks(2).rests(20, PRONE)
    assert life.sd_deg >= 45
    assert life.memory.moves == 0


# -- the lean of the swing ---------------------------------------------------------------------------------------------


def leaning_back() -> Life:
    """Half a turn of the strap: the swing has the same axis, and leans the other way."""
    return seated(lean=0.5).walks(14, lean=-0.5)


def test_walking_that_leans_the_other_way_casts_doubt() -> None:
    assert not seated(lean=0.5).walks(14, lean=0.5).doubted
    life = leaning_back()
    assert life.doubted
    assert 5 < life.sd_deg < 15
    assert life.memory.moves == 0


def test_then_a_seat_that_agrees_clears_it_and_one_on_the_other_side_is_believed() -> None:
    assert not leaning_back().rests(3, SEAT).doubted
    turned = leaning_back().rests(3, tipped(85, 180.0))
    assert turned.memory.moves == 1
    assert turned.sd_deg < 5


def test_a_seat_that_disagrees_with_the_lean_too_proves_nothing() -> None:
    assert leaning_back().rests(3, tipped(85, 100.0)).memory.moves == 0


def test_walking_that_leans_as_before_takes_the_doubt_back() -> None:
    assert not leaning_back().walks(14, lean=0.5).doubted


def test_a_lean_that_is_small_or_changes_from_step_to_step_says_nothing() -> None:
    assert not seated(lean=0.1).walks(14, lean=-0.1).doubted
    life = seated(lean=0.5)
    for _ in range(10):
        life.walks(1, lean=-0.5).walks(1, lean=0.3)
    assert not life.doubted


# -- very brisk walking --------------------------------------------------------------------------------------------------


def test_fast_walking_counts_until_somebody_walks() -> None:
    life = Life().walks(6, tipped(9), fast=True, sure=False, seconds=0.0)
    assert life.memory.walking.epochs == 6
    life.walks(20)
    assert not life.walks(20, tipped(12), fast=True, sure=False, seconds=0.0).memory.fast
    assert life.memory.walking.of[1] > 0.999


def test_fast_walking_alone_leaves_the_zero_less_sure() -> None:
    slow, fast = (Life().walks(6, fast=fast).rests(3, SEAT).walks(1, fast=fast) for fast in (False, True))
    assert fast.sd_deg > slow.sd_deg + 2


def test_fast_walking_that_was_none_is_corrected_without_a_new_strap_on() -> None:
    life = Life().walks(6, tipped(40), fast=True, sure=False, seconds=0.0).walks(2)
    assert life.memory.moves == 0
    assert life.memory.walking.of == UP


def test_the_little_that_was_known_before_the_sensor_was_silent_for_long_belongs_to_the_strap_on_before() -> None:
    life = Life().walks(1)
    life.epoch += 90  # a quarter of an hour unheard
    assert life.walks(2, tipped(170)).memory.moves == 1


def test_the_little_that_was_known_just_before_was_wrong() -> None:
    assert Life().walks(1).walks(2, tipped(170)).memory.moves == 0
