"""Knee lifts between the standing and the seated pose: they tell a pose that was not what it was called."""

from __future__ import annotations

import numpy as np
import pytest

from hipmonitor.core.arrays import Floats, Vec3s
from hipmonitor.core.frames import rotate
from hipmonitor.core.inbound import HoldPose, Pose
from hipmonitor.core.samples import ImuBlock
from hipmonitor.core.thigh import SWAPPED, Holding
from hipmonitor.core.thigh.angles import flexion_deg, up_in_thigh
from tests.core.builders import G, about, at, did, imu, oriented_as, still
from tests.core.test_guided import RATE_HZ, STANDING, Wearer, bent


def lifting(
    count: int, *, high_deg: float = 70.0, from_deg: float = 0.0, start_s: float, out_deg: float = 0.0
) -> ImuBlock:
    """So many lifts, one in two seconds, between two flexions; the knee points outwards by `out_deg`."""
    flexion = from_deg + (high_deg - from_deg) * (0.5 - 0.5 * np.cos(np.pi * _times(2.0 * count)))
    return moving(flexion, start_s, out_deg)


def _times(seconds: float) -> Floats:
    return np.arange(round(seconds * RATE_HZ)) / RATE_HZ


def moving(flexion: Floats, start_s: float, out_deg: float = 0.0) -> ImuBlock:
    f = np.deg2rad(flexion)
    up: Vec3s = np.stack([np.sin(f), np.cos(f), 0 * f], axis=1)
    return imu(G * rotate(about([0, 1, 0], out_deg), up), rate_hz=RATE_HZ, start_s=start_s)


def stood() -> Wearer:
    return Wearer().holds(Pose.STAND, STANDING, 0.0)


def lifted(wearer: Wearer, block: ImuBlock, start_s: float = 6.0) -> Wearer:
    return wearer.feels(block, did(start_s, HoldPose(pose=Pose.LIFT)))


def rested(wearer: Wearer, up: Vec3s, start_s: float, seconds: float = 4.0) -> Wearer:
    return wearer.feels(still(up, seconds, start_s=start_s))


def test_three_lifts_are_taken() -> None:
    wearer = rested(lifted(stood(), lifting(3, start_s=6.0)), STANDING, 12.0)
    assert (wearer.poses[1].pose, wearer.accepted, wearer.poses[1].sentence) == (
        Pose.LIFT,
        [True, True],
        "Knee lifts taken.",
    )
    assert wearer.poses[1].at <= at(13)


def test_the_whole_procedure_takes_less_than_forty_seconds_and_gives_degrees() -> None:
    wearer = rested(lifted(stood(), lifting(3, start_s=8.0), 8.0), STANDING, 14.0)
    wearer.holds(Pose.SIT, bent(85), 20.0)
    (placement,) = wearer.placements
    assert placement.since <= at(24)
    assert placement.sd_deg == 2.5
    assert flexion_deg(up_in_thigh(bent(85)[None], placement))[0] == pytest.approx(85, abs=0.1)


def test_lifts_too_low_are_refused_with_how_high_they_went() -> None:
    wearer = lifted(stood(), lifting(8, high_deg=22, start_s=6.0))
    assert wearer.accepted == [True, False]
    assert wearer.poses[1].sentence == (
        "0 of 3 lifts were seen, up to 22°. Stand, and lift the knee to hip height and back."
    )


def test_lifts_into_different_directions_are_refused() -> None:
    wearer = lifted(stood(), lifting(1, start_s=6.0, out_deg=-60.0))
    wearer.feels(lifting(2, start_s=8.0, out_deg=60.0))
    rested(wearer, STANDING, 12.0)
    assert wearer.accepted == [True, False]
    assert wearer.poses[1].sentence.endswith("Lift the knee straight ahead each time.")


def test_lifts_before_standing_are_refused() -> None:
    wearer = lifted(Wearer(), lifting(3, start_s=6.0))
    assert (wearer.accepted, wearer.poses[0].sentence) == ([False], "Stand still first, then lift the knee.")


def test_sitting_when_asked_to_stand_is_found_out_by_the_lifts() -> None:
    """The first pose sat, the lifts were done standing, the last pose stood: the pair alone looks right."""
    wearer = Wearer().holds(Pose.STAND, bent(85), 0.0)
    up = np.concatenate([np.linspace(85, 0, 20), np.tile(40 - 40 * np.cos(2 * np.pi * _times(2.0) / 2), 3)])
    rested(lifted(wearer, moving(up, 6.0)), STANDING, 13.0)
    wearer.holds(Pose.SIT, STANDING, 20.0)
    assert wearer.placements == []
    assert SWAPPED in [result.sentence for result in wearer.poses]


def test_without_lifts_the_pair_alone_cannot_know() -> None:
    assert len(Wearer().holds(Pose.STAND, bent(85), 0.0).holds(Pose.SIT, STANDING, 10.0).placements) == 1


def test_sitting_with_the_knee_turned_out_is_refused() -> None:
    wearer = rested(lifted(stood(), lifting(3, start_s=6.0)), STANDING, 12.0)
    wearer.holds(Pose.SIT, rotate(about([0, 1, 0], 60), bent(85)), 20.0)
    assert wearer.accepted == [True, True, False]
    assert wearer.poses[2].sentence == (
        "The knee pointed 60° apart in lifting and in sitting. Point it straight ahead in both."
    )


def test_the_bending_plane_lies_midway_between_lifting_and_sitting() -> None:
    wearer = rested(lifted(stood(), lifting(3, start_s=6.0, out_deg=10.0)), STANDING, 12.0)
    (placement,) = wearer.holds(Pose.SIT, rotate(about([0, 1, 0], -10), bent(85)), 20.0).placements
    np.testing.assert_allclose(placement.thigh_from_sensor, [1, 0, 0, 0], atol=1e-3)


def test_asking_for_lifts_again_counts_from_none() -> None:
    wearer = lifted(stood(), lifting(2, start_s=6.0))
    lifted(wearer, lifting(2, start_s=10.0), 10.0)
    rested(wearer, STANDING, 14.0, seconds=1.0)
    assert wearer.accepted == [True]


def test_every_second_says_how_far_it_has_come() -> None:
    wearer = Wearer()
    block = still(STANDING, 2.5)
    held = wearer.thigh.step(block, oriented_as(block), [did(0, HoldPose(pose=Pose.STAND))]).holdings
    assert held == (
        Holding(at=at(1), pose=Pose.STAND, done=1, wanted=3, remaining_s=19.0),
        Holding(at=at(2), pose=Pose.STAND, done=2, wanted=3, remaining_s=18.0),
    )
    rest = still(STANDING, 2, start_s=2.5)
    wearer.thigh.step(rest, oriented_as(rest))
    block = lifting(2, start_s=6.0)
    held = wearer.thigh.step(block, oriented_as(block), [did(6, HoldPose(pose=Pose.LIFT))]).holdings
    assert [(h.done, h.wanted) for h in held] == [(0, 3), (1, 3), (1, 3)]
