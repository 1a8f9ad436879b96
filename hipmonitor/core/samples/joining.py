"""Rows that follow each other: times that go back are dropped, short losses bridged, long ones begin a new segment."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace

import numpy as np

from hipmonitor.core.arrays import Bools, Codes, Floats, Ints, Nanoseconds
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
    faults[FaultKind.TIME_BACKWARDS] += len(later) - int(np.count_nonzero(later))
    judged = judged.where(later)
    rows, skip = judged.rows, 0 if state.last is None else 1
    if not len(rows):
        return Joined(rows=rows, segment=np.zeros(0, np.int64), lost_deg=np.zeros(0), doubt=np.zeros(0, np.int8))
    t_ns, index = _with_last(state, rows)
    missing, broken = _missing(np.diff(t_ns), period_s, bridge_s)
    if skip and state.restarted:
        broken[0] = True
    if numbered or missing.any():
        faults[FaultKind.SAMPLES_LOST] += _lost(np.diff(index), missing, broken, numbered=numbered)
    gaps = tuple(_gap(state, judged, t_ns, i, period_s) for i in np.flatnonzero(broken).tolist())
    missing[broken] = 0
    segment = np.full(len(t_ns), state.segment)
    segment[1:] += np.cumsum(broken) if gaps else 0
    out = _bridged(state, judged, missing, broken, segment) if missing.any() else _as_they_are(judged, segment[skip:])
    _remember(state, judged, broken, int(segment[-1]))
    return replace(out, gaps=gaps)


def _with_last(state: JoinState, rows: Rows) -> tuple[Nanoseconds, Ints]:
    if state.last is None:
        return rows.t_ns, rows.index
    return np.concatenate([state.last.t_ns, rows.t_ns]), np.concatenate([state.last.index, rows.index])


def _missing(passed_ns: Ints, period_s: float, bridge_s: float) -> tuple[Ints, Bools]:
    """(n - 1,) samples that should stand between each row and the next, and whether that is too much to bridge."""
    if not len(passed_ns) or passed_ns.max() < 1.5 * period_s * NS_PER_S:
        return np.zeros(len(passed_ns), np.int64), np.zeros(len(passed_ns), np.bool_)
    passed_s = passed_ns / NS_PER_S
    missing = np.maximum(np.rint(passed_s / period_s) - 1, 0).astype(np.int64)
    return missing, passed_s > period_s + bridge_s + 0.5 * period_s


def _lost(steps: Ints, missing: Ints, broken: Bools, *, numbered: bool) -> int:
    """How many samples never came. `steps`: (n - 1,) from each row's number to the next one's."""
    skipped = np.maximum(steps - 1, 0)
    return int((skipped if numbered else np.where(broken, 0, np.maximum(missing - skipped, 0))).sum())


def _as_they_are(judged: Judged, segment: Ints) -> Joined:
    return Joined(rows=judged.rows, segment=segment, lost_deg=np.zeros(len(judged.rows)), doubt=judged.doubt)


def _bridged(state: JoinState, judged: Judged, missing: Ints, broken: Bools, segment: Ints) -> Joined:
    """With the rows put in, and without the one that was handed on before."""
    rows, doubt, skip = judged.rows, judged.doubt, 0
    if state.last is not None:
        rows, doubt, skip = rows.after(state.last), np.append(np.int8(state.doubt), doubt), 1
    longer = bridge(rows, missing, ~broken, state.before)
    return Joined(
        rows=longer.rows.part(slice(skip, None)),
        segment=segment[longer.origin][skip:],
        lost_deg=longer.lost_deg[skip:],
        doubt=doubt[longer.origin][skip:],
    )


def _remember(state: JoinState, judged: Judged, broken: Bools, segment: int) -> None:
    rows = judged.rows
    if len(broken):
        before = state.last if len(rows) == 1 else rows.take(np.array([len(rows) - 2]))
        state.before = None if broken[-1] else before
    state.last = rows.take(np.array([len(rows) - 1]))
    state.restarted, state.segment, state.doubt = False, segment, int(judged.doubt[-1])


def _later(state: JoinState, rows: Rows) -> Bools:
    before = np.iinfo(np.int64).min if state.last is None else int(state.last.t_ns[0])
    if len(rows) and rows.t_ns[0] > before and (rows.t_ns[1:] > rows.t_ns[:-1]).all():
        return np.ones(len(rows), np.bool_)
    return rows.t_ns > np.maximum.accumulate(np.append(before, rows.t_ns))[:-1]


def _gap(state: JoinState, judged: Judged, t_ns: Nanoseconds, row: int, period_s: float) -> Gap:
    end = int(t_ns[row + 1])
    start = min(end, int(t_ns[row]) + round(period_s * NS_PER_S))
    refused = Doubt(int(judged.refused[row + 1 - (len(t_ns) - len(judged.rows))]))
    reason = refused.sentence if refused else "no samples came"
    if row == 0 and state.restarted:
        reason = "the sensor restarted"
    return Gap(start=HostNs(start), end=HostNs(end), reason=reason)
