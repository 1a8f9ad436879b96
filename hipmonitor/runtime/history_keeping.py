"""Keeps the history of a running session, minute by minute and marked as lived; settles it when the session has ended."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from hipmonitor.core.errors import HistoryError
from hipmonitor.core.inbound import Inbound, SensorId
from hipmonitor.core.instants import HostNs
from hipmonitor.core.pipeline import HipUpdate
from hipmonitor.io.history import History, SessionHead, SessionNews
from hipmonitor.io.session import program, session_key
from hipmonitor.runtime.history_counting import SessionCounter
from hipmonitor.runtime.history_settling import Watch, go_on, settle, settle_left_behind

BUSY_S: Final = 0.2
"""For another who writes; longer would hold up the measuring, whose thread this is."""
LASTING_TRIES: Final = 3
"""A minute apart. A rebuild writes for less than one; what fails so often stays, and is told."""


class HistoryKeeper:
    """A Recorder and a Sink beside the recorder of the session, in the same thread; `finish` comes after them.

    A database that fails stops neither the session nor its recording: the rows wait and are tried again a minute later.
    What stays unwritten `finish` or a rebuild makes good for.
    """

    def __init__(
        self,
        recording: Callable[[], Path | None],
        path: Path | None = None,
        *,
        say: Callable[[str], None] | None = None,
    ) -> None:
        """Nothing is opened yet.

        Args:
            recording: where the session's recording lies, None before there is one.
            path: another database than this computer's.
            say: hears once of a trouble that lasts.
        """
        self._recording, self._path, self._say = recording, path, say
        self._counter = SessionCounter("as_lived")
        self._start: HostNs | None = None
        self._history: History | None = None
        self._unwritten = SessionNews()
        self._failed = 0
        self._said = False
        self.error: HistoryError | None = None
        """Of the last try; None where it was written."""

    @property
    def problem(self) -> str:
        """Why the history has not been written for some minutes; empty while all is well."""
        return str(self.error) if self._failed >= LASTING_TRIES else ""

    def record(self, events: Sequence[Inbound]) -> None:
        """Hear what comes through the front door."""
        if events and self._start is None:
            self._start = events[0].at
        self._counter.hear(events)

    def accept(self, update: HipUpdate) -> None:
        """Count an update; once a minute, write."""
        self._counter.accept(update)
        if self._counter.has_minutes and self._recording() is not None:
            self._write()

    def _write(self) -> None:
        """What came since the last time it could be written."""
        counted, lived = self._counter.counted(), self._counter.lived()
        news = replace(
            counted,
            events=(*lived.events, *counted.events),
            alerts=lived.alerts,
            sets=self._counter.sets(),
            ratings=lived.ratings,
        )
        self._unwritten = _joined(self._unwritten, news)
        path, start = self._recording(), self._start
        if path is None or start is None:
            return
        try:
            self._history = self._history or History(self._path, busy_s=BUSY_S)
            self._history.append(self._head(session_key(path), start), self._unwritten)
        except HistoryError as error:
            self._trouble(error)
        else:
            self._unwritten, self._failed, self.error = SessionNews(), 0, None

    def _trouble(self, error: HistoryError) -> None:
        """Begin anew with the next minute; say what lasts."""
        self._close()
        self._failed, self.error = self._failed + 1, error
        if self.problem and self._say is not None and not self._said:
            self._said = True
            self._say(f"The history is not written ({error}). Measuring and recording go on.")

    def _close(self) -> None:
        if self._history is not None:
            self._history.close()
            self._history = None

    def _head(self, key: str, start: HostNs) -> SessionHead:
        return SessionHead(
            key=key,
            sensor=SensorId(""),
            start=start,
            end=self._counter.end or start,
            owned_from=None,
            reading="as_lived",
            program=program(),
            minimum_bout_s=self._counter.minimum_bout_s,
        )

    def finish(self, watch: Watch = go_on) -> SessionHead | None:
        """Settle the session, now that its recording is closed, and those a crash left behind; None where there never was one.

        Raises:
            HistoryError, RecordingError: it could not be; the rows as lived stay, and a rebuild settles them.
        """
        self._counter.flush()
        self._write()
        self._close()
        path = self._recording()
        if path is None:
            return None
        with History(self._path) as history:
            head = settle(history, path, watch)
            settle_left_behind(history, path.parent, watch)
        return head


def _joined(old: SessionNews, new: SessionNews) -> SessionNews:
    """Both; days and totals are told as a whole every time."""
    return SessionNews(
        minutes=(*old.minutes, *new.minutes),
        bouts=(*old.bouts, *new.bouts),
        parts=new.parts,
        events=(*old.events, *new.events),
        alerts=(*old.alerts, *new.alerts),
        calibrations=(*old.calibrations, *new.calibrations),
        totals=new.totals,
        sets=(*old.sets, *new.sets),
        ratings=(*old.ratings, *new.ratings),
    )
