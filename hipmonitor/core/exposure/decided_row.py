"""One row of what was decided, as plain numbers, and which kinds are upright."""

from __future__ import annotations

from collections.abc import Iterator
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
    columns = (activity.start_ns, activity.lasting_s, activity.kind, activity.confidence)
    for start, lasting_s, kind, confidence in zip(*(column.tolist() for column in columns), strict=True):
        yield DecidedRow(start, lasting_s, KINDS[kind], confidence)
