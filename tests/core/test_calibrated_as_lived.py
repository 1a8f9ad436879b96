"""What rest teaches of the accelerometer while it is worn: nothing until it is surely known, then every angle, from there on."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from hipmonitor.core.arrays import Vec3s
from hipmonitor.core.inbound import HoldPose, Pose, UserAction
from hipmonitor.core.samples import Calibration, Sampling
from hipmonitor.core.thigh import Placement, PlacementMethod
from hipmonitor.core.thigh.angles import flexion_deg, up_in_thigh
from tests.core.builders import G, arrays, at, did
from tests.core.test_guided import STANDING, Wearer, bent

RATE_HZ = 25
REST_S = 6
SIX = [[1, 0, 0], [0, 0, -1], [0, -1, 0], [0, 0, 1], [-1, 0, 0], [0, 1, 0]]


class Worn:
    """Rooms 2 and 4 of somebody with a faulty accelerometer, second after second."""

    def __init__(self, scale: float | Sequence[float] = 1.0, offset_mg: Sequence[float] = (0, 0, 0)) -> None:
        self.scale, self.offset_g = np.asarray(scale), np.array(offset_mg) / 1000
        self.noise = np.random.default_rng(4)
        self.sampling, self.wearer = Sampling(), Wearer()
        self.calibrations: list[Calibration] = []
        self.now_s = 0.0

    def reads(self, up: Vec3s) -> Vec3s:
        """(3,) in g."""
        return self.scale * up + self.offset_g

    def rests(self, up: Vec3s, *actions: UserAction, seconds: float = REST_S) -> Worn:
        force = np.tile(G * self.reads(np.asarray(up, np.float64)), (round(seconds * RATE_HZ), 1))
        force += self.noise.normal(0, 0.03, force.shape)
        block = self.sampling.step([arrays(force, rate_hz=RATE_HZ, start_s=self.now_s)])
        self.calibrations += block.calibrations
        self.wearer.feels(block, *actions)
        self.now_s += seconds
        return self

    def poses(self) -> Worn:
        """Stands, and sits at 85 deg."""
        for pose, up in ((Pose.STAND, STANDING), (Pose.SIT, bent(85))):
            self.rests(up, did(self.now_s, HoldPose(pose=pose)))
        return self

    def is_turned(self, sides: Sequence[Sequence[float]] = tuple(SIX)) -> Worn:
        """Laid onto these sides, one after the other."""
        for side in sides:
            self.rests(np.array(side))
        return self

    @property
    def placement(self) -> Placement:
        return self.wearer.placements[-1]

    @property
    def seated_deg(self) -> float:
        """What is said of a thigh at 85 deg."""
        read = self.reads(bent(85))
        return float(flexion_deg(up_in_thigh(read[None] / np.linalg.norm(read), self.placement))[0])


def test_poses_alone_take_1_07_g_for_an_offset_and_say_so() -> None:
    worn = Worn(1.07).poses()
    assert abs(worn.seated_deg - 85) > 5
    assert worn.placement.sd_deg > 4


@pytest.mark.parametrize("offset_mg", [(0, 0, 0), (30, -40, 20), (-40, 40, 40)])
def test_six_sides_after_the_poses_mend_their_angle_and_their_sd(offset_mg: Sequence[float]) -> None:
    worn = Worn(1.07, offset_mg).poses().is_turned()
    assert worn.seated_deg == pytest.approx(85, abs=0.7)
    assert worn.placement.method is PlacementMethod.GUIDED
    assert worn.placement.sd_deg < 2.7
    assert worn.placement.rest_directions == 6


@pytest.mark.parametrize("offset_mg", [(0, 0, 0), (30, -40, 20), (-40, 40, 40)])
def test_after_six_sides_poses_are_right_at_once(offset_mg: Sequence[float]) -> None:
    worn = Worn(1.07, offset_mg).is_turned().poses()
    assert len(worn.wearer.placements) == 1
    assert worn.seated_deg == pytest.approx(85, abs=0.7)


def test_it_counts_from_when_it_was_known_and_the_strap_on_stays_the_same() -> None:
    worn = Worn(1.07).poses()
    before = worn.placement
    worn.is_turned(SIX[1:5])  # standing and sitting were the other two
    fifth_second_of_the_last_side = at(worn.now_s - REST_S + 5)
    assert abs(worn.placement.since - fifth_second_of_the_last_side) < 2e8
    assert (worn.placement.strap_on, worn.placement.holds_from) == (before.strap_on, before.holds_from)


def test_standing_and_sitting_teach_nothing_however_long() -> None:
    worn = Worn(1.07, (40, 0, 20)).poses().is_turned([[0, 1, 0], [1, 0, 0]] * 5)
    assert not worn.calibrations
    assert len(worn.wearer.placements) == 1


def test_a_good_sensor_is_left_alone() -> None:
    worn = Worn(1.004, (4, -5, 6)).poses().is_turned()
    assert not worn.calibrations
    assert worn.seated_deg == pytest.approx(85, abs=0.7)


@pytest.mark.parametrize("scale", [(1.07, 1, 1), (1, 1.07, 1), (1, 1, 1.07)])
def test_what_neither_offset_nor_scale_explains_is_left_alone(scale: Sequence[float]) -> None:
    """Of one axis: the fit leaves so much that its own sd says no."""
    assert not Worn(scale).poses().is_turned().calibrations


def test_more_directions_are_said_only_where_they_change_something() -> None:
    tilted = [[1, 1, 0], [1, -1, 0], [0, 1, 1], [0, 1, -1]]
    worn = Worn(1.03, (30, 0, -30)).is_turned().is_turned((np.array(tilted) / np.sqrt(2)).tolist())
    assert len(worn.calibrations) == 1
