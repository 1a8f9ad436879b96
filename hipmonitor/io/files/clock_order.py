"""Blocks of samples in the order of their times: a clock that jumped must not swallow what comes after it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hipmonitor.core.arrays import Nanoseconds
from hipmonitor.core.instants import NS_PER_S

Blocks = NDArray[Any]
"""(k,) of one kind of file's blocks."""


@dataclass(slots=True, kw_only=True)
class ClockOrder:
    """Looks one block ahead: one stamped later than its successor is wrong, if the successor fits to what came before."""

    begin_ns: Callable[[Blocks], Nanoseconds]
    """(k,) time of each block's first sample."""
    waiting: Blocks
    """The last block: its successor is not known yet."""
    first_ns: int | None = None
    newest_ns: int = -(1 << 62)
    jumped: int = 0
    """Blocks that were left out."""

    @property
    def span_days(self) -> float:
        """From the first block to the newest."""
        return 0.0 if self.first_ns is None else (self.newest_ns - self.first_ns) / NS_PER_S / 86_400

    def step(self, blocks: Blocks, *, last: bool = False) -> Blocks:
        """Those of these and of the one that waited that are in order; the last one waits, unless it is the file's."""
        blocks = np.concatenate([self.waiting, blocks])
        n = len(blocks) if last else max(len(blocks) - 1, 0)
        begin_ns = self.begin_ns(blocks)
        if n and begin_ns[0] >= self.newest_ns and (np.diff(begin_ns) >= 0).all():  # as nearly always
            self.first_ns = int(begin_ns[0]) if self.first_ns is None else self.first_ns
            self.newest_ns, self.waiting = int(begin_ns[n - 1]), blocks[n:]
            return np.asarray(blocks[:n])
        start_ns = begin_ns.tolist()
        good = np.array([self._take(start_ns[k], start_ns[k + 1 : k + 2]) for k in range(n)], np.bool_)
        self.jumped += int(np.sum(~good))
        self.waiting = blocks[n:]
        return np.asarray(blocks[:n][good])

    def _take(self, start_ns: int, following_ns: list[int]) -> bool:
        ahead = any(self.newest_ns <= following < start_ns for following in following_ns)
        if ahead or start_ns < self.newest_ns:
            return False
        self.first_ns = start_ns if self.first_ns is None else self.first_ns
        self.newest_ns = start_ns
        return True
