"""What leaves the activity room: one decided kind a second, and the spans they form."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import numpy as np

from hipmonitor.core.arrays import Codes, Floats, Nanoseconds
from hipmonitor.core.instants import HostNs


class ActivityKind(IntEnum):
    """What the wearer does. UNKNOWN and NOT_WORN are answers, SEDENTARY is sit or lie not told apart."""

    UNKNOWN = 0
    NOT_WORN = 1
    LIE = 2
    SIT = 3
    SEDENTARY = 4
    STAND = 5
    WALK = 6
    RUN = 7
    STAIRS = 8
    CYCLE = 9

    @property
    def word(self) -> str:
        """The name in results: lie, sit, sedentary, ..."""
        return self.name.lower()


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivitySpan:
    """[start, end) of one kind."""

    start: HostNs
    end: HostNs
    kind: ActivityKind
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ActivityBlock:
    """k decided seconds, consecutive on the grid (a second without samples is UNKNOWN), each decided once."""

    start_ns: Nanoseconds
    """(k,) second k covers [start_ns, start_ns + 1 s)."""
    kind: Codes
    """(k,) ActivityKind."""
    confidence: Floats
    """(k,) 0-1."""

    def __len__(self) -> int:
        return len(self.start_ns)

    def followed_by(self, later: ActivityBlock) -> ActivityBlock:
        """These seconds and the ones decided after them."""
        return ActivityBlock(
            start_ns=np.concatenate([self.start_ns, later.start_ns]),
            kind=np.concatenate([self.kind, later.kind]),
            confidence=np.concatenate([self.confidence, later.confidence]),
        )
