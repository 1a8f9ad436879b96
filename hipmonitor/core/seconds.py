"""One-second windows on an absolute grid: each is handed on once, whole, when it is complete, however the stream was cut."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hipmonitor.core.arrays import Floats, Ints, Nanoseconds, differences, lengths, read_only
from hipmonitor.core.instants import NS_PER_S

Column = NDArray[np.generic]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ClosedSeconds:
    """k complete windows with the n rows they own; a second without a row has no window."""

    number: Ints
    """(k,) which second since the anchor."""
    start_ns: Nanoseconds
    """(k,)."""
    first_row: Ints
    """(k,) where each window's rows begin in t_ns and the columns."""
    t_ns: Nanoseconds
    """(n,)."""
    columns: tuple[Column, ...]
    """Each (n, ...), in the order given to step."""

    def __len__(self) -> int:
        return len(self.number)

    @property
    def count(self) -> Ints:
        """(k,) rows in each window."""
        return lengths(self.first_row, len(self.t_ns))

    def parts(self, each: int) -> tuple[Ints, Ints, Ints]:
        """Every window in `each` equal parts, k * each in all: (m,) which of them hold rows, their first row, and how many."""
        begins_ns = self.start_ns[:, None] + np.arange(each) * (NS_PER_S // each)
        row = np.searchsorted(self.t_ns, begins_ns.ravel())
        rows = lengths(row, len(self.t_ns))
        held = np.flatnonzero(rows)
        return held, row[held], rows[held]

    def total(self, values: NDArray[np.float64]) -> NDArray[np.float64]:
        """Sum of values (n, ...) over each window, (k, ...); the same bits wherever the window lies in memory."""
        if not len(self):
            return np.zeros((0, *values.shape[1:]))
        return np.add.reduceat(np.ascontiguousarray(values), self.first_row, axis=0)

    def mean(self, values: NDArray[np.float64]) -> NDArray[np.float64]:
        """Mean of values (n, ...) over each window, (k, ...)."""
        total = self.total(values)
        return total / self.count.reshape(-1, *([1] * (total.ndim - 1)))

    def sd(self, values: NDArray[np.float64]) -> NDArray[np.float64]:
        """Population standard deviation of values (n, ...) over each window, (k, ...)."""
        deviation = values - np.repeat(self.mean(values), self.count, axis=0)
        return np.sqrt(self.mean(deviation * deviation))

    def highest(self, values: Floats) -> Floats:
        """Maximum of values (n,) over each window, (k,); NaN where a window holds one."""
        return np.maximum.reduceat(values, self.first_row) if len(self) else np.zeros(0)


@dataclass(slots=True, kw_only=True)
class SecondsState:
    """Rows of the second that is not complete yet, and where the grid starts."""

    anchor_ns: int | None = None
    t_ns: Nanoseconds | None = None
    columns: tuple[Column, ...] = ()


class SecondGrid:
    """Collects rows and hands on complete seconds. The grid is anchored at the first row ever seen."""

    def __init__(self, state: SecondsState | None = None) -> None:
        self.state = state or SecondsState()

    def step(self, t_ns: Nanoseconds, *columns: Column) -> ClosedSeconds:
        """Add rows (times never decrease) and take the seconds that a later row has completed."""
        return self._take(t_ns, columns, flush=False)

    def pass_over(self, t_ns: Nanoseconds) -> None:
        """Rows that nobody asks for: all they tell is where the grid begins."""
        s = self.state
        if s.anchor_ns is None and len(t_ns):
            s.anchor_ns = int(t_ns[0])
        s.t_ns, s.columns = None, ()

    def flush(self, *empty_columns: Column) -> ClosedSeconds:
        """Take the incomplete second as it is: nothing more will come. The columns tell shapes where nothing ever came."""
        return self._take(np.zeros(0, np.int64), empty_columns, flush=True)

    def _take(self, t_ns: Nanoseconds, columns: tuple[Column, ...], *, flush: bool) -> ClosedSeconds:
        s = self.state
        if s.t_ns is None:
            s.t_ns, s.columns = t_ns[:0], tuple(c[:0] for c in columns)
        t_ns = np.concatenate([s.t_ns, t_ns])
        columns = tuple([np.concatenate(both) for both in zip(s.columns, columns, strict=True)])
        if s.anchor_ns is None and len(t_ns):
            s.anchor_ns = int(t_ns[0])
        whole = len(t_ns) if flush else self._before_open_second(t_ns)
        if not whole or s.anchor_ns is None:  # as after most packets
            s.t_ns, s.columns = t_ns, columns
            return _none_closed(columns)
        s.t_ns, s.columns = t_ns[whole:].copy(), tuple(c[whole:].copy() for c in columns)
        number, first_row = _windows(t_ns[:whole], s.anchor_ns)
        return ClosedSeconds(
            number=number,
            start_ns=s.anchor_ns + number * NS_PER_S,
            first_row=first_row,
            t_ns=t_ns[:whole],
            columns=tuple(np.ascontiguousarray(c[:whole]) for c in columns),
        )

    def _before_open_second(self, t_ns: Nanoseconds) -> int:
        """How many rows lie in seconds that a later row has completed."""
        anchor_ns = self.state.anchor_ns
        if anchor_ns is None or not len(t_ns):
            return 0
        open_s = (int(t_ns[-1]) - anchor_ns) // NS_PER_S
        return int(t_ns.searchsorted(anchor_ns + open_s * NS_PER_S))


def _none_closed(columns: tuple[Column, ...]) -> ClosedSeconds:
    return ClosedSeconds(
        number=NONE, start_ns=NONE, first_row=NONE, t_ns=NONE, columns=tuple([column[:0] for column in columns])
    )


NONE = read_only(np.zeros(0, np.int64))


def _windows(t_ns: Nanoseconds, anchor_ns: int) -> tuple[Ints, Ints]:
    """The seconds in which there are rows, at least one, and the first row of each."""
    begin, end = (int(t_ns[0]) - anchor_ns) // NS_PER_S, (int(t_ns[-1]) - anchor_ns) // NS_PER_S + 1
    if end - begin > len(t_ns):  # many seconds without rows: look at the rows
        row_number = (t_ns - anchor_ns) // NS_PER_S
        first_row = np.flatnonzero(differences(row_number, -1))
        return row_number[first_row], first_row
    row = np.searchsorted(t_ns, anchor_ns + np.arange(begin, end + 1) * NS_PER_S)
    filled = np.flatnonzero(row[1:] != row[:-1])
    return begin + filled, row[filled]
