"""Keys of the live view for guided sets: e chooses an exercise or ends the set, b begins, pauses and goes on, digits rate it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from hipmonitor.core.errors import HipmonitorError
from hipmonitor.core.exercise import Phase, SetResult
from hipmonitor.core.exercises import Exercise, Target
from hipmonitor.core.inbound import Action, EndSet, PauseSet, RateSet, ResumeSet, StartSet
from hipmonitor.ui.view_model import Glance
from hipmonitor.ui.view_model.exercise.offered import Offered
from hipmonitor.ui.view_model.exercise.readiness import readiness
from hipmonitor.ui.view_model.exercise.target_rows import in_words

BEST = "t"
"""Ten has no key of its own."""
RATINGS = {**{str(k): k for k in range(10)}, BEST: 10}
RATE = f"How comfortable was the hip? Keys 0 to 9, {BEST} for 10, 10 is best."


class SetKeys:
    """Speaks to the monitor, and says in words what it did."""

    def __init__(self, act: Callable[[Action], None], offered: Callable[[], Offered]) -> None:
        """`offered` is read when somebody asks for it: files and the plan may have changed."""
        self._act, self._read = act, offered
        self._offers: Sequence[tuple[Exercise, Target]] = ()
        self._chosen = -1
        self._ended: SetResult | None = None

    def ended(self, glance: Glance) -> str:
        """Once, when a set has ended: what was done, and the question."""
        newest = glance.sets.results[-1] if glance.sets.results else None
        if newest is None or newest == self._ended:
            return ""
        self._ended = newest
        return f"{newest.title}: {newest.sentence} {RATE}"

    def press(self, key: str, glance: Glance) -> str:
        """What a key did; empty where it is none of these."""
        now = glance.sets.now
        if key in RATINGS and now is None:
            return self._rate(RATINGS[key])
        if key == "e":
            return self._choose() if now is None else self._end()
        if key == "b":
            return self._begin(glance) if now is None else self._pause_or_go_on(now.phase)
        return ""

    def _rate(self, comfort: int) -> str:
        if self._ended is None:
            return ""
        self._act(RateSet(started=self._ended.started, comfort=comfort))
        return f"Noted: comfort {comfort} of 10."

    def _choose(self) -> str:
        try:
            offered = self._read()
        except HipmonitorError as error:
            return str(error)
        self._offers = [(each, offered.target(each)) for each in offered.in_order]
        self._chosen = (self._chosen + 1) % len(self._offers)
        exercise, target = self._offers[self._chosen]
        return f"{exercise.title}: {in_words(exercise, target)}. b begins it, e goes on to the next."

    def _begin(self, glance: Glance) -> str:
        if self._chosen < 0:
            return self._choose()
        exercise, target = self._offers[self._chosen]
        why = readiness(glance, rest_day=False).refused
        if why:
            return why
        same = self._ended is not None and self._ended.exercise == exercise.name
        number = self._ended.number + 1 if same and self._ended is not None else 1
        self._act(StartSet(exercise=exercise, target=target, number=number))
        first = exercise.instructions[0] if exercise.instructions else exercise.title
        return f"{first} b pauses, e ends the set."

    def _end(self) -> str:
        self._act(EndSet())
        return "The set ends."

    def _pause_or_go_on(self, phase: Phase) -> str:
        if phase is Phase.PAUSED:
            self._act(ResumeSet())
            return "Going on: take the start pose again."
        self._act(PauseSet())
        return "Paused. b goes on."
