"""Recordings through the same rooms: replay at any speed, batch in slabs, and the API's `open`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from os import PathLike
from pathlib import Path
from typing import Literal

from hipmonitor.core.errors import UsageError
from hipmonitor.core.inbound import (
    ChangeSettings,
    Inbound,
    LinkChange,
    LinkState,
    Notification,
    Samples,
    SensorId,
    UserAction,
)
from hipmonitor.core.instants import NS_PER_S
from hipmonitor.core.pieces import roles
from hipmonitor.core.settings import Settings, Side
from hipmonitor.core.thigh import Placement
from hipmonitor.io.files import NPZ, RECORDINGS, Columns, FileClock, columns_from, open_samples
from hipmonitor.io.session import SessionReader, read_session, recorded_utc_offset_s, recording_info
from hipmonitor.runtime.analysis import Analysis, Reading
from hipmonitor.runtime.analyze import analyze_slabs
from hipmonitor.runtime.drive import Sink
from hipmonitor.runtime.recorded_source import Gone, RecordedSource, file_source, npz_source

SLAB_EVENTS = 8192
"""About ten minutes of packets and ticks: large enough that the cost per step vanishes."""
Progress = Callable[[float], None]
"""Is told the share that is done, 0-1."""


def open_recording(
    path: str | PathLike[str],
    *,
    placement: Literal["auto"] | Placement = "auto",
    side: Side | None = None,
    settings: Settings | None = None,
    reading: Reading = "settled",
    per_sample: bool = True,
    columns: Columns | str | None = None,
    sensor: str | None = None,
    progress: Progress | None = None,
) -> Analysis:
    """Analyse a recording: `.mcap`, `.cwa` of Axivity, `.gt3x` of ActiGraph, a table of text, or `.npz`.

    Args:
        path: the file. A damaged one is read as far as it goes.
        placement: "auto", or the `calibration` of an earlier Analysis of the same strap-on.
        side: "left" or "right" thigh, of the wearer, where the file does not say.
        settings: limits in place of the recorded ones, or of the presets.
        reading: "settled" or "as_lived".
        per_sample: False leaves the arrays of the result empty: spans, events and figures of a week, in the memory of a day.
        columns: what a table of text holds: a TOML file, a preset's name, or Columns; without it, a preset by the header line.
        sensor: which sensor of an `.npz` that holds several.
        progress: is told the share that is done.

    Raises:
        RecordingError: the file cannot be read; names it, what was found, what was expected, and the remedy.
        UsageError: an argument cannot be used, or the file's numbers cannot be what they are said to be.
        SettingsError: the file of columns is wrong.
    """
    source = recorded_source(Path(path), side=side, settings=settings, columns=columns, sensor=sensor)
    return analyze_source(source, placement=placement, reading=reading, per_sample=per_sample, progress=progress)


def analyze_source(
    source: RecordedSource,
    *,
    placement: Literal["auto"] | Placement = "auto",
    reading: Reading = "settled",
    per_sample: bool = True,
    progress: Progress | None = None,
    last_pass: Sink | None = None,
) -> Analysis:
    """The analysis of a recording; `last_pass` gets every update of the pass that the result is made of."""
    passes = iter((0.0, 0.5) if reading == "settled" else (0.0,))
    width = 0.5 if reading == "settled" else 1.0
    sinks = () if last_pass is None else (last_pass,)
    return analyze_slabs(
        lambda: _told(source, next(passes), width, progress),
        placement=placement,
        reading=reading,
        input_t_ns=source.input_t_ns,
        per_sample=per_sample,
        lived_sinks=sinks if reading == "as_lived" else (),
        settled_sinks=sinks if reading == "settled" else (),
    )


def _told(source: RecordedSource, begin: float, width: float, progress: Progress | None) -> Iterator[Sequence[Inbound]]:
    gone = Gone()
    for slab in source.slabs(gone):
        yield slab
        if progress is not None:
            progress(begin + width * gone.share)


def recorded_source(
    path: Path,
    *,
    side: Side | None = None,
    settings: Settings | None = None,
    columns: Columns | str | None = None,
    sensor: str | None = None,
) -> RecordedSource:
    """Whatever file it is, ready to be gone through. Arguments and errors as `open_recording`."""
    if sensor is not None and path.suffix.lower() != NPZ:
        raise UsageError(f"{path}: holds one sensor only; leave sensor out")
    if is_recording(path):
        return _session_source(path, settings, side)
    in_force = settings or Settings()
    in_force = in_force if side is None else replace(in_force, side=side)
    if path.suffix.lower() == NPZ:
        return npz_source(path, in_force, sensor)
    named = columns_from(columns) if isinstance(columns, str) else columns
    return file_source(open_samples(path, named), in_force)


def is_recording(path: Path) -> bool:
    """Of this project, by its name."""
    return any(suffix.lower() in RECORDINGS for suffix in path.suffixes)


def _session_source(path: Path, settings: Settings | None, side: Side | None) -> RecordedSource:
    reader = read_session(path)
    if side is not None:
        settings = replace(settings or _recorded_settings(reader), side=side)

    def slabs(gone: Gone) -> Iterator[Sequence[Inbound]]:
        lasting_ns = max(1.0, recording_info(path).duration_s * NS_PER_S)
        for slab in session_slabs(reader, settings=settings):
            gone.share = min(1.0, max(0.0, (slab[-1].at - (reader.started_at or slab[0].at)) / lasting_ns))
            yield slab

    return RecordedSource(
        path=path,
        clock=FileClock.UTC,
        side=(settings or _recorded_settings(reader)).side,
        slabs=slabs,
        missing=lambda: "" if reader.damage is None else reader.damage.sentence,
        utc_offset_s=recorded_utc_offset_s(path),
    )


def _recorded_settings(reader: SessionReader) -> Settings:
    """The first that were in force; the presets where none are found."""
    actions = (event.action for event in islice(reader, SLAB_EVENTS) if isinstance(event, UserAction))
    return next((action.settings for action in actions if isinstance(action, ChangeSettings)), Settings())


def session_slabs(
    reader: SessionReader, *, settings: Settings | None = None, size: int = SLAB_EVENTS
) -> Iterator[Sequence[Inbound]]:
    """All Inbounds of a recording, in slabs; an end where the recording was cut off before it had one."""
    last: Inbound | None = None
    end = _End(thigh=reader.sensor)
    for batch in reader.batches(size):
        if last is None and settings is not None and not _names_settings(batch[0]):
            yield [UserAction(at=batch[0].at, action=ChangeSettings(settings=settings))]
        last = batch[-1]
        out = batch if settings is None else [_with_settings(event, settings) for event in batch]
        end.hear(out)
        yield out
    if last is not None and not end.came:
        yield [LinkChange(at=last.at, sensor=end.thigh, state=LinkState.ENDED, detail="the recording ends here")]


@dataclass(slots=True, kw_only=True)
class _End:
    """Whether the thigh's sensor came to its end, or none was ever found; others may end before it."""

    thigh: SensorId
    beside: set[str] = field(default_factory=set)
    came: bool = False

    def hear(self, events: Sequence[Inbound]) -> None:
        """The next of a recording."""
        for event in events:
            if isinstance(event, UserAction) and isinstance(event.action, ChangeSettings):
                self.beside = roles(event.action.settings)
            elif isinstance(event, LinkChange) and event.state is LinkState.ENDED:
                self.came = self.came or event.sensor not in self.beside
        data = (event.sensor for event in reversed(events) if isinstance(event, Notification | Samples))
        self.thigh = next((sensor for sensor in data if sensor not in self.beside), self.thigh)


def _names_settings(event: Inbound) -> bool:
    return isinstance(event, UserAction) and isinstance(event.action, ChangeSettings)


def _with_settings(event: Inbound, settings: Settings) -> Inbound:
    if _names_settings(event):
        return UserAction(at=event.at, action=ChangeSettings(settings=settings))
    return event


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """How a replay passes time. Speed 0 = as fast as possible."""

    speed: float = 1.0
    from_s: float = 0.0
    """What lies before is gone through at once, so that the state is right."""
    turns_per_s: float = 20.0
    """How often a view may be drawn."""


def paced(
    batches: Iterable[Sequence[Inbound]],
    pace: Pace,
    *,
    now_s: Callable[[], float],
    wait: Callable[[float], object],
) -> Iterator[Sequence[Inbound]]:
    """The same events in the same order, in turns handed on when their time comes. Time is the caller's."""
    begin_ns, began_s, turn_end_ns = 0, 0.0, 0
    turn: list[Inbound] = []
    for event in (event for batch in batches for event in batch):
        if not begin_ns:
            begin_ns = event.at + round(pace.from_s * NS_PER_S)
            began_s, turn_end_ns = now_s(), begin_ns
        if event.at >= turn_end_ns:
            if turn:
                yield turn
                turn = []
            _wait_for(event.at - begin_ns, pace, began_s, now_s, wait)
            turn_end_ns = event.at + round(max(pace.speed, 1.0) / pace.turns_per_s * NS_PER_S)
        turn.append(event)
    if turn:
        yield turn


def _wait_for(
    passed_ns: int, pace: Pace, began_s: float, now_s: Callable[[], float], wait: Callable[[float], object]
) -> None:
    if pace.speed > 0:
        due_s = began_s + passed_ns / NS_PER_S / pace.speed
        if due_s > now_s():
            wait(due_s - now_s())
