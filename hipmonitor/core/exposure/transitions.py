"""Changes between sitting and upright, in both directions, with their times."""

from __future__ import annotations

from dataclasses import dataclass

from hipmonitor.core.activity import ActivityKind
from hipmonitor.core.exposure.blocks import Transition, TransitionKind
from hipmonitor.core.exposure.decided_row import UPRIGHT, DecidedRow
from hipmonitor.core.instants import HostNs


@dataclass(slots=True, kw_only=True)
class TransitionFinder:
    """Sides are upright (True) and sitting (False); a side counts once it lasted long enough in one piece."""

    count: int = 0
    """Sit-to-stand."""
    from_upright: bool | None = None
    """The last side that counted; None: none, or it is not known what came since."""
    upright: bool | None = None
    """The side of now."""
    since: int = 0
    lasted_s: int = 0

    def row(self, row: DecidedRow, least_s: int) -> Transition | None:
        """The change that this row completed."""
        if row.kind is not ActivityKind.SIT and row.kind not in UPRIGHT:
            self._interrupted(row.kind)
            return None
        upright = row.kind in UPRIGHT
        if upright is not self.upright:
            self.upright, self.since, self.lasted_s = upright, row.start, 0
        self.lasted_s += 1
        if self.lasted_s < least_s:
            return None
        changed = self.from_upright is (not upright)
        self.from_upright = upright
        return self._change(upright=upright) if changed else None

    def _interrupted(self, kind: ActivityKind) -> None:
        """Sitting goes on through seconds that are sitting or lying; after anything else nobody knows what changed to what."""
        if kind is not ActivityKind.SEDENTARY:
            self.from_upright = self.upright = None
        elif self.upright:
            self.upright = None

    def _change(self, *, upright: bool) -> Transition:
        self.count += upright
        kind = TransitionKind.SIT_TO_STAND if upright else TransitionKind.STAND_TO_SIT
        return Transition(at=HostNs(self.since), kind=kind)
