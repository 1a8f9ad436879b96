"""Files of other makers and saved arrays, as slabs of Inbounds that can be gone through again."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from hipmonitor.core.arrays import Nanoseconds, Vec3s
from hipmonitor.core.errors import UsageError
from hipmonitor.core.inbound import ChangeSettings, Inbound, LinkChange, LinkState, Samples, SensorId, UserAction
from hipmonitor.core.instants import HostNs
from hipmonitor.core.settings import Settings, Side
from hipmonitor.io.clock import civil_tick
from hipmonitor.io.files import CsvFile, FileClock, SampleFile, read_npz
from hipmonitor.runtime.slabs import SLAB_SAMPLES, array_slabs, check_units, checked

IN_A_FILE = SensorId("file")
CALENDAR_FROM_NS = 10**17
"""1973: arrays that begin before this count from their own start, not from 1970."""


@dataclass(slots=True, kw_only=True)
class Gone:
    """How far a pass has come, 0-1."""

    share: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class RecordedSource:
    """One sensor's recording, from whatever file."""

    path: Path
    clock: FileClock
    """What its times count from."""
    side: Side
    """As the settings in force say."""
    slabs: Callable[[Gone], Iterator[Sequence[Inbound]]]
    """From the beginning, each time it is called; says how far it has come."""
    missing: Callable[[], str]
    """What of the file could not be used, as a sentence, once it was gone through; empty where nothing is missing."""
    input_t_ns: Nanoseconds | None = None
    """Of arrays: the rows that came in."""
    utc_offset_s: int | None = None
    """Of the wearer's local time, where the file says it."""


def file_source(file: SampleFile, settings: Settings) -> RecordedSource:
    """A file of another maker."""
    return RecordedSource(
        path=file.path,
        clock=file.clock,
        side=settings.side,
        slabs=lambda gone: file_slabs(file, settings, gone),
        missing=lambda: file.damage.sentence,
        utc_offset_s=file.utc_offset_s,
    )


def file_slabs(file: SampleFile, settings: Settings, gone: Gone) -> Iterator[Sequence[Inbound]]:
    """The settings, the samples chunk by chunk with the time of each one's end (the file's clock), and the end."""
    at: HostNs | None = None
    for chunk in file.chunks():
        gone.share = chunk.done
        if not len(chunk.t_ns):
            continue
        if at is None:
            _refuse_other_units(file, chunk.acc_mps2, chunk.gyr_radps)
            yield [UserAction(at=HostNs(int(chunk.t_ns[0])), action=ChangeSettings(settings=settings))]
        at = HostNs(int(chunk.t_ns[-1]))
        samples = Samples(
            at=at,
            sensor=IN_A_FILE,
            rate_hz=file.rate_hz,
            t_ns=chunk.t_ns,
            acc_mps2=chunk.acc_mps2,
            gyr_radps=chunk.gyr_radps,
        )
        yield [samples, civil_tick(at, 0)]
    if at is not None:
        yield [LinkChange(at=at, sensor=IN_A_FILE, state=LinkState.ENDED)]


def _refuse_other_units(file: SampleFile, acc_mps2: Vec3s, gyr_radps: Vec3s | None) -> None:
    """A table of text may say another unit than it holds."""
    if not isinstance(file, CsvFile):
        return
    try:
        check_units(acc_mps2, gyr_radps)
    except UsageError as error:
        raise UsageError(f"{file.path}: {error} (read as {file.columns.name} says; correct the unit there)") from error


def first_time_ns(source: RecordedSource) -> int:
    """Of its first sample, by the file's clock; 0 where there is none."""
    events = (event for slab in source.slabs(Gone()) for event in slab if isinstance(event, Samples))
    return next((int(event.t_ns[0]) for event in events), 0)


def npz_source(path: Path, settings: Settings, sensor: str | None) -> RecordedSource:
    """Arrays saved by numpy.

    Raises:
        UsageError: a field is missing, or cannot be used; names the file, the field and the remedy.
    """
    npz = read_npz(path, sensor)
    try:
        arrays = checked(acc_mps2=npz.acc_mps2, gyr_radps=npz.gyr_radps, rate_hz=npz.rate_hz, t_ns=npz.t_ns)
    except UsageError as error:
        raise UsageError(f"{path}: {error}") from error

    def slabs(gone: Gone) -> Iterator[Sequence[Inbound]]:
        for number, slab in enumerate(array_slabs(arrays, settings)):
            gone.share = min(1.0, number * SLAB_SAMPLES / max(1, len(arrays)))
            yield slab

    dated = len(arrays) > 0 and arrays.t_ns[0] >= CALENDAR_FROM_NS
    clock = FileClock.UTC if dated else FileClock.OWN
    return RecordedSource(path=path, clock=clock, side=settings.side, slabs=slabs, missing=str, input_t_ns=arrays.t_ns)
