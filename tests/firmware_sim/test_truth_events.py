"""Events of truth: contacts at the instant they change, a step for every heel."""

from __future__ import annotations

import numpy as np
import pytest

from firmware_sim.body import (
    MovingBody,
    Script,
    climb,
    cycle,
    drawn,
    lie,
    lunges,
    off,
    run,
    sit,
    squats,
    stand,
    walk,
)
from firmware_sim.truth import host_ns, truth_events


def body(script: Script, seed: int = 4) -> MovingBody:
    return MovingBody(script, drawn(seed), seed=seed)


def test_a_seat_takes_and_gives_back_the_weight_where_contact_changes() -> None:
    b = body((stand(5), sit(20), walk(20), sit(20, "low_sofa"), sit(20, "low_sofa", "lean_back"), stand(20)))
    happened = truth_events(b)
    assert (len(happened.seat_on_s), len(happened.seat_off_s)) == (2, 2)
    for at, was in ((happened.seat_on_s, False), (happened.seat_off_s, True)):
        assert (b.truth(at - 1e-6).seat_contact == was).all()
        assert (b.truth(at + 1e-6).seat_contact != was).all()
    assert happened.seat_on_s[0] == pytest.approx(5.0 + 0.8 * b.person.sit_down_s)


def test_lying_down_and_sitting_up_in_bed_move_no_weight_between_seat_and_feet() -> None:
    happened = truth_events(body((stand(5), lie(30), stand(20))))
    assert len(happened.seat_on_s) == 1  # onto the edge of the bed
    assert len(happened.seat_off_s) == 1  # up from it
    assert happened.seat_off_s[0] > 35.0


def test_a_sensor_that_is_taken_off_sees_nobody_sit_down() -> None:
    happened = truth_events(body((stand(5), sit(20), off(30), sit(20))))
    assert (len(happened.seat_on_s), len(happened.seat_off_s)) == (1, 0)


def test_a_script_that_opens_seated_has_sat_down_before_it_began() -> None:
    assert not len(truth_events(body((sit(20),))).seat_on_s)


def test_every_heel_is_a_step() -> None:
    b = body((stand(5), walk(65), stand(5)))
    happened = truth_events(b)
    assert len(happened.steps_s) == pytest.approx(2 * 63.0 * b.person.stride_hz, rel=0.1)
    assert len(happened.own_steps_s) == pytest.approx(len(happened.steps_s) / 2, abs=1)
    assert happened.steps_s[0] > 5.0
    assert happened.steps_s[-1] < 71.5
    apart = np.diff(happened.steps_s)
    assert apart.mean() == pytest.approx(0.5 / b.person.stride_hz, rel=0.1)
    assert apart.min() > 0.35
    phase = b._choreography.strides.phase(happened.own_steps_s)[0]
    assert phase == pytest.approx(np.rint(phase), abs=1e-3)


def test_turns_of_the_crank_and_repetitions_are_no_steps() -> None:
    b = body((stand(5), cycle(60), stand(5), squats(30), lunges(30), stand(5)))
    happened = truth_events(b)
    assert not len(happened.steps_s)
    assert 45 < len(happened.crank_s) < 100
    top = b.truth(happened.crank_s[5:-5]).thigh_flexion_deg
    assert (top > np.median(b.truth(np.arange(10.0, 60.0, 0.05)).thigh_flexion_deg)).all()
    assert min(len(happened.squats_s), len(happened.lunges_s)) >= 4


def test_steps_on_stairs_and_of_running_are_told_apart() -> None:
    happened = truth_events(body((stand(5), walk(20), climb(20), walk(20), run(20), stand(5))))
    assert len(happened.stairs_steps_s) == pytest.approx(20 * 1.7, abs=5)
    assert len(happened.running_steps_s) == pytest.approx(20 * 2.7, abs=6)
    assert set(happened.stairs_steps_s) < set(happened.steps_s)
    assert np.diff(happened.steps_s).min() > 0.0


def test_flexion_peaks_are_the_tops_of_a_walk_s_swings() -> None:
    b = body((stand(5), walk(40), stand(5)))
    peaks = b.flexion_peaks()
    assert len(peaks.at_s) == pytest.approx(len(truth_events(b).own_steps_s), abs=2)
    assert (peaks.thigh_flexion_deg > 10.0).all()


def test_nobody_steps_who_does_not_walk() -> None:
    assert not len(truth_events(body((stand(5), sit(20)))).steps_s)


def test_events_have_host_times() -> None:
    assert host_ns(np.array([0.0, 1.5]), start_ns=7).tolist() == [7, 1_500_000_007]
