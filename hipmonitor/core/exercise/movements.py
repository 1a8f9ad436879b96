"""Movements there and back, from the angle moved since the start: hysteresis about a start level that follows slow drift.

A movement begins where the angle leaves its start level and is over when it has come back, by `back_share` of its range, or
at a turning point if it came back by more than half and goes up again (the start pose drifted, or the next one was begun early),
or by nearly half and rests there. Bouncing at the far end is less than that, or rests nowhere, and is part of the same movement.
Causal, one row after the other.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from statistics import median

from hipmonitor.core.exercise.tempo import Tempo, tempo
from hipmonitor.core.instants import NS_PER_S, HostNs

Row = tuple[int, float]
"""(ns, degrees)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MovementParams:
    """Thresholds; ours, from what bodies do, except where said."""

    leave_share: float = 0.5
    """Of the smallest movement that counts: so far from the start level begins one. Tremor of ±3 deg at 5 Hz is ±1 after the
    low-pass."""
    least_leave_deg: float = 3.0
    back_share: float = 0.25
    """Of the range from the start level: there the movement is over, before the limb has come to lie quite still."""
    least_back_deg: float = 2.0
    turned_share: float = 0.55
    """Of the range, come back: from there the next rise ends the movement too (measurement.md 5.2: 40-50 % of the range as
    hysteresis; bouncing stays below)."""
    rested_share: float = 0.45
    """Likewise where the limb rests: the middle of that band, because who bounces rests nowhere."""
    again_share: float = 0.25
    """Of the range: going up again by so much is the next movement."""
    still_s: float = 0.6
    still_deg: float = 2.0
    creep_dps: float = 0.5
    """The start level rises no faster: the slowest movement (10 deg in 10 s) is twice as fast; pose drifts are slower."""
    rest_s: float = 3.0
    """The start level is the median of so long before the movement, where it lay within `rest_deg` of the lowest: the slowest
    movement takes so long to leave."""
    rest_deg: float = 1.5
    lowest_deg: float = -20.0
    """A start pose that drifted further back was left."""
    shifted_s: float = 3.0
    """Quiet for so long after less than a movement: the limb lies elsewhere. The slowest movement is not quiet."""
    back_s: float = 1.0
    """Likewise where the set started."""
    home_deg: float = 5.0
    """So near to where the set started, and quiet, is the start of a movement and never its far end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Movement:
    """One that is over."""

    start: HostNs
    end: HostNs
    range_deg: float
    """There and back."""
    highest_deg: float
    """From the start of the set."""
    tempo: Tempo


@dataclass(slots=True, kw_only=True)
class MovementState:
    """What is carried from row to row."""

    low_deg: float = 0.0
    """The start level: the lowest since the last movement, or a slow rise from it."""
    rest: list[Row] = field(default_factory=list)
    """At the start, of the last `rest_s`."""
    fell: list[Row] = field(default_factory=list)
    """Rows before them, on the way down to the start level; of as long."""
    rows: list[Row] = field(default_factory=list)
    """Of the movement that goes on; empty at the start."""
    left_ns: int = 0
    """When it left the start level."""
    base_deg: float = 0.0
    peak_deg: float = 0.0
    valley: int = 0
    """Row of the lowest since the peak."""


class Movements:
    """Takes angles and hands on movements that are over."""

    def __init__(self, least_deg: float, state: MovementState, params: MovementParams) -> None:
        self.state = state
        self.params = params
        self._least_deg = least_deg
        self._leave_deg = max(params.least_leave_deg, params.leave_share * least_deg)

    @property
    def moving(self) -> bool:
        """A movement goes on."""
        return bool(self.state.rows)

    @property
    def range_deg(self) -> float:
        """Of the movement that goes on."""
        return self.state.peak_deg - self.state.base_deg

    def step(self, t_ns: int, moved_deg: float) -> Movement | None:
        """One row."""
        if self.state.rows:
            return self._in_movement(t_ns, moved_deg)
        self._at_start(t_ns, moved_deg)
        return None

    def quiet_at(self, moved_deg: float, since_ns: int, home_deg: float) -> None:
        """The limb rests there: back from behind its home, or shifted by less than a movement, which starts there."""
        p = self.params
        s = self.state
        if not s.rows:
            return
        quiet_s = (s.rows[-1][0] - max(since_ns, s.left_ns)) / NS_PER_S
        behind = s.base_deg < home_deg - p.home_deg
        came_back = behind and abs(moved_deg - home_deg) <= p.home_deg and quiet_s >= p.back_s
        shifted = quiet_s >= p.shifted_s and self.range_deg < self._least_deg
        if came_back or shifted:
            self.begin_at(s.rows[-1])

    def begin_at(self, row: Row) -> None:
        """At the start, whatever was before."""
        s = self.state
        s.low_deg, s.rest, s.fell, s.rows = row[1], [row], [], []

    def turn_over(self) -> None:
        """Up is down from here on: what fell from the start level was the beginning of a movement."""
        s = self.state
        rows = [(t_ns, -moved_deg) for t_ns, moved_deg in (*s.fell, *s.rest)]
        self.begin_at(rows[0])
        for t_ns, moved_deg in rows[1:]:
            self.step(t_ns, moved_deg)

    def finish(self) -> Movement | None:
        """Nothing more will come: the movement that goes on, if it was nearly over."""
        s = self.state
        if not s.rows or s.peak_deg - s.rows[s.valley][1] < self.params.turned_share * self.range_deg:
            return None
        return self._close(len(s.rows) - 1)

    def _at_start(self, t_ns: int, moved_deg: float) -> None:
        s, p = self.state, self.params
        moved_deg = max(moved_deg, p.lowest_deg)
        if not s.rest or moved_deg < s.low_deg:
            s.fell += s.rest
            s.low_deg, s.rest = moved_deg, []
        else:
            most = p.creep_dps * (t_ns - s.rest[-1][0]) / NS_PER_S
            s.low_deg += min(moved_deg - s.low_deg, max(most, 0.0))
        s.rest.append((t_ns, moved_deg))
        for rows in (s.fell, s.rest):
            while rows and rows[0][0] < t_ns - p.rest_s * NS_PER_S:
                del rows[0]
        if moved_deg - s.low_deg >= self._leave_deg:
            self._leave(moved_deg)

    def _leave(self, moved_deg: float) -> None:
        s = self.state
        at_rest = [angle for _, angle in s.rest if angle - s.low_deg < self.params.rest_deg]
        s.base_deg = median(at_rest) if at_rest else s.low_deg
        s.rows, s.peak_deg, s.rest, s.fell = s.rest, moved_deg, [], []
        s.valley, s.left_ns = len(s.rows) - 1, s.rows[-1][0]

    def _in_movement(self, t_ns: int, moved_deg: float) -> Movement | None:
        s, p = self.state, self.params
        s.rows.append((t_ns, moved_deg))
        if moved_deg >= s.peak_deg:
            s.peak_deg, s.valley = moved_deg, len(s.rows) - 1
        elif moved_deg < s.rows[s.valley][1]:
            s.valley = len(s.rows) - 1
        size = self.range_deg
        if moved_deg <= s.base_deg + max(p.back_share * size, min(p.least_back_deg, 0.5 * size)):
            return self._close(len(s.rows) - 1)
        lowest = s.rows[s.valley][1]
        back_deg, again_deg = s.peak_deg - lowest, max(p.again_share * size, self._leave_deg)
        if back_deg >= max(p.turned_share * size, self._leave_deg) and moved_deg - lowest >= again_deg:
            return self._close(s.valley)
        rested = back_deg >= max(p.rested_share * size, self._leave_deg) and self._still(t_ns)
        return self._close(len(s.rows) - 1) if rested else None

    def _still(self, t_ns: int) -> bool:
        """The last rows stayed where they are."""
        since = t_ns - self.params.still_s * NS_PER_S
        lowest = highest = self.state.rows[-1][1]
        for at, angle in reversed(self.state.rows):
            lowest, highest = min(lowest, angle), max(highest, angle)
            if highest - lowest > self.params.still_deg:
                return False
            if at <= since:
                return True
        return False

    def _close(self, row: int) -> Movement:
        """It ended with that row; what came after it is the beginning of the next."""
        s = self.state
        rows, after = s.rows[: row + 1], s.rows[row + 1 :]
        over = Movement(
            start=HostNs(rows[0][0]),
            end=HostNs(rows[-1][0]),
            range_deg=self.range_deg,
            highest_deg=s.peak_deg,
            tempo=tempo(rows, s.base_deg, s.peak_deg),
        )
        self.begin_at(rows[-1])
        for t_ns, moved_deg in after:
            self.step(t_ns, moved_deg)
        return over
