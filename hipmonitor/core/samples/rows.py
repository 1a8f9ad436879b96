"""Rows on their way into a block, and the bridging of short losses between them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from hipmonitor.core.arrays import Bools, Ints, Nanoseconds, Vec3s


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Rows:
    """n samples: when, which, and what was measured."""

    t_ns: Nanoseconds
    index: Ints
    acc_mps2: Vec3s
    gyr_radps: Vec3s | None
    clipped: Bools
    measured: Bools

    def __len__(self) -> int:
        return len(self.t_ns)

    def where(self, keep: Bools) -> Rows:
        """Only the rows that are kept."""
        if keep.all():
            return self
        return self.take(np.flatnonzero(keep))

    def last(self, n: int) -> Rows:
        """The last rows, at most n, as copies."""
        return self.take(np.arange(max(0, len(self) - n), len(self)))

    def take(self, which: Ints) -> Rows:
        """Some of the rows, copied."""
        return Rows(
            t_ns=self.t_ns[which],
            index=self.index[which],
            acc_mps2=self.acc_mps2[which],
            gyr_radps=None if self.gyr_radps is None else self.gyr_radps[which],
            clipped=self.clipped[which],
            measured=self.measured[which],
        )

    def part(self, rows: slice) -> Rows:
        """Some consecutive rows, as views."""
        return Rows(
            t_ns=self.t_ns[rows],
            index=self.index[rows],
            acc_mps2=self.acc_mps2[rows],
            gyr_radps=None if self.gyr_radps is None else self.gyr_radps[rows],
            clipped=self.clipped[rows],
            measured=self.measured[rows],
        )

    def after(self, earlier: Rows) -> Rows:
        """These rows (at least one) with others before them; whether there is a gyroscope is as in these."""
        gyr = self.gyr_radps
        if gyr is not None:
            before = np.repeat(gyr[:1], len(earlier), axis=0) if earlier.gyr_radps is None else earlier.gyr_radps
            gyr = np.concatenate([before, gyr])
        return Rows(
            t_ns=np.concatenate([earlier.t_ns, self.t_ns]),
            index=np.concatenate([earlier.index, self.index]),
            acc_mps2=np.concatenate([earlier.acc_mps2, self.acc_mps2]),
            gyr_radps=gyr,
            clipped=np.concatenate([earlier.clipped, self.clipped]),
            measured=np.concatenate([earlier.measured, self.measured]),
        )
