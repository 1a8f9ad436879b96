"""Steps, cadence and crank rate, second by second, from the period of the five seconds around each.

With a gyroscope the period of the angular rate is the stride, or the crank's turn: a thigh swings once in two steps. Without
one the acceleration is taken. On a thigh its period is the stride as well, where the swing shows; where its two halves are
alike it is the step. Which of them: what is too short for a stride of this activity is a step. Both are vectors of which the
length of products alone counts, so that nothing need be known of how the sensor sits.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import isnan, nan
from typing import NamedTuple

import numpy as np

from hipmonitor.core.activity import ActivityKind
from hipmonitor.core.arrays import Floats
from hipmonitor.core.exposure.blocks import RhythmSecond
from hipmonitor.core.exposure.decided_row import DecidedRow
from hipmonitor.core.exposure.fine_seconds import PARTS, FineSeconds
from hipmonitor.core.exposure.rhythm import RhythmParams, periods_s, powers
from hipmonitor.core.instants import NS_PER_S

STEPPING = frozenset({ActivityKind.WALK, ActivityKind.RUN, ActivityKind.STAIRS})
RHYTHMIC = STEPPING | {ActivityKind.CYCLE}
AROUND = np.array([-2, -1, 0, 1, 2])
AHEAD_S = int(AROUND[-1])


@dataclass(frozen=True, slots=True, kw_only=True)
class GaitParams:
    """What may be tuned."""

    rhythm: RhythmParams = field(default_factory=RhythmParams)
    shortest_walking_stride_s: float = 0.8
    """150 steps a minute; people change from walking to running at about 140."""
    shortest_stride_s: float = 0.55
    """218 steps a minute."""
    full_power: float = 0.6
    """A second with so much of the mean square of its neighbours is walked through: from stride to stride it changes by a
    third; below, a part of the second was stood through."""
    least_share: float = 0.25
    """Less of a second is no step."""
    borrow_s: int = 3
    """A second whose own five do not repeat (a turn, a first step, the recording's first) takes the stride of one of the same
    walk that is no further away."""


class Stride(NamedTuple):
    """A second with its rhythm."""

    row: DecidedRow
    stride_s: float
    """NaN: not known."""
    share: float
    """Of the second in which the legs moved as in the seconds around it, 0-1."""


@dataclass(slots=True, kw_only=True)
class GaitState:
    """What is carried from second to second."""

    last: Stride | None = None
    """The last second with a rhythm of its own in the walk or ride that goes on."""
    open: list[Stride] = field(default_factory=list)
    """Seconds of it that have none and may still borrow one."""
    until: DecidedRow | None = None
    """The last second of it."""


def strides(fine: FineSeconds, rows: Sequence[DecidedRow], anchor_ns: int, params: GaitParams) -> list[Stride]:
    """Every rhythmic one of these rows with its own stride, or crank's turn."""
    moving = [row for row in rows if row.kind in RHYTHMIC]
    if not moving:
        return []
    at, there = fine.find(np.array([(row.start - anchor_ns) // NS_PER_S for row in moving])[:, None] + AROUND)
    seen = np.flatnonzero(there.all(axis=1))
    windows = fine.motion[at[seen]].reshape(-1, len(AROUND) * PARTS, 3)
    period_s, share = np.full(len(moving), np.nan), np.ones(len(moving))
    period_s[seen] = periods_s(windows, params.rhythm)
    share[seen] = _shares(powers(windows, len(AROUND)), params)
    table = zip(moving, period_s.tolist(), share.tolist(), strict=True)
    return [Stride(row, _as_stride_s(row.kind, period, params), part) for row, period, part in table]


def _shares(power: Floats, params: GaitParams) -> Floats:
    """(m,) how much of the middle second is like the second strongest of the five: one alone may be a stumble or a seat."""
    middle, strong = power[:, AHEAD_S], np.sort(power, axis=1)[:, -2]
    share = np.divide(middle, params.full_power * strong, out=np.ones(len(power)), where=strong > 0)
    return np.asarray(np.where(share < params.least_share, 0.0, np.minimum(share, 1.0)))


def _as_stride_s(kind: ActivityKind, period_s: float, params: GaitParams) -> float:
    """Twice what is too short to be a stride."""
    if kind is ActivityKind.CYCLE:
        return period_s
    least = params.shortest_stride_s if kind is ActivityKind.RUN else params.shortest_walking_stride_s
    return 2 * period_s if period_s < least else period_s


def filled(state: GaitState, rows: Sequence[Stride], params: GaitParams) -> list[RhythmSecond]:
    """Seconds with their rhythm, in order; those without one borrow it from the last one, else from the next one."""
    out: list[Stride] = []
    for now in rows:
        if not _goes_on(state.until, now.row):
            state.last, state.open = None, []
        state.until = now.row
        if not isnan(now.stride_s):
            out += [one._replace(stride_s=now.stride_s) for one in state.open if _near(one, now, params)]
            state.last, state.open = now, []
            out.append(now)
        elif state.last is not None and _near(state.last, now, params):
            out.append(now._replace(stride_s=state.last.stride_s))
        else:
            state.open = [*state.open, now][-params.borrow_s :]
    return [_second(stride) for stride in out if stride.share]


def _goes_on(until: DecidedRow | None, row: DecidedRow) -> bool:
    """Whether this second follows the last one, in the same walk or ride."""
    if until is None or row.start != until.start + NS_PER_S:
        return False
    return (row.kind is ActivityKind.CYCLE) == (until.kind is ActivityKind.CYCLE)


def _near(one: Stride, other: Stride, params: GaitParams) -> bool:
    return abs(other.row.start - one.row.start) <= params.borrow_s * NS_PER_S


def _second(now: Stride) -> RhythmSecond:
    turns = now.row.kind is ActivityKind.CYCLE
    return RhythmSecond(
        start=now.row.start,
        kind=now.row.kind,
        steps=0.0 if turns else 2 * now.share / now.stride_s,
        crank_turns=now.share / now.stride_s if turns else 0.0,
        cadence_spm=nan if turns else 120 / now.stride_s,
        crank_rpm=60 / now.stride_s if turns else nan,
    )
