"""The history of one person: what every session brought, and what a day was made of."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from functools import wraps
from pathlib import Path
from types import TracebackType
from typing import Concatenate, Literal, ParamSpec, Self, TypeVar

from hipmonitor.core.days import DayBout, DayFigures, Minute, figures_of_day
from hipmonitor.core.errors import HistoryBroken, HistoryError, UsageError
from hipmonitor.core.exposure import ExposureParams
from hipmonitor.core.instants import HostNs
from hipmonitor.io.history import reading, set_rows, writing
from hipmonitor.io.history.database import (
    BUSY_S,
    SPOILT,
    cannot_be_read,
    connect,
    history_file,
    is_sound,
    set_aside,
    transaction,
)
from hipmonitor.io.history.records import DayRecord, ReadingTotals, SessionHead, SessionNews, SetRecord, number_of

P = ParamSpec("P")
T = TypeVar("T")


def _told(read: Callable[Concatenate[History, P], T]) -> Callable[Concatenate[History, P], T]:
    """A file that is broken inside is found out by reading it: as HistoryError."""

    @wraps(read)
    def reading_or_telling(history: History, /, *args: P.args, **kwargs: P.kwargs) -> T:
        try:
            return read(history, *args, **kwargs)
        except UsageError:
            raise
        except (sqlite3.Error, *SPOILT) as error:
            raise cannot_be_read(history.path, error) from error

    return reading_or_telling


class History:
    """An open database, for one thread at a time. Close it, or use it as a context."""

    def __init__(self, path: Path | None = None, *, busy_s: float = BUSY_S) -> None:
        """Without a path, this computer's own; `busy_s` is waited for another who writes.

        Raises:
            HistoryError: it cannot be opened; names file and remedy.
        """
        self.path = path or history_file()
        self._connection = connect(self.path, busy_s=busy_s)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @classmethod
    def to_rebuild(cls, path: Path | None = None) -> tuple[Self, Path | None]:
        """The history, and where a broken one was put aside for it.

        Raises:
            HistoryError: it cannot be opened for another reason: somebody writes, or it is newer than this program.
        """
        place = path or history_file()
        with suppress(HistoryBroken):
            history = cls(place)
            if history.is_sound:
                return history, None
            history.close()
        aside = set_aside(place)
        return cls(place), aside

    @property
    def is_sound(self) -> bool:
        """Whether every page of the file can be read and the tables are ours."""
        try:
            return is_sound(self._connection)
        except (sqlite3.DatabaseError, *SPOILT) as error:
            if isinstance(cannot_be_read(self.path, error), HistoryBroken):
                return False
            raise HistoryError(str(error)) from error

    def close(self) -> None:
        """Let the file go."""
        self._connection.close()

    # -- writing -------------------------------------------------------------------------------------------------------

    def replace(self, head: SessionHead, news: SessionNews) -> None:
        """A session's results as a whole, in one transaction: after a crash the old ones are there, or these.

        Alerts that were settled once stay as they were lived: of them only what followed may be known better now. Those of
        time that was not there before are added. So it is with how many repetitions of a set were shown.
        """
        with self._writing():
            shown = writing.shown_sets(self._connection, head.key)
            settled_until = writing.forget(self._connection, head.key)
            writing.put_head(self._connection, head)
            old = [a for a in news.alerts if settled_until is not None and a.followed.alert.at <= settled_until]
            new = [a for a in news.alerts if a not in old]
            for record in old:
                writing.put_what_followed(self._connection, head.key, record)
            sets = tuple(replace(each, shown=shown.get(each.result.started, each.shown)) for each in news.sets)
            writing.add(self._connection, head.key, replace(news, alerts=tuple(new), sets=sets))

    def append(self, head: SessionHead, news: SessionNews) -> None:
        """What a running session brought since the last time; marked as lived."""
        with self._writing():
            writing.put_head(self._connection, head)
            writing.add(self._connection, head.key, news)

    @contextmanager
    def _writing(self) -> Iterator[None]:
        try:
            with transaction(self._connection):
                yield
        except sqlite3.Error as error:
            raise HistoryError(f"{self.path}: cannot be written ({error}); is the disk full?") from error

    # -- who owns which time -------------------------------------------------------------------------------------------

    def owned_from(self, start: HostNs, key: str) -> HostNs | None:
        """Where sessions overlap, the one that began first owns the time until it ends; from when on a session owns its own."""
        earlier = (head for head in self.sessions() if (head.start, head.key) < (start, key))
        return max((head.end for head in earlier if head.end > start), default=None)

    def misjudged(self) -> tuple[SessionHead, ...]:
        """Settled sessions whose own time is another now, because one that began earlier came, grew or shrank."""
        return tuple(
            head
            for head in self.sessions()
            if head.reading == "settled" and self.owned_from(head.start, head.key) != head.owned_from
        )

    # -- reading -------------------------------------------------------------------------------------------------------

    @_told
    def sessions(self) -> tuple[SessionHead, ...]:
        """Every session, in order of their beginnings."""
        return reading.heads(self._connection)

    @_told
    def totals(self, key: str) -> tuple[ReadingTotals, ...]:
        """What both readings of a session say: their difference is what settling changed."""
        return reading.totals_of(self._connection, number_of(key))

    @_told
    def span(self) -> tuple[int, int] | None:
        """First and last day with a recording; None of an empty history."""
        return reading.span(self._connection)

    @_told
    def figures(self, first_day: int, last_day: int, *, valid_day_worn_h: float) -> tuple[DayFigures, ...]:
        """One for every day, also for those without a recording."""
        span = (first_day, last_day)
        parts, bouts = reading.parts(self._connection, span), reading.bouts(self._connection, span)
        minimum_s = self._minimum_bout_s()
        return tuple(
            figures_of_day(
                day,
                parts.get(day, []),
                [bout for bout in bouts if bout.day == day or bout.on_s(day)],
                valid_day_worn_h=valid_day_worn_h,
                minimum_bout_s=minimum_s,
            )
            for day in range(first_day, last_day + 1)
        )

    @_told
    def bouts(self, first_day: int, last_day: int) -> tuple[DayBout, ...]:
        """Sitting bouts with time on these days, in order."""
        return reading.bouts(self._connection, (first_day, last_day))

    @_told
    def minutes(self, day: int) -> tuple[Minute, ...]:
        """Of one day, in order."""
        return reading.minutes(self._connection, (day, day))

    @_told
    def day(self, day: int, *, valid_day_worn_h: float) -> DayRecord:
        """Everything of one day."""
        span, connection = (day, day), self._connection
        sessions = reading.heads_of(connection, day)
        return DayRecord(
            figures=self.figures(day, day, valid_day_worn_h=valid_day_worn_h)[0],
            reading=_reading(sessions),
            sessions=sessions,
            minutes=reading.minutes(connection, span),
            bouts=reading.bouts(connection, span),
            events=reading.events(connection, span),
            alerts=reading.alerts(connection, span),
            calibrations=reading.calibrations(connection, span),
            sets=set_rows.sets(connection, span),
        )

    @_told
    def sets(self, first_day: int, last_day: int) -> tuple[SetRecord, ...]:
        """Guided sets that began on these days, both included, in order of time."""
        return set_rows.sets(self._connection, (first_day, last_day))

    def _minimum_bout_s(self) -> int:
        said = (head.minimum_bout_s for head in self.sessions())
        return max(said, default=ExposureParams().transition_s)

    def dump(self) -> Iterator[str]:
        """All of it as SQL: two histories of the same recordings give the same lines."""
        return self._connection.iterdump()


def _reading(sessions: Sequence[SessionHead]) -> Literal["as_lived", "settled", "mixed", "none"]:
    readings = {head.reading for head in sessions}
    if len(readings) == 1:
        return readings.pop()
    return "mixed" if readings else "none"
