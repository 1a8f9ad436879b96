"""Rows that follow each other: times that go back are dropped, short losses bridged, long ones begin a new segment."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np

from hipmonitor.core.arrays import Bools, Ints
from hipmonitor.core.instants import NS_PER_S, HostNs
from hipmonitor.core.samples.blocks import Gap
from hipmonitor.core.samples.rows import Rows, bridge
from hipmonitor.core.wire import FaultKind


@dataclass(slots=True, kw_only=True)
class JoinState:
    """The newest row handed on, and how many segments there were."""

    last: Rows | None = None
    restarted: bool = False
    """The sensor began a new stream after `last`."""
    segment: int = 0


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Joined:
    """Rows with their segments, and the gaps before some of them."""

    rows: Rows
    segment: Ints
    gaps: tuple[Gap, ...]


def join(
    state: JoinState, rows: Rows, *, period_s: float, bridge_s: float, numbered: bool, faults: Counter[FaultKind]
) -> Joined:
    """Take rows that came after `state.last`; the bridge to a row is handed on with that row.

    `numbered`: the sensor counts its samples, so that what never came is known exactly.
    """
    later = _later(state, rows)
    faults[FaultKind.TIME_BACKWARDS] += int((~later).sum())
    rows = rows.where(later)
    if not len(rows):
        return Joined(rows=rows, segment=np.zeros(0, np.int64), gaps=())
    skip = 0 if state.last is None else 1
    joined = rows if state.last is None else rows.after(state.last)
    passed_s = np.diff(joined.t_ns) / NS_PER_S
    missing = np.maximum(np.rint(passed_s / period_s) - 1, 0).astype(np.int64)
    broken = (passed_s > period_s + bridge_s + 0.5 * period_s) | _restart(state, len(missing), skip)
    skipped = np.maximum(np.diff(joined.index) - 1, 0)
    lost = skipped if numbered else np.where(broken, 0, np.maximum(missing - skipped, 0))
    faults[FaultKind.SAMPLES_LOST] += int(lost.sum())
    gaps = tuple(_gap(state, joined, i, period_s) for i in np.flatnonzero(broken).tolist())
    longer, origin = bridge(joined, np.where(broken, 0, missing))
    segment = state.segment + np.append(0, np.cumsum(broken))
    state.last, state.restarted, state.segment = rows.last(), False, int(segment[-1])
    return Joined(rows=longer.part(slice(skip, None)), segment=segment[origin][skip:], gaps=gaps)


def _later(state: JoinState, rows: Rows) -> Bools:
    before = np.iinfo(np.int64).min if state.last is None else int(state.last.t_ns[0])
    return rows.t_ns > np.maximum.accumulate(np.append(before, rows.t_ns))[:-1]


def _restart(state: JoinState, n: int, skip: int) -> Bools:
    restart = np.zeros(n, np.bool_)
    if skip and state.restarted:
        restart[0] = True
    return restart


def _gap(state: JoinState, joined: Rows, row: int, period_s: float) -> Gap:
    end = int(joined.t_ns[row + 1])
    start = min(end, int(joined.t_ns[row]) + round(period_s * NS_PER_S))
    reason = "the sensor restarted" if row == 0 and state.restarted else "no samples came"
    return Gap(start=HostNs(start), end=HostNs(end), reason=reason)
