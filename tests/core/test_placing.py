"""Which placement is in force when, and what the angles are before and after it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from hipmonitor.core.arrays import Quats
from hipmonitor.core.frames import rotate
from hipmonitor.core.inbound import ForgetPlacement, HoldPose, Pose, TookOff
from hipmonitor.core.samples import ImuBlock
from hipmonitor.core.thigh import (
    Placement,
    PlacementMethod,
    PlacingParams,
    Thigh,
    ThighBlock,
    ThighParams,
)
from tests.core.builders import about, at, did, imu, oriented_as, still
from tests.core.thigh_streams import felt

STANDING = (0.0, 1.0, 0.0)
SEATED = (1.0, 0.0, 0.0)
STRAIGHT = about([0, 0, 1], 0)
RATE_HZ = 20


def placement(
    since_s: float,
    method: PlacementMethod = PlacementMethod.GIVEN,
    thigh_from_sensor: Quats = STRAIGHT,
    sd_deg: float = 2.0,
) -> Placement:
    return Placement(since=at(since_s), thigh_from_sensor=thigh_from_sensor, method=method, sd_deg=sd_deg)


def lying_flat(seconds: float, start_s: float = 0.0) -> ImuBlock:
    """Thigh level, x up: 90 degrees where the placement is straight."""
    return still(SEATED, seconds, start_s=start_s)


def step(room: Thigh, block: ImuBlock, *actions: object) -> ThighBlock:
    start_s = (int(block.t_ns[0]) - at(0)) / 1e9 if len(block) else 0.0
    return room.step(block, oriented_as(block), [did(start_s, action) for action in actions])  # type: ignore[arg-type]


def given(*placements: Placement) -> Thigh:
    return Thigh(ThighParams(side="right", placing=PlacingParams(given=placements)))


def guided() -> Thigh:
    """Stood and sat; a guided placement is in force from 13 s on."""
    room = Thigh(ThighParams(side="right"))
    step(room, still(STANDING, 5), HoldPose(pose=Pose.STAND))
    out = step(room, still(SEATED, 5, start_s=10), HoldPose(pose=Pose.SIT))
    assert [p.since for p in out.placements] == [at(13)]
    return room


def walking(seconds: float, start_s: float, turned_deg: float = 0.0) -> ImuBlock:
    """Ordinary walking, which teaches a placement within half a minute. `turned_deg`: the sensor lies otherwise."""
    acc = rotate(about([0, 0, 1], turned_deg), felt([("walk", seconds)], rate_hz=RATE_HZ))
    return imu(acc, rate_hz=RATE_HZ, start_s=start_s)


def methods(out: ThighBlock) -> list[PlacementMethod]:
    return [p.method for p in out.placements]


# -- angles and their placement ----------------------------------------------------------------------------------------


def test_without_a_placement_there_are_no_angles_and_no_trust() -> None:
    out = step(Thigh(), lying_flat(2))
    assert np.isnan(out.thigh_flexion_deg).all()
    assert np.isnan(out.thigh_inclination_deg).all()
    assert np.isinf(out.sd_deg).all()
    assert not out.trusted.any()


def test_a_placement_counts_from_its_own_instant_not_from_the_step_it_came_in() -> None:
    out = step(given(placement(0), placement(1.5, thigh_from_sensor=about([0, 0, 1], 30), sd_deg=3)), lying_flat(3))
    assert out.thigh_flexion_deg[:30] == pytest.approx(90)
    assert out.thigh_flexion_deg[30:] == pytest.approx(60)
    assert out.sd_deg.tolist() == [2] * 30 + [3] * 30


def test_a_guided_placement_counts_from_the_end_of_the_seated_pose() -> None:
    room = Thigh()
    step(room, still(STANDING, 5), HoldPose(pose=Pose.STAND))
    out = step(room, still(SEATED, 5, start_s=10), HoldPose(pose=Pose.SIT))
    assert np.isnan(out.thigh_flexion_deg).tolist() == [True] * 60 + [False] * 40


def test_an_angle_is_trusted_where_orientation_is() -> None:
    block = lying_flat(1)
    doubted = oriented_as(block)
    doubted = replace(doubted, trusted=np.arange(20) < 5)
    assert given(placement(0)).step(block, doubted).trusted.tolist() == [True] * 5 + [False] * 15


def test_roll_is_told_for_the_side_of_the_leg() -> None:
    up = np.tile([0.8, 0.0, 0.6], (20, 1))
    block = imu(9.8 * up, rate_hz=RATE_HZ)
    rolls = []
    for side in ("right", "left"):
        room = Thigh(ThighParams(side=side, placing=PlacingParams(given=(placement(0),))))
        rolls.append(room.step(block, oriented_as(block)).thigh_roll_deg[0])
    np.testing.assert_allclose(rolls, [36.87, -36.87], atol=0.01)


# -- poses that walking contradicts ------------------------------------------------------------------------------------


def test_poses_held_in_the_wrong_order_are_dropped_once_somebody_walks() -> None:
    """Sat when asked to stand: by these poses nobody could walk upright."""
    room = Thigh()
    step(room, still(SEATED, 5), HoldPose(pose=Pose.STAND))
    wrong = step(room, still(STANDING, 5, start_s=10), HoldPose(pose=Pose.SIT))
    out = step(room, walking(90, 20.0))
    assert methods(wrong) == [PlacementMethod.GUIDED]
    assert methods(out)[-1] is PlacementMethod.AUTOMATIC
    assert out.placements[-1].strap_on == wrong.placements[-1].strap_on
    assert out.sd_deg[-1] > 5


def test_poses_are_doubted_after_hours_unheard_and_believed_again_after_walking() -> None:
    """The sensor may have been taken off: its sd says so, and alerts are held."""
    room = guided()
    step(room, walking(60, 20.0))
    out = step(room, walking(90, 8 * 3600.0))
    assert methods(out) == [PlacementMethod.GUIDED, PlacementMethod.GUIDED]
    assert [p.doubted for p in out.placements] == [True, False]
    assert [round(p.sd_deg, 1) for p in out.placements] == [10.3, 2.5]


# -- given -------------------------------------------------------------------------------------------------------------


def test_given_placements_come_into_force_by_their_since() -> None:
    room = given(placement(1), placement(5))
    assert [p.since for p in step(room, lying_flat(3)).placements] == [at(1)]
    assert step(room, lying_flat(1, start_s=3)).placements == ()
    assert [p.since for p in step(room, lying_flat(3, start_s=4)).placements] == [at(5)]


def test_a_given_placement_from_before_the_recording_holds_from_its_first_sample() -> None:
    out = step(given(placement(-1000)), lying_flat(1))
    assert [p.since for p in out.placements] == [at(0)]
    assert out.thigh_flexion_deg == pytest.approx(90)


def test_given_placements_wait_for_samples() -> None:
    room = given(placement(0))
    assert step(room, lying_flat(0)).placements == ()
    assert len(step(room, lying_flat(1)).placements) == 1


def test_with_given_placements_nothing_is_learned() -> None:
    room = given(placement(0))
    assert methods(step(room, walking(60, 0.0))) == [PlacementMethod.GIVEN]
    out = step(room, still(STANDING, 5, start_s=60), HoldPose(pose=Pose.STAND))
    assert (out.placements, out.poses) == ((), ())
    assert np.isfinite(out.thigh_flexion_deg).all()


@pytest.mark.parametrize("action", [ForgetPlacement(), TookOff()])
def test_a_given_placement_ends_where_the_sensor_is_put_on_anew(action: object) -> None:
    room = given(placement(0), placement(20))
    step(room, lying_flat(1))
    assert not np.isfinite(step(room, lying_flat(5, start_s=5), action).thigh_flexion_deg).any()
    assert np.isfinite(step(room, lying_flat(5, start_s=20)).thigh_flexion_deg).all()


def test_a_given_placement_does_not_begin_after_the_sensor_was_put_on_anew() -> None:
    assert not step(given(placement(-10)), lying_flat(5), TookOff()).trusted.any()


# -- learned -----------------------------------------------------------------------------------------------------------


def test_ordinary_movement_teaches_until_poses_were_held() -> None:
    room = Thigh()
    assert set(methods(step(room, walking(60, 0.0)))) == {PlacementMethod.AUTOMATIC}
    step(room, still(STANDING, 5, start_s=70), HoldPose(pose=Pose.STAND))
    out = step(room, still(SEATED, 5, start_s=80), HoldPose(pose=Pose.SIT))
    assert methods(out)[-1] is PlacementMethod.GUIDED
    assert (out.sd_deg[:60] > 2.5).all()
    assert (out.sd_deg[60:] == 2.5).all()


def test_poses_outrank_what_ordinary_movement_teaches_later() -> None:
    out = step(guided(), walking(60, 20.0))
    assert out.placements == ()
    assert (out.sd_deg == 2.5).all()


def test_within_one_step_each_placement_has_its_turn() -> None:
    """Walking, the seated pose and walking again arrive at once: what is learned after the pose stays unsaid."""
    room = Thigh()
    step(room, still(STANDING, 5), HoldPose(pose=Pose.STAND))
    seated = np.tile(np.array(SEATED) * 9.80665, (5 * RATE_HZ, 1))
    parts = [felt([("walk", 60)], rate_hz=RATE_HZ), seated, felt([("walk", 60)], rate_hz=RATE_HZ)]
    block = imu(np.concatenate(parts), rate_hz=RATE_HZ, start_s=5)
    out = room.step(block, oriented_as(block), [did(65, HoldPose(pose=Pose.SIT))])
    assert methods(out)[-1] is PlacementMethod.GUIDED
    assert set(methods(out)[:-1]) == {PlacementMethod.AUTOMATIC}
    assert [p.since for p in out.placements] == sorted(p.since for p in out.placements)


def test_what_was_taken_off_teaches_nothing_until_it_walks_in_one_direction_for_half_a_minute() -> None:
    """A bag that is carried rolls about; a strap holds."""
    room = guided()
    step(room, lying_flat(2, start_s=20), TookOff())
    for begins_s, turned_deg in ((30.0, 0.0), (50.0, 20.0), (70.0, -15.0), (90.0, 5.0)):
        assert step(room, walking(20, begins_s, turned_deg)).placements == ()
    assert set(methods(step(room, walking(40, 110.0)))) == {PlacementMethod.AUTOMATIC}


@pytest.mark.parametrize("action", [ForgetPlacement(), TookOff()], ids=["forget", "took off"])
def test_a_sensor_put_on_anew_has_no_placement_until_movement_teaches_one(action: object) -> None:
    room = guided()
    assert np.isnan(step(room, lying_flat(2, start_s=20), action).thigh_flexion_deg).all()
    assert set(methods(step(room, walking(60, 22.0)))) == {PlacementMethod.AUTOMATIC}


def test_poses_held_before_the_sensor_was_put_on_anew_do_not_count() -> None:
    room = Thigh()
    step(room, still(STANDING, 5), HoldPose(pose=Pose.STAND))
    step(room, still(STANDING, 1, start_s=6), ForgetPlacement())
    assert step(room, still(SEATED, 5, start_s=10), HoldPose(pose=Pose.SIT)).placements == ()
