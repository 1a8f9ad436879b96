"""One row of what was decided, as plain numbers, and which kinds are upright."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import NamedTuple

from hipmonitor.core.activity import ActivityBlock, ActivityKind
from hipmonitor.core.instants import HostNs

UPRIGHT = frozenset({ActivityKind.STAND, ActivityKind.WALK, ActivityKind.RUN, ActivityKind.STAIRS})
"""Cycling is neither sitting nor a break. As lying, sedentary, unknown and not worn it holds the sitting time, and a break
that had begun begins anew after it; only unknown for less than `ExposureParams.transition_s` in one piece holds that too."""

KINDS = tuple(ActivityKind)
"""By their numbers."""


class DecidedRow(NamedTuple):
    """A second, or a long loss of samples."""

    start: HostNs
    lasting_s: int
    kind: ActivityKind
    confidence: float


def decided_rows(activity: ActivityBlock) -> Iterator[DecidedRow]:
    """Row by row."""
    kinds = [KINDS[kind] for kind in activity.kind.tolist()]
    columns = (activity.start_ns.tolist(), activity.lasting_s.tolist(), kinds, activity.confidence.tolist())
    return map(partial(tuple.__new__, DecidedRow), zip(*columns, strict=True))  # as _make, which is not C
