"""When the rows of a table of text were measured: a counter that may wrap, a date as text, or the number of the row."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from hipmonitor.core.arrays import Floats, Nanoseconds
from hipmonitor.core.instants import NS_PER_S
from hipmonitor.io.files.columns import NS_IN, Columns, TimeColumn
from hipmonitor.io.files.sample_file import offset_in
from hipmonitor.io.files.text_lines import TableHead, line_blocks, split

MOST_TIME_NS = 2.5e18
"""2049: further away is no time, and differences still fit into 64 bits."""
LAST_YEAR = 2099
NOT_A_TIME = np.iinfo(np.int64).min
DATE = re.compile(r"(\d{4})-(\d\d)-(\d\d)[_T ](\d\d):(\d\d):(\d\d)(?:[._](\d{1,6}))?")


class TimeReader:
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
