"""The hip from two sensors: three angles with their signs and their doubt, and what happens when one of them is not heard."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from hipmonitor.core.activity import ActivityKind
from hipmonitor.core.frames import multiply, rotate
from hipmonitor.core.hip import (
    Hip,
    HipBlock,
    HipMethod,
    HipParams,
    PelvisHeard,
    PelvisMethod,
    PelvisPlacement,
    PelvisPlacingParams,
    joint_angles,
)
from hipmonitor.core.orientation import Oriented
from hipmonitor.core.samples import Doubt
from hipmonitor.core.settings import Side
from hipmonitor.core.settings_in_force import FROM_THE_BEGINNING
from hipmonitor.core.thigh import Placement, PlacementMethod
from tests.core.builders import about, activity, at
from tests.core.hip_streams import (
    PELVIS_FROM_SENSOR,
    RATE_HZ,
    SEAT,
    STAND,
    THIGH_FROM_SENSOR,
    USUAL,
    Act,
    Worn,
    X,
    Y,
    Z,
    later,
)

KNEE, FORWARD, RIGHT = np.array([0.0, -1.0, 0.0]), np.array([1.0, 0.0, 0.0]), np.array([0.0, 0.0, 1.0])
LIE = Act(kind=ActivityKind.LIE, seconds=20, tilt=-90)


# -- signs, one axis at a time -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("side", "mirror"), [("right", 1.0), ("left", -1.0)])
def test_flexion_brings_the_knee_forward_on_either_leg(side: Side, mirror: float) -> None:
    turned = about(Z, 30)
    assert rotate(turned, KNEE) @ FORWARD > 0
    out = joint_angles(turned[None], side)
    assert out.flexion_deg == pytest.approx(30)
    assert out.adduction_deg == pytest.approx(0, abs=1e-9)


@pytest.mark.parametrize(("side", "mirror"), [("right", 1.0), ("left", -1.0)])
def test_adduction_brings_the_knee_towards_the_other_one(side: Side, mirror: float) -> None:
    turned = about(X, 20 * mirror)
    assert np.sign(rotate(turned, KNEE) @ RIGHT) == -mirror
    assert joint_angles(turned[None], side).adduction_deg == pytest.approx(20)


@pytest.mark.parametrize(("side", "mirror"), [("right", 1.0), ("left", -1.0)])
def test_internal_rotation_turns_the_kneecap_towards_the_other_one(side: Side, mirror: float) -> None:
    turned = about(Y, 15 * mirror)
    assert np.sign(rotate(turned, FORWARD) @ RIGHT) == -mirror
    assert joint_angles(turned[None], side).rotation_deg == pytest.approx(15)


# -- what is measured --------------------------------------------------------------------------------------------------


def methods(out: HipBlock) -> list[HipMethod]:
    return [HipMethod(code) for code in np.unique(out.hip_method)]


@pytest.mark.parametrize("heading_deg", [0.0, 77.0, 200.0])
def test_three_angles_come_back_whatever_the_mounting_and_the_headings(heading_deg: float) -> None:
    crossed = replace(SEAT, adduction=12, rotation=-8, flexion=70)
    worn = Worn(acts=(*USUAL, STAND, crossed), heading_deg=heading_deg)
    out, rows = worn.measured(), worn.seconds(100, 118)
    assert methods(out)[-1] is HipMethod.MEASURED
    assert out.hip_flexion_deg[rows] == pytest.approx(70, abs=1)
    assert out.hip_adduction_deg[rows] == pytest.approx(12, abs=1.5)
    assert out.hip_rotation_deg[rows] == pytest.approx(-8, abs=1.5)


def test_on_the_left_leg_adduction_and_rotation_have_the_other_sign() -> None:
    acts = (*USUAL, STAND, replace(SEAT, adduction=12, rotation=-8))
    right, left = (Worn(acts=acts, side=side).measured() for side in ("right", "left"))
    assert left.hip_flexion_deg[-1] == right.hip_flexion_deg[-1]
    assert left.hip_adduction_deg[-1] == -right.hip_adduction_deg[-1]
    assert left.hip_rotation_deg[-1] == -right.hip_rotation_deg[-1]


def test_without_a_side_there_is_flexion_alone() -> None:
    out = Worn(side="unknown").measured()
    assert np.isfinite(out.hip_flexion_deg[-1])
    assert np.isnan([out.hip_adduction_deg[-1], out.hip_rotation_deg[-1], out.hip_rotation_sd_deg[-1]]).all()


def test_leaning_forward_on_the_seat_is_seen() -> None:
    """The thigh lies as before; the pelvis tips by 25 deg, and so much more the hip bends."""
    lean = replace(SEAT, tilt=7, flexion=90)
    worn = Worn(acts=(*USUAL, lean))
    out, before, after = worn.measured(), worn.seconds(70, 79), worn.seconds(81, 99)
    assert np.mean(out.pelvis_tilt_deg[before]) == pytest.approx(-18, abs=1)
    assert np.mean(out.pelvis_tilt_deg[after]) == pytest.approx(7, abs=1)
    assert np.mean(out.hip_flexion_deg[after]) - np.mean(out.hip_flexion_deg[before]) == pytest.approx(25, abs=1)


def test_until_standing_and_sitting_were_seen_posture_estimates() -> None:
    out = Worn().measured()
    assert set(out.hip_method[: round(20 * RATE_HZ)].tolist()) == {HipMethod.UPRIGHT}
    assert np.isnan(out.pelvis_tilt_deg[: round(20 * RATE_HZ)]).all()
    assert out.hip_method[-1] == HipMethod.MEASURED


def test_the_placement_of_the_pelvis_sensor_is_told_with_its_doubt() -> None:
    first, *_ = Worn().measured().pelvis_placements
    assert first.method is PelvisMethod.AUTOMATIC
    assert first.since == at(30)
    assert abs(float(np.sum(first.pelvis_from_sensor * PELVIS_FROM_SENSOR))) == pytest.approx(1, abs=1e-3)
    assert 1 < first.tilt_sd_deg < 5
    assert 5 < first.forward_sd_deg < 35


def test_a_given_placement_holds_from_the_first_sample_and_nothing_is_learned() -> None:
    given = PelvisPlacement(
        since=at(-9),
        pelvis_from_sensor=PELVIS_FROM_SENSOR,
        method=PelvisMethod.GIVEN,
        tilt_sd_deg=2,
        forward_sd_deg=5,
    )
    out = Worn().measured(Hip(HipParams(placing=PelvisPlacingParams(given=(given,)))))
    assert methods(out) == [HipMethod.MEASURED]
    assert [placement.since for placement in out.pelvis_placements] == [at(0)]


@pytest.mark.parametrize("tilt", [0.0, -3.0])
def test_a_pelvis_that_does_not_roll_back_does_not_tell_where_forward_is(tilt: float) -> None:
    out = Worn(acts=(STAND, replace(SEAT, tilt=tilt)) * 3).measured()
    assert HipMethod.MEASURED not in methods(out)


def test_leaning_forward_on_the_way_up_tells_where_forward_is_too() -> None:
    rise = Act(kind=ActivityKind.STAND, seconds=2, tilt=14, flexion=59)
    upright = (STAND, replace(SEAT, tilt=-4, seconds=25)) * 4
    leaning = (STAND, replace(SEAT, tilt=-4, seconds=25), rise) * 4
    assert HipMethod.MEASURED not in methods(Worn(acts=upright).measured())
    assert methods(Worn(acts=leaning).measured())[-1] is HipMethod.MEASURED


def test_lying_is_not_taken_for_a_seat() -> None:
    sedentary = replace(LIE, kind=ActivityKind.SEDENTARY)
    assert not Worn(acts=(STAND, sedentary, sedentary)).measured().pelvis_placements


def test_lying_before_anybody_stood_is_taken_back() -> None:
    sedentary = replace(LIE, kind=ActivityKind.SEDENTARY)
    worn = Worn(acts=(sedentary, sedentary, *USUAL))
    out = worn.measured()
    assert out.pelvis_placements[0].since >= at(70)
    assert out.hip_flexion_deg[-1] == pytest.approx(65, abs=1)


def test_squats_and_lunges_do_not_tell_where_upright_is() -> None:
    lunge = Act(kind=ActivityKind.STAND, seconds=20, tilt=20, flexion=60)
    worn = Worn(acts=(*USUAL, lunge, lunge, lunge, SEAT))
    assert worn.measured().hip_flexion_deg[-1] == pytest.approx(65, abs=1)


# -- heading -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("drift", [-3.0, 3.0])
def test_headings_that_drift_apart_are_followed(drift: float) -> None:
    worn = Worn(acts=(*USUAL * 4, replace(STAND, rotation=10)), drift_deg_per_min=drift)
    out = worn.measured()  # without being followed it would be 16 deg off by now
    assert out.hip_rotation_deg[worn.seconds(321, 329)] == pytest.approx(10, abs=6)
    assert out.hip_flexion_deg[worn.seconds(300, 319)] == pytest.approx(65, abs=1.5)


def test_doubt_of_the_knee_s_side_grows_on_a_long_seat_and_that_of_flexion_hardly() -> None:
    worn = Worn(acts=(*USUAL, *[STAND] * 8, *[SEAT] * 40))
    out, early, late = worn.measured(), worn.seconds(241, 242), worn.seconds(1030, 1031)
    assert (out.hip_rotation_sd_deg > out.hip_flexion_sd_deg)[early].all()
    assert out.hip_adduction_sd_deg[late].mean() > out.hip_adduction_sd_deg[early].mean() + 2
    assert out.hip_flexion_sd_deg[late].mean() < out.hip_flexion_sd_deg[early].mean() + 0.3


def test_after_a_long_loss_heading_is_found_anew_and_flexion_goes_on_by_gravity() -> None:
    worn = Worn(acts=(*USUAL, SEAT, STAND, STAND))
    keep = np.ones(worn.n)
    keep[worn.seconds(82, 86)] = 0
    out = worn.measured(heard=worn.heard(keep))
    lost, found = worn.seconds(87, 89), worn.seconds(132, 138)
    assert (out.hip_method[lost] == HipMethod.MEASURED).all()
    assert np.isnan(out.hip_rotation_deg[lost]).all()
    assert out.hip_flexion_deg[lost] == pytest.approx(65, abs=1)
    assert (out.hip_flexion_sd_deg[lost] > out.hip_flexion_sd_deg[worn.seconds(80, 81)][0] + 1).all()
    assert out.hip_rotation_deg[found] == pytest.approx(0, abs=1)


def test_a_level_thigh_tells_no_heading_by_its_front() -> None:
    held = Act(kind=ActivityKind.STAND, seconds=20, flexion=90)
    worn = Worn(acts=(*USUAL, replace(held, rotation=40)))
    out = worn.measured()
    assert out.hip_rotation_deg[worn.seconds(99, 100)] == pytest.approx(40, abs=1)


def test_a_heading_that_jumped_without_being_told_is_noticed_while_standing() -> None:
    worn = Worn(acts=(*USUAL, *[STAND] * 4))
    worn.pelvis = _from(worn.pelvis, worn.seconds(90, 160), about(Z, 120))
    out = worn.measured()
    assert abs(out.hip_rotation_deg[worn.seconds(95, 96)]).min() > 60
    assert out.hip_rotation_deg[worn.seconds(150, 159)] == pytest.approx(0, abs=5)


def _from(seen: Oriented, rows: slice, turn: np.ndarray) -> Oriented:
    """The same, its world turned over these rows."""
    world = seen.orientation.world_from_sensor.copy()
    world[rows] = multiply(turn, world[rows])
    return replace(seen, orientation=replace(seen.orientation, world_from_sensor=world))


def _level_heading(seen: Oriented, degrees: float) -> Oriented:
    """In the world that both sensors would have with magnetometers."""
    return _from(seen, slice(None), about(Z, degrees))


def test_a_thigh_placement_that_turns_forward_turns_no_rotation_into_the_hip() -> None:
    worn = Worn(acts=(*USUAL, STAND))
    block = worn.thigh_block()
    turned = Placement(
        since=at(85),
        thigh_from_sensor=multiply(about(Y, 25), THIGH_FROM_SENSOR),
        method=PlacementMethod.AUTOMATIC,
        sd_deg=2.0,
    )
    block = replace(block, placements=(*block.placements, turned))
    out = Hip(HipParams(side="right")).step(block, activity(worn.kinds), worn.thigh, worn.heard())
    assert out.hip_rotation_deg[worn.seconds(86, 99)] == pytest.approx(
        out.hip_rotation_deg[worn.seconds(83, 84)][0], abs=1
    )


# -- without a gyroscope -----------------------------------------------------------------------------------------------


def test_without_a_gyroscope_flexion_alone_is_measured_from_the_two_inclinations() -> None:
    worn = Worn()
    worn.pelvis = replace(worn.pelvis, imu=replace(worn.pelvis.imu, gyr_radps=None))
    out = worn.measured()
    assert out.hip_method[-1] == HipMethod.MEASURED
    assert out.hip_flexion_deg[-1] == pytest.approx(65, abs=1)
    assert np.isnan(out.hip_adduction_deg).all()


@pytest.mark.parametrize("which", ["thigh", "pelvis"])
def test_while_a_gyroscope_is_doubted_flexion_alone_is_measured_and_heading_is_learned_anew(which: str) -> None:
    worn = Worn(acts=(*USUAL, *USUAL, *USUAL))
    doubted = np.zeros(worn.n, np.int8)
    doubted[worn.seconds(100, 160)] = Doubt.GYROSCOPE_STUCK
    seen = getattr(worn, which)
    world = seen.orientation.world_from_sensor.copy()
    world[worn.seconds(160, 240)] = multiply(about(Z, 70), world[worn.seconds(160, 240)])
    orientation = replace(seen.orientation, world_from_sensor=world)
    setattr(worn, which, replace(seen, imu=replace(seen.imu, doubt=doubted), orientation=orientation))
    out = worn.measured()
    assert np.isfinite(out.hip_rotation_deg[worn.seconds(90, 99)]).all()
    during = worn.seconds(101, 159)
    assert set(out.hip_method[during].tolist()) == {HipMethod.MEASURED}
    assert np.isnan(out.hip_rotation_deg[during]).all()
    after = out.hip_rotation_deg[worn.seconds(160, 240)]
    assert np.isnan(after[: round(5 * RATE_HZ)]).all()
    assert np.isfinite(after).any()
    assert np.nanmax(np.abs(after)) < 10


def test_on_the_side_inclination_tells_no_hip_and_none_is_given() -> None:
    worn = Worn(acts=(*USUAL, replace(STAND, kind=ActivityKind.LIE)))
    worn.thigh, worn.pelvis = (
        replace(_from(seen, worn.seconds(80, 100), about(X, 90)), imu=replace(seen.imu, gyr_radps=None))
        for seen in (_level_heading(worn.thigh, -40), _level_heading(worn.pelvis, 110))
    )
    out = worn.measured()
    assert set(out.hip_method[worn.seconds(60, 79)].tolist()) == {HipMethod.MEASURED}
    assert set(out.hip_method[worn.seconds(82, 99)].tolist()) == {HipMethod.LYING}


# -- hearing two sensors -----------------------------------------------------------------------------------------------


def test_where_the_pelvis_was_not_heard_posture_estimates_and_says_so() -> None:
    worn = Worn()
    keep = np.ones(worn.n)
    keep[worn.seconds(70, 71.5)] = 0
    out = worn.measured(heard=worn.heard(keep))
    assert set(out.hip_method[worn.seconds(70, 71.5)].tolist()) == {HipMethod.SEATED}
    assert set(out.hip_method[worn.seconds(72, 80)].tolist()) == {HipMethod.MEASURED}
    assert np.isnan(out.hip_adduction_deg[worn.seconds(70, 71.5)]).all()


def test_untrusted_pelvis_rows_are_not_used() -> None:
    worn = Worn()
    trusted = np.ones(worn.n, np.bool_)
    trusted[worn.seconds(70, 72)] = False
    worn.pelvis = replace(worn.pelvis, orientation=replace(worn.pelvis.orientation, trusted=trusted))
    assert set(worn.measured().hip_method[worn.seconds(70, 72)].tolist()) == {HipMethod.SEATED}


def test_rows_wait_for_the_pelvis_until_it_is_not_waited_for_any_more() -> None:
    worn, hip = Worn(), Hip()
    block, kinds = worn.thigh_block(), activity(worn.kinds)
    assert len(hip.step(block, kinds, worn.thigh, PelvisHeard())) == 0
    empty = replace(worn, acts=())
    out = hip.step(
        replace(empty.thigh_block(), placements=()), activity([]), empty.thigh, PelvisHeard(complete_to_ns=at(10))
    )
    assert at(9) < out.t_ns[-1] < at(10)
    assert HipMethod.MEASURED not in methods(out)


def test_samples_that_come_too_late_are_not_used() -> None:
    worn = Worn()
    out = worn.measured(heard=later(worn.heard(), at(70)))
    assert not np.isfinite(out.pelvis_tilt_deg).any()
    whole = Worn(acts=(*USUAL, *USUAL))
    rest = whole.measured(heard=later(whole.heard(), at(70)))
    assert rest.hip_method[-1] == HipMethod.MEASURED


def test_put_on_anew_nothing_is_measured_until_it_was_learned_again() -> None:
    worn, hip = Worn(), Hip()
    assert worn.measured(hip).hip_method[-1] == HipMethod.MEASURED
    hip.put_on_anew()
    again = Worn(acts=(STAND, replace(SEAT, seconds=10)))
    shift = round(80e9)
    block = replace(again.thigh_block(), t_ns=again.thigh.imu.t_ns + shift, placements=())
    out = hip.step(
        block, activity(again.kinds, start_s=80), again.thigh, PelvisHeard(parts=((-1, _shifted(again, shift)),))
    )
    assert HipMethod.MEASURED not in methods(out)


def test_put_on_anew_before_the_first_sample_a_given_placement_does_not_begin() -> None:
    given = PelvisPlacement(
        since=FROM_THE_BEGINNING,
        pelvis_from_sensor=PELVIS_FROM_SENSOR,
        method=PelvisMethod.GIVEN,
        tilt_sd_deg=2,
        forward_sd_deg=5,
    )
    hip = Hip(HipParams(placing=PelvisPlacingParams(given=(given,))))
    hip.put_on_anew()
    assert HipMethod.MEASURED not in methods(Worn().measured(hip))


def _shifted(worn: Worn, by_ns: int) -> Oriented:
    p = worn.pelvis
    t_ns = p.imu.t_ns + by_ns
    return replace(p, imu=replace(p.imu, t_ns=t_ns), orientation=replace(p.orientation, t_ns=t_ns))
