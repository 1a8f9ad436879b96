"""Out of range where only values came, no counts: an axis that gives one large number three times running is at its end."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from hipmonitor.core.arrays import Bools, Vec3s

LEAST_ACC_MPS2 = 1.5 * 9.80665
LEAST_GYR_RADPS = 2.0
"""Below the smallest ranges that sensors have (±2 g, ±125 deg/s); a large value does not repeat itself by chance."""
IN_A_ROW = 3


@dataclass(slots=True, kw_only=True)
class RailState:
    """The newest two rows of one kind."""

    last: Vec3s = field(default_factory=lambda: np.full((IN_A_ROW - 1, 3), np.nan))


def at_the_rail(state: RailState, values: Vec3s, least: float) -> Bools:
    """(n,) rows with an axis that repeats a value of at least so much for the third time or more."""
    out = np.zeros(len(values), np.bool_)
    if not len(values):
        return out
    if not (values.max() < least and values.min() > -least):  # also where one of them is not a number
        large = np.flatnonzero(np.abs(values) >= least)
        flat = np.concatenate([state.last, values]).ravel()
        same = (flat[large + 6] == flat[large + 3]) & (flat[large + 3] == flat[large])
        out[large[same] // 3] = True
    state.last = np.concatenate([state.last, values[-2:]])[-2:]
    return out
