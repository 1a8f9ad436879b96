"""A file of another maker as a recording of this project: replay, history, report and plotting tools then know it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np

from hipmonitor.core.inbound import Inbound, LinkChange, LinkState, Samples, SensorId, UserAction
from hipmonitor.core.instants import NS_PER_S, HostNs
from hipmonitor.core.pipeline import Pipeline
from hipmonitor.io.clock import civil_tick
from hipmonitor.io.session import SessionWriter
from hipmonitor.runtime.drive import drive_through
from hipmonitor.runtime.keeping import SessionKeeper
from hipmonitor.runtime.recorded import Progress
from hipmonitor.runtime.recorded_source import Gone, RecordedSource


def import_recording(
    source: RecordedSource, folder: Path, *, shift_ns: int, utc_offset_s: int, progress: Progress | None = None
) -> Path | None:
    """Record its samples a second at a time; where the recording lies, None where there was nothing.

    Args:
        source: any file but a recording of this project.
        folder: where recordings lie.
        shift_ns: from the file's clock to UTC.
        utc_offset_s: of the wearer's local time.
        progress: is told the share that is done.

    Raises:
        RecordingError: the file or the disk is of no use; names it and the remedy.
    """
    sensor = SensorId(f"file {source.path.name}")
    keeper = SessionKeeper(lambda found, at: SessionWriter(folder, sensor=found, started_at=at))
    gone = Gone()

    def slabs() -> Iterator[Sequence[Inbound]]:
        for slab in source.slabs(gone):
            yield [piece for event in slab for piece in _moved(event, sensor, shift_ns, utc_offset_s)]
            if progress is not None:
                progress(gone.share)

    try:
        drive_through(slabs(), Pipeline(), [keeper], keeper)
    finally:
        path = keeper.finish()
    return path


def _moved(event: Inbound, sensor: SensorId, shift_ns: int, utc_offset_s: int) -> Iterator[Inbound]:
    """On the clock of recordings, each second of samples followed by its tick; the first one names the sensor."""
    at = HostNs(event.at + shift_ns)
    if isinstance(event, UserAction):
        yield replace(event, at=at)
        yield LinkChange(at=at, sensor=sensor, state=LinkState.STREAMING)
    elif isinstance(event, LinkChange):
        yield replace(event, at=at, sensor=sensor)
    elif isinstance(event, Samples):
        for samples in _seconds(replace(event, at=at, sensor=sensor, t_ns=event.t_ns + shift_ns)):
            yield samples
            yield civil_tick(samples.at, utc_offset_s)


def _seconds(samples: Samples) -> Iterator[Samples]:
    """Pieces that end with the seconds, each heard when its last sample was taken."""
    cells = np.maximum.accumulate(samples.t_ns) // NS_PER_S
    bounds = [0, *(np.flatnonzero(np.diff(cells)) + 1).tolist(), len(cells)]
    for begin, end in pairwise(bounds):
        rows = slice(begin, end)
        yield replace(
            samples,
            at=HostNs(int(samples.t_ns[rows].max())),
            t_ns=samples.t_ns[rows],
            acc_mps2=samples.acc_mps2[rows],
            gyr_radps=None if samples.gyr_radps is None else samples.gyr_radps[rows],
        )
