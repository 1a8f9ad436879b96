"""Recordings through the same rooms: replay at any speed, batch in slabs, and the API's `open`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from os import PathLike
from pathlib import Path
from typing import Literal

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
from hipmonitor.core.instants import NS_PER_S, HostNs
from hipmonitor.core.pieces import roles
from hipmonitor.core.settings import Settings
from hipmonitor.core.thigh import Placement
from hipmonitor.io.clock import civil_tick
from hipmonitor.io.files import AxivityFile
from hipmonitor.io.session import SessionReader, read_session
from hipmonitor.runtime.analysis import Analysis, Reading
from hipmonitor.runtime.analyze import analyze_slabs

CWA = ".cwa"
AXIVITY = SensorId("axivity")
SLAB_EVENTS = 8192
"""About ten minutes of packets and ticks: large enough that the cost per step vanishes."""


def open_recording(
    path: str | PathLike[str],
    *,
    placement: Literal["auto"] | Placement = "auto",
    settings: Settings | None = None,
    reading: Reading = "settled",
    per_sample: bool = True,
) -> Analysis:
    """Analyse a recording (`.mcap`, or `.cwa` of an Axivity sensor). `settings` replace the recorded ones.

    `per_sample=False` leaves the arrays of the result empty: spans, events and figures of a week, in the memory of a day.

    Raises:
        RecordingError: the file cannot be read; names it and the remedy. A damaged one is read as far as it goes.
    """
    if Path(path).suffix.lower() == CWA:
        file, in_force = AxivityFile(Path(path)), settings or Settings()
        return analyze_slabs(
            lambda: axivity_slabs(file, in_force), placement=placement, reading=reading, per_sample=per_sample
        )
    reader = read_session(Path(path))
    return analyze_slabs(
        lambda: session_slabs(reader, settings=settings), placement=placement, reading=reading, per_sample=per_sample
    )


def damage_sentence(path: Path) -> str:
    """What is missing of a recording; empty where it is whole."""
    if path.suffix.lower() == CWA:
        file = AxivityFile(path)
        for _ in file.chunks():
            pass
        return file.damage.sentence
    damage = read_session(path).damage
    return "" if damage is None else damage.sentence


def axivity_slabs(file: AxivityFile, settings: Settings) -> Iterator[Sequence[Inbound]]:
    """The settings, the samples chunk by chunk with the time of each one's end (the sensor's clock), and the end."""
    at: HostNs | None = None
    for chunk in file.chunks():
        if not len(chunk.t_ns):
            continue
        if at is None:
            yield [UserAction(at=HostNs(int(chunk.t_ns[0])), action=ChangeSettings(settings=settings))]
        at = HostNs(int(chunk.t_ns[-1]))
        samples = Samples(
            at=at,
            sensor=AXIVITY,
            rate_hz=file.rate_hz,
            t_ns=chunk.t_ns,
            acc_mps2=chunk.acc_mps2,
            gyr_radps=chunk.gyr_radps,
        )
        yield [samples, civil_tick(at, 0)]
    if at is not None:
        yield [LinkChange(at=at, sensor=AXIVITY, state=LinkState.ENDED)]


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
