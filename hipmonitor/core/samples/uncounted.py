"""Losses of a sensor that numbers nothing: a radio link loses no packet, but after a silence its samples may be later for good.

Inside a connection the link layer repeats until it succeeds, so samples are lost only where the sensor had no room for them:
while nothing got through. After a silence the packets that waited come first; once they have, a sample arrives again as soon
as ever, unless samples are missing before it: then all that follow are later by so many periods. The least lateness in the
half second after a silence, against the line along the least delays before it, in whole periods, is how many never came.
One sample is not told from the beat between sample period and connection events, so what is less than two periods is
taken for none. Nor is told what is lost before the rate is known (five seconds), or in bursts of packet errors without a
silence (two or three samples).
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field

import numpy as np

from hipmonitor.core.arrays import Bools, Ints, Nanoseconds
from hipmonitor.core.instants import NS_PER_S
from hipmonitor.core.samples.envelope import Line, edge_under
from hipmonitor.core.samples.evidence import COUNTED_RATE_ERROR, Evidence, EvidenceParams, EvidenceState


@dataclass(frozen=True, slots=True, kw_only=True)
class UncountedParams:
    """What may be tuned; times in seconds."""

    silence_s: float = 0.1
    silence_periods: float = 3.0
    """Nothing for longer than both is a silence: three connection events of 30 ms, which packet errors alone make one in minutes."""
    settled_s: float = 0.5
    """After so long without another silence, and without a packet less late by a period, what waited has come."""
    least_periods: float = 2.0
    known_s: float = 5.0
    """The rate is known after so long: at first it may be 3 % wrong."""
    evidence: EvidenceParams = field(
        default_factory=lambda: EvidenceParams(
            side=1,
            window_s=60.0,
            bucket_s=1.0,
            first_bucket_s=0.5,
            first_s=5.0,
            most_rate_error=COUNTED_RATE_ERROR,
            rate_after_s=2.0,
        )
    )
    """Oscillators wander with temperature, so the rate is the last minute's."""


@dataclass(slots=True, kw_only=True)
class UncountedState:
    """What is carried from packet to packet."""

    evidence: EvidenceState
    lost: int = 0
    """Samples that never came, so far."""
    newest_ns: int = 0
    """When the newest packet came; 0 = none has."""
    before: Line | None = None
    """The line along the least delays before the silence that is being looked into; None: none is."""
    silent_until_ns: int = 0
    least_ns: float = math.inf
    """Least lateness since."""
    falling_ns: float = math.inf
    """The lateness from which a period less shows that what waited is still coming."""


class Uncounted:
    """Looks for losses in the arrivals of one stream."""

    def __init__(self, params: UncountedParams, state: UncountedState) -> None:
        self.params = params
        self.state = state
        self._evidence = Evidence(params.evidence, state.evidence)
        self._silence_ns = max(params.silence_s * NS_PER_S, params.silence_periods * self._evidence.nominal)

    def lost_before(self, last_index: Ints, at_ns: Nanoseconds) -> Ints:
        """(p,) samples that never came before each packet, since the stream began; from the packets' last samples and arrivals."""
        s = self.state
        lost = np.empty(len(last_index), np.int64)
        silent = np.diff(at_ns, prepend=s.newest_ns or at_ns[0]) > self._silence_ns
        at = 0
        while at < len(lost):
            so_far, look = s.lost, self._looked_until if s.before else self._heard_until
            end = look(last_index, at_ns, silent, at)
            lost[at:end] = so_far
            at = end
        s.newest_ns = int(at_ns[-1])
        return lost

    def _heard_until(self, last_index: Ints, at_ns: Nanoseconds, silent: Bools, at: int) -> int:
        """Packets from here to the next silence worth looking into; where that ends."""
        for end in [*(at + np.flatnonzero(silent[at:])).tolist(), len(silent)]:
            self._evidence.add(last_index[at:end] + self.state.lost, at_ns[at:end])
            at = end
            if end < len(silent) and self._is_known():
                self._begin_to_look(int(at_ns[end]))
                break
        return at

    def _is_known(self) -> bool:
        s = self.state.evidence
        return s.ticks0 is not None and self._evidence.span() >= self.params.known_s * s.tick_hz

    def _begin_to_look(self, at_ns: int) -> None:
        s, points = self.state, self._evidence.known()
        s.before = edge_under(points, (points[0][0] + points[-1][0]) / 2)
        s.silent_until_ns, s.least_ns, s.falling_ns = at_ns, math.inf, math.inf

    def _looked_until(self, last_index: Ints, at_ns: Nanoseconds, silent: Bools, at: int) -> int:
        """Packets after a silence, up to the first one that comes when all has settled: it tells what is missing."""
        s, settled_ns = self.state, self.params.settled_s * NS_PER_S
        for i in range(at, len(silent)):
            now_ns = int(at_ns[i])
            s.silent_until_ns = now_ns if silent[i] else s.silent_until_ns
            if now_ns >= s.silent_until_ns + settled_ns:
                self._conclude()
                return i
            late_ns = self._lateness_ns(int(last_index[i]) + s.lost, now_ns)
            if late_ns < s.falling_ns - self._evidence.nominal:
                s.silent_until_ns, s.falling_ns = now_ns, late_ns
            s.least_ns = min(s.least_ns, late_ns)
        return len(silent)

    def _conclude(self) -> None:
        s = self.state
        period_ns = self._evidence.nominal + (s.before.slope if s.before else 0.0)
        if s.least_ns >= self.params.least_periods * period_ns:
            s.lost += int(s.least_ns // period_ns)
        s.before = None

    def _lateness_ns(self, index: int, at_ns: int) -> float:
        """How much later than the least delays before the silence say."""
        s = self.state
        x = index - (s.evidence.ticks0 or 0)
        y = (at_ns - s.evidence.host0_ns) - x * self._evidence.nominal
        return y - (s.before.at(x) if s.before else 0.0)
