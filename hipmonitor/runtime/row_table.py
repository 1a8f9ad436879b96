"""Columns that grow by rows and take values at any row: an analysis is filled in place, never copied together at the end."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from hipmonitor.core.arrays import Ints

Column = NDArray[Any]


class RowTable:
    """Every column has the same number of rows; a row that nothing was put into keeps its column's blank.

    A column takes memory from the first time something is put into it.
    """

    def __init__(self, rows: int | None, columns: dict[str, Column]) -> None:
        """`rows`: how many, or None to grow. `columns`: name to an array of length 1 that holds the blank, and the type."""
        self.rows = rows or 0
        self._blank = columns
        self._columns: dict[str, Column] = {}

    def put(self, place: Ints, **columns: Column) -> None:
        """Put rows of some columns where they belong. Places grow from row to row."""
        if not len(place):
            return
        self.rows = max(self.rows, int(place[-1]) + 1)
        whole = int(place[-1]) - int(place[0]) + 1 == len(place)
        where = slice(int(place[0]), int(place[-1]) + 1) if whole else place
        for name, column in columns.items():
            self._reaching(name)[where] = column

    def __getitem__(self, name: str) -> Column:
        """(rows, ...) of a column; read-only where nothing was ever put into it."""
        if name in self._columns:
            return self._reaching(name)[: self.rows]
        blank = self._blank[name]
        return np.broadcast_to(blank[0], (self.rows, *blank.shape[1:]))

    def _reaching(self, name: str) -> Column:
        """The column, made long enough for every row."""
        column = self._columns.get(name, self._blank[name][:0])
        if name not in self._columns or len(column) < self.rows:
            longer = np.empty((max(self.rows, 2 * len(column)), *column.shape[1:]), column.dtype)
            longer[: len(column)], longer[len(column) :] = column, self._blank[name][0]
            self._columns[name] = column = longer
        return column
