"""What answers to round trips usually take, carried over a reboot: until many questions were asked it tells a young clock best.

An answer always waits for the next connection event, so that its delay hardly scatters (about 2 ms), but is not known by itself:
nearly a connection interval. A question asked at a random phase may wait for nothing, but of few questions all wait. So the delay is
learned once many questions have laid the clock's line, and a clock that begins anew is laid by its first answers less that delay.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from hipmonitor.core.samples.counters import Trip
from hipmonitor.core.samples.envelope import Line


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswersParams:
    """What may be tuned."""

    young_trips: int = 240
    """The best of n questions waits for a share 1 / n of the connection interval, at worst in a hundred draws for 5 / n."""
    learn_after: int = 60
    """From so many questions on the line is good enough to say what answers take."""
    kept: int = 60
    """The usual delay is the least of so many."""
    surprise: float = 8.0
    """Of n questions the best waits for more than this / n of the interval once in exp(8) = 3000 draws. Then the connection
    interval is another one, and what answers took before says nothing."""


@dataclass(slots=True, kw_only=True)
class Answers:
    """Of one clock."""

    usual_ns: float | None = None
    """Least delay, from before this clock began; None: not known."""
    trips: list[Trip] = field(default_factory=list)
    """The first ones of this clock."""
    delays_ns: list[float] = field(default_factory=list)
    """The newest ones of a clock that is not young any more."""

    @classmethod
    def after(cls, before: Answers) -> Answers:
        """The clock began anew."""
        return cls(usual_ns=min(before.delays_ns, default=before.usual_ns))

    def hear(self, params: AnswersParams, trip: Trip) -> None:
        """One more round trip."""
        if len(self.trips) < params.young_trips:
            self.trips.append(trip)

    def learn(self, params: AnswersParams, delay_ns: float) -> None:
        """What the newest answer took by the clock's line."""
        if len(self.trips) >= params.learn_after:
            self.delays_ns = [*self.delays_ns[1 - params.kept :], delay_ns]

    def raised(self, params: AnswersParams, line: Line) -> float:
        """By how much the line (x: ticks, y: host ns) must be later for the usual delay to hold; 0 where questions say better."""
        if self.usual_ns is None or len(self.trips) >= params.young_trips:
            return 0.0
        by_ns = min(trip.heard_ns - self.usual_ns - line.at(trip.answered) for trip in self.trips)
        return by_ns if 0 < by_ns * len(self.trips) < params.surprise * self.usual_ns else 0.0
