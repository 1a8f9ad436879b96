"""Several sensors on one body: pelvis, other thigh, a strap that slips; each with its own errors, all with one truth."""

from __future__ import annotations

import itertools
from collections import Counter

import numpy as np
import pytest
from vqf import VQF

from firmware_sim.body import (
    PLACES,
    Act,
    MovingBody,
    Person,
    Script,
    Slip,
    Where,
    climb,
    drawn,
    drawn_slips,
    lunges,
    run,
    sit,
    squats,
    stand,
    walk,
)
from firmware_sim.imu import drawn_mounting
from firmware_sim.memory_link import stream_together
from firmware_sim.scenarios import scenario_named
from firmware_sim.worn_sensor import sensor_seed, wear, wear_all
from hipmonitor.core.arrays import Quats, Vec3s
from hipmonitor.core.frames import inverse, multiply, rotate, up_in_sensor
from hipmonitor.core.inbound import Notification, SensorId, Tick
from tests.firmware_sim.device_rig import START_NS

SCRIPT: Script = (stand(8), sit(12, "office_chair"), sit(10, "office_chair", "lean_forward"), walk(20), squats(20))


def body(where: Where, *, seed: int = 3, script: Script = SCRIPT, slips: tuple[Slip, ...] = ()) -> MovingBody:
    return MovingBody(script, drawn(seed), seed=seed, where=where, slips=slips)


def angle_deg(a: Vec3s, b: Vec3s) -> np.ndarray:
    return np.degrees(np.arccos(np.clip(np.sum(a * b, axis=1), -1.0, 1.0)))


def test_bodies_felt_at_three_places_are_one_body() -> None:
    t_s = np.arange(0.0, 60.0, 0.1)
    truths = [body(where).truth(t_s) for where in PLACES]
    for truth in truths[1:]:
        assert np.array_equal(truth.world_from_thigh, truths[0].world_from_thigh)
        assert np.array_equal(truth.world_from_pelvis, truths[0].world_from_pelvis)


def test_a_pelvis_sensor_follows_the_pelvis_but_for_its_flesh() -> None:
    t_s = np.arange(0.0, 60.0, 0.05)
    b = body("pelvis")
    pose = b._poser.at(t_s)
    tilt = angle_deg(up_in_sensor(pose.world_from_strap), up_in_sensor(pose.world_from_pelvis))
    assert tilt[t_s < 7].max() < 1.0
    assert 0.2 < tilt.max() < 9.0


def test_rates_and_forces_at_the_pelvis_tell_its_inclination_to_an_independent_filter() -> None:
    t_s = np.arange(0.0, 60.0, 0.01)
    b = body("pelvis")
    felt = b.felt(t_s)
    found = VQF(0.01).updateBatch(felt.angular_rate_radps.copy(), felt.specific_force_mps2.copy())["quat6D"]
    error = angle_deg(up_in_sensor(found), up_in_sensor(b._poser.at(t_s).world_from_strap))
    assert np.sqrt(np.mean(error**2)) < 2.0


@pytest.mark.parametrize("act", [walk(30), run(30), climb(30)], ids=lambda act: act.posture)
def test_the_standing_leg_s_hip_is_adducted_and_the_other_leg_is_half_a_stride_away(act: Act) -> None:
    for seed in range(6):
        b = MovingBody((stand(5), act), drawn(seed), seed=seed)
        own = b.events().own_steps_s[5:25]
        stride = np.median(np.diff(own))
        assert np.median(b.truth(own + 0.2 * stride).hip_adduction_deg) > 1.0
        flexion = b.truth(own + 0.3 * stride).thigh_flexion_deg
        assert np.median(b.other_leg(own + 0.8 * stride).thigh_flexion_deg) == pytest.approx(
            np.median(flexion), abs=6.0
        )


def test_the_two_thighs_of_a_quiet_sitter_are_alike_and_not_the_same() -> None:
    b = MovingBody((sit(60, "office_chair", "restless"),), drawn(5), seed=5)
    t_s = np.arange(0.0, 60.0, 0.5)
    apart = b.truth(t_s).thigh_flexion_deg - b.other_leg(t_s).thigh_flexion_deg
    assert 0.1 < np.abs(apart).max() < 15.0


def test_the_other_leg_s_joint_angles_are_mirrored() -> None:
    person = Person(sway_deg=0.0, settle_deg=0.0, tremor_deg=0.0, breath_deg=0.0, stirs_per_min=0.0)
    b = MovingBody((sit(20),), person)
    b._choreography.other.spread.move(at=1.0, seconds=1.0, to=12.0)
    b._choreography.other.twist.move(at=1.0, seconds=1.0, to=9.0)
    leg = b.other_leg(np.array([5.0]))
    assert leg.hip_adduction_deg[0] == pytest.approx(-12.0, abs=1e-9)
    assert leg.hip_rotation_deg[0] == pytest.approx(9.0, abs=1e-9)
    knee = rotate(leg.world_from_thigh, np.array([0.0, -1.0, 0.0]))[0]
    assert knee[1] > 0.1  # the other leg of who wears it on the right is the left one: outward is the world's +y


def test_the_pelvis_drops_on_the_side_whose_leg_swings_forward() -> None:
    b = MovingBody((stand(5), walk(40)), drawn(4), seed=4)
    own = b.events().own_steps_s[5:25]
    pelvis = b.truth(own + 0.25 * np.median(np.diff(own))).world_from_pelvis
    right = rotate(pelvis, np.array([0.0, 0.0, 1.0]))
    assert np.median(right[:, 2]) > 0.01  # worn on the right: its side is the higher one in its stance


def test_a_slip_turns_the_strap_and_not_the_thigh() -> None:
    slips = (Slip(at_s=4.0, turn_deg=25.0, down_m=0.02), Slip(at_s=6.0, tilt_deg=5.0))
    slipped, kept = body("thigh", slips=slips), body("thigh")
    t_s = np.array([2.0, 5.5, 7.8])
    assert np.array_equal(slipped.truth(t_s).world_from_thigh, kept.truth(t_s).world_from_thigh)
    turned = multiply(inverse(kept._poser.at(t_s).world_from_strap), slipped._poser.at(t_s).world_from_strap)
    degrees = 2 * np.degrees(np.arccos(np.clip(np.abs(turned[:, 0]), 0.0, 1.0)))
    assert degrees == pytest.approx([0.0, 25.0, np.hypot(25.0, 5.0)], abs=0.2)
    assert slipped.strap_deg(t_s)[0] == pytest.approx([0.0, 25.0, 25.0])
    assert slipped.strap_deg(t_s)[1] == pytest.approx([0.0, 0.0, 5.0])


def test_a_strap_at_the_side_feels_the_thigh_with_its_own_axes() -> None:
    t_s = np.array([18.0])
    front, left = (MovingBody(SCRIPT, drawn(3), seed=3, around_deg=around) for around in (0.0, 90.0))
    felt = [b.felt(t_s).specific_force_mps2[0] for b in (front, left)]
    assert felt[1][1] == pytest.approx(felt[0][1], abs=0.2)  # along the thigh both feel the same
    assert felt[1][2] == pytest.approx(felt[0][0], abs=0.2)  # what is front for one is the other's side


def test_straps_slip_seldom_and_differently() -> None:
    slips = [drawn_slips(seed, 8 * 3600.0) for seed in range(30)]
    assert 8 < np.median([len(one) for one in slips]) < 30
    assert all(slip.at_s + 5.0 < 8 * 3600.0 for one in slips for slip in one)
    assert np.median([abs(sum(slip.turn_deg for slip in one)) for one in slips]) > 10.0


def test_every_place_has_another_sensor_and_the_thigh_s_is_as_ever() -> None:
    assert sensor_seed(7, "thigh") == 7
    assert len({sensor_seed(seed, where) for seed in range(5) for where in PLACES}) == 15
    worn = {where: wear(SCRIPT, seed=7, where=where) for where in PLACES}
    assert len({w.mounting for w in worn.values()}) == 3
    assert worn["thigh"].mounting == drawn_mounting(7)
    assert worn["thigh"].mounting.around_deg == 0.0
    assert {w.person for w in worn.values()} == {worn["thigh"].person}


def test_belts_carry_their_sensor_on_the_back_or_on_a_hip() -> None:
    around = np.array([drawn_mounting(seed, "pelvis").around_deg for seed in range(200)])
    assert np.mean(np.abs(around) < 45.0) == pytest.approx(2 / 3, abs=0.1)
    assert np.abs(around).max() < 115.0


def test_sensors_worn_together_arrive_together_with_one_tick_a_second() -> None:
    worn = wear_all(scenario_named("exercise"), seed=5)
    devices = {SensorId(where): one.device for where, one in worn.items()}
    turns = list(stream_together(devices, start_ns=START_NS, seconds=15.0, seed=5))
    events = list(itertools.chain.from_iterable(turns))
    assert [e.at for e in events] == sorted(e.at for e in events)
    data = Counter(e.sensor for e in events if isinstance(e, Notification) and e.channel == "hip/data")
    assert set(data) == {"thigh", "pelvis", "other_thigh"}
    assert min(data.values()) > 120
    ticks = [e.at for e in events if isinstance(e, Tick)]
    assert len(ticks) == len(set(ticks)) == 16


def test_the_same_seed_gives_the_same_three_streams() -> None:
    def spoken() -> list[bytes]:
        worn = wear_all(scenario_named("stairs"), seed=2, places=("thigh", "pelvis"))
        devices = {SensorId(where): one.device for where, one in worn.items()}
        turns = stream_together(devices, start_ns=START_NS, seconds=6.0, seed=2)
        return [e.payload for e in itertools.chain.from_iterable(turns) if isinstance(e, Notification)]

    assert spoken() == spoken()


def test_lunging_moves_the_other_thigh_apart_from_the_worn_one() -> None:
    b = MovingBody((stand(5), lunges(30)), drawn(1), seed=1, where="other_thigh")
    t_s = np.arange(5.0, 35.0, 0.02)
    strap: Quats = b._poser.at(t_s).world_from_strap
    up, thigh = up_in_sensor(strap), up_in_sensor(b.other_leg(t_s).world_from_thigh)
    assert angle_deg(up, thigh).max() < 10.0
    assert angle_deg(thigh, up_in_sensor(b.truth(t_s).world_from_thigh)).max() > 50.0
