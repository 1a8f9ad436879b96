"""A sensor that the wearer took off is not worn until somebody walks on it, or holds a pose with it."""

from __future__ import annotations

import numpy as np

from hipmonitor.core.activity import Activity, ActivityBlock, ActivityKind
from hipmonitor.core.arrays import Quats
from hipmonitor.core.frames import multiply
from hipmonitor.core.inbound import ForgetPlacement, HoldPose, Mark, Pose, TookOff, UserAction
from tests.core.thigh_streams import Script, decided_by, did, felt, imu_block, interrupted, mounting

MOUNTED = mounting(3)
K = ActivityKind
DAY: Script = [("stand", 20), ("walk", 30), ("sit", 150), ("stand", 10), ("walk", 40), ("sit", 30)]
OFF = did(100.4, TookOff())


def said(
    *actions: UserAction, script: Script = DAY, placed: bool = True, lost: tuple[int, int] = (0, 0)
) -> ActivityBlock:
    imu = interrupted(imu_block(felt(script), thigh_from_sensor=MOUNTED), *lost)
    return decided_by(Activity(), imu, MOUNTED if placed else None, actions=actions)


def turned_about_x(thigh_from_sensor: Quats, degrees: float) -> Quats:
    """Worn so much tilted to the side."""
    half = np.deg2rad(degrees) / 2
    return multiply(np.array([np.cos(half), np.sin(half), 0.0, 0.0]), thigh_from_sensor)


def test_from_the_second_in_which_it_was_said_nothing_is_worn_until_ten_seconds_of_walking() -> None:
    kind = said(OFF).kind
    assert kind[99] == K.SIT
    assert (kind[100:216] == K.NOT_WORN).all()
    assert (kind[222:248] == K.WALK).all()
    assert (kind[252:] == K.SIT).all()


def test_until_it_is_known_how_it_sits_nothing_shows_that_it_is_worn() -> None:
    """What swings in a bag looks like walking."""
    assert (said(OFF, placed=False).kind[100:] == K.NOT_WORN).all()


def test_a_thigh_walks_upright() -> None:
    leaning = turned_about_x(MOUNTED, 40.0)
    kind = decided_by(Activity(), imu_block(felt(DAY), thigh_from_sensor=leaning), MOUNTED, actions=[OFF]).kind
    assert (kind[100:] == K.NOT_WORN).all()


def test_where_its_place_is_known_who_stands_and_stirs_wears_it() -> None:
    kind = said(
        did(50.4, TookOff()), script=[("stand", 20), ("walk", 30), ("table", 150), ("stand", 90), ("walk", 30)]
    ).kind
    assert (kind[51:215] == K.NOT_WORN).all()
    assert (kind[240:285] == K.STAND).all()


def test_a_few_steps_carry_it_to_a_drawer() -> None:
    kind = said(OFF, script=[("stand", 100), ("walk", 8), ("table", 60)]).kind
    assert (kind[100:] == K.NOT_WORN).all()


def test_a_loss_of_samples_is_unknown_and_does_not_put_it_on() -> None:
    block = said(OFF, lost=(6000, 3600))
    assert block.kind[120] == K.UNKNOWN
    assert (block.kind[121:200] == K.NOT_WORN).all()


def test_who_holds_a_pose_wears_it() -> None:
    kind = said(OFF, did(140.0, HoldPose(pose=Pose.SIT))).kind
    assert (kind[100:140] == K.NOT_WORN).all()
    assert (kind[140:200] == K.SIT).all()


def test_other_actions_say_nothing_about_wearing_it() -> None:
    kind = said(did(100.4, ForgetPlacement()), did(110.0, Mark(text="tea"))).kind
    assert not (kind == K.NOT_WORN).any()
