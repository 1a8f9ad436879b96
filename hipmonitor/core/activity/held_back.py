"""Answers that later seconds may still take back: what turns out to have been a table, or on its way into a bag, was not worn."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field

from hipmonitor.core.activity.blocks import ActivityKind
from hipmonitor.core.activity.rules import ANSWER, Decided
from hipmonitor.core.instants import NS_PER_S


@dataclass(slots=True, kw_only=True)
class HeldRows:
    """Rows of the grid and their answers, in order.

    Columns, because a day has 86 400 rows: an object for each is looked at by the garbage collector again and again.
    """

    start_ns: list[int] = field(default_factory=list)
    lasting_s: list[int] = field(default_factory=list)
    decided: list[Decided] = field(default_factory=list)
    """Shorter while the last rows are being decided."""

    def __len__(self) -> int:
        return len(self.start_ns)

    def take_back(self, seconds: int) -> None:
        """The last decided rows, so many seconds of them, were not worn; what is not known stays so."""
        since = bisect_left(self.start_ns, self.start_ns[len(self.decided) - 1] - seconds * NS_PER_S)
        self.decided[since:] = [
            answer if answer.kind is ActivityKind.UNKNOWN else ANSWER[ActivityKind.NOT_WORN]
            for answer in self.decided[since:]
        ]

    def let_go(self, before_ns: int) -> HeldRows:
        """Rows that begin before this instant; they are no longer held."""
        ready = bisect_left(self.start_ns, before_ns)
        out = HeldRows(start_ns=self.start_ns[:ready], lasting_s=self.lasting_s[:ready], decided=self.decided[:ready])
        del self.start_ns[:ready], self.lasting_s[:ready], self.decided[:ready]
        return out
