"""How long an orientation is not trusted after something shook it."""

from __future__ import annotations

import numpy as np

from hipmonitor.core.arrays import Bools, Floats, Nanoseconds
from hipmonitor.core.instants import NS_PER_S


def near(t_ns: Nanoseconds, disturbed: Bools, hold_s: float) -> Bools:
    """(n,) rows within hold_s of a disturbed one, on either side."""
    if not disturbed.any():
        return np.zeros(len(t_ns), np.bool_)
    hold_ns = round(hold_s * NS_PER_S)
    at = t_ns[disturbed]
    after = np.searchsorted(at, t_ns - hold_ns, side="left")
    return (after < len(at)) & (at[np.minimum(after, len(at) - 1)] <= t_ns + hold_ns)


def followed(t_ns: Nanoseconds, marked: Bools, within_s: float) -> Bools:
    """(n,) marked rows, and those that a marked one follows within so long."""
    if not marked.any():
        return marked
    at = t_ns[marked]
    after = np.searchsorted(at, t_ns, side="left")
    return (after < len(at)) & (at[np.minimum(after, len(at) - 1)] <= t_ns + round(within_s * NS_PER_S))


def held_until(until_ns: int, t_ns: Nanoseconds, disturbed: Bools, hold_s: float | Floats) -> Nanoseconds:
    """(n,) until when rows are untrusted: a disturbed row holds itself and what follows for hold_s (a number or (n,))."""
    if not disturbed.any():
        return np.full(len(t_ns), until_ns, np.int64)
    end_ns = t_ns + np.rint(np.asarray(hold_s) * NS_PER_S).astype(np.int64)
    held = np.where(disturbed, end_ns, until_ns)
    return np.maximum.accumulate(np.maximum(held, until_ns))
