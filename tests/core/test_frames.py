"""Rotations: which way they turn, how they chain, and the corners where a formula would divide by nothing."""

from __future__ import annotations

import numpy as np
import pytest

from hipmonitor.core.arrays import Vec3s
from hipmonitor.core.frames import from_axes, inverse, length, multiply, rotate, tilt_from_up, unit, up_in_sensor
from hipmonitor.core.instants import seconds_between
from tests.core.builders import about, at

X, Y, Z = np.eye(3)


@pytest.mark.parametrize(
    ("axis", "before", "after"), [(X, Y, Z), (Y, Z, X), (Z, X, Y)], ids=["about x", "about y", "about z"]
)
def test_a_quarter_turn_is_right_handed(axis: Vec3s, before: Vec3s, after: Vec3s) -> None:
    np.testing.assert_allclose(rotate(about(axis, 90), before), after, atol=1e-12)


def test_a_product_turns_by_its_right_factor_first() -> None:
    """a_from_b * b_from_c: y goes to z by the turn about x, then z to x by the turn about y."""
    np.testing.assert_allclose(rotate(multiply(about(Y, 90), about(X, 90)), Y), X, atol=1e-12)


def test_an_inverse_turns_back() -> None:
    turn = about([1, 2, 3], 77)
    np.testing.assert_allclose(multiply(inverse(turn), turn), [1, 0, 0, 0], atol=1e-12)


def test_up_in_the_sensor_is_the_world_up_turned_back() -> None:
    world_from_sensor = about([0.3, -1, 2], 131)
    np.testing.assert_allclose(up_in_sensor(world_from_sensor), rotate(inverse(world_from_sensor), Z), atol=1e-12)


@pytest.mark.parametrize("up", [X, Y, Z, -X, -Y, unit(np.array([1.0, -2, 0.5]))])
def test_the_tilt_from_up_sees_up_where_it_was_given(up: Vec3s) -> None:
    np.testing.assert_allclose(up_in_sensor(tilt_from_up(up[None])), up[None], atol=1e-12)


def test_a_sensor_upside_down_still_has_a_tilt() -> None:
    np.testing.assert_allclose(up_in_sensor(tilt_from_up(np.array([[0.0, 0.0, -1.0]]))), [[0, 0, -1]], atol=1e-12)


@pytest.mark.parametrize("turn", [about(Z, 20), about(X, 180), about(Y, 180), about(Z, 180), about([1, 1, 0], 179)])
def test_axes_give_back_the_rotation_they_came_from(turn: Vec3s) -> None:
    """Rows of the matrix of b_from_a are the axes of b seen from a. Half turns make the trace useless."""
    rows = rotate(inverse(turn), np.eye(3))
    again = from_axes(*rows)
    assert again[0] >= 0
    np.testing.assert_allclose(rotate(again, np.eye(3)), rotate(turn, np.eye(3)), atol=1e-9)


def test_a_vector_without_length_stays_zero_as_a_unit() -> None:
    np.testing.assert_array_equal(unit(np.array([[0.0, 0, 0], [0, 3, 4]])), [[0, 0, 0], [0, 0.6, 0.8]])


def test_length_is_euclidean_row_by_row() -> None:
    np.testing.assert_allclose(length(np.array([[2.0, 3, 6], [0, 0, -1]])), [7, 1])


def test_a_duration_is_the_later_minus_the_earlier_in_seconds() -> None:
    assert seconds_between(at(1), at(3.5)) == 2.5
