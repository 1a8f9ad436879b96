"""What rest teaches of the accelerometer: offset and scale from several directions, nothing from one, and no harm to a good sensor."""

from __future__ import annotations

import numpy as np
import pytest

from hipmonitor.core.arrays import Vec3s
from hipmonitor.core.frames import from_axes, unit
from hipmonitor.core.instants import HostNs
from hipmonitor.core.pipeline import PipelineParams
from hipmonitor.core.samples import Calibration, Sampling
from hipmonitor.core.thigh import Placement, PlacementMethod, PlacingParams, recalibrated
from hipmonitor.core.thigh.angles import flexion_deg, up_in_thigh
from hipmonitor.runtime.calibrated import calibrated
from tests.core.builders import G, arrays
from tests.journeys.shared_data import DATA, needs_data

SIX = [[1, 0, 0], [-1, 0, 0], [0, 1, 0], [0, -1, 0], [0, 0, 1], [0, 0, -1]]
STAND_SIT_SIDE = [[1.0, 0.05, 0], [0.05, 0, -1], [0.1, 1, -0.1]]
WRONG = np.array([0.04, -0.02, -0.09])
"""Offset in g, as a worn AX3 has it."""


def rested(directions: object, *, offset_g: Vec3s = WRONG, scale: float = 0.0, seed: int = 2) -> Sampling:
    """A sensor that rested for half a minute in each direction."""
    up = np.repeat(unit(np.asarray(directions, np.float64)), 3000, axis=0)
    noise = np.random.default_rng(seed).normal(0, 0.05, up.shape)
    sampling = Sampling()
    sampling.step([arrays((1 + scale) * G * up + G * offset_g + noise)])
    return sampling


def found(sampling: Sampling) -> Calibration:
    result = sampling.calibration
    assert result is not None
    return result


def test_offset_and_scale_are_found_from_rest_in_six_directions() -> None:
    result = found(rested(SIX, scale=0.03))
    np.testing.assert_allclose(result.offset_mps2 / G, WRONG, atol=0.003)
    assert result.scale == pytest.approx(0.03, abs=0.005)
    assert result.after_mps2 < 0.1 * result.before_mps2


def test_standing_sitting_and_lying_on_the_side_tell_most_of_an_offset() -> None:
    result = found(rested(STAND_SIT_SIDE))
    np.testing.assert_allclose(result.offset_mps2 / G, WRONG, atol=0.015)
    assert result.directions == 3


def test_an_accelerometer_of_1_07_g_everywhere_is_one_of_scale() -> None:
    result = found(rested(SIX, offset_g=np.zeros(3), scale=0.07))
    assert result.scale == pytest.approx(0.07, abs=0.007)
    np.testing.assert_allclose(result.offset_mps2 / G, 0, atol=0.002)


def test_one_direction_teaches_nothing() -> None:
    assert rested([[1, 0, 0], [0.95, 0.3, 0]]).calibration is None


def test_a_good_sensor_is_left_alone() -> None:
    assert rested(STAND_SIT_SIDE, offset_g=np.array([0.008, -0.01, 0.006])).calibration is None


def test_what_is_too_much_for_an_offset_is_left_to_the_guards() -> None:
    assert rested(SIX, offset_g=np.array([0.3, 0, 0])).calibration is None


def test_movement_teaches_nothing() -> None:
    noise = np.random.default_rng(1)
    sampling = Sampling()
    sampling.step([arrays(G * np.repeat(np.array(SIX), 3000, axis=0) * 1.1 + noise.normal(0, 1.0, (18000, 3)))])
    assert sampling.calibration is None


# -- in a placement ----------------------------------------------------------------------------------------------------

STAND, SIT = np.array([1.0, 0, 0]), unit(np.array([np.cos(np.deg2rad(80)), 0, -np.sin(np.deg2rad(80))]))


def read(up: Vec3s) -> Vec3s:
    """(3,) where up seems to be."""
    return unit(up + WRONG)


def placed(standing: Vec3s, method: PlacementMethod, offset_g: Vec3s) -> Placement:
    """Zero where standing was taken to be, bending towards -z of the sensor."""
    x = unit(np.array([0, 0, -1.0]) + standing * standing[2])
    return Placement(
        since=HostNs(0),
        thigh_from_sensor=from_axes(x, standing, np.cross(x, standing)),
        method=method,
        sd_deg=3.0,
        acc_offset_mps2=G * offset_g,
    )


def flexions(placement: Placement) -> list[float]:
    """Of standing and sitting as this accelerometer reads them."""
    up = np.array([read(STAND), read(SIT)])
    return flexion_deg(up_in_thigh(up, placement)).tolist()


def settled(placement: Placement, directions: object = SIX) -> Placement:
    params = PipelineParams(placing=PlacingParams(given=(placement,)))
    return calibrated(params, found(rested(directions))).placing.given[0]


def test_a_placement_from_movement_keeps_its_zero_and_gains_the_true_angle_of_sitting() -> None:
    before = placed(read(STAND), PlacementMethod.AUTOMATIC, np.zeros(3))
    assert flexions(before) == [pytest.approx(0, abs=0.01), pytest.approx(74, abs=1)]
    assert flexions(settled(before)) == [pytest.approx(0, abs=0.3), pytest.approx(80, abs=0.5)]


def test_an_offset_that_two_poses_told_stands_while_nothing_is_surely_known() -> None:
    guided = placed(STAND, PlacementMethod.GUIDED, np.array([0.03, 0, -0.085]))
    assert settled(guided, STAND_SIT_SIDE) is guided


def test_an_offset_that_two_poses_told_gives_way_to_what_is_surely_known() -> None:
    guided = placed(STAND, PlacementMethod.GUIDED, np.array([0.03, 0, -0.085]))
    np.testing.assert_allclose(settled(guided).acc_offset_mps2 / G, WRONG, atol=0.003)


def test_taking_the_same_offset_back_again_changes_nothing() -> None:
    calibration = found(rested(SIX, scale=0.05))
    once = recalibrated(placed(read(STAND), PlacementMethod.AUTOMATIC, np.zeros(3)), calibration)
    twice = recalibrated(once, calibration)
    np.testing.assert_allclose(twice.thigh_from_sensor, once.thigh_from_sensor, atol=1e-9)
    assert twice.sd_deg == pytest.approx(once.sd_deg)


def test_nothing_known_changes_nothing() -> None:
    params = PipelineParams(placing=PlacingParams(given=(placed(STAND, PlacementMethod.AUTOMATIC, np.zeros(3)),)))
    assert calibrated(params, None) is params


# -- people ------------------------------------------------------------------------------------------------------------


@needs_data
@pytest.mark.data
@pytest.mark.parametrize("name", ["har70_501", "harth_S037", "sens_P04"])
def test_rest_of_worn_sensors_comes_to_within_ten_mg_of_1_g(name: str) -> None:
    data = np.load(DATA / "posture" / f"{name}.npz")
    rate_hz = 1e9 / float(np.median(np.diff(data["t_ns"])))
    sampling = Sampling()
    sampling.step([arrays(data["acc_g"].astype(np.float64) * G, rate_hz=rate_hz)])
    result = found(sampling)
    assert result.before_mps2 > 0.04 * G
    assert result.after_mps2 < 0.01 * G


@pytest.mark.parametrize(("directions", "least_share"), [(STAND_SIT_SIDE[:2], 0.45), (STAND_SIT_SIDE, 0.7)])
def test_what_all_directions_read_too_much_is_scale_the_more_they_are(
    directions: list[list[float]], least_share: float
) -> None:
    result = found(rested(directions, offset_g=np.zeros(3), scale=0.07))
    assert result.scale > least_share * 0.07
    assert result.doubt_mps2 == pytest.approx(0.07 * G * 0.5 ** (len(directions) - 1), rel=0.05)


def test_an_offset_that_only_some_directions_show_leaves_no_doubt() -> None:
    result = found(rested(STAND_SIT_SIDE[:2], offset_g=np.array([0.08, 0.0, 0.02])))
    assert result.doubt_mps2 == 0
    assert result.offset_mps2[0] == pytest.approx(0.08 * G, rel=0.25)
