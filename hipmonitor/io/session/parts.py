"""One session in as many files as calendar and disk ask for. A disk that fails ends a file, never the session.

What could not be kept is counted: the next part's running numbers tell how many events are missing, and between which instants.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from uuid import UUID, uuid4

from hipmonitor.core.errors import RecordingError
from hipmonitor.core.inbound import Inbound, SensorId, Tick
from hipmonitor.core.instants import HostNs, seconds_between
from hipmonitor.io.session.disk import Disk
from hipmonitor.io.session.naming import SUFFIX, file_name
from hipmonitor.io.session.opening import Opening
from hipmonitor.io.session.rows import EventRow, HipRow
from hipmonitor.io.session.timer import FlushTimer
from hipmonitor.io.session.writer import Part, SessionWriter, WriterParams


@dataclass(frozen=True, slots=True, kw_only=True)
class PartsParams:
    """When a new file begins."""

    largest_bytes: int = 500 * 1000 * 1000
    """Six days of one sensor: what a damaged disk takes with one file, and what can still be sent to somebody."""
    shortest_s: float = 3600.0
    """A clock that is set to and fro across midnight makes no more than a file an hour."""
    again_s: float = 30.0
    """After a failure the disk is tried again so often."""
    room_again_bytes: int = 300 * 1000 * 1000
    """As much again as half of what a recording is closed for: a disk that is nearly full is not tried every time."""


PARAMS: Final = PartsParams()


class SessionParts:
    """A Recorder of one session. Never fails for a disk: `trouble` says what is not kept, and why.

    Args:
        target: a folder, or the path of the first part.
        sensor: the thigh sensor, for the name and the catalogue.
        started_at: the session's start.
        session_id: given where a file is to be reproduced exactly.
        new_timer: makes what keeps a part safe periodically.
        disk: where the bytes go.
        params: when a new part begins.
        writing: how a part looks after itself.
    """

    def __init__(
        self,
        target: Path,
        *,
        sensor: SensorId,
        started_at: HostNs,
        session_id: UUID | None = None,
        new_timer: Callable[[], FlushTimer | None] = lambda: None,
        disk: Disk | None = None,
        params: PartsParams = PARAMS,
        writing: WriterParams | None = None,
    ) -> None:
        self._sensor, self._started_at, self._session_id = sensor, started_at, session_id or uuid4()
        self._new_timer, self._disk = new_timer, disk or Disk()
        self._params, self._writing = params, writing or WriterParams()
        name = file_name(started_at=started_at, sensor=sensor, session_id=self._session_id)
        self._target = target if target.suffix == SUFFIX else target / name
        self._path = self._target
        self._opening, self._sequence, self._number = Opening(), 0, 0
        self._writer: SessionWriter | None = None
        self._part_started_at = started_at
        self._day: int | None = None
        self._is_over = False
        """The part in progress: its day has passed, or it is large."""
        self._newest = self._tried_at = started_at
        self.trouble = ""
        """Why nothing is kept at present, and what helps; empty while all is well."""
        self._begin(started_at)

    @property
    def path(self) -> Path:
        """Where the newest part lies, or would."""
        return self._path if self._writer is None else self._writer.path

    def record(self, events: Sequence[Inbound]) -> None:
        """Keep these, in this order, as far as there is a disk."""
        if not events:
            return
        self._make_ready(events[0].at)
        self._newest = events[-1].at
        self._keep(lambda writer: writer.record(events))
        self._sequence += len(events)
        self._opening.hear(events)
        for event in events:
            if isinstance(event, Tick):
                self._second(event)

    def write_hip(self, rows: Sequence[HipRow]) -> None:
        """Add rows of /hip for plotting tools."""
        self._keep(lambda writer: writer.write_hip(rows))

    def write_events(self, rows: Sequence[EventRow]) -> None:
        """Add rows of /events for plotting tools."""
        self._keep(lambda writer: writer.write_events(rows))

    def finish(self) -> Path:
        """Close the newest part and return its path.

        Raises:
            RecordingError: something at the end of the session was not kept.
        """
        self._keep(lambda writer: writer.finish())
        if self.trouble:
            raise RecordingError(self.trouble)
        return self.path

    def _keep(self, write: Callable[[SessionWriter], object]) -> None:
        if self._writer is None:
            return
        try:
            write(self._writer)
        except RecordingError as error:
            self._let_go(error)

    def _let_go(self, error: RecordingError) -> None:
        """Of a file that cannot be written any more; what was flushed into it is safe."""
        if self._writer is not None:
            with suppress(RecordingError):
                self._writer.finish()
            self._path, self._writer = self._writer.path, None
        self._tried_at = self._newest
        self.trouble = str(error)

    def _make_ready(self, at: HostNs) -> None:
        if self._writer is not None and self._is_over:
            self._keep(lambda writer: writer.finish())
            if self._writer is not None:
                self._path, self._writer = self._writer.path, None
                self._begin(at)
        elif self._writer is None and self._is_time_again(at):
            self._begin(at)

    def _is_time_again(self, at: HostNs) -> bool:
        if seconds_between(self._tried_at, at) < self._params.again_s:
            return False
        self._tried_at = at
        with suppress(OSError):
            return self._disk.free_bytes(self._target.parent) >= self._params.room_again_bytes
        return False

    def _begin(self, at: HostNs) -> None:
        """The next part; its number stays free where it could not be made."""
        number = self._number + 1
        part = Part(number=number, started_at=at, first=self._sequence, opening=self._opening.events)
        try:
            self._writer = SessionWriter(
                self._target,
                sensor=self._sensor,
                started_at=self._started_at,
                session_id=self._session_id,
                timer=self._new_timer(),
                disk=self._disk,
                params=self._writing,
                part=part if self._sequence else None,
            )
        except RecordingError as error:
            self._let_go(error)
            return
        self._number, self._part_started_at, self._day, self._is_over = number, at, None, False
        self.trouble = ""

    def _second(self, tick: Tick) -> None:
        """Once a second: whether the part has become old or large."""
        self._day = tick.civil_day if self._day is None else self._day
        lasted_s = seconds_between(self._part_started_at, tick.at)
        if self._writer is None or lasted_s < self._params.shortest_s:
            return
        self._is_over = tick.civil_day != self._day or self._size() >= self._params.largest_bytes

    def _size(self) -> int:
        try:
            return self.path.stat().st_size
        except OSError:  # The next flush tells that it is gone.
            return 0
