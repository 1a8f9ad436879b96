"""Placement from ordinary movement, in mountings nobody chose."""

from __future__ import annotations

import copy
import pickle

import numpy as np
import pytest

from hipmonitor.core.frames import inverse, multiply, rotate
from hipmonitor.core.thigh import AutomaticPlacement, Placement, PlacementMethod
from hipmonitor.core.thigh.automatic_axes import AxesParams
from tests.core.thigh_streams import START_NS, G, Script, cuts, felt, imu_block, mounting, oriented, rows

DAY: Script = [("stand", 20), ("walk", 60), ("stand", 30), ("sit", 120), ("stand", 20), ("walk", 40), ("sit", 60)]


def learned(script: Script, *, rate_hz: float = 50.0, seed: int = 0) -> tuple[Placement, ...]:
    imu = imu_block(felt(script, rate_hz=rate_hz, seed=seed), rate_hz=rate_hz, thigh_from_sensor=mounting(seed))
    return AutomaticPlacement().step(imu, oriented(imu))


def flexion_deg(placement: Placement, true: np.ndarray, posture_deg: float) -> float:
    """What this placement makes of a thigh at a true flexion."""
    f = np.deg2rad(posture_deg)
    u = rotate(multiply(placement.thigh_from_sensor, inverse(true)), np.array([np.sin(f), np.cos(f), 0.0]))
    return float(np.rad2deg(np.arctan2(u[0], u[1])))


def plain(placements: tuple[Placement, ...]) -> list[tuple[int, bytes, float]]:
    return [(p.since, p.thigh_from_sensor.tobytes(), p.sd_deg) for p in placements]


@pytest.mark.parametrize("rate_hz", [12.5, 50.0, 200.0])
@pytest.mark.parametrize("seed", range(3))
def test_a_random_mounting_is_found_within_its_sd(seed: int, rate_hz: float) -> None:
    last = learned(DAY, rate_hz=rate_hz, seed=seed)[-1]
    assert last.method is PlacementMethod.AUTOMATIC
    assert last.sd_deg < 5
    assert abs(flexion_deg(last, mounting(seed), 0.0)) < 2 * last.sd_deg
    assert abs(flexion_deg(last, mounting(seed), 80.0) - 80.0) < 2 * last.sd_deg


def test_nothing_is_said_before_somebody_walked() -> None:
    assert learned([("sit", 120), ("stand", 60), ("sit", 60)]) == ()


def test_three_brisk_steps_a_second_apart_are_enough_to_know_upright() -> None:
    """Five seconds of walking after a long sit: the thigh's axis is known within 15 s, the front and so the angle is not."""
    script: Script = [("sit", 40), ("walk", 7), ("stand", 20)]
    first = learned(script)[0]
    assert (first.since - START_NS) / 1e9 < 60
    up = rotate(multiply(first.thigh_from_sensor, inverse(mounting(0))), np.array([0.0, 1.0, 0.0]))
    assert np.rad2deg(np.arccos(up[1])) < 2 * AxesParams().blind_sd_deg


def test_a_leg_that_bounces_on_a_seat_is_not_walking() -> None:
    acc = felt([("sit", 120)])
    t = np.arange(len(acc)) / 50.0
    bounce = 1.9 * np.sin(2 * np.pi * 2.3 * t) * ((t > 40) & (t < 44))
    imu = imu_block(acc + bounce[:, None] * np.array([0.5, 0.85, 0.1]))
    assert AutomaticPlacement().step(imu, oriented(imu)) == ()


def test_a_bicycle_shows_which_way_is_forward() -> None:
    """Somebody who never sits but rides: the thigh is bent by 25-50 deg, forward."""
    acc = felt([("stand", 30), ("walk", 60), ("stand", 30)])
    riding = cycling(120)
    imu = imu_block(np.concatenate([acc, riding]), thigh_from_sensor=mounting(0))
    last = AutomaticPlacement().step(imu, oriented(imu))[-1]
    assert last.sd_deg < 6
    assert abs(flexion_deg(last, mounting(0), 80.0) - 80.0) < 3 * last.sd_deg


def cycling(seconds: float) -> np.ndarray:
    """(n, 3) 80 turns a minute, the thigh between 18 and 58 degrees."""
    t = np.arange(round(seconds * 50)) / 50.0
    f = np.deg2rad(38 + 20 * np.sin(2 * np.pi * 80 / 60 * t))
    return np.asarray(G * np.stack([np.sin(f), np.cos(f), 0 * f], axis=1))


def test_without_a_seat_the_sign_is_unsure_and_the_sd_says_so() -> None:
    placements = learned([("stand", 20), ("walk", 60), ("stand", 30)])
    assert placements
    assert all(p.sd_deg >= 45 for p in placements)


def test_sitting_down_makes_it_sure() -> None:
    sds = [p.sd_deg for p in learned(DAY)]
    assert sds[0] >= 45
    assert sds[-1] < 5


def test_a_placement_counts_from_after_the_windows_it_rests_on() -> None:
    acc = felt(DAY)
    imu = imu_block(acc, thigh_from_sensor=mounting(0))
    stage, known = AutomaticPlacement(), 0
    for second in range(len(acc) // 50):
        part = rows(imu, slice(second * 50, second * 50 + 50))
        for placement in stage.step(part, oriented(part)):
            assert part.t_ns[0] <= placement.since <= part.t_ns[-1]
            known += 1
    assert known > 1


def test_a_sensor_put_on_anew_is_learned_anew() -> None:
    first, second = mounting(1), mounting(2)
    a, b = felt(DAY, seed=1), felt([("walk", 150), *DAY], seed=2)
    acc = np.concatenate([rotate(inverse(first), a), rotate(inverse(second), b)])
    imu = imu_block(acc)
    last = AutomaticPlacement().step(imu, oriented(imu))[-1]
    assert abs(flexion_deg(last, second, 0.0)) < 2 * last.sd_deg
    assert abs(flexion_deg(last, second, 80.0) - 80.0) < 2 * last.sd_deg


def test_lying_on_the_side_is_not_taken_for_a_seat() -> None:
    last = learned([("walk", 60), ("stand", 30), ("side", 400), ("stand", 20), ("sit", 120), ("walk", 30)])[-1]
    assert abs(flexion_deg(last, mounting(0), 80.0) - 80.0) < 10


@pytest.mark.parametrize("seed", range(4))
def test_any_cut_gives_the_same_bits_and_the_state_moves_house(seed: int) -> None:
    imu = imu_block(felt(DAY, seed=seed), thigh_from_sensor=mounting(seed))
    before = copy.deepcopy(imu.acc_mps2)
    whole = AutomaticPlacement().step(imu, oriented(imu))
    stage = AutomaticPlacement()
    out: tuple[Placement, ...] = ()
    for piece in cuts(len(imu), seed):
        part = rows(imu, piece)
        out += stage.step(part, oriented(part))
        stage = AutomaticPlacement(None, pickle.loads(pickle.dumps(stage.state)))  # noqa: S301 - our own bytes
    assert plain(out) == plain(whole)
    assert np.array_equal(before, imu.acc_mps2)


def test_nothing_in_nothing_out() -> None:
    empty = rows(imu_block(felt([("stand", 1)])), slice(0, 0))
    assert AutomaticPlacement().step(empty, oriented(empty)) == ()


# -- brisk steps ---------------------------------------------------------------------------------------------------------


def moving(
    along_g: float, across_g: float, hz: float, *, inclined_deg: float = 5.0, seconds: float = 60.0
) -> np.ndarray:
    """(n, 3) a thigh that shakes so much along and across itself, as one frequency, about one direction."""
    t = np.arange(round(seconds * 50)) / 50.0
    f = np.deg2rad(inclined_deg)
    y, x = np.array([np.sin(f), np.cos(f), 0.0]), np.array([np.cos(f), -np.sin(f), 0.0])
    lift, swing = (
        np.sqrt(2) * along_g * np.sin(2 * np.pi * hz * t),
        np.sqrt(2) * across_g * np.sin(2 * np.pi * hz * t + 1.2),
    )
    return np.asarray(G * (y + lift[:, None] * y + swing[:, None] * x))


@pytest.mark.parametrize(
    ("what", "along_g", "across_g", "hz", "placed"),
    [
        ("slow steps with little across", 0.3, 0.24, 1.9, False),
        ("quick ones", 0.3, 0.24, 2.4, True),
        ("very brisk walking, 0.62 g along", 0.62, 0.42, 2.7, True),
        ("a rough road on a bicycle", 0.62, 0.42, 2.0, False),
        ("a run", 1.0, 0.45, 3.0, False),
        ("a shake along alone", 0.6, 0.2, 2.7, False),
    ],
)
def test_brisk_steps_are_told_by_frequency_and_size(
    what: str, along_g: float, across_g: float, hz: float, *, placed: bool
) -> None:
    del what
    imu = imu_block(moving(along_g, across_g, hz), thigh_from_sensor=mounting(0))
    assert bool(AutomaticPlacement().step(imu, oriented(imu))) is placed
