"""What automatic placement keeps in mind, epoch by epoch."""

from __future__ import annotations

import pytest

from hipmonitor.core.thigh.automatic_memory import Memory, MemoryParams, bent, rested
from hipmonitor.core.thigh.directions import angle3
from tests.core.thigh_lives import UP, Life, tipped


def test_the_place_with_the_least_time_makes_room() -> None:
    memory, params = Memory(), MemoryParams()
    for k in range(13):
        rested(memory, params, tipped(80, 25.0 * k), 5.0 + k, k)
    assert len(memory.rests) == params.places
    assert all(rest.epochs for rest in memory.rests)
    assert min(rest.since for rest in memory.rests) == 1


def test_one_stay_counts_for_five_minutes_at_most() -> None:
    life = Life().rests(100, tipped(80))
    assert life.memory.rests[0].seconds == 300


def test_an_hour_on_a_bicycle_counts_for_little_more_than_five_minutes() -> None:
    memory = Memory()
    assert [bent(memory, MemoryParams(), tipped(40), 10.0, k) for k in range(60)].count(True) == 30


def test_a_turned_swing_is_a_new_strap_on_whose_upright_is_kept() -> None:
    life = Life().walks(30).rests(4, tipped(80)).walks(20, azimuth=80.0)
    assert life.memory.moves == 1
    assert life.memory.rests == []
    assert angle3(life.memory.walking.of, UP) < 1e-6


@pytest.mark.parametrize(("ratio", "azimuth"), [(3.0, 20.0), (1.5, 80.0)])
def test_a_swing_that_turned_little_or_is_not_clear_is_not(ratio: float, azimuth: float) -> None:
    assert Life().walks(30, ratio=ratio).walks(20, ratio=ratio, azimuth=azimuth).memory.moves == 0


def test_walking_elsewhere_that_does_not_agree_with_itself_is_no_move() -> None:
    life = Life().walks(20)
    for k in range(8):
        life.walks(1, tipped(30, 100.0 * k))
    assert life.memory.moves == 0


def test_walking_forward_as_on_a_bicycle_must_be_seen_twice_as_often() -> None:
    life = Life().walks(20).rests(4, tipped(80)).walks(9, tipped(40))
    assert life.memory.moves == 0
    assert life.walks(1, tipped(40)).memory.moves == 1


def test_walking_that_is_not_sure_contradicts_nothing() -> None:
    assert Life().walks(20).walks(20, tipped(30), sure=False).memory.moves == 0


def test_quick_walking_does_where_more_than_a_little_is_known_or_nobody_could_cycle_like_that() -> None:
    assert Life().walks(1).walks(5, tipped(20), sure=False, quick=True).memory.walking.of == UP
    assert Life().walks(1).walks(2, tipped(160), sure=False, quick=True).memory.walking.of != UP
    assert Life().walks(20).walks(5, tipped(20), sure=False, quick=True).memory.moves == 1


def test_a_first_walk_of_some_seconds_is_corrected_without_a_new_strap_on() -> None:
    """Whoever begins on a bicycle: the sensor did not move, the first guess was wrong."""
    life = Life().walks(1, tipped(40), seconds=4.0).walks(2)
    assert life.memory.moves == 0
    assert angle3(life.memory.walking.of, UP) < 1e-6


def test_a_known_place_seen_again_ends_what_was_strange() -> None:
    life = Life().walks(5).rests(5, tipped(80)).walks(1).rests(2, tipped(60))
    assert life.memory.strange_since == 11
    assert life.rests(1, tipped(80)).memory.strange_since is None
