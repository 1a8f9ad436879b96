"""The thigh's angles: sign and zero of every axis, one axis tilted at a time.

The wearer stands and is seen from the right; x points forward, y up the thigh from knee to hip, z out of the page to the
wearer's right. `u` is the world's up in that frame.

    standing            knee forward, 90°        extension                tipped outwards, right leg (from the front)

      hip                hip ------ knee               hip                      hip
       |  y = up               x = up                   /                        /
       |                                               /                        /
      knee                                          knee (behind)           knee (the wearer's right, left on the page)
    u = (0, 1, 0)        u = (1, 0, 0)            u = (-sin, cos, 0)       u = (0, cos, sin)

Lifting the knee turns x upwards, so u_x grows: flexion +. Turning about the long axis is seen where the thigh is bent:
with the thigh level, x is up; turning the right kneecap to the wearer's left (the midline) turns z upwards: u_z grows, roll +.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from hipmonitor.core.arrays import Quats, Vec3s
from hipmonitor.core.frames import from_axes, inverse, rotate
from hipmonitor.core.samples import STANDARD_GRAVITY_MPS2
from hipmonitor.core.settings import Side
from hipmonitor.core.thigh import Placement, PlacementMethod, from_standing_and_sitting
from hipmonitor.core.thigh.angles import flexion_deg, inclination_deg, roll_deg, up_in_thigh
from tests.core.builders import T0, about

FORWARD, ALONG, RIGHT = np.eye(3)
"""The axes of the thigh frame."""


def up_after(*turns_of_the_thigh: Quats) -> Vec3s:
    """(1, 3) the world's up in the frame of a thigh that stood and was then turned by these, each about its own axes."""
    up = ALONG
    for turn in turns_of_the_thigh:
        up = rotate(inverse(turn), up)
    return up[None]


def lifted(degrees: float) -> Quats:
    """Knee forward and up. Seen from the right the thigh turns with the knee going forward: + about z by the right hand."""
    return about(RIGHT, degrees)


def spread(degrees: float) -> Quats:
    """Knee to the wearer's right: a right-handed turn about forward brings the lower end (-y) towards -z, so it is negative."""
    return about(FORWARD, -degrees)


def level_and_turned_left(degrees: float) -> Vec3s:
    """A level thigh whose kneecap was turned towards the wearer's left, about the thigh's own long axis."""
    return up_after(lifted(90), about(ALONG, degrees))


def test_the_drawings_hold() -> None:
    """The knee is at -y of the thigh; the kneecap looks to +x."""
    knee = rotate(lifted(90), -ALONG)
    np.testing.assert_allclose(knee, FORWARD, atol=1e-12)
    np.testing.assert_allclose(rotate(spread(30), -ALONG), [0, -np.cos(np.pi / 6), 0.5], atol=1e-12)
    kneecap = rotate(about(ALONG, 30), FORWARD)
    np.testing.assert_allclose(kneecap, [np.cos(np.pi / 6), 0, -0.5], atol=1e-12)


@pytest.mark.parametrize(
    ("turn", "up"),
    [
        (lifted(0), [0, 1, 0]),
        (lifted(90), [1, 0, 0]),
        (lifted(-30), [-0.5, 0.866, 0]),
        (spread(30), [0, 0.866, 0.5]),
    ],
    ids=["standing", "knee forward", "extension", "tipped outwards"],
)
def test_up_in_the_thigh_is_as_written_under_the_drawings(turn: Quats, up: Sequence[float]) -> None:
    np.testing.assert_allclose(up_after(turn), [up], atol=1e-3)


@pytest.mark.parametrize("degrees", [-30, -10, 0, 45, 90, 120, 170])
def test_flexion_is_how_far_the_knee_was_lifted_forward(degrees: float) -> None:
    """0 standing, + knee forward, 90 level, - behind (extension)."""
    np.testing.assert_allclose(flexion_deg(up_after(lifted(degrees))), [degrees], atol=1e-9)


@pytest.mark.parametrize("degrees", [-25, 25])
def test_spreading_the_leg_is_not_flexion(degrees: float) -> None:
    np.testing.assert_allclose(flexion_deg(up_after(spread(degrees))), [0], atol=1e-9)


@pytest.mark.parametrize("degrees", [-80, -20, 20, 80])
def test_inclination_has_no_sign_whichever_way_the_thigh_tips(degrees: float) -> None:
    np.testing.assert_allclose(inclination_deg(up_after(lifted(degrees))), [abs(degrees)], atol=1e-9)
    np.testing.assert_allclose(inclination_deg(up_after(spread(degrees))), [abs(degrees)], atol=1e-9)


def test_turning_the_standing_thigh_about_itself_changes_neither_flexion_nor_inclination() -> None:
    up = up_after(about(ALONG, 40))
    np.testing.assert_allclose([flexion_deg(up), inclination_deg(up)], 0, atol=1e-9)


def test_heading_changes_no_angle() -> None:
    facing_elsewhere = up_after(about(ALONG, 123), lifted(60))
    np.testing.assert_allclose(facing_elsewhere, up_after(lifted(60)), atol=1e-12)


def test_small_inclinations_keep_their_digits() -> None:
    np.testing.assert_allclose(inclination_deg(up_after(lifted(1e-6))), [1e-6], rtol=1e-6)


@pytest.mark.parametrize(
    ("side", "turned_left_deg", "roll"),
    [("right", 20, 20), ("right", -20, -20), ("left", 20, -20), ("left", -20, 20)],
    ids=["right knee inwards", "right knee outwards", "left knee outwards", "left knee inwards"],
)
def test_roll_is_positive_where_the_kneecap_turns_towards_the_midline(
    side: Side, turned_left_deg: float, roll: float
) -> None:
    up = level_and_turned_left(turned_left_deg)
    np.testing.assert_allclose(roll_deg(up, inclination_deg(up), side), [roll], atol=1e-9)


def test_roll_is_zero_where_the_thigh_was_only_lifted() -> None:
    up = up_after(lifted(75))
    np.testing.assert_allclose(roll_deg(up, inclination_deg(up), "right"), [0], atol=1e-9)


@pytest.mark.parametrize(("degrees", "told"), [(29.5, False), (30.5, True), (149.5, True), (150.5, False)])
def test_roll_is_told_only_between_30_and_150_degrees_of_inclination(degrees: float, told: bool) -> None:
    up = up_after(lifted(degrees))
    assert np.isfinite(roll_deg(up, inclination_deg(up), "right"))[0] == told


def test_roll_is_not_told_where_the_side_is_unknown() -> None:
    up = level_and_turned_left(20)
    assert np.isnan(roll_deg(up, inclination_deg(up), "unknown")).all()


@pytest.mark.parametrize(
    "mounting",
    [about(FORWARD, 0), about(ALONG, 90), about(RIGHT, 180), about([1, 2, 3], 77), about([-3, 1, 0.2], 250)],
    ids=["straight", "on the side", "upside down", "odd", "odder"],
)
def test_any_mounting_gives_the_same_angles_once_its_placement_is_known(mounting: Quats) -> None:
    """The sensor was strapped on turned by `mounting` (sensor_from_thigh); standing and sitting tell how."""
    placed = from_standing_and_sitting(rotate(mounting, ALONG), rotate(mounting, up_after(lifted(80))[0]))
    placement = Placement(since=T0, thigh_from_sensor=placed, method=PlacementMethod.GUIDED, sd_deg=0.0)
    true_up = np.concatenate([up_after(lifted(70), spread(10)), level_and_turned_left(15)])
    up = up_in_thigh(rotate(mounting, true_up), placement)
    np.testing.assert_allclose(up, true_up, atol=1e-9)


def test_the_chair_s_height_does_not_change_the_placement() -> None:
    low, high = (from_standing_and_sitting(ALONG, up_after(lifted(d))[0]) for d in (110, 60))
    np.testing.assert_allclose(low, high, atol=1e-9)


def test_a_known_offset_of_the_accelerometer_is_taken_out_of_up() -> None:
    """40 mg across the thigh reads as 2.29° of tilt that is not there."""
    offset = np.array([0.04, 0, 0]) * STANDARD_GRAVITY_MPS2
    straight = from_axes(FORWARD, ALONG, RIGHT)
    felt = np.array([[0.04, 1, 0]]) / np.hypot(1, 0.04)
    blind = Placement(since=T0, thigh_from_sensor=straight, method=PlacementMethod.GUIDED, sd_deg=0.0)
    knowing = Placement(
        since=T0, thigh_from_sensor=straight, method=PlacementMethod.GUIDED, sd_deg=0.0, acc_offset_mps2=offset
    )
    np.testing.assert_allclose(flexion_deg(up_in_thigh(felt, blind)), [2.29], atol=0.01)
    np.testing.assert_allclose(flexion_deg(up_in_thigh(felt, knowing)), [0], atol=0.01)
