"""The last ten minutes of the thigh's angle, kept as the lowest and highest value of every quarter second."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

import numpy as np

from hipmonitor.core.arrays import Bools, Floats
from hipmonitor.core.instants import NS_PER_S, HostNs
from hipmonitor.core.thigh import ThighBlock
from hipmonitor.ui.view_model.bucket_ring import BucketRing

BUCKET_NS = NS_PER_S // 4
KEPT_S = 600
KEPT = KEPT_S * NS_PER_S // BUCKET_NS
SETTLED_S = 1.0
"""What is younger than this may still be on its way and is not called missing."""


class ColumnKind(StrEnum):
    """What a column of the trace holds."""

    EMPTY = "empty"
    """Before the session, or still to come."""
    VALUE = "value"
    UNTRUSTED = "untrusted"
    """There were samples, and no angle one could rely on."""
    MISSING = "missing"
    """No samples."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TraceColumn:
    """One column of a picture."""

    kind: ColumnKind
    low_deg: float = float("nan")
    high_deg: float = float("nan")


EMPTY, MISSING, UNTRUSTED = (TraceColumn(kind=k) for k in (ColumnKind.EMPTY, ColumnKind.MISSING, ColumnKind.UNTRUSTED))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Trace:
    """A copy of what is kept, oldest first, up to `end`."""

    end: HostNs
    first: HostNs | None
    """When the first sample was taken."""
    low_deg: Floats
    """(KEPT,) NaN without a trusted value."""
    high_deg: Floats
    seen: Bools
    """(KEPT,) whether any sample came."""

    @property
    def age_s(self) -> float:
        """Since the first sample."""
        return 0.0 if self.first is None else max(0.0, (self.end - self.first) / NS_PER_S)

    def columns(self, count: int, span_s: float) -> tuple[TraceColumn, ...]:
        """The last `span_s` in so many columns, oldest first."""
        per_s = NS_PER_S / BUCKET_NS
        edges = np.rint(KEPT - np.linspace(span_s * per_s, 0, count + 1)).astype(int).clip(0, KEPT)
        return tuple(self._column(int(a), max(int(a) + 1, int(b))) for a, b in pairwise(edges))

    def _column(self, start: int, stop: int) -> TraceColumn:
        low = self.low_deg[start:stop]
        if np.isfinite(low).any():
            high = float(np.nanmax(self.high_deg[start:stop]))
            return TraceColumn(kind=ColumnKind.VALUE, low_deg=float(np.nanmin(low)), high_deg=high)
        if self.seen[start:stop].any():
            return UNTRUSTED
        newest = self.end - (KEPT - stop) * BUCKET_NS
        before = self.first is None or newest <= self.first
        return EMPTY if before or newest > self.end - SETTLED_S * NS_PER_S else MISSING


class TraceKeeper:
    """A ring of quarter seconds."""

    def __init__(self) -> None:
        self._ring = BucketRing(bucket_ns=BUCKET_NS, kept=KEPT)
        self._first: HostNs | None = None

    def take(self, thigh: ThighBlock) -> None:
        """Rows of one piece, in order."""
        if self._first is None and len(thigh):
            self._first = HostNs(int(thigh.t_ns[0]))
        self._ring.take(thigh)

    def trace(self, now: HostNs) -> Trace:
        """A copy for a view."""
        b = self._ring.last(KEPT, now)
        return Trace(end=now, first=self._first, low_deg=b.low_deg, high_deg=b.high_deg, seen=b.seen)
