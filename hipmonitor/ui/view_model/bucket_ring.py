"""The lowest and highest trusted angle of every stretch of time, for the last so many stretches: what a plot draws."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from hipmonitor.core.arrays import Bools, Floats, Ints
from hipmonitor.core.instants import HostNs
from hipmonitor.core.thigh import ThighBlock


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Buckets:
    """A copy, oldest first; the last one holds `end`."""

    first_bucket: int
    """Number of the first one: it begins at first_bucket * bucket_ns."""
    low_deg: Floats
    """NaN without a trusted value."""
    high_deg: Floats
    seen: Bools
    """Whether any sample came."""


class BucketRing:
    """So many buckets of so many ns."""

    def __init__(self, *, bucket_ns: int, kept: int) -> None:
        self.bucket_ns, self.kept = bucket_ns, kept
        self._bucket: Ints = np.full(kept, -1, np.int64)
        self._low, self._high = np.full(kept, np.nan), np.full(kept, np.nan)

    def take(self, thigh: ThighBlock) -> None:
        """Rows of one piece, in order."""
        if not len(thigh):
            return
        known = thigh.trusted & np.isfinite(thigh.thigh_flexion_deg)
        bucket = thigh.t_ns // self.bucket_ns
        start = np.flatnonzero(np.diff(bucket, prepend=-1))[-self.kept :]
        low = np.minimum.reduceat(np.where(known, thigh.thigh_flexion_deg, np.inf), start)
        high = np.maximum.reduceat(np.where(known, thigh.thigh_flexion_deg, -np.inf), start)
        self._merge(bucket[start], low, high)

    def _merge(self, bucket: Ints, low: Floats, high: Floats) -> None:
        slot = bucket % self.kept
        same = self._bucket[slot] == bucket
        low = np.where(same, np.fmin(self._low[slot], low), low)
        high = np.where(same, np.fmax(self._high[slot], high), high)
        self._bucket[slot] = bucket
        self._low[slot] = np.where(np.isfinite(low), low, np.nan)
        self._high[slot] = np.where(np.isfinite(high), high, np.nan)

    def last(self, count: int, end: HostNs) -> Buckets:
        """The last `count` buckets up to the one that holds `end`."""
        wanted = end // self.bucket_ns + 1 - count + np.arange(count)
        slot = wanted % self.kept
        seen = self._bucket[slot] == wanted
        return Buckets(
            first_bucket=int(wanted[0]),
            low_deg=np.where(seen, self._low[slot], np.nan),
            high_deg=np.where(seen, self._high[slot], np.nan),
            seen=seen,
        )
