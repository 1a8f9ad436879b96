"""A quantity in a second table of text, with times of its own: read as far as it is needed, and laid onto the first one's times."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np

from hipmonitor.core.arrays import Nanoseconds, Vec3s
from hipmonitor.core.errors import RecordingError
from hipmonitor.core.instants import NS_PER_S
from hipmonitor.io.files.columns import Columns, Vector
from hipmonitor.io.files.sample_file import in_short
from hipmonitor.io.files.text_lines import find_head, line_blocks, named_columns
from hipmonitor.io.files.text_table import TextTable

MOST_PERIODS = 2.5
"""From the next row of the other table; further away nothing is known."""


class Beside:
    """One vector of the second table."""

    def __init__(self, table: Path, columns: Columns, vector: Vector, rate_hz: float) -> None:
        """`table` is the first one; the second lies in the same folder.

        Raises:
            RecordingError: it is not there, or lacks the columns.
        """
        path = table.with_name(vector.file)
        own = replace(vector, file="", unit="g")  # only where its columns are is asked of it
        alone = replace(columns, acc=own, gyr=None, gravity=None, free_acc=None, orientation=None, files=())
        if not path.exists():
            raise RecordingError(f"{table}: {vector.file} is not beside it; put the whole export into one folder")
        lines = next(iter(line_blocks(path))).lines if path.stat().st_size else []
        head = find_head(lines, alone)
        if head is None:
            found = in_short(", ".join(named_columns(lines))) or "no header line"
            raise RecordingError(f"{path}: has {found}; expected {', '.join(map(str, alone.needed()))}")
        self._factor = vector.factor
        self._rows = TextTable(path=path, columns=alone, head=head, wanted=vector.columns).rows()
        self._reach_ns = MOST_PERIODS / rate_hz * NS_PER_S
        self._t_ns: Nanoseconds = np.zeros(0, np.int64)
        self._values: Vec3s = np.zeros((0, 3))

    def at(self, t_ns: Nanoseconds) -> Vec3s:
        """(n, 3) in SI units, between its own rows; NaN where none is near. Times only grow from call to call."""
        if not len(t_ns):
            return np.zeros((0, 3))
        self._read_to(int(t_ns[-1]))
        if not len(self._t_ns):
            return np.full((len(t_ns), 3), np.nan)
        origin = self._t_ns[0]
        x, own = (t_ns - origin).astype(np.float64), (self._t_ns - origin).astype(np.float64)
        out = np.stack([np.interp(x, own, self._values[:, axis]) for axis in range(3)], axis=1) * self._factor
        after = np.clip(np.searchsorted(own, x), 1, max(len(own) - 1, 1))
        near = np.minimum(np.abs(own[np.minimum(after, len(own) - 1)] - x), np.abs(own[after - 1] - x))
        out[near > self._reach_ns] = np.nan
        self._forget_before(int(t_ns[-1]))
        return out

    def _read_to(self, until_ns: int) -> None:
        parts = [(self._t_ns, self._values)]
        while not len(parts[-1][0]) or parts[-1][0][-1] < until_ns:
            rows = next(self._rows, None)
            if rows is None:
                break
            if len(rows.t_ns):
                parts.append((rows.t_ns, rows.values))
        self._t_ns, self._values = (np.concatenate(pieces) for pieces in zip(*parts, strict=True))

    def _forget_before(self, at_ns: int) -> None:
        first = max(0, int(np.searchsorted(self._t_ns, at_ns)) - 2)
        self._t_ns, self._values = self._t_ns[first:], self._values[first:]
