"""Keeps the history of a running session, minute by minute and marked as lived; settles it when the session has ended."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from hipmonitor.core.errors import HistoryError
from hipmonitor.core.inbound import Inbound, SensorId
from hipmonitor.core.instants import HostNs
from hipmonitor.core.pipeline import HipUpdate
from hipmonitor.io.history import History, SessionHead
from hipmonitor.io.session import program, session_key
from hipmonitor.runtime.history_counting import SessionCounter
from hipmonitor.runtime.history_settling import Watch, go_on, settle, settle_left_behind


class HistoryKeeper:
    """A Recorder and a Sink beside the recorder of the session, in the same thread; `finish` comes after them.

    A database that fails stops neither the session nor its recording: `error` says so, and `finish` or a rebuild makes
    good for it.
    """

    def __init__(self, recording: Callable[[], Path | None], path: Path | None = None) -> None:
        """`recording`: where the session's recording lies, None before there is one. `path`: another database than this computer's."""
        self._recording, self._path = recording, path
        self._counter = SessionCounter("as_lived")
        self._start: HostNs | None = None
        self._history: History | None = None
        self.error: HistoryError | None = None

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
        """What came since the last minute. It leaves memory also where it could not be written."""
        counted, lived = self._counter.counted(), self._counter.lived()
        path, start = self._recording(), self._start
        if self.error is not None or path is None or start is None:
            return
        try:
            self._history = self._history or History(self._path)
            news = replace(counted, events=(*lived.events, *counted.events), alerts=lived.alerts)
            self._history.append(self._head(session_key(path), start), news)
        except HistoryError as error:
            self.error = error

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
        if self._history is not None:
            self._history.close()
            self._history = None
        path = self._recording()
        if path is None:
            return None
        with History(self._path) as history:
            head = settle(history, path, watch)
            settle_left_behind(history, path.parent, watch)
        return head
