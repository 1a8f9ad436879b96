"""Rows of a table of text as numbers: lines that cannot be read, and rows out of order, are left out and counted."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from hipmonitor.core.arrays import Nanoseconds
from hipmonitor.core.errors import RecordingError
from hipmonitor.io.files.columns import Column, Columns
from hipmonitor.io.files.text_lines import LineBlock, TableHead, line_blocks, split
from hipmonitor.io.files.text_order import RowOrder, TableRows, TextDamage
from hipmonitor.io.files.text_times import NOT_A_TIME, TimeReader

LARGEST_NUMBER = 1e30
"""No sensor and no clock writes a larger one, in any unit: what is beyond is a damaged line, and would overflow later on."""


@dataclass(slots=True, kw_only=True)
class TextTable:
    """Some columns of one table."""

    path: Path
    columns: Columns
    head: TableHead
    wanted: tuple[Column, ...]
    damage: TextDamage = field(default_factory=TextDamage)
    as_text: bool = False
    """Its times turned out to be dates, though numbers were expected."""

    def rows(self) -> Iterator[TableRows]:
        """All rows, from the beginning.

        Raises:
            RecordingError: nothing can be read, or the times are of no use.
        """
        self.damage = TextDamage()
        order = RowOrder(self.path, self.damage)
        clock = TimeReader(self.columns, self.path)
        for block in line_blocks(self.path):
            t_ns, values = self._read(block, clock)
            yield order.step(t_ns, values, block.done)
        yield order.step(np.zeros(0, np.int64), np.zeros((0, len(self.wanted))), 1.0, last=True)
        if order.newest_ns is None:
            raise RecordingError(
                f"{self.path}: has no row of numbers below line {self.head.first_line}; expected numbers in "
                f"{', '.join(map(str, self.wanted))}, separated by {self.head.separator!r}"
            )

    def _read(self, block: LineBlock, clock: TimeReader) -> tuple[Nanoseconds, NDArray[np.float64]]:
        skipped = max(0, self.head.first_line - block.first)
        lines = block.lines[skipped:]
        numbers = np.arange(block.first + skipped, block.first + len(block.lines)) + 1
        filled = np.array([bool(line.strip()) for line in lines], np.bool_)
        if not filled.all():
            lines, numbers = [line for line in lines if line.strip()], numbers[filled]
        self.damage.lines += len(lines)
        if not lines:
            return np.zeros(0, np.int64), np.zeros((0, len(self.wanted)))
        values = _possible(self._numbers(lines))
        t_ns = clock.read(lines, self.head, values[:, 0], numbers)
        self.as_text = clock.as_text
        bad = (t_ns == NOT_A_TIME) | np.isnan(values[:, 1:]).all(axis=1)
        if bad.any():
            self.damage.first_unreadable = self.damage.first_unreadable or int(numbers[np.argmax(bad)])
            self.damage.unreadable += int(bad.sum())
        return t_ns[~bad], values[~bad, 1:]

    def _numbers(self, lines: Sequence[str]) -> NDArray[np.float64]:
        """(n, 1 + k): the time's column (or nothing), and those wanted; NaN where there is no number."""
        time = self.columns.time
        places = [self.head.places[column] for column in self.wanted]
        first = places[0] if time is None or time.unit == "text" else self.head.places[time.column]
        read = [first, *places]
        if self.columns.decimal == "," and self.head.separator != ",":
            lines = [line.replace(",", ".") for line in lines]
        separator = None if self.head.separator == " " else self.head.separator
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                table = np.loadtxt(lines, delimiter=separator, usecols=read, ndmin=2, comments=None, quotechar='"')
            if len(table) == len(lines):
                return table
        except (ValueError, TypeError, OverflowError, IndexError):
            pass
        return np.array([self._number_row(line, read) for line in lines])

    def _number_row(self, line: str, read: Sequence[int]) -> list[float]:
        fields = split(line, self.head.separator)
        return [_float(fields[place]) if place < len(fields) else np.nan for place in read]


def _possible(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """NaN instead of numbers that cannot have been measured."""
    return np.where(np.abs(values) <= LARGEST_NUMBER, values, np.nan)


def _float(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return np.nan
