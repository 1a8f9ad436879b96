"""Rows of a table of text as numbers: lines that cannot be read, and rows out of order, are left out and counted."""

from __future__ import annotations

import re
import warnings
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from hipmonitor.core.arrays import Bools, Floats, Nanoseconds
from hipmonitor.core.errors import RecordingError
from hipmonitor.core.instants import NS_PER_S
from hipmonitor.io.files.columns import NS_IN, Column, Columns, TimeColumn
from hipmonitor.io.files.sample_file import MOST_DAYS, offset_in, spans_too_long
from hipmonitor.io.files.text_lines import LineBlock, TableHead, line_blocks, split

MOST_STRAYS = 0.05
"""Rows of a block that are out of order; more of them are no recording."""
MOST_TIME_NS = 2.5e18
"""2049: further away is no time, and differences still fit into 64 bits."""
LAST_YEAR = 2099
NOT_A_TIME = np.iinfo(np.int64).min
DATE = re.compile(r"(\d{4})-(\d\d)-(\d\d)[_T ](\d\d):(\d\d):(\d\d)(?:[._](\d{1,6}))?")


@dataclass(slots=True, kw_only=True)
class TextDamage:
    """Lines that could not be used, and why."""

    lines: int = 0
    """All that there are below the header."""
    unreadable: int = 0
    first_unreadable: int = 0
    """Its number, counted from 1."""
    out_of_order: int = 0
    """Not later than the row before, or later than those after it."""
    not_turned: int = 0
    """Without a quaternion of length 1."""

    @property
    def sentence(self) -> str:
        """For people; empty where nothing is missing."""
        first = f", the first is line {self.first_unreadable}"
        parts = [
            (self.unreadable, f"cannot be read{first}"),
            (self.out_of_order, "out of order in time"),
            (self.not_turned, "without a usable orientation"),
        ]
        told = [f"{n} {words}" for n, words in parts if n]
        return f"{sum(n for n, _ in parts)} of {self.lines} lines left out ({'; '.join(told)})" if told else ""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class TableRows:
    """n rows in order."""

    t_ns: Nanoseconds
    values: NDArray[np.float64]
    """(n, k) of the columns asked for, without the time's; not finite where the table says so."""
    done: float


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
        order = _Order(self.path, self.damage)
        clock = _TimeReader(self.columns, self.path)
        for block in line_blocks(self.path):
            t_ns, values = self._read(block, clock)
            yield order.step(t_ns, values, block.done)
        yield order.step(np.zeros(0, np.int64), np.zeros((0, len(self.wanted))), 1.0, last=True)
        if order.newest_ns is None:
            raise RecordingError(
                f"{self.path}: has no row of numbers below line {self.head.first_line}; expected numbers in "
                f"{', '.join(map(str, self.wanted))}, separated by {self.head.separator!r}"
            )

    def _read(self, block: LineBlock, clock: _TimeReader) -> tuple[Nanoseconds, NDArray[np.float64]]:
        skipped = max(0, self.head.first_line - block.first)
        lines = block.lines[skipped:]
        numbers = np.arange(block.first + skipped, block.first + len(block.lines)) + 1
        filled = np.array([bool(line.strip()) for line in lines], np.bool_)
        if not filled.all():
            lines, numbers = [line for line in lines if line.strip()], numbers[filled]
        self.damage.lines += len(lines)
        if not lines:
            return np.zeros(0, np.int64), np.zeros((0, len(self.wanted)))
        values = self._numbers(lines)
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


def _float(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return np.nan


class _TimeReader:
    """A table's times, in ns: a counter that wraps, text, or the number of the row."""

    def __init__(self, columns: Columns, path: Path) -> None:
        self.columns = columns
        self.as_text = columns.time is not None and columns.time.unit == "text"
        self._rows = 0
        self._last: float | None = None
        self._wrapped = 0.0
        self._begin_ns = beginning(columns, path).at_ns
        self._first_ns: int | None = None

    def read(self, lines: Sequence[str], head: TableHead, column: Floats, numbers: Nanoseconds) -> Nanoseconds:
        """(n,) NOT_A_TIME where there is none."""
        time = self.columns.time
        if time is None:
            return self._counted(numbers - head.first_line - 1)
        if self._rows == 0 and not self.as_text and time.unit == "s" and np.isnan(column).all():
            self.as_text = True
        self._rows += len(lines)
        if self.as_text:
            place = head.places[time.column]
            fields = (split(line, head.separator) for line in lines)
            return np.array([_text_ns(row[place]) if place < len(row) else NOT_A_TIME for row in fields], np.int64)
        t_ns = self._unwrapped(column, time) * NS_IN[time.unit]
        usable = np.isfinite(t_ns) & (np.abs(t_ns) < MOST_TIME_NS)
        return self._since_begin(np.where(usable, np.rint(np.where(usable, t_ns, 0)), NOT_A_TIME).astype(np.int64))

    def _counted(self, rows: Nanoseconds) -> Nanoseconds:
        assert self.columns.rate_hz is not None  # noqa: S101 - Columns has the one or the other
        return np.asarray(np.rint(rows * (NS_PER_S / self.columns.rate_hz)), np.int64)

    def _unwrapped(self, column: Floats, time: TimeColumn) -> Floats:
        if not time.wraps_at:
            return column
        known = np.isfinite(column)
        raw = column[known]
        before = raw[:1] if self._last is None else np.array([self._last])
        begun_anew = np.diff(raw, prepend=before) < -time.wraps_at / 2
        out = np.full(len(column), np.nan)
        out[known] = raw + self._wrapped + time.wraps_at * np.cumsum(begun_anew)
        if len(raw):
            self._last, self._wrapped = float(raw[-1]), self._wrapped + time.wraps_at * int(begun_anew.sum())
        return out

    def _since_begin(self, t_ns: Nanoseconds) -> Nanoseconds:
        """Where the file says when it began, its first row was then."""
        known = t_ns != NOT_A_TIME
        if self._begin_ns is None or not known.any():
            return t_ns
        if self._first_ns is None:
            self._first_ns = int(t_ns[np.argmax(known)])
        return np.where(known, t_ns - self._first_ns + self._begin_ns, NOT_A_TIME)


@dataclass(frozen=True, slots=True, kw_only=True)
class Beginning:
    """What a table says of when it began."""

    at_ns: int | None
    """By the wall clock, as if it were UTC."""
    utc_offset_s: int | None


def beginning(columns: Columns, path: Path) -> Beginning:
    """From the line before the header that says it: 2021-08-20_20:21:13_839 GMT+8."""
    lines = next(iter(line_blocks(path))).lines if columns.begins_with else []
    line = next((line for line in lines if line.startswith(columns.begins_with)), "")
    found = DATE.search(line)
    at_ns = NOT_A_TIME if found is None else _date_ns(found)
    if found is None or at_ns == NOT_A_TIME:
        return Beginning(at_ns=None, utc_offset_s=None)
    zone = line[found.end() :]
    return Beginning(at_ns=at_ns, utc_offset_s=offset_in(zone) if zone.strip() else None)


def _text_ns(text: str) -> int:
    """2026-11-23 07:00:00.125, with a zone or without: then as if it were UTC."""
    found = DATE.match(text)
    if found is None:
        return NOT_A_TIME
    try:
        zone = datetime.fromisoformat(text).utcoffset()
    except ValueError:
        zone = None
    ns = _date_ns(found)
    return ns if zone is None or ns == NOT_A_TIME else ns - round(zone.total_seconds() * NS_PER_S)


def _date_ns(found: re.Match[str]) -> int:
    *whole, fraction = found.groups(default="")
    try:
        moment = datetime(*map(int, whole), tzinfo=UTC)  # type: ignore[misc,arg-type]
    except ValueError:
        return NOT_A_TIME
    if not 1970 <= moment.year <= LAST_YEAR:
        return NOT_A_TIME
    return int(moment.timestamp()) * NS_PER_S + int(fraction.ljust(9, "0") or 0)


class _Order:
    """Keeps rows whose times grow. The last row of a block waits for the next: only what follows shows that it is astray."""

    def __init__(self, path: Path, damage: TextDamage) -> None:
        self.path, self.damage = path, damage
        self.first_ns: int | None = None
        self.newest_ns: int | None = None
        self._t_ns = np.zeros(0, np.int64)
        self._values: NDArray[np.float64] | None = None

    def step(self, t_ns: Nanoseconds, values: NDArray[np.float64], done: float, *, last: bool = False) -> TableRows:
        if self._values is not None:
            t_ns, values = np.concatenate([self._t_ns, t_ns]), np.concatenate([self._values, values])
        now = len(t_ns) if last else max(len(t_ns) - 1, 0)
        self._t_ns, self._values = t_ns[now:], values[now:]
        keep = self._in_order(t_ns)[:now]
        self._refuse(t_ns[:now], keep)
        self.damage.out_of_order += int(np.sum(~keep))
        kept_ns, kept = t_ns[:now][keep], values[:now][keep]
        if len(kept_ns):
            self.first_ns = int(kept_ns[0]) if self.first_ns is None else self.first_ns
            self.newest_ns = int(kept_ns[-1])
            days = (self.newest_ns - self.first_ns) / NS_PER_S / 86_400
            if days > MOST_DAYS:
                raise spans_too_long(self.path, days)
        return TableRows(t_ns=kept_ns, values=kept, done=done)

    def _in_order(self, t_ns: Nanoseconds) -> Bools:
        later = np.ones(len(t_ns), np.bool_) if self.newest_ns is None else t_ns > self.newest_ns
        if later.all() and (np.diff(t_ns) > 0).all():
            return later
        keep = np.zeros(len(t_ns), np.bool_)
        which = np.flatnonzero(later)
        keep[which[longest_growing(t_ns[which].tolist())]] = True
        return keep

    def _refuse(self, t_ns: Nanoseconds, keep: Bools) -> None:
        """Rows that repeat a time are only left out; times that do not grow are no recording."""
        repeated = np.append(np.diff(t_ns) == 0, False)[: len(t_ns)]
        strays = ~keep & ~repeated
        if len(t_ns) >= 20 and np.mean(strays) > MOST_STRAYS:
            raise RecordingError(
                f"{self.path}: times do not grow ({np.mean(strays):.0%} of {len(t_ns)} rows that follow each other are out "
                "of order); sort the rows, cut the file where the clock was set, or correct the time column"
            )


def longest_growing(times: Sequence[int]) -> list[int]:
    """Places of the longest run of growing times that leaving out others gives: one stray time costs itself only."""
    ends: list[int] = []
    places: list[int] = []
    before: list[int] = []
    for place, time in enumerate(times):
        length = bisect_left(ends, time)
        before.append(places[length - 1] if length else -1)
        ends[length : length + 1] = [time]
        places[length : length + 1] = [place]
    out: list[int] = []
    place = places[-1] if places else -1
    while place >= 0:
        out.append(place)
        place = before[place]
    return out[::-1]
