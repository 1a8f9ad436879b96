"""Orientation in strides: as good as the offline variant of VQF on every sample, also where the sensor turns fast."""

from __future__ import annotations

import numpy as np
import pytest
from vqf import offlineVQF

from hipmonitor.core.arrays import Floats, Quats, Vec3s
from hipmonitor.core.frames import inverse, length, multiply, rotate, up_in_sensor
from hipmonitor.core.orientation.in_strides import on_every_row, oriented_in_strides, stride_samples
from tests.core.builders import G

RATE_HZ = 100.0
PERIOD_S = 1 / RATE_HZ
OFFSET_RADPS = np.deg2rad([1.2, -0.8, 0.6])
STRIDE = 7


def tumbling(seconds: float, most_dps: float) -> tuple[Vec3s, Vec3s, Quats]:
    """Specific force, rates that are off by a constant, and the true orientation of a sensor that turns about all its axes."""
    t_s = np.arange(round(seconds * RATE_HZ)) * PERIOD_S
    hz = np.array([1.1, 0.7, 0.43])
    gyr = np.deg2rad(most_dps) * np.sin(2 * np.pi * hz * t_s[:, None] + np.array([0.0, 1.0, 2.0]))
    world_from_sensor = turned_by(gyr)
    pushed = np.stack([np.sin(9 * t_s), np.cos(13 * t_s), np.sin(11 * t_s)], axis=1)
    acc = rotate(inverse(world_from_sensor), np.array([0.0, 0.0, G]) + pushed)
    return acc, gyr + OFFSET_RADPS, world_from_sensor


def turned_by(gyr: Vec3s) -> Quats:
    """(n, 4) orientation after each sample, one turn after the other."""
    angle = length(gyr) * PERIOD_S
    steps = np.column_stack([np.cos(angle / 2), gyr * (np.sin(angle / 2) / length(gyr))[:, None]])
    quats = [np.array([1.0, 0.0, 0.0, 0.0])]
    for step in steps:
        quats.append(multiply(quats[-1], step))
    return np.array(quats[1:])


def apart_deg(one: Quats, other: Quats) -> Floats:
    """(n,) angle between what both call up."""
    return np.asarray(np.rad2deg(2 * np.arcsin(length(up_in_sensor(one) - up_in_sensor(other)) / 2)))


@pytest.mark.parametrize("most_dps", [30, 300, 900])
def test_the_tilt_is_as_good_as_that_of_the_offline_variant_on_every_sample(most_dps: float) -> None:
    acc, gyr, truth = tumbling(120, most_dps)
    quats, _ = oriented_in_strides(acc, gyr, PERIOD_S, STRIDE)
    every = offlineVQF(gyr, np.ascontiguousarray(acc), None, PERIOD_S)["quat6D"]
    assert apart_deg(quats, truth).mean() <= apart_deg(every, truth).mean() + 0.01


def test_the_offset_is_known_from_the_first_second() -> None:
    """Heading, which only the gyroscope sees, does not run away before the offset was found."""
    n = 3000
    acc, gyr = np.tile([0.0, 0.0, G], (n, 1)), np.tile(OFFSET_RADPS, (n, 1))
    quats, _ = oriented_in_strides(acc, gyr, PERIOD_S, STRIDE)
    turn = multiply(quats[500], inverse(quats[0]))
    assert np.rad2deg(2 * np.arcsin(length(turn[1:]))) < 0.1


def test_lying_still_is_rest_and_tumbling_is_not() -> None:
    still = np.tile([0.0, 0.0, G], (600, 1))
    acc, gyr, _ = tumbling(10, 300)
    _, rest = oriented_in_strides(
        np.concatenate([still, acc]), np.concatenate([np.zeros((600, 3)), gyr]), PERIOD_S, STRIDE
    )
    assert rest[:590].all()
    assert not rest[620:].any()


@pytest.mark.parametrize("n", [1, 3, 4, 7, 8, 20])
def test_of_a_few_samples_the_tilt_is_that_of_gravity(n: int) -> None:
    acc = np.tile(G * np.array([0.0, 0.6, 0.8]), (n, 1))
    quats, rest = oriented_in_strides(acc, np.zeros((n, 3)), PERIOD_S, STRIDE)
    np.testing.assert_allclose(up_in_sensor(quats), acc / G, atol=1e-9)
    assert len(rest) == n


def test_more_than_half_a_turn_in_a_stride_leaves_no_jump() -> None:
    """No sensor tells so much; the stride's turn is then taken the other way round, which is the negative quaternion."""
    n = 2000
    acc = np.tile([0.0, 0.0, G], (n, 1))
    quats, _ = oriented_in_strides(acc, np.tile([0.0, 0.0, np.deg2rad(3000.0)], (n, 1)), PERIOD_S, STRIDE)
    w = multiply(inverse(quats[:-1]), quats[1:])[:, 0]
    np.testing.assert_allclose(np.rad2deg(2 * np.arccos(np.minimum(np.abs(w), 1))), 30, atol=0.05)


def test_the_line_between_an_orientation_and_its_negative_quaternion_stays_there() -> None:
    q = np.array([0.6, 0.0, 0.8, 0.0])
    np.testing.assert_allclose(on_every_row(np.stack([q, -q]), np.array([0, 2]), 3), np.tile(q, (3, 1)))


def test_what_comes_out_has_unit_length() -> None:
    acc, gyr, _ = tumbling(20, 900)
    quats, _ = oriented_in_strides(acc, gyr, PERIOD_S, STRIDE)
    np.testing.assert_allclose(np.sum(quats * quats, axis=1), 1, atol=1e-12)


@pytest.mark.parametrize(("rate_hz", "samples"), [(12.5, 1), (25, 1), (50, 3), (52, 3), (100, 7), (200, 15), (286, 21)])
def test_a_stride_is_odd_and_no_longer_than_said(rate_hz: float, samples: int) -> None:
    assert stride_samples(0.075, 1 / rate_hz) == samples
