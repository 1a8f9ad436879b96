"""What a wearer does on the floor in a set says nothing of how the sensor sits; what they do outside of one does."""

from __future__ import annotations

import numpy as np

from hipmonitor.core.exercise.library import BY_NAME
from hipmonitor.core.inbound import Action, EndSet, StartSet, UserAction
from hipmonitor.core.instants import NS_PER_S, HostNs
from hipmonitor.core.thigh import Thigh
from hipmonitor.core.thigh.automatic_sets import SetsParams, SetsState, exercising, heard
from tests.core.thigh_streams import START_NS, G, Script, felt, imu_block, mounting, oriented, rows

KNOWN: Script = [("stand", 20), ("walk", 200), ("stand", 30), ("sit", 120), ("stand", 20), ("walk", 60), ("sit", 60)]
KNOWN_S, BEHIND_S = sum(seconds for _, seconds in KNOWN), 60.0
KICKS = StartSet(exercise=BY_NAME["banded_donkey_kick"], target=BY_NAME["banded_donkey_kick"].target)
WALK = StartSet(exercise=BY_NAME["walking"], target=BY_NAME["walking"].target)
PARAMS = SetsParams()


def said(at_s: float, action: Action) -> UserAction:
    return UserAction(at=HostNs(START_NS + round(at_s * NS_PER_S)), action=action)


def sd_after_a_thigh_held_behind(*before: Action) -> float:
    """Sd of the placement, once the thigh was held behind the hip as no seated or lying thigh is."""
    up = np.array([np.sin(np.deg2rad(-65.0)), np.cos(np.deg2rad(-65.0)), 0.0])
    n = round(BEHIND_S * 50)
    behind = G * (up + 0.002 * np.random.default_rng(3).standard_normal((n, 3)))
    walk = felt([("walk", 30)])
    whole = imu_block(np.concatenate([felt(KNOWN), behind, walk]), thigh_from_sensor=mounting(1))
    first = round(KNOWN_S * 50)
    thigh = Thigh()
    for part, actions in ((rows(whole, slice(0, first)), ()), (rows(whole, slice(first, None)), before)):
        thigh.step(part, oriented(part), [said(KNOWN_S, action) for action in actions])
    placement = thigh.state.placing.current
    assert placement is not None
    return placement.sd_deg


def test_a_thigh_behind_the_hip_is_a_strap_that_may_have_been_turned() -> None:
    assert sd_after_a_thigh_held_behind() >= 45.0


def test_in_a_set_it_is_an_exercise() -> None:
    assert sd_after_a_thigh_held_behind(KICKS) < 10.0


def test_a_set_that_counts_minutes_is_ordinary_life() -> None:
    assert sd_after_a_thigh_held_behind(WALK) >= 45.0


def spans(*said_in_order: tuple[float, Action]) -> SetsState:
    state = SetsState()
    for at_s, action in said_in_order:
        heard(state, PARAMS, said(at_s, action))
    return state


def during(state: SetsState, from_s: float, until_s: float) -> bool:
    start, end = (START_NS + round(s * NS_PER_S) for s in (from_s, until_s))
    return exercising(state, PARAMS, start, end)


def test_a_set_lasts_until_its_end_and_a_minute_for_getting_up() -> None:
    state = spans((100, KICKS), (200, EndSet()))
    assert [during(state, at, at + 10) for at in (85, 91, 150, 255, 261)] == [False, True, True, True, False]


def test_sets_in_a_row_are_one_span_and_a_walk_ends_it() -> None:
    state = spans((100, KICKS), (200, EndSet()), (240, KICKS), (300, WALK), (900, EndSet()))
    assert [during(state, at, at + 10) for at in (110, 290, 370)] == [True, True, False]
    later = spans((100, KICKS), (200, EndSet()), (400, KICKS))
    assert not during(later, 110, 120)


def test_a_set_that_nobody_ends_is_over_some_time() -> None:
    state = spans((0, KICKS))
    assert during(state, PARAMS.longest_s, PARAMS.longest_s + 10)
    assert not during(state, PARAMS.longest_s + PARAMS.after_s, PARAMS.longest_s + PARAMS.after_s + 10)
    assert not during(SetsState(), 0, 10)
