"""Runs of rows that are worked on in one piece."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import numpy as np

from hipmonitor.core.arrays import Bools


def spans(begins: Bools) -> Iterator[slice]:
    """Consecutive slices of (n,) rows, a new one at every row that begins one; the first always does."""
    if len(begins):
        for start, stop in pairwise([0, *(begins[1:].nonzero()[0] + 1).tolist(), len(begins)]):
            yield slice(start, stop)


def changes(values: np.ndarray) -> Bools:
    """(n,) rows whose value differs from that of the row before."""
    out = np.zeros(len(values), np.bool_)
    np.not_equal(values[1:], values[:-1], out=out[1:])
    return out
