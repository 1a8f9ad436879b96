"""Standing on the pedals and climbing stairs look alike; where somebody comes from tells which it is."""

from __future__ import annotations

import numpy as np
import pytest

from hipmonitor.core.activity import ActivityKind, seen
from hipmonitor.core.activity.evidence import Evidence, evidence
from hipmonitor.core.activity.rules import Past, decide
from hipmonitor.core.activity.score_card import SCORED, Scored
from hipmonitor.core.activity.thresholds import RulesParams

K = ActivityKind
Shown = tuple[ActivityKind, float, int]
"""What the card finds most probable upright, the thigh's inclination in degrees, and for how many seconds."""
SADDLE: Shown = (K.CYCLE, 42.0, 8)
SEAT: Shown = (K.STAND, 80.0, 60)


def told(*shown: Shown, afoot: ActivityKind = K.STAIRS) -> list[ActivityKind]:
    """What the rules say of each second."""
    past, params, out = Past(), RulesParams(), []
    for upright, inclination_deg, seconds in shown:
        for _ in range(seconds):
            now = Evidence(
                number=len(out),
                inclination_deg=inclination_deg,
                least_deg=inclination_deg,
                covered=True,
                stirs=True,
                lies=False,
                seated=inclination_deg > 60,
                steps=None,
                upright=upright,
                afoot=afoot if upright is K.CYCLE else upright,
                cycles=upright is K.CYCLE,
                doubted=False,
                carried=False,
                mean_mps2=(0.0, 9.8, 0.1 * len(out)),
                sd_mps2=1.0,
                samples=50.0,
            )
            out.append(decide(past, params, now).kind)
    return out


def test_pedalling_in_the_saddle_is_cycling_from_its_third_second() -> None:
    assert told((K.WALK, 8.0, 10), SADDLE)[10:] == [K.STAIRS] * 2 + [K.CYCLE] * 6


@pytest.mark.parametrize("inclination_deg", [14.0, 23.0, 29.0])
def test_stairs_climbed_right_from_a_seat_are_no_bicycle_however_much_they_look_like_one(
    inclination_deg: float,
) -> None:
    assert told(SEAT, (K.CYCLE, inclination_deg, 15))[60:] == [K.STAIRS] * 15


def test_passing_the_height_of_a_saddle_while_rising_puts_nobody_on_one() -> None:
    assert K.CYCLE not in told(SEAT, (K.CYCLE, 38.0, 2), (K.CYCLE, 23.0, 10))


def test_who_leaves_the_saddle_to_stand_on_the_pedals_still_cycles() -> None:
    assert told(SADDLE, (K.STAIRS, 20.0, 30), (K.CYCLE, 18.0, 30))[8:] == [K.CYCLE] * 60


def test_after_ten_seconds_without_pedalling_stairs_are_stairs() -> None:
    assert told(SADDLE, (K.WALK, 8.0, 11), (K.STAIRS, 15.0, 5))[-5:] == [K.STAIRS] * 5
    assert told(SADDLE, (K.STAND, 8.0, 9), (K.STAIRS, 15.0, 5))[-5:] == [K.CYCLE] * 5


def test_a_rider_with_the_thigh_as_high_as_in_a_chair_cycles() -> None:
    assert told(SEAT, (K.CYCLE, 55.0, 10))[-7:] == [K.CYCLE] * 7


def test_seconds_in_the_saddle_count_in_one_piece_only() -> None:
    pieces: list[Shown] = [(K.CYCLE, 42.0, 2), (K.WALK, 42.0, 1)] * 5
    assert K.CYCLE not in told((K.WALK, 8.0, 10), *pieces)


def ridden(*thigh_deg: float) -> list[ActivityKind]:
    """What is said of a ride that the card is sure of, the thigh around 48 deg by five seconds, and as given by three."""
    table, probability = np.zeros((len(thigh_deg), seen.WIDTH)), np.zeros((len(thigh_deg), SCORED))
    table[:, seen.NUMBER], table[:, seen.TILT], table[:, seen.TILT_NOW] = np.arange(len(thigh_deg)), 48, thigh_deg
    table[:, seen.COVERED], table[:, seen.SAMPLES], table[:, seen.SD], table[:, seen.ACROSS] = 1, 50, 3, 0.3
    table[:, seen.MEAN.start] = 9 + 0.5 * (np.arange(len(thigh_deg)) % 2)
    probability[:, Scored.CYCLE] = 1
    past = Past()
    return [decide(past, RulesParams(), now).kind for now in evidence(table, probability, RulesParams())]


def test_who_holds_the_knee_above_any_pedalling_sits_and_coasts() -> None:
    assert ridden(*[48.0] * 6, 70.0, 70.0, *[48.0] * 3)[3:] == [K.CYCLE] * 3 + [K.SIT] * 2 + [K.CYCLE] * 3


def test_coasting_as_high_as_pedals_go_is_part_of_the_ride() -> None:
    assert ridden(*[48.0] * 6, *[64.0] * 3)[3:] == [K.CYCLE] * 6
