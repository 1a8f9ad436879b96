"""Where the pelvis was at the thigh's instants: two sensors sample at different times and are heard at different times."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from hipmonitor.core.arrays import Bools, Ints, Nanoseconds, Quats
from hipmonitor.core.instants import NS_PER_S
from hipmonitor.core.orientation import Oriented

AT_MOST_APART_NS = NS_PER_S * 3 // 10
"""Between samples further apart than this (bridging is up to 0.2 s, the slowest sensor 0.08 s) nothing is known."""
ANEW_NS = 2 * NS_PER_S
"""After more than this orientation may have begun anew, with another heading."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PelvisHeard:
    """What a step brought of the pelvis sensor. The parts are in the order of the door."""

    parts: Sequence[tuple[int, Oriented]] = ()
    """(oldest_ns, samples): rows at or before oldest_ns came too late to be waited for."""
    complete_to_ns: int = 0
    """Nothing at or before this will come any more that could be used."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PelvisAt:
    """The pelvis sensor at n instants."""

    world_from_sensor: Quats
    """(n, 4) NaN where it is not known."""
    turns: Bools
    """(n,) it has a gyroscope that is believed, so its heading means something."""
    run: Ints
    """(n,) grows whenever heading may have begun anew."""


@dataclass(slots=True, kw_only=True)
class PelvisRowsState:
    """Rows that some row of the thigh may still need."""

    t_ns: Nanoseconds = field(default_factory=lambda: np.zeros(0, np.int64))
    world_from_sensor: Quats = field(default_factory=lambda: np.zeros((0, 4)))
    trusted: Bools = field(default_factory=lambda: np.zeros(0, np.bool_))
    turns: Bools = field(default_factory=lambda: np.zeros(0, np.bool_))
    run: Ints = field(default_factory=lambda: np.zeros(0, np.int64))
    newest_ns: int = 0
    rate_hz: float = 0.0
    newest_turns: bool = False
    newest_run: int = 0
    complete_to_ns: int = 0


class PelvisRows:
    """A queue of pelvis orientations."""

    def __init__(self, state: PelvisRowsState) -> None:
        self.state = state

    def hear(self, heard: PelvisHeard) -> None:
        """Take what came, but for what came too late."""
        for oldest_ns, oriented in heard.parts:
            first = int(np.searchsorted(oriented.imu.t_ns, max(oldest_ns, self.state.newest_ns), side="right"))
            self._add(oriented.rows(slice(first, len(oriented.imu))))
        self.state.complete_to_ns = max(self.state.complete_to_ns, heard.complete_to_ns - AT_MOST_APART_NS)

    def known_to_ns(self) -> int:
        """For instants before this it will not change any more what is known."""
        return max(self.state.newest_ns, self.state.complete_to_ns)

    def _add(self, part: Oriented) -> None:
        s, t_ns = self.state, part.imu.t_ns
        if not len(t_ns):
            return
        turns = heading_means_something(part)
        anew = np.diff(t_ns, prepend=s.newest_ns or t_ns[0]) > ANEW_NS
        anew |= np.diff(turns, prepend=s.newest_turns)
        anew[0] |= part.imu.rate_hz != s.rate_hz
        run = s.newest_run + np.cumsum(anew)
        s.newest_ns, s.newest_run, s.rate_hz = int(t_ns[-1]), int(run[-1]), part.imu.rate_hz
        s.newest_turns = bool(turns[-1])
        s.t_ns = np.concatenate([s.t_ns, t_ns])
        s.world_from_sensor = np.concatenate([s.world_from_sensor, part.orientation.world_from_sensor])
        s.trusted = np.concatenate([s.trusted, part.orientation.trusted])
        s.turns = np.concatenate([s.turns, turns])
        s.run = np.concatenate([s.run, run])

    def at(self, t_ns: Nanoseconds) -> PelvisAt:
        """Between the rows on both sides of each instant, if they are close, trusted and of one run."""
        s = self.state
        if not len(s.t_ns):
            return _nowhere(len(t_ns))
        after = np.minimum(np.searchsorted(s.t_ns, t_ns), len(s.t_ns) - 1)
        before = np.where(s.t_ns[after] == t_ns, after, np.maximum(after - 1, 0))
        apart = s.t_ns[after] - s.t_ns[before]
        inside = (s.t_ns[before] <= t_ns) & (t_ns <= s.t_ns[after]) & (apart <= AT_MOST_APART_NS)
        inside &= s.trusted[before] & s.trusted[after] & (s.run[before] == s.run[after])
        share = (t_ns - s.t_ns[before]) / np.maximum(apart, 1)
        quats = _between(s.world_from_sensor[before], s.world_from_sensor[after], share)
        quats[~inside] = np.nan
        return PelvisAt(
            world_from_sensor=quats, turns=inside & s.turns[before], run=np.where(inside, s.run[before], -1)
        )

    def forget_before(self, t_ns: int) -> None:
        """No row of the thigh before this instant is still to come; one row before it stays, to interpolate from."""
        s = self.state
        self._keep(slice(max(0, int(np.searchsorted(s.t_ns, t_ns, side="right")) - 1), None))

    def forget_between(self, start_ns: int, end_ns: int) -> None:
        """No row of the thigh in between is still to come; one row at either end stays, to interpolate from."""
        s = self.state
        first = int(np.searchsorted(s.t_ns, start_ns)) + 1
        last = int(np.searchsorted(s.t_ns, end_ns, side="right")) - 1
        if first < last:
            rows = np.arange(len(s.t_ns))
            self._keep((rows < first) | (rows >= last))

    def _keep(self, rows: slice | Bools) -> None:
        s = self.state
        s.t_ns, s.world_from_sensor = s.t_ns[rows], s.world_from_sensor[rows]
        s.trusted, s.turns, s.run = s.trusted[rows], s.turns[rows], s.run[rows]


def heading_means_something(oriented: Oriented) -> Bools:
    """(n,) rows with a gyroscope that is believed; without one heading is made up, and begins anew when it is believed again."""
    return np.asarray((oriented.imu.doubt == 0) & (oriented.imu.gyr_radps is not None))


def _between(first: Quats, second: Quats, share: np.ndarray[tuple[int], np.dtype[np.float64]]) -> Quats:
    """Straight between unit quaternions the shorter way, made unit: within 1e-3 of the turn for turns below 30 deg."""
    cosine = first[:, 0] * second[:, 0] + first[:, 1] * second[:, 1] + first[:, 2] * second[:, 2]
    cosine = cosine + first[:, 3] * second[:, 3]
    q = first + share[:, None] * (np.where(cosine < 0, -1.0, 1.0)[:, None] * second - first)
    size = np.sqrt(q[:, 0] ** 2 + q[:, 1] ** 2 + q[:, 2] ** 2 + q[:, 3] ** 2)
    return q / np.where(size > 0, size, 1.0)[:, None]


def _nowhere(n: int) -> PelvisAt:
    return PelvisAt(world_from_sensor=np.full((n, 4), np.nan), turns=np.zeros(n, np.bool_), run=np.full(n, -1))
