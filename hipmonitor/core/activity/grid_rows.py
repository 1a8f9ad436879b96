"""The rows of decided seconds: one a second, and one for a long loss of samples, however long and however the stream was cut."""

from __future__ import annotations

import numpy as np

from hipmonitor.core.arrays import Bools, Ints, lengths

LONG_LOSS_S = 60
"""A loss of more seconds than this is one row: a month without samples costs what a minute does."""


def whole_losses(number: Ints, begin: int, end: int) -> int:
    """Where to decide to: `end`, or the end of the long loss it lies in. `number`: the seconds with samples, in order."""
    first, after, long = _losses(number, begin)
    inside = long & (first < end) & (end < after)
    return int(after[inside][0]) if inside.any() else end


def rows(number: Ints, begin: int, end: int) -> tuple[Ints, Ints]:
    """(k,) first second and (k,) length in seconds of every row of [begin, end)."""
    first, after, long = _losses(number, begin)
    long &= after <= end
    pieces, at = [], begin
    for loss, seen_again in zip(first[long].tolist(), after[long].tolist(), strict=True):
        pieces.append(np.arange(at, loss + 1))
        at = seen_again
    start = np.concatenate([*pieces, np.arange(at, end)])
    return start, lengths(start, end)


def _losses(number: Ints, begin: int) -> tuple[Ints, Ints, Bools]:
    """First second without samples before each of `number` from `begin` on, that second itself, and whether it was long."""
    after = number[number >= begin]
    first = np.concatenate([[begin], after[:-1] + 1])[: len(after)]
    return first, after, after - first > LONG_LOSS_S
