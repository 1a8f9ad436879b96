"""Where somebody stands in the Exercise view: choosing, in a set, or after one. Paces rests; the pipeline counts."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from hipmonitor.core.exercise import EndedBy, SetResult
from hipmonitor.core.exercises import Exercise, Target
from hipmonitor.core.inbound import StartSet
from hipmonitor.core.instants import NS_PER_S, HostNs
from hipmonitor.ui.view_model.durations import until_m_ss
from hipmonitor.ui.view_model.sets_seen import SetsSeen

FRESH_S = 600
"""A set that ended longer ago is no news when the view is opened."""
JUDGED_S = 30
"""Activities are decided some seconds after they were lived: so long the result of a set may take."""
LOOKED_AWAY_S = 5
"""Another view was open meanwhile: the next set waits to be asked for."""


class Place(StrEnum):
    """The page."""

    LIBRARY = "library"
    SET = "set"
    DONE = "done"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rest:
    """What follows a set."""

    left: int
    """Sets that are still asked for."""
    number: int
    """Of the next one."""
    left_words: str
    """Time of the rest that is left; empty once it is over."""
    words: str
    """After it."""
    line: str
    """All of it in one sentence."""
    waits: bool
    """The next set does not begin by itself."""
    may_wait: bool
    """Whether that can be chosen."""


class Visit:
    """`look` it ten times a second; it says when the next set is due."""

    def __init__(self) -> None:
        self.chosen = ""
        self.comfort: dict[HostNs, int] = {}
        """By the start of the set."""
        self._put_away: HostNs | None = None
        """Start of the newest set whose page was left."""
        self._held = False
        self._asked: Exercise | None = None
        self._asked_at: HostNs | None = None
        self._looked: HostNs | None = None
        self._ran: HostNs | None = None
        """Start of the set that was seen running last, and when that was."""
        self._ran_at = HostNs(0)
        self.exercises: tuple[Exercise, ...] = ()
        """In force: a set that was begun elsewhere can be done again, too."""

    # --- where ----------------------------------------------------------------------------------------------------------
    def place(self, seen: SetsSeen, at: HostNs) -> Place:
        """The page of a moment."""
        if seen.now is not None:
            self._asked, self.chosen, self._held = seen.now.exercise, seen.now.exercise.name, False
            self._ran, self._ran_at = seen.now.started, at
            return Place.SET
        judged = any(result.started == self._ran for result in seen.results)
        if self._ran is not None and not judged and at - self._ran_at <= JUDGED_S * NS_PER_S:
            return Place.SET
        return Place.LIBRARY if self.result(seen, at) is None else Place.DONE

    def result(self, seen: SetsSeen, at: HostNs) -> SetResult | None:
        """The set that just ended, until its page is left."""
        newest = seen.results[-1] if seen.results else None
        if newest is None or newest.started == self._put_away or at - newest.ended > FRESH_S * NS_PER_S:
            return None
        return newest

    def exercise_of(self, result: SetResult) -> Exercise | None:
        """What was done in it; None where it is not known any more."""
        asked = () if self._asked is None else (self._asked,)
        return next((each for each in (*asked, *self.exercises) if each.name == result.exercise), None)

    # --- what the wearer does -------------------------------------------------------------------------------------------
    def start(self, exercise: Exercise, target: Target, number: int = 1) -> StartSet:
        """The action that begins it."""
        self._asked, self._held, self.chosen = exercise, False, exercise.name
        return StartSet(exercise=exercise, target=target, number=number)

    def leave(self, seen: SetsSeen) -> None:
        """Done for now: back to the library."""
        self._put_away, self._held = (seen.results[-1].started if seen.results else None), False

    def wait(self) -> None:
        """The next set begins when it is asked for, or by itself again."""
        self._held = not self._held

    # --- rest -----------------------------------------------------------------------------------------------------------
    def rest(self, result: SetResult, at: HostNs) -> Rest | None:
        """What follows; None where everything is done, or the set cannot be done again from here."""
        if self.exercise_of(result) is None or result.ended_by is EndedBy.REST_OF_DAY:
            return None
        left, number = max(0, result.target.sets - result.number), result.number + 1
        if not left:
            return None
        remaining_s = result.target.rest_s - (at - result.ended) / NS_PER_S
        by_itself = result.ended_by is EndedBy.TARGET
        waits = self._held or not by_itself
        over = remaining_s <= 0
        left_words = until_m_ss(remaining_s)
        words = "of rest; then the next set begins by itself." if not waits else "of rest are left."
        if over or waits:
            words = f"{words if not over else ''} Set {number} begins when you start it.".strip()
        line = f"Set {number} begins {'when you start it' if waits or over else f'by itself in {left_words}'}."
        left_words = "" if over else left_words
        return Rest(
            left=left,
            number=number,
            words=words,
            line=line,
            left_words=left_words,
            waits=waits,
            may_wait=by_itself and not over,
        )

    def due(self, seen: SetsSeen, at: HostNs) -> StartSet | None:
        """The next set, once the rest is over and nobody asked to wait; never where nobody looked on meanwhile."""
        before, self._looked = self._looked, at
        if before is None or at - before > LOOKED_AWAY_S * NS_PER_S:
            self._held = True
        result = self.result(seen, at)
        rest = None if result is None or seen.now is not None else self.rest(result, at)
        if result is None or rest is None or rest.left_words or rest.waits or self._asked_at == result.started:
            return None
        self._asked_at = result.started
        return self.next_set(result)

    def next_set(self, result: SetResult) -> StartSet | None:
        """Of the same exercise, with the same target."""
        exercise = self.exercise_of(result)
        return None if exercise is None else self.start(exercise, result.target, result.number + 1)
