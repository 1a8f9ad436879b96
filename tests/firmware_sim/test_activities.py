"""Whatever the body does it does smoothly and as physics has it, and truth tells what it was."""

from __future__ import annotations

import itertools
from dataclasses import replace

import numpy as np
import pytest

from firmware_sim.body import (
    ACTIVITIES,
    PLACES,
    Act,
    Activity,
    Manner,
    MovingBody,
    Script,
    Slip,
    Truth,
    Where,
    bag,
    climb,
    cycle,
    descend,
    drawn,
    lie,
    lie_bent,
    lie_front,
    lie_worn_side,
    lunges,
    off,
    run,
    sit,
    squats,
    stand,
    walk,
)
from hipmonitor.core.arrays import Floats
from hipmonitor.core.frames import inverse, multiply, rotate, up_in_sensor

G = 9.80665
ON_THE_LEGS: Script = (
    *(stand(5), squats(12), lunges(14), walk(6), run(10), walk(5), climb(8), walk(4), descend(8)),
    *(stand(4), cycle(20), stand(5)),
)
AT_EASE: Script = (
    *(sit(12, "office_chair", "crossed"), sit(8, "office_chair", "ankle_on_knee"), sit(8, "office_chair", "knee_in")),
    *(sit(50, "car"), sit(15, "floor"), walk(5), sit(8, "low_sofa", "slump")),
    *(lie_bent(14), lie_front(10), lie_worn_side(10), lie(10, on_side=True), bag(40), off(15), stand(25)),
)
SLIPS = (Slip(at_s=8.0, turn_deg=20.0, tilt_deg=4.0, down_m=0.03),)


def body(script: Script, seed: int = 2, where: Where = "thigh") -> MovingBody:
    person = drawn(seed, side="left" if seed % 2 else "right")
    return MovingBody(script, person, seed=seed, where=where, slips=SLIPS)


def truth_after(act: Act, seed: int, before: Script) -> Truth:
    """Truth over the second half of an act."""
    b = body((*before, act), seed)
    return b.truth(np.arange(b.seconds - act.seconds / 2, b.seconds, 0.05))


def names(truth: Truth) -> list[str]:
    codes = [ACTIVITIES[code].value for code in truth.activity]
    return [codes[0], *(b for a, b in itertools.pairwise(codes) if a != b)]


@pytest.mark.parametrize("where", PLACES)
@pytest.mark.parametrize("script", [ON_THE_LEGS, AT_EASE], ids=["on the legs", "at ease"])
def test_rate_and_force_never_jump(script: Script, where: Where) -> None:
    b, steps = body(script, 1, where), []
    for step in (0.002, 0.001):
        felt = b.felt(np.arange(-1.0, b.seconds + 3.0, step))
        steps.append([np.max(np.abs(np.diff(x, axis=0))) for x in (felt.angular_rate_radps, felt.specific_force_mps2)])
    # Half the step sees half the change: what changes fast changes steadily.
    assert np.array(steps[1]) / np.array(steps[0]) == pytest.approx(0.5, abs=0.06)


@pytest.mark.parametrize("where", PLACES)
@pytest.mark.parametrize("script", [ON_THE_LEGS, AT_EASE], ids=["on the legs", "at ease"])
def test_the_strap_turns_at_the_rate_that_is_felt(script: Script, where: Where) -> None:
    b, step = body(script, 2, where), 1e-5
    t_s = np.arange(0.0, b.seconds, 0.02)
    before, after = (b._poser.at(t_s + sign * step).world_from_strap for sign in (-1, 1))
    turned = multiply(inverse(before), after)
    rate = np.sign(turned[:, :1]) * turned[:, 1:] / step
    assert np.max(np.abs(rate - b.felt(t_s).angular_rate_radps)) < np.radians(1.5)


@pytest.mark.parametrize("act", [run(60), climb(60), descend(60), cycle(60)], ids=lambda act: act.posture)
def test_the_mean_specific_force_is_one_g_upwards(act: Act) -> None:
    b = MovingBody((act,), drawn(2), seed=2)
    t_s = np.arange(5.0, 55.0, 0.001)
    world = rotate(b._poser.at(t_s).world_from_strap, b.felt(t_s).specific_force_mps2)
    assert world.mean(axis=0)[2] == pytest.approx(G, abs=0.25)
    assert np.abs(world.mean(axis=0)[:2]).max() < 0.5


def test_truth_calls_each_by_the_name_of_the_pipeline() -> None:
    b = body(ON_THE_LEGS)
    assert names(b.truth(np.arange(0.0, b.seconds, 0.05))) == [
        *("stand", "walk", "run", "walk", "stairs", "walk", "stairs", "stand", "cycle", "stand")
    ]
    b = body(AT_EASE)
    assert names(b.truth(np.arange(0.0, b.seconds, 0.05))) == [
        *(
            "sit",
            "stand",
            "sit",
            "stand",
            "sit",
            "stand",
            "walk",
            "stand",
            "sit",
            "lie",
            "not_worn",
            "lie",
            "sit",
            "stand",
        )
    ]


def test_a_runner_who_walks_on_does_not_stop_in_between() -> None:
    b = body((walk(10), run(10), walk(10)))
    steps_s = b.events().steps_s
    assert np.diff(steps_s[(steps_s > 5) & (steps_s < 27)]).max() < 0.8
    assert len(b.events().running_steps_s) == pytest.approx(10 * 2.7, abs=4)


def test_squats_bend_both_thighs_and_tip_the_pelvis_forward() -> None:
    b = body((stand(5), squats(40)))
    deepest = b.events().squats_s
    assert len(deepest) >= 8
    at_depth = b.truth(deepest)
    assert (at_depth.thigh_flexion_deg > 60.0).all()
    assert (at_depth.pelvis_tilt_deg > 8.0).all()
    assert (at_depth.hip_flexion_deg > at_depth.thigh_flexion_deg).all()
    assert b.other_leg(deepest).thigh_flexion_deg == pytest.approx(at_depth.thigh_flexion_deg, abs=5.0)
    tops = b.flexion_peaks(from_s=5.0)
    assert tops.at_s == pytest.approx(deepest, abs=0.4)
    assert not b.truth(np.arange(0.0, 45.0, 0.1)).seat_contact.any()


def test_lunges_put_one_leg_in_front_and_then_the_other() -> None:
    b = body((stand(5), lunges(60)))
    deepest = b.events().lunges_s
    own, other = b.truth(deepest).thigh_flexion_deg, b.other_leg(deepest).thigh_flexion_deg
    in_front = own > other
    assert len(deepest) >= 10
    assert (np.diff(in_front.astype(int)) != 0).all()
    assert (np.maximum(own, other) > 55.0).all()
    assert (np.minimum(own, other) < 20.0).all()


def lounging(manner: Manner) -> list[Truth]:
    script = (stand(5), sit(10), sit(30, "office_chair", manner))
    return [body(script, seed).truth(np.array([14.0, 40.0])) for seed in range(12)]


def change(truths: list[Truth], field: str) -> Floats:
    """What the manner changes against sitting upright, a person a row."""
    return np.array([getattr(truth, field)[1] - getattr(truth, field)[0] for truth in truths])


def test_the_upper_of_two_crossed_legs_is_adducted_and_its_knee_is_high() -> None:
    upper, lower = lounging("crossed"), lounging("crossed_under")
    assert 5.0 < np.median(change(upper, "thigh_flexion_deg")) < 22.0
    assert np.median(change(upper, "hip_adduction_deg")) > 8.0
    assert np.abs(np.median(change(lower, "thigh_flexion_deg"))) < 4.0


def test_a_knee_that_falls_in_is_adducted_and_turned_in() -> None:
    fallen = lounging("knee_in")
    assert np.median(change(fallen, "hip_adduction_deg")) > 5.0
    assert np.median(change(fallen, "hip_rotation_deg")) > 8.0


def test_slumping_and_leaning_move_the_pelvis_and_hardly_the_thigh() -> None:
    slumped, leaning = lounging("slump"), lounging("lean_forward")
    assert np.median(change(slumped, "pelvis_tilt_deg")) < -7.0
    assert np.median(change(leaning, "pelvis_tilt_deg")) > 8.0
    assert np.median(change(leaning, "hip_flexion_deg")) > 8.0
    assert np.abs(np.median(change(leaning, "thigh_flexion_deg"))) < 4.0


@pytest.mark.parametrize(
    ("act", "up"),
    [
        (lie_front(20), (-1.0, 0.0, 0.0)),
        (lie_bent(20), (np.sin(np.radians(138.0)), np.cos(np.radians(138.0)), 0.0)),
    ],
    ids=["front", "bent"],
)
def test_lying_shows_the_thigh_which_way_is_up(act: Act, up: tuple[float, float, float]) -> None:
    truth = truth_after(act, 2, (stand(5), lie(20)))
    assert set(names(truth)) == {"lie"}
    assert up_in_sensor(truth.world_from_thigh).mean(axis=0) == pytest.approx(up, abs=0.03)


@pytest.mark.parametrize("seed", [1, 2])
def test_on_either_side_the_worn_leg_is_below_or_above(seed: int) -> None:
    outward = 1.0 if seed == 2 else -1.0  # thigh z points to the wearer's right
    for act, sign in ((lie(20, on_side=True), 1.0), (lie_worn_side(20), -1.0)):
        up = up_in_sensor(truth_after(act, seed, (stand(5), lie(20))).world_from_thigh).mean(axis=0)
        assert up[2] == pytest.approx(sign * outward, abs=0.1)


def test_turning_over_takes_the_shorter_way() -> None:
    b = body((lie(20), lie_worn_side(20), lie_front(20), lie(20, on_side=True), lie(20), stand(20)))
    rate_dps = np.degrees(np.abs(b.felt(np.arange(0.0, 119.0, 0.02)).angular_rate_radps))
    assert rate_dps.max() < 140.0  # a quarter turn in 2.5 s; rising
    assert b.truth(np.array([118.0])).thigh_inclination_deg[0] < 5.0


def test_a_car_shakes_and_goes_round_corners_and_its_passenger_sits() -> None:
    b = body((stand(5), sit(10, "office_chair"), sit(300, "car")))
    t_s = np.arange(40.0, 310.0, 0.01)
    force = b.felt(t_s).specific_force_mps2
    seconds = force.reshape(-1, 100, 3)
    shaking = np.sqrt(seconds.var(axis=1).sum(axis=1))
    assert 0.2 < np.percentile(shaking, 75) < 1.5
    assert np.ptp(np.linalg.norm(seconds.mean(axis=1), axis=1)) > 0.03
    truth = b.truth(t_s[::100])
    assert (truth.activity == ACTIVITIES.index(Activity.SIT)).all()
    assert 92.0 < np.median(truth.thigh_flexion_deg) < 112.0


def test_a_bag_swings_and_jolts_lies_still_and_nobody_wears_it() -> None:
    b = body((stand(5), bag(900)))
    t_s = np.arange(20.0, 890.0, 0.02)
    felt = b.felt(t_s)
    moving = np.degrees(np.abs(felt.angular_rate_radps)).max(axis=1).reshape(-1, 50).max(axis=1)
    assert 30.0 < np.percentile(moving, 90) < 400.0
    assert moving.min() < 0.1
    assert (b.truth(t_s[::50]).activity == ACTIVITIES.index(Activity.NOT_WORN)).all()
    assert not len(b.events().steps_s)


def test_nobody_stands_twice_the_same_and_plain_stands_stay_plain() -> None:
    t_s = np.arange(20.0, 600.0, 1.0)
    various = MovingBody((replace(stand(610), variety=1.0),), drawn(4), seed=4).truth(t_s)
    plain = MovingBody((stand(610),), drawn(4), seed=4).truth(t_s)
    assert 1.0 < np.std(various.thigh_flexion_deg) < 6.0
    assert np.std(plain.thigh_flexion_deg) < 1.2
    assert np.abs(np.median(various.thigh_flexion_deg)) < 3.0  # zero stays one's own quiet standing


@pytest.mark.parametrize("act", [lie(30), lie(30, on_side=True)], ids=["back", "side"])
def test_nobody_lies_twice_the_same(act: Act) -> None:
    people = [(replace(act, variety=1.0), seed) for seed in range(8)]
    inclinations = [truth_after(one, seed, (stand(5),)).thigh_inclination_deg.mean() for one, seed in people]
    assert 2.0 < np.std(inclinations) < 20.0
    assert 70.0 < np.median(inclinations) < 115.0


def test_a_raised_seat_lowers_the_thigh_by_as_much() -> None:
    low, high = (
        MovingBody((stand(5), replace(sit(20), raised_deg=raised)), drawn(3), seed=3).truth(np.array([20.0]))
        for raised in (0.0, 9.0)
    )
    assert low.thigh_flexion_deg - high.thigh_flexion_deg == pytest.approx(9.0, abs=0.01)


def test_tempo_stretches_sitting_down_and_rising() -> None:
    script = (stand(5), replace(sit(20), tempo=1.5), replace(stand(10), tempo=2.0))
    b = body(script)
    happened = b.events()
    assert happened.seat_on_s[0] == pytest.approx(5.0 + 0.8 * 1.5 * b.person.sit_down_s)
    assert happened.seat_off_s[0] == pytest.approx(25.0 + 0.35 * 2.0 * b.person.rise_s)


EVERYTHING = (
    *(stand(16), walk(16), run(16), climb(16), descend(16), cycle(16), squats(16), lunges(16), off(16), bag(16)),
    *(lie(16), lie(16, on_side=True), lie_worn_side(16), lie_front(16), lie_bent(16), sit(16, "car"), sit(16, "floor")),
    *(sit(16, "low_sofa", "slump"), sit(16, "office_chair", "crossed"), sit(16, "office_chair", "restless")),
)


@pytest.mark.parametrize("before", EVERYTHING, ids=lambda act: f"{act.posture} {act.seat} {act.manner}")
def test_anything_goes_over_into_anything_and_leaves_nothing_behind(before: Act) -> None:
    t_s, end_s = np.arange(15.5, 30.0, 0.02), np.array([47.0])
    for after in EVERYTHING:
        b = body((before, after, stand(16)))
        felt = b.felt(t_s)
        assert np.degrees(np.abs(felt.angular_rate_radps)).max() < 700.0
        assert np.linalg.norm(felt.specific_force_mps2, axis=1).max() < 13.0 * G
        stands = b.truth(end_s)
        assert [ACTIVITIES[code].value for code in stands.activity] == ["stand"]
        angles = (stands.thigh_flexion_deg, stands.hip_flexion_deg, stands.hip_adduction_deg, stands.hip_rotation_deg)
        assert np.abs(angles).max() < 9.0  # a restless leg may have stirred
        assert np.abs(b.other_leg(end_s).thigh_flexion_deg[0]) < 9.0


def test_legs_that_crossed_come_apart_before_the_person_rises() -> None:
    b = body((sit(20, "office_chair", "crossed"), stand(20)))
    after = b.truth(np.array([30.0]))
    assert np.abs(after.hip_adduction_deg[0]) < 4.0
    assert b.other_leg(np.array([30.0])).thigh_flexion_deg[0] == pytest.approx(0.0, abs=3.0)


@pytest.mark.parametrize("size", [1, 50, 999])
def test_sampling_at_any_cut_gives_the_same_bits(size: int) -> None:
    b = body(ON_THE_LEGS)
    t_s = np.linspace(0.0, b.seconds, 401)
    parts = [b.felt(t_s[i : i + size]) for i in range(0, len(t_s), size)]
    assert np.array_equal(b.felt(t_s).specific_force_mps2, np.concatenate([p.specific_force_mps2 for p in parts]))
    assert np.array_equal(b.felt(t_s).angular_rate_radps, np.concatenate([p.angular_rate_radps for p in parts]))
