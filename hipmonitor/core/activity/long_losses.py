"""Losses of samples too long for the last posture to be believed any further: unknown time. In shorter ones it goes on."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from hipmonitor.core.arrays import Bools, Nanoseconds, differences
from hipmonitor.core.instants import NS_PER_S


@dataclass(slots=True, kw_only=True)
class LongLosses:
    """Those that undecided seconds may lie in, oldest first."""

    newest_ns: int | None = None
    """Of the last sample."""
    known: list[tuple[int, int]] = field(default_factory=list)
    """The samples on either side of each, host ns."""

    def hear(self, t_ns: Nanoseconds, longer_than_s: float) -> None:
        """Samples in order, however they were cut."""
        if not len(t_ns):
            return
        before = int(t_ns[0]) if self.newest_ns is None else self.newest_ns
        passed = differences(t_ns, before)
        for row in (passed > longer_than_s * NS_PER_S).nonzero()[0].tolist():
            self.known.append((int(t_ns[row] - passed[row]), int(t_ns[row])))
        self.newest_ns = int(t_ns[-1])

    def touch(self, start_ns: Nanoseconds) -> Bools:
        """(k,) whether a part of each second lies in one."""
        out = np.zeros(len(start_ns), np.bool_)
        for begin_ns, end_ns in self.known:
            out |= (start_ns < end_ns) & (start_ns + NS_PER_S > begin_ns)
        return out

    def forget_before(self, start_ns: int) -> None:
        """Drop those that no later second lies in."""
        while self.known and self.known[0][1] <= start_ns:
            del self.known[0]
