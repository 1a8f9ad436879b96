"""What a pelvis sensor adds to a set: how far the hip itself went in its repetitions. The hip is known some seconds later."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import median

import numpy as np

from hipmonitor.core.arrays import Floats, Nanoseconds
from hipmonitor.core.exercise.blocks import HipInSet, SetResult
from hipmonitor.core.hip import HipBlock, HipMethod


@dataclass(slots=True, kw_only=True)
class HipInSetsState:
    """Measured hips since the running set began, and sets that ended and whose hips are still to come."""

    rows: list[tuple[Nanoseconds, Floats]] = field(default_factory=list)
    known_to_ns: int = 0
    waiting: list[SetResult] = field(default_factory=list)


def hips_in_sets(
    state: HipInSetsState, hip: HipBlock, results: Sequence[SetResult], *, runs: bool, flush: bool
) -> tuple[HipInSet, ...]:
    """Sets whose hips are all known now. `runs`: a set goes on after these rows; `flush`: no more rows come."""
    state.waiting += [result for result in results if result.repetitions]
    if len(hip) and (runs or state.waiting):
        measured = (hip.hip_method == HipMethod.MEASURED) & hip.trusted
        if measured.any():
            state.rows.append((hip.t_ns[measured], hip.hip_flexion_deg[measured]))
        state.known_to_ns = int(hip.t_ns[-1])
    due = [result for result in state.waiting if flush or state.known_to_ns >= result.ended]
    state.waiting = [result for result in state.waiting if result not in due]
    out = [_of(result, state.rows) for result in due]
    if not runs and not state.waiting:
        state.rows.clear()
    return tuple(one for one in out if one is not None)


def _of(result: SetResult, rows: Sequence[tuple[Nanoseconds, Floats]]) -> HipInSet | None:
    if not rows:
        return None
    t_ns, flexion_deg = (np.concatenate(column) for column in zip(*rows, strict=True))
    within = [flexion_deg[(t_ns >= one.start) & (t_ns <= one.end)] for one in result.repetitions]
    seen = [values for values in within if len(values) > 1]
    if not seen:
        return None
    return HipInSet(
        exercise=result.exercise,
        started=result.started,
        repetitions=len(seen),
        range_deg=float(median(np.ptp(values) for values in seen)),
        highest_deg=float(max(np.max(values) for values in seen)),
    )
