"""Columns that grow by rows and take values at any row: an analysis is filled in place, never copied together at the end."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from hipmonitor.core.arrays import Ints

Column = NDArray[Any]


class RowTable:
    """Every column has the same number of rows; a row that nothing was put into keeps its column's blank."""

    def __init__(self, rows: int | None, columns: dict[str, Column]) -> None:
        """`rows`: how many, or None to grow. `columns`: name to an array of length 1 that holds the blank."""
        self.rows = rows or 0
        self._blank = columns
        self._columns = {name: np.repeat(blank, self.rows, axis=0) for name, blank in columns.items()}

    def put(self, place: Ints, **columns: Column) -> None:
        """Put rows of some columns where they belong. Places grow from row to row."""
        if not len(place):
            return
        self._reach(int(place[-1]) + 1)
        whole = int(place[-1]) - int(place[0]) + 1 == len(place)
        where = slice(int(place[0]), int(place[-1]) + 1) if whole else place
        for name, column in columns.items():
            self._columns[name][where] = column

    def __getitem__(self, name: str) -> Column:
        return self._columns[name][: self.rows]

    def _reach(self, rows: int) -> None:
        self.rows = max(self.rows, rows)
        for name, column in self._columns.items():
            if len(column) < rows:
                extra = np.repeat(self._blank[name], max(rows, 2 * len(column)) - len(column), axis=0)
                self._columns[name] = np.concatenate([column, extra])
