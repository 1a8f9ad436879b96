"""The thigh's angle of the last day for a plot: a pyramid of lowest and highest values, added to as they arrive."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass
from enum import Enum

import numpy as np

from hipmonitor.core.arrays import Bools, Floats
from hipmonitor.core.instants import NS_PER_S, HostNs
from hipmonitor.core.thigh import ThighBlock
from hipmonitor.ui.view_model.bucket_ring import BucketRing, Buckets

LOOK_BACK_S = 600.0
"""A frozen view may be moved back this far."""
LEAST_GAP_S = 1.0
"""Losses up to a second are bridged, and a sensor may be slow: only what is longer is a gap of the curve."""


@dataclass(frozen=True, slots=True)
class _Width:
    span_s: float
    bucket_ns: int
    words: str
    ticks: tuple[tuple[float, str], ...]
    """(seconds ago, what stands there)."""


class TraceRange(Enum):
    """How much of the past is shown. Each has its own width of bucket: 700 to 1500 columns, never made anew for a frame."""

    HALF_MINUTE = _Width(30.0, NS_PER_S // 32, "30 s", ((30, "30 s ago"), (20, "20"), (10, "10"), (0, "now")))
    TEN_MINUTES = _Width(
        600.0, NS_PER_S, "10 min", ((600, "10 min ago"), (480, "8"), (360, "6"), (240, "4"), (120, "2"), (0, "now"))
    )
    HOUR = _Width(
        3600.0, 5 * NS_PER_S, "1 h", ((3600, "1 h ago"), (2700, "45 min"), (1800, "30"), (900, "15"), (0, "now"))
    )
    DAY = _Width(
        86_400.0,
        60 * NS_PER_S,
        "24 h",
        ((86_400, "24 h ago"), (64_800, "18"), (43_200, "12"), (21_600, "6"), (0, "now")),
    )

    @property
    def span_s(self) -> float:
        """Seconds."""
        return self.value.span_s

    @property
    def bucket_s(self) -> float:
        """Width of a column."""
        return self.value.bucket_ns / NS_PER_S

    @property
    def words(self) -> str:
        """30 s, 10 min, 1 h, 24 h."""
        return self.value.words

    @property
    def ticks(self) -> tuple[tuple[float, str], ...]:
        """(seconds ago, what stands there)."""
        return self.value.ticks


@dataclass(frozen=True, slots=True, kw_only=True)
class UnknownSpan:
    """Time without an angle, in seconds relative to the end (negative)."""

    start_s: float
    end_s: float
    missing: bool
    """No samples came; else they came and gave no angle one could rely on."""

    @property
    def seconds(self) -> float:
        """How long."""
        return self.end_s - self.start_s


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Curve:
    """What a plot draws; NaN breaks the curve."""

    x_s: Floats
    """(n,) middles of buckets, relative to the end (negative)."""
    low_deg: Floats
    high_deg: Floats
    unknown: tuple[UnknownSpan, ...]

    @property
    def newest_deg(self) -> float:
        """The last value; NaN where the curve is broken at its end."""
        broken = not len(self.x_s) or any(span.end_s >= 0 for span in self.unknown)
        return float("nan") if broken else float(self.low_deg[-1] + self.high_deg[-1]) / 2


class AngleHistory:
    """One ring for every range, ten minutes longer than it; for a replay as much longer as the recording is."""

    def __init__(self, look_back_s: float = LOOK_BACK_S) -> None:
        self._rings = {
            r: BucketRing(bucket_ns=r.value.bucket_ns, kept=_count(r) + _look_back(r, look_back_s)) for r in TraceRange
        }
        self.first: HostNs | None = None
        """When the first sample was taken."""

    def take(self, thigh: ThighBlock) -> None:
        """Rows of one piece, in order."""
        if self.first is None and len(thigh):
            self.first = HostNs(int(thigh.t_ns[0]))
        for ring in self._rings.values():
            ring.take(thigh)

    def curve(self, which: TraceRange, end: HostNs) -> Curve:
        """The range that ends there."""
        return curve_of(self._rings[which].last(_count(which), end), which.value.bucket_ns, end, self.first)

    def at(self, at: HostNs, which: TraceRange) -> tuple[float, float] | None:
        """Lowest and highest trusted angle of the bucket that holds that instant."""
        bucket = self._rings[which].last(1, at)
        return (float(bucket.low_deg[0]), float(bucket.high_deg[0])) if np.isfinite(bucket.low_deg[0]) else None

    def buckets(self, which: TraceRange, start: HostNs, end: HostNs) -> Buckets:
        """Those between two instants."""
        width_ns = which.value.bucket_ns
        return self._rings[which].last(max(1, end // width_ns - start // width_ns + 1), end)

    def copy(self) -> AngleHistory:
        """One that stands still."""
        return deepcopy(self)


def _count(which: TraceRange) -> int:
    return round(which.value.span_s * NS_PER_S / which.value.bucket_ns) + 1


def _look_back(which: TraceRange, seconds: float) -> int:
    return round(seconds * NS_PER_S / which.value.bucket_ns) + 1


def curve_of(buckets: Buckets, bucket_ns: int, end: HostNs, first: HostNs | None) -> Curve:
    """Buckets up to `end` as a curve; `first`: when the first sample was taken, before which nothing is missing."""
    known = np.isfinite(buckets.low_deg)
    start_s, width_s = (buckets.first_bucket * bucket_ns - end) / NS_PER_S, bucket_ns / NS_PER_S
    x_s = start_s + (np.arange(len(known), dtype=np.float64) + 0.5) * width_s
    unknown = () if first is None else _unknown(buckets, known, (start_s, width_s), (first - end) / NS_PER_S)
    x, low, high = x_s[known], buckets.low_deg[known], buckets.high_deg[known]
    cuts = np.searchsorted(x, [span.start_s for span in unknown])
    x, low, high = (np.insert(values, cuts, np.nan) for values in (x, low, high))
    return Curve(x_s=x, low_deg=low, high_deg=high, unknown=unknown)


def _unknown(buckets: Buckets, known: Bools, grid: tuple[float, float], first_s: float) -> tuple[UnknownSpan, ...]:
    """Between known buckets that lie further apart than a bridged loss, and at both ends."""
    start_s, width_s = grid
    edges = np.concatenate([[-1], np.flatnonzero(known), [len(known)]])
    spans = []
    for i in np.flatnonzero(np.diff(edges) > 1).tolist():
        a, b = int(edges[i]) + 1, int(edges[i + 1])
        from_s, to_s = max(start_s + a * width_s, first_s), min(0.0, start_s + b * width_s)
        if to_s - from_s > LEAST_GAP_S:
            spans.append(UnknownSpan(start_s=from_s, end_s=to_s, missing=not buckets.seen[a:b].any()))
    return tuple(spans)
