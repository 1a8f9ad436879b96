"""Time above the limit in one piece, and the day each piece began on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from hipmonitor.core.activity import ActivityKind
from hipmonitor.core.days.civil_seconds import CivilSeconds


@dataclass(slots=True, kw_only=True)
class DeepPiece:
    """The piece that goes on; 0 s where there is none."""

    day: int = 0
    lasting_s: int = 0

    def take(self, seconds: CivilSeconds) -> Iterator[tuple[int, int]]:
        """(day, length so far) of every piece that these seconds began or lengthened.

        A second without a trusted angle neither lengthens nor ends it, as in the timer of the alerts.
        """
        seen = seconds.deep | (np.isfinite(seconds.flexion_deg) & (seconds.kind != ActivityKind.NOT_WORN))
        known = seconds.rows(seen)
        first = known.runs(known.deep.astype(np.int64))
        last = np.append(first[1:], len(known))
        for a, b in zip(first.tolist(), last.tolist() if len(first) else [], strict=True):
            if not known.deep[a]:
                self.lasting_s = 0
                continue
            self.day = self.day if self.lasting_s else int(known.day[a])
            self.lasting_s += b - a
            yield self.day, self.lasting_s
