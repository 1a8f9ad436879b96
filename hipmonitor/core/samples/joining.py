"""Rows that follow each other: times that go back are dropped, short losses bridged, long ones begin a new segment."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np

from hipmonitor.core.arrays import Bools, Codes, Floats, Ints
from hipmonitor.core.instants import NS_PER_S, HostNs
from hipmonitor.core.samples.blocks import Gap
from hipmonitor.core.samples.bridging import bridge
from hipmonitor.core.samples.doubts import Doubt
from hipmonitor.core.samples.rows import Rows
from hipmonitor.core.wire import FaultKind


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Judged:
    """Rows that may be used, and what the guards said."""

    rows: Rows
    doubt: Codes
    """(n,) why the gyroscope is not believed."""
    refused: Codes
    """(n,) why the rows just before each one were refused; 0 = none were."""

    def where(self, keep: Bools) -> Judged:
        """Only what is kept."""
        if keep.all():
            return self
        return Judged(rows=self.rows.where(keep), doubt=self.doubt[keep], refused=self.refused[keep])


@dataclass(slots=True, kw_only=True)
class JoinState:
    """The newest row handed on, and how many segments there were."""

    last: Rows | None = None
    before: Rows | None = None
    """The row before `last`, where the two belong together: it tells in which direction a bridge leaves."""
    doubt: int = 0
    """Of the last row."""
    restarted: bool = False
    """The sensor began a new stream after `last`."""
    segment: int = 0


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Joined:
    """Rows with their segments, and the gaps before some of them."""

    rows: Rows
    segment: Ints
    lost_deg: Floats
    doubt: Codes
    gaps: tuple[Gap, ...] = ()


def join(
    state: JoinState, judged: Judged, *, period_s: float, bridge_s: float, numbered: bool, faults: Counter[FaultKind]
) -> Joined:
    """Take rows that came after `state.last`; the bridge to a row is handed on with that row.

    `numbered`: the sensor counts its samples, so that what never came is known exactly.
    """
    later = _later(state, judged.rows)
    faults[FaultKind.TIME_BACKWARDS] += int((~later).sum())
    judged = judged.where(later)
    rows, skip = judged.rows, 0 if state.last is None else 1
    if not len(rows):
        return Joined(rows=rows, segment=np.zeros(0, np.int64), lost_deg=np.zeros(0), doubt=np.zeros(0, np.int8))
    joined = rows if state.last is None else rows.after(state.last)
    passed_s = np.diff(joined.t_ns) / NS_PER_S
    missing = np.maximum(np.rint(passed_s / period_s) - 1, 0).astype(np.int64)
    broken = (passed_s > period_s + bridge_s + 0.5 * period_s) | _restart(state, len(missing), skip)
    skipped = np.maximum(np.diff(joined.index) - 1, 0)
    lost = skipped if numbered else np.where(broken, 0, np.maximum(missing - skipped, 0))
    faults[FaultKind.SAMPLES_LOST] += int(lost.sum())
    gaps = tuple(_gap(state, judged, joined, i, period_s) for i in np.flatnonzero(broken).tolist())
    longer = bridge(joined, np.where(broken, 0, missing), ~broken, state.before)
    segment = state.segment + np.append(0, np.cumsum(broken))
    doubt = judged.doubt if state.last is None else np.append(np.int8(state.doubt), judged.doubt)
    _remember(state, joined, broken, int(segment[-1]), int(doubt[-1]))
    return Joined(
        rows=longer.rows.part(slice(skip, None)),
        segment=segment[longer.origin][skip:],
        lost_deg=longer.lost_deg[skip:],
        doubt=doubt[longer.origin][skip:],
        gaps=gaps,
    )


def _remember(state: JoinState, joined: Rows, broken: Bools, segment: int, doubt: int) -> None:
    if len(joined) > 1:
        state.before = None if broken[-1] else joined.take(np.array([len(joined) - 2]))
    state.last = joined.take(np.array([len(joined) - 1]))
    state.restarted, state.segment, state.doubt = False, segment, doubt


def _later(state: JoinState, rows: Rows) -> Bools:
    before = np.iinfo(np.int64).min if state.last is None else int(state.last.t_ns[0])
    return rows.t_ns > np.maximum.accumulate(np.append(before, rows.t_ns))[:-1]


def _restart(state: JoinState, n: int, skip: int) -> Bools:
    restart = np.zeros(n, np.bool_)
    if skip and state.restarted:
        restart[0] = True
    return restart


def _gap(state: JoinState, judged: Judged, joined: Rows, row: int, period_s: float) -> Gap:
    end = int(joined.t_ns[row + 1])
    start = min(end, int(joined.t_ns[row]) + round(period_s * NS_PER_S))
    refused = Doubt(int(judged.refused[row + 1 - (len(joined) - len(judged.rows))]))
    reason = refused.sentence if refused else "no samples came"
    if row == 0 and state.restarted:
        reason = "the sensor restarted"
    return Gap(start=HostNs(start), end=HostNs(end), reason=reason)
