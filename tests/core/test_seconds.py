"""The grid of whole seconds that every later room counts on."""

from __future__ import annotations

import numpy as np

from hipmonitor.core.seconds import ClosedSeconds, SecondGrid
from tests.core.builders import T0, at, times


def closed(values: list[float], rate_hz: float = 2.0) -> ClosedSeconds:
    """Everything of a short stream, the last second by flushing."""
    grid = SecondGrid()
    first = grid.step(times(len(values), rate_hz), np.array(values))
    assert len(first) == (len(values) - 1) // round(rate_hz)
    return first


def test_a_second_is_handed_on_when_a_later_row_came() -> None:
    grid = SecondGrid()
    assert len(grid.step(times(2, 2.0), np.zeros(2))) == 0
    assert grid.step(times(1, 2.0, start_s=1.0), np.zeros(1)).start_ns.tolist() == [T0]


def test_the_grid_begins_at_the_first_row_not_at_a_round_time() -> None:
    seconds = SecondGrid().step(times(5, 2.0, start_s=0.3), np.zeros(5))
    assert seconds.start_ns.tolist() == [at(0.3), at(1.3)]


def test_a_second_without_a_row_has_no_window() -> None:
    grid = SecondGrid()
    grid.step(times(2, 2.0), np.zeros(2))
    seconds = grid.step(times(3, 2.0, start_s=5.0), np.zeros(3))
    assert seconds.number.tolist() == [0, 5]


def test_flushing_hands_on_the_open_second_as_it_is() -> None:
    grid = SecondGrid()
    grid.step(times(3, 2.0), np.array([1.0, 2, 7]))
    rest = grid.flush(np.zeros(0))
    assert rest.number.tolist() == [1]
    assert rest.columns[0].tolist() == [7]


def test_flushing_twice_hands_on_nothing_more() -> None:
    grid = SecondGrid()
    grid.step(times(3, 2.0), np.zeros(3))
    grid.flush(np.zeros(0))
    assert len(grid.flush(np.zeros(0))) == 0


def test_flushing_what_never_began_is_empty_in_the_right_shape() -> None:
    seconds = SecondGrid().flush(np.zeros((0, 3)))
    assert seconds.mean(np.zeros((0, 3))).shape == (0, 3)
    assert seconds.highest(np.zeros(0)).shape == (0,)


def test_mean_spread_and_highest_are_of_each_second_alone() -> None:
    seconds = closed([1, 3, 10, 20, 0])
    values = np.array([1.0, 3, 10, 20])
    assert seconds.count.tolist() == [2, 2]
    assert seconds.mean(values).tolist() == [2, 15]
    assert seconds.sd(values).tolist() == [1, 5]
    assert seconds.highest(values).tolist() == [3, 20]


def test_the_highest_of_a_second_with_a_missing_value_is_missing() -> None:
    seconds = closed([1, np.nan, 10, 20, 0])
    assert np.isnan(seconds.highest(np.array([1, np.nan, 10, 20]))).tolist() == [True, False]


def test_parts_of_seconds_are_those_that_hold_rows() -> None:
    grid = SecondGrid()
    seconds = grid.step(np.append(times(8, 4.0), times(2, 4.0, start_s=2.25)), np.zeros(10))
    held, first, rows = seconds.parts(2)
    assert held.tolist() == [0, 1, 2, 3]
    assert first.tolist() == [0, 2, 4, 6]
    assert rows.tolist() == [2, 2, 2, 2]
    held, _, _ = grid.flush(np.zeros(0)).parts(4)
    assert held.tolist() == [1, 2]


def test_rows_that_nobody_asks_for_only_tell_where_the_grid_begins() -> None:
    grid = SecondGrid()
    grid.step(times(1, 2.0), np.zeros(1))
    grid.pass_over(times(4, 2.0, start_s=0.5))
    seconds = grid.step(times(4, 2.0, start_s=2.5), np.array([5.0, 6, 7, 8]))
    assert seconds.start_ns.tolist() == [at(2), at(3)]
    assert [seconds.columns[0].tolist(), seconds.first_row.tolist()] == [[5, 6, 7], [0, 1]]


def test_a_grid_that_was_passed_over_from_the_beginning_begins_at_its_first_row() -> None:
    grid = SecondGrid()
    grid.pass_over(times(0, 2.0))
    grid.pass_over(times(3, 2.0, start_s=0.3))
    assert grid.step(times(3, 2.0, start_s=2.3), np.zeros(3)).start_ns.tolist() == [at(2.3)]
