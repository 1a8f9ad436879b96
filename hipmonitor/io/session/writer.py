"""Writes one session: every Inbound in order, safe on disk every few seconds, whole and renamed at the end."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Final, Self
from uuid import UUID, uuid4

from hipmonitor.core.errors import RecordingError, UsageError
from hipmonitor.core.inbound import Inbound, Notification, Samples, SensorId
from hipmonitor.core.instants import HostNs
from hipmonitor.io.session import layout
from hipmonitor.io.session.codec import encode_json, encode_samples
from hipmonitor.io.session.disk import Disk
from hipmonitor.io.session.mcap_file import McapFile, checked_text
from hipmonitor.io.session.naming import PART, SUFFIX, added, file_name, part_path
from hipmonitor.io.session.rows import EventRow, HipRow, event_json, hip_json
from hipmonitor.io.session.timer import FlushTimer, ThreadTimer

_LATEST_NS: Final = 2**63 - 1


@dataclass(frozen=True, slots=True, kw_only=True)
class WriterParams:
    """How a recording looks after itself."""

    flush_s: float = 4.0
    """Less than this is lost by a crash; a packet costs about 25 us of CPU, flushes included."""
    least_free_bytes: int = 200 * 1000 * 1000
    """With less room than this (two days of one sensor) the recording is closed whole instead of torn."""


PARAMS: Final = WriterParams()


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A file that is not the whole of its session."""

    number: int
    """From 1."""
    started_at: HostNs
    first: int
    """Running number of its first event of its own."""
    opening: Sequence[Inbound] = ()
    """Events told before, that make it readable by itself."""

    @property
    def metadata(self) -> dict[str, str]:
        """What its head says."""
        numbers = {"part": self.number, "part_started_ns": self.started_at, "first": self.first}
        return {name: str(number) for name, number in (numbers | {"opening": len(self.opening)}).items()}


class SessionWriter:
    """A Recorder into one MCAP file, `.mcap.part` until `finish`. Use it from any thread, and as a context manager.

    Args:
        target: a folder (the file names itself) or the path of a .mcap file that does not exist yet.
        sensor: the thigh sensor, for the name and the catalogue.
        started_at: the session's start, on the clock that stamps the Inbounds.
        session_id: given where a file is to be reproduced exactly.
        timer: makes the file safe periodically; the default is a thread of its own.
        disk: where the bytes go.
        params: thresholds.
        part: which of its session's files this is; None = all of it.

    Raises:
        RecordingError: the file cannot be made. Names it and the remedy, as do all methods.
    """

    def __init__(
        self,
        target: Path,
        *,
        sensor: SensorId,
        started_at: HostNs,
        session_id: UUID | None = None,
        timer: FlushTimer | None = None,
        disk: Disk | None = None,
        params: WriterParams = PARAMS,
        part: Part | None = None,
    ) -> None:
        self._disk, self._params = disk or Disk(), params
        session_id = session_id or uuid4()
        whole = _whole_path(target, file_name(started_at=started_at, sensor=sensor, session_id=session_id))
        self._whole = whole if part is None else part_path(whole, part.number)
        self.path = added(self._whole, PART)
        """Where the recording lies at this moment."""
        self._sequence = 0 if part is None else (part.first - len(part.opening)) & layout.SEQUENCE_MASK
        self._failure: str | None = None
        self._finished = False
        self._stream_lock = threading.Lock()
        self._disk_lock = threading.Lock()
        """Taken before the other one: an fsync may take long, and stamping packets must not wait for it."""
        session = {"id": str(session_id), "sensor": checked_text(sensor, "sensor"), "started_ns": str(started_at)}
        self._begin(session if part is None else session | part.metadata, () if part is None else part.opening)
        self._timer = timer or ThreadTimer(period_s=params.flush_s)
        self._timer.start(self._on_timer)

    def record(self, events: Sequence[Inbound]) -> None:
        """Keep these, in this order; they are safe on disk after the next flush."""
        with self._writing():
            for event in events:
                self._record_one(event)

    def write_hip(self, rows: Sequence[HipRow]) -> None:
        """Add rows of /hip for plotting tools."""
        with self._writing():
            for row in rows:
                self._mcap.add(self._mcap.hip, at=row.at, data=hip_json(row), sequence=self._sequence)

    def write_events(self, rows: Sequence[EventRow]) -> None:
        """Add rows of /events for plotting tools."""
        with self._writing():
            for row in rows:
                self._mcap.add(self._mcap.events, at=row.at, data=event_json(row), sequence=self._sequence)

    def flush(self) -> None:
        """Everything recorded so far is safe on disk once this returns."""
        with self._disk_lock:
            with self._writing():
                self._mcap.flush()
            with self._disk_errors():
                self._disk.sync(self._mcap.file)
                if not self._disk.in_place(self._mcap.file, self.path):
                    raise FileNotFoundError("it was moved or deleted while it was being written")

    def finish(self) -> Path:
        """Close the file, give it its name and return its path; a second call only returns the path.

        Raises:
            RecordingError: the disk failed, now or earlier; what was flushed lies in the `.mcap.part`.
        """
        self._timer.stop()
        with self._disk_lock, self._stream_lock:
            try:
                if not self._finished:
                    self._refuse_after_failure()
                    self._close_whole()
            finally:
                self._release()
        return self.path

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with suppress(*([RecordingError] if error is not None else [])):  # The first error is the one to tell.
            self.finish()

    def _begin(self, session: dict[str, str], opening: Sequence[Inbound]) -> None:
        self._refuse_taken_name()
        if self._room_is_short():
            raise RecordingError(f"{self.path}: not begun, because {self._short_of_room}")
        with self._disk_errors(), ExitStack() as undo:
            file = undo.enter_context(self._disk.create(self.path))
            undo.callback(self._disk.remove, self.path)  # nothing is in it yet
            self._mcap = McapFile(file, session)
            for event in opening:
                self._record_one(event)
            self._mcap.flush()
            self._disk.sync(file)
            undo.pop_all()

    def _refuse_taken_name(self) -> None:
        if self._whole.exists():
            raise RecordingError(f"{self._whole}: is already there; move it away or choose another name")
        if self.path.exists():
            raise RecordingError(f"{self.path}: is an unfinished recording; repair it or move it away")

    def _record_one(self, event: Inbound) -> None:
        if not 0 <= event.at <= _LATEST_NS:
            raise UsageError(f"at is {event.at}; give nanoseconds since 1970, from 0 to {_LATEST_NS}")
        if isinstance(event, Notification):
            channel, data = self._mcap.raw(event.sensor, event.channel), event.payload
        elif isinstance(event, Samples):
            channel, data = self._mcap.samples(), _bounded(encode_samples(event))
        else:
            channel, data = self._mcap.inbound, encode_json(event)
        self._mcap.add(channel, at=event.at, data=data, sequence=self._sequence)
        self._sequence = (self._sequence + 1) & layout.SEQUENCE_MASK

    def _on_timer(self) -> None:
        with suppress(RecordingError):  # Kept as the failure: the next call tells it on the caller's thread.
            self.flush()
            if self._room_is_short():
                self._close_early()

    def _room_is_short(self) -> bool:
        with self._disk_errors():
            return self._disk.free_bytes(self.path.parent) < self._params.least_free_bytes

    @property
    def _short_of_room(self) -> str:
        least_mb = self._params.least_free_bytes / 1e6
        return f"less than {least_mb:.0f} MB are left on the disk; free some room"

    def _close_early(self) -> None:
        with self._disk_lock, self._stream_lock:
            self._close_whole()
            self._failure = f"{self.path}: closed whole, because {self._short_of_room}"

    @contextmanager
    def _writing(self) -> Iterator[None]:
        with self._stream_lock:
            self._refuse_after_failure()
            if self._finished:
                raise RecordingError(f"{self.path}: is finished; start a new recording")
            with self._disk_errors():
                yield

    @contextmanager
    def _disk_errors(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            self._failure = (
                f"{self.path}: cannot be written ({error.strerror or error}); what was flushed is kept. "
                "Check that the disk is there, writable and not full"
            )
            raise RecordingError(self._failure) from error

    def _refuse_after_failure(self) -> None:
        if self._failure is not None:
            raise RecordingError(self._failure)

    def _close_whole(self) -> None:
        with self._disk_errors():
            self._mcap.finish()
            self._disk.sync(self._mcap.file)
            self._mcap.file.close()
            self._disk.rename(self.path, self._whole)
        self.path, self._finished = self._whole, True

    def _release(self) -> None:
        with suppress(OSError):  # A file that failed fails again when its buffer is given up.
            self._mcap.file.close()


def _whole_path(target: Path, name: str) -> Path:
    return target if target.suffix == SUFFIX else target / name


def _bounded(data: bytes) -> bytes:
    most = layout.PARAMS.largest_message_bytes
    if len(data) > most:
        raise UsageError(
            f"Samples of {len(data) / 1e6:.0f} MB; hand them over in slabs of less than {most / 1e6:.0f} MB"
        )
    return data
