"""What leaves the activity room: one decided kind a second, and the spans they form."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import numpy as np

from hipmonitor.core.arrays import Codes, Floats, Ints, Nanoseconds
from hipmonitor.core.instants import NS_PER_S, HostNs


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
    """k rows, one after the other on the grid: decided seconds, and long losses of samples as one UNKNOWN row each."""

    start_ns: Nanoseconds
    """(k,)."""
    lasting_s: Ints
    """(k,) row k covers [start_ns, start_ns + lasting_s): 1, but for long losses."""
    kind: Codes
    """(k,) ActivityKind."""
    confidence: Floats
    """(k,) 0-1."""

    def __len__(self) -> int:
        return len(self.start_ns)

    @property
    def end_ns(self) -> Nanoseconds:
        """(k,)."""
        return self.start_ns + self.lasting_s * NS_PER_S

    def rows(self, which: slice) -> ActivityBlock:
        """Some of these rows."""
        return ActivityBlock(
            start_ns=self.start_ns[which],
            lasting_s=self.lasting_s[which],
            kind=self.kind[which],
            confidence=self.confidence[which],
        )

    def in_runs(self) -> ActivityBlock:
        """Rows that follow each other with one answer as one row: a day of them takes hundreds."""
        if not len(self):
            return self
        parted = (self.start_ns[1:] != self.end_ns[:-1]) | (np.diff(self.kind) != 0) | (np.diff(self.confidence) != 0)
        first = np.flatnonzero(np.append(True, parted))
        return ActivityBlock(
            start_ns=self.start_ns[first],
            lasting_s=np.add.reduceat(self.lasting_s, first),
            kind=self.kind[first],
            confidence=self.confidence[first],
        )

    def followed_by(self, later: ActivityBlock) -> ActivityBlock:
        """These rows and the ones decided after them."""
        return ActivityBlock(
            start_ns=np.concatenate([self.start_ns, later.start_ns]),
            lasting_s=np.concatenate([self.lasting_s, later.lasting_s]),
            kind=np.concatenate([self.kind, later.kind]),
            confidence=np.concatenate([self.confidence, later.confidence]),
        )
