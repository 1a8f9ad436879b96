"""What is known of sets in this session: the one that runs, those that ended, and whether today is off."""

from __future__ import annotations

from dataclasses import dataclass

from hipmonitor.core.exercise import ExerciseBlock, ExerciseNow, SetResult
from hipmonitor.core.inbound import DaySoFar, RestOfDay, Tick, UserAction
from hipmonitor.core.instants import HostNs

MOST_RESULTS = 50
"""More sets than anybody does in a session."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SetsSeen:
    """At one moment."""

    now: ExerciseNow | None = None
    """The set that runs."""
    phase_since: HostNs | None = None
    results: tuple[SetResult, ...] = ()
    """Of this session, the newest last."""
    resting: bool = False
    """A warning sign was entered today: exercises are off."""


class SetTracker:
    """Hears the door and takes what the exercise room brings."""

    def __init__(self) -> None:
        self._now: ExerciseNow | None = None
        self._phase_since: HostNs | None = None
        self._results: tuple[SetResult, ...] = ()
        self._today: int | None = None
        self._off_on: int | None = None
        """The day that is off."""

    def hear(self, event: Tick | UserAction) -> None:
        """The civil day, and warning signs."""
        if isinstance(event, Tick):
            self._today = event.civil_day
        elif isinstance(event.action, RestOfDay):
            self._off_on = self._today
        elif isinstance(event.action, DaySoFar):
            self._off_on = event.action.day if event.action.resting else self._off_on

    def take(self, block: ExerciseBlock, at: HostNs | None) -> None:
        """What a piece brought that ended at this instant; None = it held no samples."""
        before, self._now = self._now, block.now
        if block.now is not None and (before is None or before.phase is not block.now.phase):
            self._phase_since = block.now.started if at is None else at
        self._results = (*self._results, *block.results)[-MOST_RESULTS:]

    def seen(self) -> SetsSeen:
        """As it stands."""
        return SetsSeen(
            now=self._now,
            phase_since=self._phase_since,
            results=self._results,
            resting=self._off_on is not None and self._off_on == self._today,
        )
