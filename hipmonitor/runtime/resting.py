"""A day of rest: a warning sign in the diary switches reminders and exercises off for its day, in every session.

The diary says so, wherever the sign was entered: in a terminal, in the window, before the session began or while it runs.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Sequence
from pathlib import Path

from hipmonitor.core.errors import DiaryError
from hipmonitor.core.inbound import Action, DaySoFar, Inbound, RestOfDay, Tick, UserAction
from hipmonitor.io import places
from hipmonitor.io.diary import read_check_ins

Look = tuple[int, int, int] | None
"""Modification time, size and number of the file; None where it is not there."""


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
        self._rests_on: int | None = None
        """The day on which it was sent to rest."""

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
        """A session is sent to rest once a day."""
        if self._told:
            self._told, self._rests_on = False, now.civil_day
        seen = (self._look(), now.civil_day)
        if seen == self._seen or now.civil_day == self._rests_on:
            return
        self._seen = seen
        with contextlib.suppress(DiaryError):  # that it cannot be read is said by whoever asks for it
            if read_check_ins(self._path).signs_on(now.civil_day):
                self._rests_on = now.civil_day
                self._act(RestOfDay())

    def _look(self) -> Look:
        try:
            facts = self._path.stat()
        except OSError:
            return None
        return facts.st_mtime_ns, facts.st_size, facts.st_ino
