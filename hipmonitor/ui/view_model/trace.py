"""The last ten minutes of the thigh's angle, kept as the lowest and highest value of every quarter second."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

import numpy as np

from hipmonitor.core.arrays import Bools, Floats, Ints
from hipmonitor.core.instants import NS_PER_S, HostNs
from hipmonitor.core.thigh import ThighBlock

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
        self._bucket: Ints = np.full(KEPT, -1, np.int64)
        self._low, self._high = np.full(KEPT, np.nan), np.full(KEPT, np.nan)
        self._first: HostNs | None = None

    def take(self, thigh: ThighBlock) -> None:
        """Rows of one piece, in order."""
        if not len(thigh):
            return
        if self._first is None:
            self._first = HostNs(int(thigh.t_ns[0]))
        known = thigh.trusted & np.isfinite(thigh.thigh_flexion_deg)
        bucket = thigh.t_ns // BUCKET_NS
        start = np.flatnonzero(np.diff(bucket, prepend=-1))[-KEPT:]
        low = np.minimum.reduceat(np.where(known, thigh.thigh_flexion_deg, np.inf), start)
        high = np.maximum.reduceat(np.where(known, thigh.thigh_flexion_deg, -np.inf), start)
        self._merge(bucket[start], low, high)

    def _merge(self, bucket: Ints, low: Floats, high: Floats) -> None:
        slot = bucket % KEPT
        same = self._bucket[slot] == bucket
        low = np.where(same, np.fmin(self._low[slot], low), low)
        high = np.where(same, np.fmax(self._high[slot], high), high)
        self._bucket[slot] = bucket
        self._low[slot] = np.where(np.isfinite(low), low, np.nan)
        self._high[slot] = np.where(np.isfinite(high), high, np.nan)

    def trace(self, now: HostNs) -> Trace:
        """A copy for a view."""
        wanted = now // BUCKET_NS + 1 - KEPT + np.arange(KEPT)
        slot = wanted % KEPT
        seen = self._bucket[slot] == wanted
        return Trace(
            end=now,
            first=self._first,
            low_deg=np.where(seen, self._low[slot], np.nan),
            high_deg=np.where(seen, self._high[slot], np.nan),
            seen=seen,
        )
