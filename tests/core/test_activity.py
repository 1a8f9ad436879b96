"""What the wearer does, second by second."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from hipmonitor.core.activity import Activity, ActivityBlock, ActivityKind
from hipmonitor.core.frames import multiply
from hipmonitor.core.inbound import TookOff
from hipmonitor.core.samples import ImuBlock
from tests.core.thigh_streams import (
    START_NS,
    Script,
    cuts,
    decided_by,
    did,
    felt,
    imu_block,
    interrupted,
    interrupted_for,
    mounting,
    rows,
    thigh_block,
)

MOUNTED = mounting(3)
K = ActivityKind
DAY: Script = [("stand", 20), ("walk", 30), ("sit", 80), ("stand", 15), ("side", 60), ("stand", 10), ("table", 150)]


def decided(imu: ImuBlock, *, placed: bool = True, **how: Any) -> ActivityBlock:
    return decided_by(Activity(), imu, MOUNTED if placed else None, **how)


def day(script: Script = DAY, *, rate_hz: float = 50.0, noise_g: float = 0.002) -> ImuBlock:
    return imu_block(felt(script, rate_hz=rate_hz, noise_g=noise_g), rate_hz=rate_hz, thigh_from_sensor=MOUNTED)


def most(kind: np.ndarray) -> ActivityKind:
    return K(int(np.bincount(kind).argmax()))


@pytest.mark.parametrize("rate_hz", [12.5, 25.0, 100.0, 200.0])
def test_a_day_is_told_at_any_rate(rate_hz: float) -> None:
    kind = decided(day(rate_hz=rate_hz)).kind
    ends = np.cumsum([seconds for _, seconds in DAY]).astype(int)
    said = [most(part[4:-2]) for part in np.split(kind, ends[:-1])]
    assert said == [K.STAND, K.WALK, K.SIT, K.STAND, K.LIE, K.STAND, K.SEDENTARY]
    assert kind[-1] == K.NOT_WORN


def test_one_entry_a_second_from_the_first_row() -> None:
    block = decided(day())
    assert len(block) == 365
    assert np.array_equal(block.start_ns, START_NS + np.arange(365) * 1_000_000_000)
    assert ((block.confidence >= 0) & (block.confidence <= 1)).all()


def test_sitting_down_is_decided_within_three_seconds() -> None:
    imu, stage = day([("stand", 30), ("sit", 20)]), Activity()
    for row in range(len(imu)):
        part = rows(imu, slice(row, row + 1))
        block = stage.step(part, thigh_block(part, MOUNTED))
        if (block.kind == K.SIT).any():
            break
    horizontal_s = 30.75  # half of a movement of 1.5 s
    assert row / 50 <= horizontal_s + 3.0 + 1.0  # a second is decided whole


def test_walking_is_known_without_a_placement() -> None:
    kind = decided(day([("stand", 20), ("walk", 40), ("sit", 30)]), placed=False).kind
    assert (kind[23:57] == K.WALK).all()
    assert set(kind[[5, 10, 80]]) == {K.UNKNOWN}


@pytest.mark.parametrize("noise_g", [0.0, 0.0005, 0.003, 0.005])
@pytest.mark.parametrize("rate_hz", [12.5, 100.0])
def test_a_sensor_on_a_table_is_noticed_within_two_minutes_and_never_sits(rate_hz: float, noise_g: float) -> None:
    kind = decided(day([("table", 400)], rate_hz=rate_hz, noise_g=noise_g), placed=False).kind
    assert (kind[120:] == K.NOT_WORN).all()
    assert not (kind == K.SIT).any()


def test_taken_off_after_wearing_it_sits_for_some_seconds_at_most() -> None:
    kind = decided(day([("walk", 20), ("stand", 10), ("table", 300)])).kind
    assert (kind[30 + 120 :] == K.NOT_WORN).all()
    assert (kind == K.SIT).sum() <= 20


def test_somebody_who_sits_still_is_worn() -> None:
    kind = decided(day([("walk", 20), ("sit", 900)])).kind
    assert not (kind == K.NOT_WORN).any()
    assert (kind[25:] == K.SIT).mean() > 0.9


def test_a_coarse_sensor_needs_an_hour() -> None:
    acc = felt([("walk", 60), ("sit", 600)], noise_g=0.0)
    block = decided_by(Activity(), imu_block(np.round(acc / 0.16) * 0.16), np.array([1.0, 0, 0, 0]))
    assert not (block.kind == K.NOT_WORN).any()


def coarse(script: Script) -> ActivityBlock:
    acc = felt(script, noise_g=0.0)
    return decided_by(Activity(), imu_block(np.round(acc / 0.16) * 0.16), np.array([1.0, 0, 0, 0]))


def test_a_coarse_sensor_that_was_put_down_where_no_thigh_rested_is_noticed_within_two_minutes() -> None:
    kind = coarse([("walk", 60), ("table", 200)]).kind
    assert (kind[60 + 120 :] == K.NOT_WORN).all()
    assert (kind == K.SIT).sum() <= 60


def test_a_coarse_sensor_that_is_still_where_somebody_stirred_is_worn() -> None:
    assert not (coarse([("walk", 60), ("sit", 120), ("table", 300)]).kind == K.NOT_WORN).any()


def test_a_coarse_sensor_that_was_put_down_as_somebody_sat_is_noticed_after_eight_minutes() -> None:
    kind = coarse([("walk", 60), ("sit", 120), ("walk", 30), ("table", 600)]).kind
    assert not (kind[210 : 210 + 420] == K.NOT_WORN).any()
    assert (kind[210 + 485 :] == K.NOT_WORN).all()


@pytest.mark.parametrize("sloping_deg", [60.0, 70.0])
def test_a_coarse_sensor_that_lies_as_somebody_sat_earns_two_minutes_of_sitting_at_most(sloping_deg: float) -> None:
    """It cannot be told from somebody lying still for an hour; then it is not worn."""
    a = np.deg2rad(sloping_deg)
    left = np.tile(9.81 * np.array([np.sin(a), np.cos(a), 0.0]), (50 * 3820, 1))
    t = np.arange(50 * 120) / 50
    left[: len(t), 2] += np.where(
        t % 8 < 2, 0.6 * np.sin(2 * np.pi * 2 * t), 0.0
    )  # somebody stirs, and leaves it there
    acc = np.concatenate([felt([("walk", 60)], noise_g=0.0), left])
    imu = imu_block(np.round(acc / 0.16) * 0.16)
    kind = decided_by(Activity(), imu, np.array([1.0, 0, 0, 0])).kind
    assert (kind[70:180] == K.SIT).mean() > 0.5
    assert not (kind[180 + 122 :] == K.SIT).any()
    assert kind[-1] == K.NOT_WORN


def turned_over(script: Script, *, doubted: bool) -> ActivityBlock:
    """A sensor that is upside down by the placement that is believed, or doubted."""
    upside_down = multiply(MOUNTED, np.array([0.0, 0.0, 0.0, 1.0]))
    imu = imu_block(felt(script), thigh_from_sensor=upside_down)
    thigh = thigh_block(imu, MOUNTED)
    placements = tuple(replace(one, doubted=doubted) for one in thigh.placements)
    room = Activity()
    return room.step(imu, replace(thigh, placements=placements)).followed_by(room.flush())


def test_who_steps_is_upright_wherever_the_thigh_seems_to_be_once_the_sensor_may_have_been_put_on_anew() -> None:
    """A phone that was out of its pocket."""
    kind = turned_over([("walk", 40)], doubted=True).kind
    assert (kind[12:] == K.WALK).all()


def test_what_is_carried_about_as_no_thigh_is_walked_is_not_worn() -> None:
    kind = turned_over([("walk", 40), ("stand", 60)], doubted=False).kind
    assert not np.isin(kind, (K.WALK, K.STAND)).any()
    assert (kind[20:] == K.NOT_WORN).all()


def test_a_level_thigh_may_be_shaken_for_some_seconds() -> None:
    kind = turned_over([("stand", 40), ("walk", 8), ("stand", 40)], doubted=False).kind
    assert not (kind == K.NOT_WORN).any()


def test_what_was_carried_is_worn_again_once_somebody_walks_on_it() -> None:
    imu = imu_block(np.concatenate([felt([("walk", 30)])[:, [1, 0, 2]] * [1, -1, 1], felt([("walk", 30)])]))
    kind = decided_by(Activity(), imu, np.array([1.0, 0, 0, 0])).kind
    assert (kind[20:38] == K.NOT_WORN).all()
    assert (kind[42:55] == K.WALK).all()


def test_who_squats_is_not_seated_in_between() -> None:
    """Nowhere for the five seconds that a side of a counted change lasts."""
    squats: Script = [("sit", 2.5), ("stand", 2.0)] * 8
    seated = np.isin(decided(day([("walk", 20), ("stand", 20), *squats, ("stand", 20)])).kind, (K.SIT, K.SEDENTARY))
    assert np.convolve(seated, np.ones(5), "valid").max() < 5


def test_who_turns_from_the_side_to_the_back_still_lies() -> None:
    kind = decided(day([("walk", 20), ("side", 60), ("sit", 60)])).kind  # the seat's direction is that of the back
    assert (kind[30:80] == K.LIE).all()
    assert (kind[85:] == K.LIE).all()


@pytest.mark.parametrize("lost_s", [5, 60])
def test_a_second_without_samples_is_unknown(lost_s: int) -> None:
    block = decided(interrupted(day([("stand", 40)]), 1000, lost_s))
    assert set(block.lasting_s.tolist()) == {1}
    assert set(block.kind[20 : 20 + lost_s].tolist()) == {K.UNKNOWN}
    assert set(np.delete(block.kind, range(20, 20 + lost_s)).tolist()) == {K.STAND}


@pytest.mark.parametrize("begins_s", [20.0, 20.3])
@pytest.mark.parametrize("cut", [False, True])
@pytest.mark.parametrize("posture", ["stand", "sit"])
def test_in_a_loss_of_up_to_two_seconds_the_last_posture_goes_on(posture: str, cut: bool, begins_s: float) -> None:
    imu = interrupted_for(day([("walk", 10), (posture, 30)]), begins_s, 1.9)
    block = decided(imu, at=list(range(len(imu))) if cut else [], moves=cut)
    assert set(block.kind[15:40].tolist()) == {K[posture.upper()]}
    seen, gone_on = block.confidence[19], block.confidence[20:22].min()
    assert 0.5 * seen < gone_on < seen


def test_a_loss_that_is_a_little_longer_is_unknown() -> None:
    block = decided(interrupted_for(day([("walk", 10), ("stand", 30)]), 20.0, 2.1))
    assert block.kind[20:22].tolist() == [K.UNKNOWN] * 2


def test_a_table_that_is_lost_for_a_second_now_and_then_is_still_a_table() -> None:
    imu = day([("walk", 10), ("table", 180)])
    for second in (60.0, 100.0, 140.0):
        imu = interrupted_for(imu, second, 1.5)
    assert (decided(imu).kind[130:] == K.NOT_WORN).all()


def test_what_was_taken_off_stays_off_in_a_short_loss() -> None:
    imu = interrupted_for(day([("walk", 10), ("stand", 30)]), 20.0, 1.9)
    assert (decided(imu, actions=[did(20.1, TookOff())]).kind[20:] == K.NOT_WORN).all()


@pytest.mark.parametrize("lost_s", [61, 36_000, 30 * 86_400, 1_750_000_000])
def test_a_long_loss_is_one_row_and_costs_nothing(lost_s: int) -> None:
    began = time.perf_counter()
    block = decided(interrupted(day([("stand", 40)]), 1000, lost_s))
    assert time.perf_counter() - began < 1.0
    assert block.kind.tolist() == [K.STAND] * 20 + [K.UNKNOWN] + [K.STAND] * 20
    assert block.lasting_s.tolist() == [1] * 20 + [lost_s] + [1] * 20
    assert np.array_equal(block.start_ns[1:], block.end_ns[:-1])


@pytest.mark.parametrize("lost_s", [0, 59, 60, 61, 62, 63, 500])
@pytest.mark.parametrize("placed", [True, False])
@pytest.mark.parametrize("seed", range(2))
def test_any_cut_gives_the_same_bits_and_the_state_moves_house(seed: int, placed: bool, lost_s: int) -> None:
    imu = interrupted(day(), 7000, lost_s)
    off = [did(120.3, TookOff())]
    whole = decided(imu, placed=placed, actions=off)
    single = 6850 + np.arange(300)
    parts = decided(
        imu, placed=placed, actions=off, at=[*(cut.start for cut in cuts(len(imu), seed)), *single], moves=True
    )
    assert (whole.kind[122:125] == K.NOT_WORN).all()
    for name in ("start_ns", "lasting_s", "kind", "confidence"):
        assert getattr(parts, name).tobytes() == getattr(whole, name).tobytes()


def test_nothing_in_nothing_out() -> None:
    empty = rows(day([("stand", 1)]), slice(0, 0))
    assert len(decided(empty)) == 0
