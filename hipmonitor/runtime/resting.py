"""A day of rest: a warning sign in the diary switches reminders and exercises off until the next morning, in every session.

The diary says so, wherever the sign was entered: in a terminal, in the window, on the day before midnight.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Sequence
from pathlib import Path

from hipmonitor.core.alerts import MORNING_S
from hipmonitor.core.errors import DiaryError
from hipmonitor.core.inbound import Action, DaySoFar, Inbound, RestOfDay, Tick, UserAction
from hipmonitor.io import places
from hipmonitor.io.diary import Diary, read_diary

MORNING_MIN = MORNING_S // 60
Look = tuple[int, int, int] | None
"""Modification time, size and number of the file; None where it is not there."""


def rests(diary: Diary, now: Tick) -> bool:
    """A warning sign was entered for today; before six in the morning also one for yesterday."""
    late = now.minute_of_day < MORNING_MIN and diary.signs_on(now.civil_day - 1)
    return late or diary.signs_on(now.civil_day)


class RestWatch:
    """A Recorder that looks into the diary whenever it has changed, and lets the session rest where a sign says so.

    Args:
        act: the front door.
        path: another diary than this computer's.
    """

    def __init__(self, act: Callable[[Action], None], path: Path | None = None) -> None:
        self._act, self._path = act, path or places.diary_file()
        self._seen: tuple[Look, int] | None = None
        self._told = False
        """It came in by another way since the last Tick."""
        self._rested_since: int | None = None
        """The morning since which it rests."""

    def record(self, events: Sequence[Inbound]) -> None:
        """Once a second, and at what comes in by other ways."""
        for event in events:
            if isinstance(event, Tick):
                self._tick(event)
            elif isinstance(event, UserAction):
                self._hear(event.action)

    def _hear(self, action: Action) -> None:
        self._told |= isinstance(action, RestOfDay) or (isinstance(action, DaySoFar) and action.resting)

    def _tick(self, now: Tick) -> None:
        """From one morning to the next a session is sent to rest once."""
        morning = now.civil_day - (now.minute_of_day < MORNING_MIN)
        if self._told:
            self._told, self._rested_since = False, morning
        seen = (self._look(), morning)
        if seen == self._seen or morning == self._rested_since:
            return
        self._seen = seen
        with contextlib.suppress(DiaryError):  # that it cannot be read is said by whoever asks for it
            if rests(read_diary(self._path), now):
                self._rested_since = morning
                self._act(RestOfDay())

    def _look(self) -> Look:
        try:
            facts = self._path.stat()
        except OSError:
            return None
        return facts.st_mtime_ns, facts.st_size, facts.st_ino
