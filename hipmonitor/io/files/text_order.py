"""Rows of a table of text in the order of their times, and what was left out of the table."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from hipmonitor.core.arrays import Bools, Nanoseconds
from hipmonitor.core.errors import RecordingError
from hipmonitor.core.instants import NS_PER_S
from hipmonitor.io.files.sample_file import MOST_DAYS, spans_too_long

MOST_STRAYS = 0.05
"""Rows of a block that are out of order; more of them are no recording."""


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


class RowOrder:
    """Keeps rows whose times grow. The last row of a block waits for the next: only what follows shows that it is astray."""

    def __init__(self, path: Path, damage: TextDamage) -> None:
        self.path, self.damage = path, damage
        self.first_ns: int | None = None
        self.newest_ns: int | None = None
        self._t_ns = np.zeros(0, np.int64)
        self._values: NDArray[np.float64] | None = None

    def step(self, t_ns: Nanoseconds, values: NDArray[np.float64], done: float, *, last: bool = False) -> TableRows:
        """Those of these rows, and of the one that waited, that are in order; the last one waits, unless it is the table's."""
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
