"""A few simulated people's sets, and two real ones, through the whole house: the short version of `tests.benchmarks.exercise`."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from firmware_sim.body import Movement
from hipmonitor.core.exercise.library import BY_NAME
from tests.benchmarks.exercise_people import NAMES, exercised
from tests.benchmarks.exercise_real import counted
from tests.benchmarks.exercise_scored import Scored, heard, scored, script_s
from tests.benchmarks.exercise_week import said_in_ordinary_life
from tests.journeys.shared_data import DATA, needs_data

PEOPLE = (21, 22)


@pytest.fixture(scope="module")
def sets() -> Sequence[Scored]:
    return [one for seed in PEOPLE for one in scored(exercised(seed, BY_NAME, timed=("walking",)), guided=True)]


def test_every_exercise_of_the_library_is_done_by_simulated_people() -> None:
    done = {*NAMES.values(), "walking", "walk_jog_intervals", "cycling_upright"}
    assert done == set(BY_NAME) - {"jogging"}  # which walking and jogging by turns has in it
    assert len(NAMES) == len(Movement)


def test_repetitions_are_counted_within_one(sets: Sequence[Scored]) -> None:
    totals = [one.total for one in sets if one.total[1]]
    assert len(totals) == len(PEOPLE) * len(Movement)
    assert sum(abs(ours - true) <= 1 for ours, true in totals) >= len(totals) - 1


def test_ranges_are_those_of_the_bone_within_what_its_flesh_hides(sets: Sequence[Scored]) -> None:
    errors = np.abs([error for one in sets for error in one.range_errors_deg])
    assert len(errors) > 100
    assert np.median(errors) < 5.0


def test_right_start_poses_are_accepted_and_most_wrong_ones_refused(sets: Sequence[Scored]) -> None:
    right, wrong = ([one.pose_right for one in sets if one.wrong is is_wrong] for is_wrong in (False, True))
    assert all(found is not False for found in right)
    assert len(wrong) >= 20
    assert sum(found is True for found in wrong) >= len(wrong) - 2


def test_nothing_is_said_of_an_exercise_outside_a_set() -> None:
    who = exercised(23, BY_NAME, movements=(Movement.SQUAT, Movement.BRIDGE), timed=())
    said = heard(who, guided=True)
    spans = [(one.from_s, one.until_s) for one in who.sets]
    assert said.repetitions
    for one in said.repetitions:
        assert any(start <= script_s(one.start) and script_s(one.end) <= end + 0.1 for start, end in spans)


def test_two_hours_of_a_day_without_a_set_have_no_repetition() -> None:
    hours, said = said_in_ordinary_life(5, BY_NAME["free_set"], most_s=7200.0)
    assert hours == pytest.approx(2.0)
    assert not said.repetitions
    assert len(said.results) == 1  # of the set that was begun and ended at once


@needs_data
@pytest.mark.data
def test_sets_of_real_people_are_counted_as_by_hand() -> None:
    for row in counted(DATA, BY_NAME["free_set"]):
        assert row.right, row
