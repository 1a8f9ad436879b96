"""History from recordings: each is settled as a whole. The same recordings give the same database, in any order, at any time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from hipmonitor.core.errors import RecordingError
from hipmonitor.core.inbound import Inbound
from hipmonitor.core.instants import HostNs, seconds_between
from hipmonitor.io.history import History, SessionHead, SessionNews, SetRecord
from hipmonitor.io.session import RecordingInfo, RecordingState, SessionReader, list_recordings, program, read_session
from hipmonitor.io.session import session_key as key_of
from hipmonitor.runtime.analyze import analyze_slabs
from hipmonitor.runtime.history_counting import SessionCounter
from hipmonitor.runtime.recorded import session_slabs

Watch = Callable[[float], bool]
"""Is told how many seconds of a recording were gone through, and says whether to go on."""


class Cancelled(Exception):  # noqa: N818 - not an error: somebody asked for it
    """Nothing of this session was changed."""


def go_on(_gone_through_s: float) -> bool:
    """Nobody watches."""
    return True


def settle(history: History, path: Path, watch: Watch = go_on) -> SessionHead:
    """Replace a session by its settled results, and those of later sessions whose own time that changed.

    Raises:
        RecordingError: the recording cannot be read.
        Cancelled: `watch` said so.
    """
    head = _settle(history, path, watch)
    for other in history.misjudged():
        recording = _recording_of(other.key, path.parent)
        if recording is not None:
            _settle(history, recording, watch)
    return head


def settle_left_behind(history: History, folder: Path, watch: Watch = go_on) -> None:
    """Settle what a crash left as lived, as far as its recording is there, can be read, and nobody writes it."""
    left = {head.key for head in history.sessions() if head.reading == "as_lived"}
    for info in _usable(list_recordings(folder)) if left else ():
        if key_of(info.path) in left and info.state is not RecordingState.RECORDING:
            with suppress(RecordingError):
                settle(history, info.path, watch)


def _recording_of(key: str, folder: Path) -> Path | None:
    return next((info.path for info in list_recordings(folder) if key_of(info.path) == key), None)


def _settle(history: History, path: Path, watch: Watch) -> SessionHead:
    reader = read_session(path)
    if reader.started_at is None:
        raise RecordingError(f"{path}: does not say when it began; `hipmonitor recordings repair` may help")
    key, start = key_of(path), reader.started_at
    owned_from = history.owned_from(start, key)
    lived, settled = SessionCounter("as_lived", owned_from), SessionCounter("settled", owned_from)
    news = _both_readings(reader, start, lived, settled, watch)
    head = SessionHead(
        key=key,
        sensor=reader.sensor,
        start=start,
        end=settled.end or start,
        owned_from=owned_from,
        reading="settled",
        program=program(),
        minimum_bout_s=settled.minimum_bout_s,
        note=_note(reader),
    )
    history.replace(head, news)
    return head


def _both_readings(
    reader: SessionReader, start: HostNs, lived: SessionCounter, settled: SessionCounter, watch: Watch
) -> SessionNews:
    """Both passes through the recording; each counter hears the front door of its own."""
    passes = iter((lived, settled))

    def slabs() -> Iterator[Sequence[Inbound]]:
        counter = next(passes)
        for slab in session_slabs(reader):
            counter.hear(slab)
            yield slab
            if not watch(seconds_between(start, slab[-1].at)):
                raise Cancelled

    analyze_slabs(slabs, per_sample=False, lived_sinks=[lived], settled_sinks=[settled])
    lived.flush()
    settled.flush()
    told, counted = lived.lived(), settled.counted()
    return SessionNews(
        minutes=counted.minutes,
        bouts=counted.bouts,
        parts=counted.parts,
        events=(*told.events, *counted.events),
        alerts=told.alerts,
        calibrations=counted.calibrations,
        totals=(*told.totals, *counted.totals),
        sets=settled_sets(lived.sets(), settled.sets()),
        ratings=told.ratings,
    )


def settled_sets(lived: Iterable[SetRecord], settled: Iterable[SetRecord]) -> tuple[SetRecord, ...]:
    """Settled figures, and how many repetitions were shown; a set that only the wearer saw stays as they saw it."""
    seen = {record.result.started: record for record in lived}
    found = {record.result.started: record for record in settled}
    better = {
        started: replace(record, shown=seen[started].shown if started in seen else 0)
        for started, record in found.items()
    }
    return tuple(record for _, record in sorted((seen | better).items()))


def _note(reader: SessionReader) -> str:
    """What is missing of the recording, and what of it nobody can mean; it has been read."""
    missing = reader.repaired or ("" if reader.damage is None else reader.damage.sentence)
    return "; ".join(part for part in (missing, reader.mended) if part)


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far a rebuild is."""

    recording: Path
    number: int
    """1 for the first."""
    of: int
    gone_through_s: float
    """Of this recording, in this pass."""
    lasting_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Rebuilt:
    """What a rebuild did."""

    settled: tuple[str, ...]
    running: tuple[str, ...]
    """Being recorded right now: left as they are."""
    failed: tuple[tuple[Path, str], ...]
    """(recording, why)."""
    kept: tuple[str, ...]
    """Sessions without a recording: left as they are."""
    cancelled: bool


def rebuild(history: History, folder: Path, watch: Callable[[Progress], bool] = lambda _: True) -> Rebuilt:
    """Settle every recording of a folder, the earliest first. Until a session's turn comes, and after a cancel, its old numbers stay."""
    listed = list_recordings(folder)
    infos = sorted(_usable(listed), key=lambda info: (info.started_at or 0, key_of(info.path)))
    running = tuple(key_of(info.path) for info in infos if info.state is RecordingState.RECORDING)
    todo = [info for info in infos if info.state is not RecordingState.RECORDING]
    settled: list[str] = []
    failed = [(info.path, info.note) for info in listed if info.started_at is None]
    cancelled = False
    for k, info in enumerate(todo):
        try:
            settled.append(_settle(history, info.path, _watching(watch, info, k + 1, len(todo))).key)
        except RecordingError as error:
            failed.append((info.path, str(error)))
        except Cancelled:
            cancelled = True
            break
    known = {key_of(info.path) for info in infos}
    return Rebuilt(
        settled=tuple(settled),
        running=running,
        failed=tuple(failed),
        kept=tuple(head.key for head in history.sessions() if head.key not in known),
        cancelled=cancelled,
    )


def _usable(infos: Iterable[RecordingInfo]) -> list[RecordingInfo]:
    """One recording a session: where a repair left a whole one beside what it was made from, the whole one."""
    found: dict[str, RecordingInfo] = {}
    for info in infos:
        key = key_of(info.path)
        if info.started_at is not None and (key not in found or info.state is RecordingState.WHOLE):
            found[key] = info
    return list(found.values())


def _watching(watch: Callable[[Progress], bool], info: RecordingInfo, number: int, of: int) -> Watch:
    def look(gone_through_s: float) -> bool:
        return watch(
            Progress(
                recording=info.path,
                number=number,
                of=of,
                gone_through_s=gone_through_s,
                lasting_s=info.duration_s,
            )
        )

    return look
