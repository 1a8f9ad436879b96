"""The moving body is smooth, obeys physics and the house's angles, and is a pure function of its arguments."""

from __future__ import annotations

import itertools
from dataclasses import replace

import numpy as np
import pytest
from vqf import VQF

from firmware_sim.body import (
    ACTIVITIES,
    SEAT_FLEXION_DEG,
    Activity,
    MovingBody,
    Person,
    Script,
    drawn,
    lie,
    off,
    sit,
    stand,
    walk,
)
from firmware_sim.body.pose import Pose, turn
from firmware_sim.body.track import Track, smooth_step
from hipmonitor.core.arrays import Bools, Codes, Floats, Quats
from hipmonitor.core.frames import inverse, multiply, rotate, up_in_sensor

G = 9.80665
EVERYTHING: Script = (
    stand(5),
    sit(8, "kitchen_chair"),
    walk(12),
    sit(20, "low_sofa", "restless"),
    sit(6, "low_sofa", "lean_back"),
    lie(14),
    lie(8, on_side=True),
    stand(16, "restless"),
    off(10),
    stand(9),
)
END_S = sum(act.seconds for act in EVERYTHING)


def body(seed: int = 1, script: Script = EVERYTHING, person: Person | None = None) -> MovingBody:
    return MovingBody(script, person or drawn(seed), seed=seed)


def motionless(person: Person) -> Person:
    """Somebody who neither sways nor stirs nor breathes, to see one movement alone."""
    return replace(person, sway_deg=0.0, settle_deg=0.0, tremor_deg=0.0, breath_deg=0.0, stirs_per_min=0.0)


def is_activity(truth_codes: Codes, activity: Activity) -> Bools:
    return np.asarray(truth_codes == ACTIVITIES.index(activity))


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_strap_turns_at_the_rate_that_is_felt(seed: int) -> None:
    t_s, step = np.arange(0.0, END_S, 0.02), 1e-5
    b = body(seed)
    before, after = (b._poser.at(t_s + sign * step).world_from_strap for sign in (-1, 1))
    turned = multiply(inverse(before), after)
    rate = np.sign(turned[:, :1]) * turned[:, 1:] / step
    assert np.max(np.abs(rate - b.felt(t_s).angular_rate_radps)) < np.radians(0.5)


def test_neither_rate_nor_force_ever_jumps() -> None:
    b = body()
    steps = []
    for step in (0.002, 0.001):
        felt = b.felt(np.arange(-1.0, END_S + 5.0, step))
        steps.append([np.max(np.abs(np.diff(x, axis=0))) for x in (felt.angular_rate_radps, felt.specific_force_mps2)])
    # Half the step sees half the change: what changes fast changes steadily.
    assert np.array(steps[1]) / np.array(steps[0]) == pytest.approx(0.5, abs=0.06)
    assert np.degrees(steps[1][0]) < 40.0


def test_at_rest_the_accelerometer_feels_one_g_upwards() -> None:
    still = (stand(3), sit(8, "office_chair"), off(15))
    felt_at = np.array([10.0, 10.5, 24.0, 25.0])
    b = body(4, still, motionless(drawn(4)))
    felt = b.felt(felt_at)
    assert np.linalg.norm(felt.specific_force_mps2, axis=1) == pytest.approx(G, abs=0.01)
    up = up_in_sensor(b._poser.at(felt_at).world_from_strap)
    assert felt.specific_force_mps2 / G == pytest.approx(up, abs=0.002)


def test_the_mean_specific_force_over_a_walk_is_one_g_upwards() -> None:
    b = body(2, (walk(70),))
    t_s = np.arange(5.0, 60.0, 0.001)
    world = rotate(b._poser.at(t_s).world_from_strap, b.felt(t_s).specific_force_mps2)
    assert world.mean(axis=0)[2] == pytest.approx(G, abs=0.15)
    assert np.abs(world.mean(axis=0)[:2]).max() < 0.5


def test_rates_and_forces_together_tell_the_strap_s_inclination_to_an_independent_filter() -> None:
    t_s = np.arange(0.0, 90.0, 0.01)
    b = body(2, (stand(20), sit(20), walk(50)))
    felt = b.felt(t_s)
    found = VQF(0.01).updateBatch(felt.angular_rate_radps.copy(), felt.specific_force_mps2.copy())["quat6D"]
    cosine = np.sum(up_in_sensor(found) * up_in_sensor(b._poser.at(t_s).world_from_strap), axis=1)
    error_deg = np.degrees(np.arccos(np.clip(cosine, -1.0, 1.0)))
    assert np.sqrt(np.mean(error_deg**2)) < 1.5  # VQF's published inclination error is 0.5 to 1.5 degrees


def test_a_lever_feels_more_of_a_turn_the_longer_it_is() -> None:
    person = motionless(drawn(3))
    t_s = np.arange(3.0, 3.0 + 0.75 * person.sit_down_s, 0.005)  # until the seat is met
    swings = []
    for along_m in (0.0, 0.4):
        felt = MovingBody((stand(3), sit(8)), person, seed=1, along_m=along_m).felt(t_s)
        swings.append(float(np.max(np.abs(np.linalg.norm(felt.specific_force_mps2, axis=1) - G))))
    # The knee is planted while sitting down, so the hip's end of the thigh is accelerated and the knee's is not.
    assert swings[0] > 3 * swings[1]


def one_axis(axis: int, angle_deg: float) -> Quats:
    standing = np.array([[np.sqrt(0.5), np.sqrt(0.5), 0.0, 0.0]])
    return multiply(standing, turn(axis, np.array([angle_deg])))


def test_raising_the_knee_forward_turns_the_front_of_the_thigh_up() -> None:
    up = up_in_sensor(one_axis(2, 90.0))
    assert up[0] == pytest.approx([1.0, 0.0, 0.0])
    knee_from_hip = rotate(one_axis(2, 90.0), np.array([0.0, -1.0, 0.0]))
    assert knee_from_hip[0] == pytest.approx([1.0, 0.0, 0.0])  # world x is where the person faces


def test_the_thigh_frame_points_forward_up_and_to_the_right() -> None:
    pose = one_axis(2, 0.0)
    axes = [rotate(pose, axis)[0] for axis in np.eye(3)]
    assert axes[0] == pytest.approx([1, 0, 0])
    assert axes[1] == pytest.approx([0, 0, 1])
    assert axes[2] == pytest.approx([0, -1, 0])  # the wearer's right is the world's -y


@pytest.mark.parametrize("side", ["left", "right"])
@pytest.mark.parametrize(("track", "field"), [("abduction", "hip_adduction_deg"), ("rotation", "hip_rotation_deg")])
def test_one_joint_axis_at_a_time_shows_in_its_own_angle_only(side: str, track: str, field: str) -> None:
    person = motionless(Person(side="left" if side == "left" else "right"))
    b = MovingBody((sit(20),), person)
    getattr(b._choreography, track).move(at=1.0, seconds=1.0, to=12.0)
    truth = b.truth(np.array([0.0, 5.0]))
    sign = -1.0 if track == "abduction" else 1.0
    assert getattr(truth, field)[1] == pytest.approx(sign * 12.0, abs=1e-9)
    other = {"hip_adduction_deg", "hip_rotation_deg"} - {field}
    assert getattr(truth, other.pop())[1] == pytest.approx(0.0, abs=1e-9)
    assert truth.hip_flexion_deg[1] == pytest.approx(truth.hip_flexion_deg[0], abs=1e-9)


@pytest.mark.parametrize(("side", "outward_y"), [("left", 1.0), ("right", -1.0)])
def test_abduction_carries_the_knee_outward_and_internal_rotation_the_kneecap_inward(
    side: str, outward_y: float
) -> None:
    person = motionless(Person(side="left" if side == "left" else "right"))
    b = MovingBody((stand(20),), person)
    b._choreography.abduction.move(at=1.0, seconds=1.0, to=20.0)
    knee = rotate(b.truth(np.array([5.0])).world_from_thigh, np.array([0.0, -1.0, 0.0]))[0]
    assert knee[1] == pytest.approx(outward_y * np.sin(np.radians(20.0)))
    seated = MovingBody((sit(20),), person)
    seated._choreography.rotation.move(at=1.0, seconds=1.0, to=15.0)
    truth = seated.truth(np.array([5.0]))
    front = rotate(truth.world_from_thigh, np.array([1.0, 0.0, 0.0]))[0]
    assert front[1] * outward_y < -0.2  # the kneecap looks towards the other leg
    assert truth.thigh_roll_deg[0] > 10.0


def test_truth_is_what_the_house_reads_off_the_thigh() -> None:
    t_s = np.arange(0.0, END_S, 0.1)
    truth = body().truth(t_s)
    up = up_in_sensor(truth.world_from_thigh)
    worn = truth.worn
    assert 0 < np.sum(~worn) < len(worn)
    house = np.degrees(np.arctan2(up[:, 0], up[:, 1]))
    assert truth.thigh_flexion_deg[worn] == pytest.approx(house[worn], abs=1e-9)
    assert np.isnan(truth.thigh_flexion_deg[~worn]).all()
    assert np.isnan(truth.hip_flexion_deg[~worn]).all()


def test_quiet_standing_is_zero_and_a_seat_is_its_angle() -> None:
    person = drawn(8)
    truth = body(8, (stand(10), sit(20, "low_sofa")), person).truth(np.arange(0.0, 30.0, 0.1))
    assert np.abs(truth.thigh_flexion_deg[:100]).max() < 1.5
    assert truth.thigh_flexion_deg[-1] == pytest.approx(SEAT_FLEXION_DEG["low_sofa"] + person.seat_offset_deg, abs=0.5)
    assert truth.hip_flexion_deg[-1] == pytest.approx(truth.thigh_flexion_deg[-1] - person.pelvis_rollback_deg, abs=0.5)
    assert truth.pelvis_tilt_deg[-1] == pytest.approx(-person.pelvis_rollback_deg, abs=0.5)


def test_lying_on_the_back_looks_like_sitting_to_the_thigh_and_straight_to_the_hip() -> None:
    truth = body(3, (lie(20), lie(20, on_side=True))).truth(np.array([10.0, 39.0]))
    assert truth.thigh_flexion_deg[0] == pytest.approx(90.0, abs=1.0)
    assert truth.hip_flexion_deg == pytest.approx([0.0, 40.0], abs=1.0)
    assert truth.thigh_inclination_deg == pytest.approx([90.0, 90.0], abs=1.0)
    assert not truth.seat_contact.any()


@pytest.mark.parametrize("seed", range(6))
def test_sitting_down_and_walking_are_within_published_ranges(seed: int) -> None:
    person = drawn(seed)
    t_s = np.arange(0.0, 40.0, 0.01)
    truth = body(seed, (stand(5), sit(8, "kitchen_chair"), walk(27)), person).truth(t_s)
    rate = np.gradient(truth.thigh_flexion_deg, 0.01)
    down, walking = (t_s > 5) & (t_s < 8), (t_s > 20) & (t_s < 38)
    assert 60.0 < rate[down].max() < 200.0
    swing = truth.thigh_flexion_deg[walking]
    assert 30.0 < swing.max() - swing.min() < 50.0
    assert 120.0 < rate[walking].max() < 260.0
    assert swing.mean() == pytest.approx(person.walking_offset_deg, abs=1.5)
    forward = np.flatnonzero(np.diff(np.sign(swing - swing.mean())) > 0)
    assert 0.85 < 100.0 / np.diff(forward[::1]).mean() < 1.05  # strides a second


def test_activities_follow_the_script_and_the_seat() -> None:
    t_s = np.arange(0.0, END_S, 0.05)
    truth = body().truth(t_s)
    names = [ACTIVITIES[code] for code in truth.activity]
    order = [names[0], *(b for a, b in itertools.pairwise(names) if a != b)]
    assert order == ["stand", "sit", "stand", "walk", "stand", "sit", "lie", "sit", "stand", "not_worn", "stand"]
    sitting = is_activity(truth.activity, Activity.SIT)
    assert truth.seat_contact[sitting].all()
    assert not truth.seat_contact[is_activity(truth.activity, Activity.WALK)].any()


def test_a_table_shows_the_strap_a_horizontal_thigh_that_nobody_wears() -> None:
    b = body(1, (stand(5), off(60)))
    up = up_in_sensor(b._poser.at(np.array([40.0])).world_from_strap)
    assert up[0] == pytest.approx([1.0, 0.0, 0.0], abs=1e-9)
    assert np.abs(b.felt(np.array([40.0])).angular_rate_radps).max() < 1e-9


def test_the_strap_is_tilted_on_a_seat_and_swings_at_heel_strike_but_not_in_standing() -> None:
    person = Person(tissue_bend_deg=3.0, tissue_across_deg=6.0, strike_swing_deg=4.0)
    b = MovingBody((stand(5), sit(10, "bed"), walk(20)), person)

    def tilt_deg(t_s: Floats) -> Floats:
        pose = b._poser.at(t_s)
        w = multiply(inverse(pose.world_from_thigh), pose.world_from_strap)[:, 0]
        tilt: Floats = np.degrees(2 * np.arccos(np.clip(np.abs(w), 0.0, 1.0)))
        return tilt

    assert tilt_deg(np.array([2.0]))[0] < 0.1
    assert tilt_deg(np.array([14.0]))[0] == pytest.approx(np.hypot(3.0, 6.0), abs=0.4)
    assert 3.5 < tilt_deg(np.arange(25.0, 34.0, 0.002)).max() < 6.0


def test_persons_differ_by_seed_and_one_seed_is_one_person() -> None:
    t_s = np.arange(0.0, END_S, 0.1)
    one, same, other = (body(seed).felt(t_s).specific_force_mps2 for seed in (1, 1, 2))
    assert np.array_equal(one, same)
    assert not np.allclose(one, other)
    offsets = np.array([drawn(seed).walking_offset_deg for seed in range(300)])
    assert offsets.mean() == pytest.approx(6.0, abs=1.0)
    assert offsets.std() == pytest.approx(4.0, abs=0.8)


@pytest.mark.parametrize("size", [1, 7, 50, 999])
def test_sampling_at_any_cut_gives_the_same_bits(size: int) -> None:
    t_s = np.linspace(0.0, END_S, 997)
    b = body(5)
    whole = b.felt(t_s)
    parts = [b.felt(t_s[i : i + size]) for i in range(0, len(t_s), size)]
    assert np.array_equal(whole.specific_force_mps2, np.concatenate([p.specific_force_mps2 for p in parts]))
    assert np.array_equal(whole.angular_rate_radps, np.concatenate([p.angular_rate_radps for p in parts]))


def test_nothing_is_asked_of_no_instants() -> None:
    none = np.zeros(0)
    assert body().felt(none).specific_force_mps2.shape == (0, 3)
    assert body().truth(none).thigh_flexion_deg.shape == (0,)


def test_an_act_that_is_too_short_for_its_movement_is_refused() -> None:
    with pytest.raises(ValueError, match=r"act 1 \(sit\) has 1 s; getting there takes"):
        body(1, (stand(5), sit(1)))
    with pytest.raises(ValueError, match="the script is empty"):
        body(1, ())
    with pytest.raises(ValueError, match="side is 'unknown'"):
        Person(side="unknown")


def test_a_track_moves_smoothly_and_queues_what_comes_too_early() -> None:
    track = Track(1.0)
    track.move(at=2.0, seconds=2.0, to=5.0)
    track.move(at=3.0, seconds=1.0, to=0.0)
    assert track.at(np.array([0.0, 2.0, 3.0, 4.0, 4.5, 5.0, 99.0])) == pytest.approx([1, 1, 3, 5, 2.5, 0, 0])
    assert track.final == 0.0
    x = np.array([0.0, 1e-4, 1.0 - 1e-4, 1.0])
    assert np.diff(smooth_step(x))[[0, 2]] == pytest.approx([0.0, 0.0], abs=1e-10)


def test_pose_is_held_after_the_script_ends() -> None:
    pose: Pose = body()._poser.at(np.array([END_S + 1000.0]))
    assert up_in_sensor(pose.world_from_thigh)[0, 1] > 0.99
