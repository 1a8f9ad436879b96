"""People who exercise: poses, repetitions and their truth are those of a body, and no two people's are alike."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from scipy.signal import welch

from firmware_sim.body import (
    Act,
    DoneSet,
    Movement,
    MovingBody,
    Posture,
    Start,
    drawn,
    drawn_exerciser,
    drawn_set,
    exercise,
    sit,
    stand,
    walk,
)
from firmware_sim.body.course import STEP_S, Course
from firmware_sim.body.exercise_plan import BEGINS_IN, WRONG
from firmware_sim.body.strokes import levels, progress, tremor_deg
from firmware_sim.body.track import Track
from hipmonitor.core.arrays import Floats
from hipmonitor.core.frames import up_in_sensor
from hipmonitor.core.settings import Side

SEEDS = range(2)
PLANE = {
    # In which angle of truth a movement shows best, and its sign.
    Movement.DONKEY_KICK: ("thigh_flexion_deg", -1.0),
    Movement.SIDE_LEG_RAISE: ("thigh_inclination_deg", 1.0),
    Movement.CLAM: ("thigh_roll_deg", -1.0),
    Movement.BRIDGE: ("thigh_inclination_deg", -1.0),
    Movement.BIRD_DOG: ("thigh_flexion_deg", -1.0),
    Movement.DEAD_BUG: ("thigh_flexion_deg", -1.0),
    Movement.SIT_TO_STAND: ("thigh_flexion_deg", -1.0),
    Movement.SQUAT: ("thigh_flexion_deg", 1.0),
    Movement.HIP_FLEXOR_STRETCH: ("thigh_flexion_deg", -1.0),
    Movement.FIGURE_FOUR: ("thigh_roll_deg", -1.0),
    Movement.KNEE_LIFT: ("thigh_flexion_deg", 1.0),
}
TURNS = {Movement.CLAM: (0.6, 1.25), Movement.FIGURE_FOUR: (0.55, 1.2)}
"""What of their range turns the thigh about its own axis, with a pelvis that rolls along."""


def angle_between_deg(a: Floats, b: Floats) -> Floats:
    return np.degrees(np.arccos(np.clip(np.sum(a * b, axis=1), -1.0, 1.0)))


def side_of(seed: int) -> Side:
    return "left" if seed % 2 else "right"


@cache
def body_of(movement: Movement, seed: int, wrong: Start | None = None) -> MovingBody:
    plan = drawn_set(movement, drawn_exerciser(seed), seed=1, wrong=wrong)
    return MovingBody((stand(5), exercise(plan), stand(30)), drawn(seed, side=side_of(seed)), seed=seed)


def set_of(movement: Movement, seed: int) -> DoneSet:
    return body_of(movement, seed).sets()[0]


def moved_deg(body: MovingBody, done: DoneSet, t_s: Floats) -> Floats:
    name, sign = PLANE[done.plan.movement]
    angle = sign * np.unwrap(getattr(body.truth(t_s), name), period=360.0)
    pose = sign * getattr(body.truth(np.array([done.begins_s - 1.0])), name)
    return (angle - pose + 180.0) % 360.0 - 180.0


@pytest.mark.parametrize("movement", Movement)
@pytest.mark.parametrize("seed", SEEDS)
def test_a_repetition_goes_as_far_as_was_planned_and_comes_back(movement: Movement, seed: int) -> None:
    body, done = body_of(movement, seed), set_of(movement, seed)
    low, high = TURNS.get(movement, (0.85, 1.15))
    strokes = [stroke for stroke in done.plan.strokes if stroke.own]
    assert len(strokes) == len(done.own) >= 2
    for stroke, one in zip(strokes, done.own, strict=True):
        top = moved_deg(body, done, np.arange(one.far_from_s, one.far_to_s + 0.01, 0.02)).max()
        meant = stroke.reach * done.plan.range_deg
        assert low * meant - 8.0 < top < high * meant + 8.0
        back = moved_deg(body, done, np.array([one.end_s]))[0]
        assert back < 0.5 * top


@pytest.mark.parametrize("movement", Movement)
def test_times_of_a_repetition_follow_one_another_within_its_set(movement: Movement) -> None:
    for seed in SEEDS:
        done = set_of(movement, seed)
        assert done.pose_from_s + 3.0 < done.begins_s < done.ends_s < done.until_s
        times = [(one.start_s, one.far_from_s, one.far_to_s, one.end_s) for one in done.own]
        flat = [at for each in times for at in each]
        assert flat == sorted(flat)
        assert done.begins_s <= flat[0]
        assert flat[-1] <= done.ends_s + 1.0


POSE_DEG = {
    # inclination, and roll inwards of a thigh that is not upright
    Start.ALL_FOURS: ((0, 25), None),
    Start.SIDE_STRAIGHT: ((75, 105), (65, 115)),
    Start.SIDE_BENT: ((75, 105), (65, 115)),
    Start.WORN_SIDE: ((75, 105), (-125, -60)),
    Start.SUPINE_BENT: ((125, 158), (-25, 25)),
    Start.SUPINE_STRAIGHT: ((80, 100), (-50, 20)),
    Start.PRONE: ((75, 105), None),
    Start.SITTING_BACK: ((50, 85), (-30, 30)),
    Start.SEATED: ((62, 110), (-15, 15)),
    Start.STANDING: ((0, 12), None),
}


@pytest.mark.parametrize("start", POSE_DEG)
def test_a_pose_is_what_it_is_called_and_held_quietly_before_anything_begins(start: Start) -> None:
    (low, high), rolls = POSE_DEG[start]
    movement = next((m for m, begins in BEGINS_IN.items() if begins is start), Movement.CLAM)
    for seed in SEEDS:
        body = body_of(movement, seed, None if BEGINS_IN[movement] is start else start)
        done = body.sets()[0]
        held = body.truth(np.arange(done.pose_from_s + 0.2, done.begins_s - 0.1, 0.1))
        assert low <= held.thigh_inclination_deg.min() <= held.thigh_inclination_deg.max() <= high
        assert np.ptp(held.thigh_inclination_deg) < 3.0
        if rolls:
            assert rolls[0] <= held.thigh_roll_deg.min() <= held.thigh_roll_deg.max() <= rolls[1]


def test_thighs_point_up_in_the_tabletop_and_behind_in_a_donkey_kick() -> None:
    body, done = body_of(Movement.DEAD_BUG, 2), set_of(Movement.DEAD_BUG, 2)
    assert body.truth(np.array([done.begins_s - 1.0])).thigh_inclination_deg[0] > 165.0
    body, done = body_of(Movement.DONKEY_KICK, 2), set_of(Movement.DONKEY_KICK, 2)
    kicked = body.truth(np.array([done.own[0].far_from_s]))
    assert kicked.thigh_flexion_deg[0] < -40.0
    assert kicked.hip_flexion_deg[0] < 40.0


@pytest.mark.parametrize("movement", WRONG)
def test_who_holds_a_wrong_pose_does_nothing_in_it_and_lies_otherwise(movement: Movement) -> None:
    right = set_of(movement, 1)
    up = up_in_sensor(body_of(movement, 1).truth(np.array([right.begins_s - 1.0])).world_from_thigh)
    for wrong in WRONG[movement]:
        body = body_of(movement, 1, wrong)
        done = body.sets()[0]
        assert done.repetitions == ()
        held = up_in_sensor(body.truth(np.array([done.until_s - 1.0])).world_from_thigh)
        assert angle_between_deg(up, held)[0] > 25.0


@pytest.mark.parametrize("movement", Movement)
def test_what_a_sensor_feels_is_that_of_a_body(movement: Movement) -> None:
    for seed in SEEDS:
        body = body_of(movement, seed)
        done = body.sets()[0]
        felt = body.felt(np.arange(done.gets_there_s, done.until_s + 25.0, 0.01))
        rate_dps = np.degrees(np.linalg.norm(felt.angular_rate_radps, axis=1))
        size_g = np.linalg.norm(felt.specific_force_mps2, axis=1) / 9.80665
        assert rate_dps.max() < 600.0
        assert size_g.min() > 0.0
        assert size_g.max() < 4.0
        assert np.median(size_g) == pytest.approx(1.0, abs=0.02)


@pytest.mark.parametrize("movement", [Movement.CLAM, Movement.BRIDGE, Movement.SQUAT])
def test_rates_felt_turn_the_strap_as_far_as_it_turns(movement: Movement) -> None:
    body = body_of(movement, 3)
    t_s = np.arange(body.sets()[0].begins_s, body.sets()[0].ends_s, 0.004)
    felt = body.felt(t_s)
    up = felt.specific_force_mps2 / np.linalg.norm(felt.specific_force_mps2, axis=1, keepdims=True)
    turned = up[0]
    for rate in felt.angular_rate_radps[:-1]:
        turned = turned - np.cross(rate, turned) * 0.004
    assert angle_between_deg((turned / np.linalg.norm(turned))[None], up[-1:])[0] < 6.0


def test_half_a_repetition_is_about_half_of_one_and_weak_people_fade() -> None:
    halves, fades = [], []
    for seed in range(60):
        plan = drawn_set(Movement.BRIDGE, replace(drawn_exerciser(seed), halves=0.2), seed=2)
        halves += [stroke.reach for stroke in plan.strokes if stroke.half]
        whole = [stroke.reach for stroke in plan.strokes if not stroke.half]
        fades.append((plan.exerciser.fade, whole[-1] - whole[0]))
    assert 0.38 <= min(halves) <= max(halves) <= 0.6
    weak, strong = ([gone for fade, gone in fades if (fade > 0.15) is is_weak] for is_weak in (True, False))
    assert np.mean(weak) < np.mean(strong) - 0.05


def test_people_take_one_to_eight_seconds_and_no_two_do_it_alike() -> None:
    people = [drawn_exerciser(seed) for seed in range(200)]
    tempi = [who.tempo_s for who in people]
    assert min(tempi) < 1.6
    assert 6.5 < max(tempi) < 8.0
    assert {who.alternates for who in people} == {True, False}
    assert len({who.tremor_hz for who in people}) == len(people)
    assert drawn_exerciser(7) == drawn_exerciser(7)
    assert drawn_set(Movement.CLAM, people[7], seed=1) == drawn_set(Movement.CLAM, people[7], seed=1)
    assert drawn_set(Movement.CLAM, people[7], seed=1) != drawn_set(Movement.CLAM, people[7], seed=2)


def test_a_way_up_is_neither_symmetric_nor_ever_the_same() -> None:
    r = np.random.default_rng(1)
    ways = [progress(200, pieces, r, late=late) for pieces in (1, 2, 4) for late in (True, False) for _ in range(10)]
    halves = [int(np.searchsorted(way, 0.5)) for way in ways]
    assert all(np.all(np.diff(way) >= 0) and way[-1] <= 1.0 for way in ways)
    assert min(halves) < 60
    assert max(halves) > 140
    assert len(set(halves)) > 25


def test_tremor_lies_in_the_band_of_the_person() -> None:
    for seed in range(12):
        who = drawn_exerciser(seed)
        plan = drawn_set(Movement.BRIDGE, who, seed=3)
        hz, power = welch(tremor_deg(plan, levels(plan, own=True))[0], fs=1 / STEP_S, nperseg=512)
        assert hz[np.argmax(power)] == pytest.approx(who.tremor_hz, rel=0.2)
        assert 3.0 * 0.85 < hz[np.argmax(power)] < 12.0 * 1.2


def test_the_strap_stays_behind_a_bone_that_turns() -> None:
    person = replace(drawn(2), tissue_bend_deg=0.0, tissue_across_deg=0.0)

    def turned_deg(skin_lag: float) -> float:
        who = replace(drawn_exerciser(2), skin_lag=skin_lag, bulge_deg=0.0)
        body = MovingBody((stand(5), exercise(drawn_set(Movement.CLAM, who, seed=1)), stand(30)), person, seed=2)
        done = body.sets()[0]
        felt = body.felt(np.linspace(done.own[0].start_s - 0.3, done.own[0].far_from_s, 400))
        return float(
            np.degrees(
                np.sum(felt.angular_rate_radps[:, 1]) * (done.own[0].far_from_s - done.own[0].start_s + 0.3) / 400
            )
        )

    assert turned_deg(0.3) / turned_deg(0.0) == pytest.approx(0.75, abs=0.07)


@pytest.mark.parametrize("seed", range(8))
def test_any_order_of_exercises_leads_from_pose_to_pose_and_back_to_a_stand(seed: int) -> None:
    r, who, person = np.random.default_rng(seed), drawn_exerciser(seed), drawn(seed, side=side_of(seed))
    acts: list[Act] = [stand(5)]
    for k in r.permutation(len(Movement)):
        movement = list(Movement)[k]
        wrong = WRONG.get(movement, (None,))[0] if r.random() < 0.3 else None
        acts += [exercise(drawn_set(movement, who, seed=int(k), wrong=wrong))]
        acts += [(), (sit(30),), (walk(40),)][int(r.integers(3))]
    body = MovingBody((*acts, stand(45)), person, seed=seed)
    standing = body.truth(np.array([body.seconds - 1.0]))
    assert abs(standing.thigh_flexion_deg[0]) < 4.0
    assert abs(standing.hip_flexion_deg[0]) < 12.0
    assert [done.plan.movement for done in body.sets()] == [act.plan.movement for act in acts if act.plan]


def test_an_exercise_without_a_plan_says_how_it_is_made() -> None:
    with pytest.raises(ValueError, match=r"exercise\(plan\)"):
        MovingBody((stand(5), Act(posture=Posture.EXERCISE, seconds=60)), drawn(1))


def test_a_course_adds_to_a_track_while_it_lasts_and_changes_no_value_that_is_held() -> None:
    track, bump = Track(3.0), np.sin(np.linspace(0.0, np.pi, 201)) ** 4
    track.add(Course(10.0, bump))
    assert track.moves
    assert track.final == 3.0
    values = track.at(np.array([0.0, 9.99, 11.0, 12.01, 50.0]))
    assert values == pytest.approx([3.0, 3.0, 4.0, 3.0, 3.0], abs=1e-6)
    assert np.array_equal(track.at(np.array([11.0])), values[2:3])
