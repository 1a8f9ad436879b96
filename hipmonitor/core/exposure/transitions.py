"""Changes between a seat or bed and the feet, in both directions: which second they belong to, and of which kind they are."""

from __future__ import annotations

from dataclasses import dataclass

from hipmonitor.core.activity import ActivityKind
from hipmonitor.core.exposure.blocks import TransitionKind
from hipmonitor.core.exposure.decided_row import UPRIGHT, DecidedRow
from hipmonitor.core.instants import HostNs

SIT, LIE, UNKNOWN = ActivityKind.SIT, ActivityKind.LIE, ActivityKind.UNKNOWN
"""By themselves: asked every second, and a member by its class costs five times as much."""
RESTING = frozenset({SIT, ActivityKind.SEDENTARY, LIE})


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A change that has just become sure."""

    since: HostNs
    """Start of the first second after it."""
    kind: TransitionKind
    upright: bool
    """It is to the feet."""


@dataclass(slots=True, kw_only=True)
class TransitionFinder:
    """Sides are upright (True) and resting (False); a side counts once it lasted long enough in one piece.

    Resting is sitting if it was that for more than half of this time since any lying.
    """

    count: int = 0
    """Sit-to-stand."""
    from_upright: bool | None = None
    """The last side that counted; None: none, or it is not known what came since."""
    from_sitting: bool = False
    """That side was sitting."""
    upright: bool | None = None
    """The side of now."""
    since: int = 0
    lasted_s: int = 0
    sat_s: int = 0
    """Sitting of the side of now, since it last was lying."""
    unseen_s: int = 0
    """Neither, in one piece until now."""

    def row(self, row: DecidedRow, least_s: int) -> Change | None:
        """The change that this row completed."""
        kind = row.kind
        upright = kind in UPRIGHT
        if not upright and kind not in RESTING:
            self._unseen(row, least_s)
            return None
        self.unseen_s = 0
        if upright is not self.upright:
            self.upright, self.since, self.lasted_s, self.sat_s = upright, row.start, 0, 0
        self.lasted_s += 1
        self.sat_s = 0 if kind is LIE else self.sat_s + (kind is SIT)
        if self.lasted_s < least_s:
            return None
        changed, was_sitting = self.from_upright is (not upright), self.from_sitting
        self.from_upright, self.from_sitting = upright, 2 * self.sat_s > least_s
        return self._change(was_sitting=was_sitting) if changed else None

    def _unseen(self, row: DecidedRow, least_s: int) -> None:
        """Unknown time too short to hide a side that counts leaves everything as it was."""
        self.unseen_s += row.lasting_s
        if row.kind is not UNKNOWN or self.unseen_s >= least_s:
            self.from_upright = self.upright = None

    def _change(self, *, was_sitting: bool) -> Change:
        upright = bool(self.upright)
        sitting = was_sitting if upright else self.from_sitting
        self.count += upright and sitting
        if upright:
            kind = TransitionKind.SIT_TO_STAND if sitting else TransitionKind.REST_TO_STAND
        else:
            kind = TransitionKind.STAND_TO_SIT if sitting else TransitionKind.STAND_TO_REST
        return Change(since=HostNs(self.since), kind=kind, upright=upright)
