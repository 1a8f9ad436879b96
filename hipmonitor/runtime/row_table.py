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
        self._filled = dict.fromkeys(columns, 0)
        """Rows of each column, from the first on, that hold something or a blank: long columns are written to once."""

    def put(self, place: Ints, **columns: Column) -> None:
        """Put rows of some columns where they belong. Places grow from row to row."""
        if not len(place):
            return
        begin, end = int(place[0]), int(place[-1]) + 1
        self.rows = max(self.rows, end)
        whole = end - begin == len(place)
        for name, column in columns.items():
            rows = self._blank_to(name, begin if whole else end)
            if whole and column.ndim == 2:  # component by component, as rooms keep vectors: a third of the time
                for k in range(column.shape[1]):
                    rows[begin:end, k] = column[:, k]
            else:
                rows[slice(begin, end) if whole else place] = column
            self._filled[name] = max(self._filled[name], end)

    def __getitem__(self, name: str) -> Column:
        """(rows, ...) of a column; read-only where nothing was ever put into it."""
        if name in self._columns:
            return self._blank_to(name, self.rows)[: self.rows]
        blank = self._blank[name]
        return np.broadcast_to(blank[0], (self.rows, *blank.shape[1:]))

    def _blank_to(self, name: str, row: int) -> Column:
        """The column, made long enough for every row, with blanks before `row` wherever nothing was put yet."""
        column = self._columns.get(name, self._blank[name][:0])
        if name not in self._columns or len(column) < self.rows:
            longer = np.empty((max(self.rows, 2 * len(column)), *column.shape[1:]), column.dtype)
            longer[: self._filled[name]] = column[: self._filled[name]]
            self._columns[name] = column = longer
        if row > self._filled[name]:
            column[self._filled[name] : row] = self._blank[name][0]
            self._filled[name] = row
        return column
