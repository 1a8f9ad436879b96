"""The guided calibration on simulated people with soft tissue, a cheap sensor and any mounting: lifts are seen, time is kept."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from firmware_sim.body import MovingBody, Script, drawn, lifts, sit, stand
from firmware_sim.imu import drawn_errors, drawn_mounting
from hipmonitor.core.frames import inverse, rotate
from hipmonitor.core.inbound import HoldPose, Inbound, Pose, Samples
from hipmonitor.core.pipeline import HipUpdate, Pipeline
from hipmonitor.core.thigh import PoseResult
from tests.core.builders import G, arrays, at, did

RATE_HZ = 50.0
LIFTS_FROM_S, SITS_FROM_S = 6.0, 19.0
PEOPLE = range(12)


@cache
def felt(seed: int, script: Script, seconds: float) -> tuple[Samples, np.ndarray]:
    """What a sensor on this person feels, and the true flexion."""
    person, mounting, errors = drawn(seed), drawn_mounting(seed), drawn_errors(seed)
    body = MovingBody(script, person, seed=seed, along_m=mounting.along_m)
    t_s = np.arange(round(seconds * RATE_HZ)) / RATE_HZ
    seen, to_sensor = body.felt(t_s), inverse(mounting.quaternion)
    force_g, rate_dps = (
        rotate(to_sensor, seen.specific_force_mps2) / G,
        np.degrees(rotate(to_sensor, seen.angular_rate_radps)),
    )
    noise = np.random.default_rng(seed).normal(0, 0.002, force_g.shape)
    acc, gyr = G * (errors.acc_g(force_g) + noise), np.radians(errors.gyr_dps(rate_dps, force_g))
    return arrays(acc, gyr, rate_hz=RATE_HZ), body.truth(t_s).thigh_flexion_deg


def calibrated(seed: int, *, lifts_s: float = 9.0) -> tuple[HipUpdate, np.ndarray]:
    """Asked to stand at half a second, to lift at six, to sit once seated, at about twenty-one."""
    script: Script = (stand(LIFTS_FROM_S), lifts(lifts_s), stand(SITS_FROM_S - LIFTS_FROM_S - lifts_s), sit(15.0))
    samples, flexion = felt(seed, script, 34.0)
    seated_s = SITS_FROM_S + drawn(seed).sit_down_s + 0.5
    asked = [(0.5, Pose.STAND), (LIFTS_FROM_S, Pose.LIFT), (seated_s, Pose.SIT)]
    events: list[Inbound] = []
    rows = [0, *(round(at_s * RATE_HZ) for at_s, _ in asked), len(flexion)]
    for k in range(len(asked) + 1):
        events += [] if k == 0 else [did(asked[k - 1][0], HoldPose(pose=asked[k - 1][1]))]
        part = slice(rows[k], rows[k + 1])
        events.append(_part(samples, part))
    return Pipeline().step(events), flexion


def _part(samples: Samples, rows: slice) -> Samples:
    gyr = None if samples.gyr_radps is None else samples.gyr_radps[rows]
    start_s = (int(samples.t_ns[rows][0]) - at(0)) / 1e9
    return arrays(samples.acc_mps2[rows], gyr, rate_hz=RATE_HZ, start_s=start_s)


def results(update: HipUpdate) -> list[PoseResult]:
    return [pose for piece in update.pieces for pose in piece.thigh.poses]


@pytest.mark.parametrize("seed", PEOPLE)
def test_standing_lifts_and_sitting_are_taken_within_forty_seconds(seed: int) -> None:
    update, flexion = calibrated(seed)
    assert [(pose.pose, pose.accepted) for pose in results(update)] == [
        (Pose.STAND, True),
        (Pose.LIFT, True),
        (Pose.SIT, True),
    ]
    (placement,) = (p for piece in update.pieces for p in piece.thigh.placements)
    assert placement.since - at(0.5) < 40e9
    told = np.concatenate([piece.thigh.thigh_flexion_deg for piece in update.pieces])
    seated = np.median((told - flexion)[-100:])
    assert abs(seated) < 3 * placement.sd_deg


def test_every_second_in_between_says_how_far_it_has_come() -> None:
    update, _ = calibrated(1)
    told = [holding for piece in update.pieces for holding in piece.thigh.holdings]
    for pose in (Pose.STAND, Pose.LIFT, Pose.SIT):
        assert [holding for holding in told if holding.pose is pose], pose
    counted = [holding.done for holding in told if holding.pose is Pose.LIFT]
    assert counted == sorted(counted)
    assert counted[-1] >= 1


@pytest.mark.parametrize("seed", [1, 2])
def test_who_forgets_the_lifts_is_told_what_was_seen(seed: int) -> None:
    update, _ = calibrated(seed, lifts_s=0.5)
    (lift,) = (pose for pose in results(update) if pose.pose is Pose.LIFT)
    assert not lift.accepted
    assert lift.sentence.startswith("0 of 3 lifts were seen")
