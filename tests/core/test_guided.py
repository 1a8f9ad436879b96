"""Guided calibration: poses held quietly give the placement; what cannot be used is refused in a sentence."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from hipmonitor.core.arrays import Vec3s
from hipmonitor.core.frames import rotate, unit
from hipmonitor.core.inbound import HoldPose, Pose, UserAction
from hipmonitor.core.samples import ImuBlock
from hipmonitor.core.thigh import Placement, PlacementMethod, PoseResult, Thigh, ThighParams
from hipmonitor.core.thigh.angles import flexion_deg, up_in_thigh
from tests.core.builders import G, about, at, did, imu, oriented_as, still

STANDING = np.array([0.0, 1, 0])
"""The sensor is strapped on straight in these tests: its axes are the thigh's."""
RATE_HZ = 20


def bent(degrees: float) -> Vec3s:
    """(3,) up in the axes of a thigh at that flexion."""
    a = np.deg2rad(degrees)
    return np.array([np.sin(a), np.cos(a), 0.0])


def fidgeting(up: Vec3s, seconds: float, start_s: float, degrees: float = 10.0) -> ImuBlock:
    """The same pose, swaying by ± so many degrees four times a second."""
    n = round(seconds * RATE_HZ)
    a = np.deg2rad(degrees) * np.sin(2 * np.pi * 4 * np.arange(n) / RATE_HZ + 0.3)
    sway = np.stack([about([0, 0, 1], d) for d in np.rad2deg(a)])
    return imu(G * rotate(sway, np.tile(up, (n, 1))), rate_hz=RATE_HZ, start_s=start_s)


class Wearer:
    """A thigh room and what it said so far."""

    def __init__(self) -> None:
        self.thigh = Thigh(ThighParams(side="right"))
        self.poses: list[PoseResult] = []
        self.placements: list[Placement] = []

    def feels(self, block: ImuBlock, *actions: UserAction) -> Wearer:
        out = self.thigh.step(block, oriented_as(block), actions)
        self.poses += out.poses
        self.placements += out.placements
        return self

    def holds(self, pose: Pose, up: Vec3s, start_s: float, seconds: float = 5.0) -> Wearer:
        """Asked at the beginning, then still."""
        return self.feels(still(up, seconds, start_s=start_s), did(start_s, HoldPose(pose=pose)))

    @property
    def accepted(self) -> list[bool]:
        return [result.accepted for result in self.poses]


def calibrated(standing: Vec3s = STANDING, sitting: Vec3s | None = None) -> Wearer:
    """Stood for 5 s, then sat for 5 s."""
    return Wearer().holds(Pose.STAND, standing, 0.0).holds(Pose.SIT, bent(85) if sitting is None else sitting, 10.0)


# -- holding a pose ----------------------------------------------------------------------------------------------------


def test_a_pose_held_quietly_for_three_seconds_is_taken_at_the_end_of_the_third() -> None:
    (result,) = Wearer().holds(Pose.STAND, STANDING, 0.0).poses
    assert result == PoseResult(at=at(3), pose=Pose.STAND, accepted=True, sentence="Standing pose taken.")


def test_two_quiet_seconds_are_not_enough() -> None:
    assert Wearer().holds(Pose.STAND, STANDING, 0.0, seconds=3.0).poses == []


def test_only_whole_seconds_after_asking_count() -> None:
    """Asked at 0.5 s into a second: it does not count, the three after it do."""
    wearer = Wearer().feels(still(STANDING, 0.5))
    wearer.feels(still(STANDING, 5, start_s=0.5), did(0.5, HoldPose(pose=Pose.STAND)))
    assert [result.at for result in wearer.poses] == [at(4)]


def test_moving_restarts_the_three_seconds() -> None:
    wearer = Wearer().holds(Pose.STAND, STANDING, 0.0, seconds=2.0)
    wearer.feels(fidgeting(STANDING, 1, 2.0)).feels(still(STANDING, 4, start_s=3.0))
    assert [result.at for result in wearer.poses] == [at(6)]


def test_seconds_that_never_came_are_not_quiet_seconds() -> None:
    """The wearer may have been anywhere in between, so three seconds in a row are needed again."""
    wearer = Wearer().holds(Pose.STAND, STANDING, 0.0, seconds=2.0).feels(still(STANDING, 5, start_s=8.0))
    assert [result.at for result in wearer.poses] == [at(11)]


@pytest.mark.parametrize(("degrees", "taken"), [(2.0, True), (4.0, False)])
def test_quiet_is_a_spread_of_less_than_two_degrees_within_a_second(degrees: float, taken: bool) -> None:
    """A sine of ± 2 degrees has a spread of 1.4, one of ± 4 of 2.8."""
    wearer = Wearer().feels(fidgeting(STANDING, 5, 0.0, degrees), did(0, HoldPose(pose=Pose.STAND)))
    assert bool(wearer.poses) == taken


def test_a_pose_that_was_not_held_is_given_up_after_twenty_seconds_with_a_sentence() -> None:
    wearer = Wearer().feels(fidgeting(STANDING, 30, 0.0), did(0, HoldPose(pose=Pose.STAND)))
    (result,) = wearer.poses
    assert (result.at, result.accepted) == (at(21), False)
    assert result.sentence == "The thigh did not keep still. Try once more."


def test_nothing_is_taken_that_nobody_asked_for() -> None:
    wearer = Wearer().feels(still(STANDING, 10)).feels(still(bent(85), 10, start_s=10))
    assert (wearer.poses, wearer.placements) == ([], [])


def test_asking_for_another_pose_forgets_the_one_being_held() -> None:
    wearer = Wearer().holds(Pose.STAND, STANDING, 0.0, seconds=2.5)
    wearer.holds(Pose.SIT, bent(85), 3.0)
    assert [result.pose for result in wearer.poses] == [Pose.SIT]


# -- the placement -----------------------------------------------------------------------------------------------------


def test_standing_then_sitting_give_a_placement_from_the_end_of_the_seated_pose() -> None:
    (placement,) = calibrated().placements
    assert (placement.since, placement.method, placement.sd_deg) == (at(13), PlacementMethod.GUIDED, 2.5)
    np.testing.assert_allclose(placement.thigh_from_sensor, [1, 0, 0, 0], atol=1e-9)


@pytest.mark.parametrize("pose", [Pose.STAND, Pose.SIT])
def test_one_pose_alone_places_nothing(pose: Pose) -> None:
    wearer = Wearer().holds(pose, STANDING, 0.0)
    assert (wearer.accepted, wearer.placements) == ([True], [])


@pytest.mark.parametrize("apart_deg", [20.0, 38.0])
def test_sitting_too_similar_to_standing_is_refused_with_a_sentence(apart_deg: float) -> None:
    wearer = calibrated(sitting=bent(apart_deg))
    assert (wearer.accepted, wearer.placements) == ([True, False], [])
    assert wearer.poses[1].sentence == (
        f"Standing and sitting differ by only {apart_deg:.0f}°. Sit with the thigh near level, then repeat."
    )


def test_sitting_nearly_upside_down_is_refused_with_a_sentence_of_its_own() -> None:
    wearer = calibrated(sitting=bent(150))
    assert (wearer.accepted, wearer.placements) == ([True, False], [])
    assert wearer.poses[1].sentence == (
        "Standing and sitting differ by as much as 150°. Sit with the thigh near level, then repeat."
    )


def test_a_refused_seated_pose_may_be_repeated_without_standing_again() -> None:
    wearer = calibrated(sitting=bent(20)).holds(Pose.SIT, bent(80), 20.0)
    assert [p.since for p in wearer.placements] == [at(23)]


def test_a_new_standing_pose_begins_a_new_calibration() -> None:
    """The seated pose of before belongs to a strap that may have slipped."""
    wearer = calibrated().holds(Pose.STAND, unit(np.array([0.1, 1, 0])), 20.0)
    assert len(wearer.placements) == 1
    assert len(wearer.holds(Pose.SIT, bent(85), 30.0).placements) == 2


def test_standing_is_the_zero_of_flexion_however_the_sensor_leans_in_it() -> None:
    leaning = bent(12)
    (placement,) = calibrated(standing=leaning, sitting=bent(97)).placements
    assert flexion_deg(up_in_thigh(leaning[None], placement))[0] == pytest.approx(0, abs=1e-6)
    assert flexion_deg(up_in_thigh(bent(97)[None], placement))[0] == pytest.approx(85, abs=1e-6)


# -- the accelerometer's offset ----------------------------------------------------------------------------------------


def felt(up: Vec3s, offset_mg: Vec3s, scale: float = 1.0) -> Vec3s:
    """(3,) specific force in m/s² that a faulty accelerometer reads at rest."""
    return G * (scale * up + offset_mg / 1000)


def calibrated_with(offset_mg: Sequence[float], scale: float = 1.0) -> Placement:
    """Both poses with a faulty accelerometer, seated at 85 degrees; what orientation takes for up is what is felt."""
    wearer = Wearer()
    for pose, up, start_s in ((Pose.STAND, STANDING, 0.0), (Pose.SIT, bent(85), 10.0)):
        n = 5 * RATE_HZ
        block = imu(np.tile(felt(up, np.array(offset_mg), scale), (n, 1)), rate_hz=RATE_HZ, start_s=start_s)
        wearer.feels(block, did(start_s, HoldPose(pose=pose)))
    (placement,) = wearer.placements
    return placement


@pytest.mark.parametrize("offset_mg", [(40, 0, 0), (0, 40, 0), (-40, 0, 0), (0, -40, 0), (30, -30, 0)])
@pytest.mark.parametrize("degrees", [0, 30, 60, 85])
def test_an_offset_along_the_two_up_directions_is_taken_out_of_the_angle(
    offset_mg: Sequence[float], degrees: float
) -> None:
    """40 mg along an axis would tilt the angle by up to 2.3 degrees."""
    placement = calibrated_with(offset_mg)
    up = unit(felt(bent(degrees), np.array(offset_mg)))[None]
    assert flexion_deg(up_in_thigh(up, placement))[0] == pytest.approx(degrees, abs=0.3)


def test_nine_tenths_of_a_wrong_magnitude_are_taken_for_offset() -> None:
    """The rest is the share of errors of scale: 25² / (25² + 8²)."""
    offset = calibrated_with((0, 40, 0)).acc_offset_mps2
    assert offset[1] == pytest.approx(0.9 * 0.04 * G, rel=0.02)


@pytest.mark.parametrize("scale", [0.8, 1.2, 1 / G])
def test_a_fault_of_scale_or_unit_is_not_taken_for_an_offset(scale: float) -> None:
    assert calibrated_with((0, 0, 0), scale).acc_offset_mps2.tolist() == [0, 0, 0]


@pytest.mark.parametrize("scale", [0.93, 1.07])
def test_a_sensor_that_reads_too_much_everywhere_is_covered_by_the_stated_sd_and_still_used(scale: float) -> None:
    """Two poses cannot tell it from an offset in both directions. Alerts are held above 5 deg."""
    placement = calibrated_with((0, 0, 0), scale)
    error_deg = abs(flexion_deg(up_in_thigh(bent(85)[None], placement))[0] - 85)
    assert 5 < error_deg < 2 * placement.sd_deg
    assert placement.sd_deg < 5


@pytest.mark.parametrize("offset_mg", [(70, 0, 0), (70, -20, 0)])
def test_a_sensor_that_reads_1_07_g_in_one_pose_alone_has_an_offset_and_no_doubt(offset_mg: Sequence[float]) -> None:
    placement = calibrated_with(offset_mg)
    up = unit(felt(bent(85), np.array(offset_mg)))[None]
    assert flexion_deg(up_in_thigh(up, placement))[0] == pytest.approx(85, abs=0.6)
    assert placement.sd_deg < 2.7


def test_a_sensor_without_fault_has_no_offset() -> None:
    np.testing.assert_allclose(calibrated_with((0, 0, 0)).acc_offset_mps2, 0, atol=1e-9)
