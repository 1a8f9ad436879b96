"""Columns of an analysis: rows are put where they belong, the others are blank, whatever the order."""

from __future__ import annotations

import numpy as np

from hipmonitor.runtime.row_table import RowTable

BLANK = {"deg": np.full(1, np.nan), "code": np.zeros(1, np.int8)}


def test_a_row_that_nothing_was_put_into_is_blank() -> None:
    table = RowTable(7, BLANK)
    table.put(np.array([1, 2]), deg=np.array([1.0, 2.0]))
    table.put(np.array([4, 6]), deg=np.array([4.0, 6.0]))
    np.testing.assert_equal(table["deg"], [np.nan, 1, 2, np.nan, 4, np.nan, 6])


def test_rows_after_the_last_one_put_are_blank() -> None:
    table = RowTable(4, BLANK)
    table.put(np.array([0, 1]), deg=np.array([1.0, 2.0]))
    np.testing.assert_equal(table["deg"], [1, 2, np.nan, np.nan])


def test_a_row_put_late_is_not_blanked_again() -> None:
    table = RowTable(None, BLANK)
    table.put(np.array([3, 4]), deg=np.array([3.0, 4.0]))
    table.put(np.array([0, 1]), deg=np.array([0.0, 1.0]))
    table.put(np.array([6]), deg=np.array([6.0]))
    np.testing.assert_equal(table["deg"], [0, 1, np.nan, 3, 4, np.nan, 6])


def test_a_column_that_grows_keeps_what_was_put() -> None:
    table = RowTable(None, BLANK)
    for row in range(20):
        table.put(np.array([row]), deg=np.array([float(row)]))
    np.testing.assert_equal(table["deg"], np.arange(20.0))


def test_a_column_that_nothing_was_put_into_is_blank_throughout() -> None:
    table = RowTable(3, BLANK)
    table.put(np.array([0]), deg=np.array([1.0]))
    assert table["code"].tolist() == [0, 0, 0]
