"""Small rows by the ten thousand, kept as columns: an object is made when somebody asks for it."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from math import isnan, nan
from typing import Any, Generic, TypeVar, overload

Row = TypeVar("Row")
Field = tuple[str, Callable[[Any], object]]
"""Typecode of the `array` that holds it, and what makes the field's value of one of its numbers."""


class PackedRows(Sequence[Row], Generic[Row]):
    """Rows of one dataclass of numbers, a fifth of their size as objects. What was asked for compares equal to what came in.

    NaN is `math.nan` again: two rows that hold it are equal, as they are where one object is handed on.
    """

    def __init__(self, row: Callable[..., Row], fields: dict[str, Field]) -> None:
        """`fields`: every field of the row, by name."""
        self._row, self._makes = row, tuple((name, make) for name, (_, make) in fields.items())
        self._columns: dict[str, array[float]] = {name: array(typecode) for name, (typecode, _) in fields.items()}

    def extend(self, rows: Iterable[Row]) -> None:
        """Keep these too."""
        rows = tuple(rows)
        for name, column in self._columns.items():
            column.extend([getattr(row, name) for row in rows])

    def column(self, name: str) -> array[float]:
        """One field of all rows, as plain numbers."""
        return self._columns[name]

    def __len__(self) -> int:
        return len(next(iter(self._columns.values())))

    @overload
    def __getitem__(self, which: int) -> Row: ...
    @overload
    def __getitem__(self, which: slice) -> tuple[Row, ...]: ...
    def __getitem__(self, which: int | slice) -> Row | tuple[Row, ...]:
        if isinstance(which, slice):
            return tuple(self._made(*(column[which] for column in self._columns.values())))
        return next(self._made(*((column[which],) for column in self._columns.values())))

    def __iter__(self) -> Iterator[Row]:
        return self._made(*self._columns.values())

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and len(self) == len(other) and tuple(self) == tuple(other)

    __hash__ = None  # type: ignore[assignment]  # it grows while a recording is gone through

    def __repr__(self) -> str:
        return repr(tuple(self))

    def _made(self, *columns: Iterable[float]) -> Iterator[Row]:
        for numbers in zip(*columns, strict=True):
            made = zip(self._makes, numbers, strict=True)
            yield self._row(**{name: nan if isnan(number) else make(number) for (name, make), number in made})
