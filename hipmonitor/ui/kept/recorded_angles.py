"""The thigh's angle out of a recording, as the lowest and highest of every five seconds: small enough to keep for a day."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Literal

import numpy as np

from hipmonitor.core.errors import RecordingError
from hipmonitor.core.inbound import Inbound
from hipmonitor.core.instants import NS_PER_S, HostNs, seconds_between
from hipmonitor.core.pipeline import HipUpdate, Pipeline
from hipmonitor.io.places import recordings_folder
from hipmonitor.io.session import SessionReader, list_recordings, read_session, recording_info, session_key
from hipmonitor.runtime.analyze import analyze_slabs
from hipmonitor.runtime.drive import drive_through
from hipmonitor.runtime.recorded import session_slabs
from hipmonitor.ui.view_model.angle_history import Curve, curve_of
from hipmonitor.ui.view_model.bucket_ring import BucketRing

BUCKET_NS = 5 * NS_PER_S
SLAB_EVENTS = 64
"""Some seconds: a window shares the interpreter and wants a turn (measured: it then waits 32 ms at most, with 1024 150 ms)."""
Watch = Callable[[float], bool]
"""Is told which share is done, and says whether to go on."""


class Stopped(Exception):  # noqa: N818 - not an error: somebody asked for it
    """Nobody wants it any more."""


class RecordedAngles:
    """A Sink that keeps them."""

    def __init__(self, start: HostNs, end: HostNs) -> None:
        kept = int((end - start) // BUCKET_NS) + 3
        self._ring = BucketRing(bucket_ns=BUCKET_NS, kept=kept)
        self._first: HostNs | None = None
        self._last = start

    def accept(self, update: HipUpdate) -> None:
        """Take one update."""
        for piece in update.pieces:
            if len(piece.thigh):
                self._ring.take(piece.thigh)
                self._first = HostNs(int(piece.thigh.t_ns[0])) if self._first is None else self._first
                self._last = HostNs(int(piece.thigh.t_ns[-1]))

    def curve(self, start: HostNs, end: HostNs) -> Curve:
        """Of a stretch of time; what lies outside of the recording is not missing."""
        until = min(end, self._last)
        buckets = self._ring.last(int((until - start) // BUCKET_NS) + 1, HostNs(until))
        curve = curve_of(buckets, BUCKET_NS, HostNs(until), self._first)
        shift_s = (until - end) / NS_PER_S
        return Curve(
            x_s=curve.x_s + shift_s,
            low_deg=curve.low_deg,
            high_deg=curve.high_deg,
            unknown=tuple(
                replace(span, start_s=span.start_s + shift_s, end_s=span.end_s + shift_s) for span in curve.unknown
            ),
        )


def recording_of(key: str) -> Path | None:
    """Where a session's recording lies; None where it is gone."""
    found = [path for path in recordings_folder().glob(f"{key}*") if session_key(path) == key]
    return min(found, key=lambda path: len(path.name), default=None)


def has_recordings() -> bool:
    """Whether a history could be made from some."""
    return any(info.started_at is not None for info in list_recordings(recordings_folder()))


def angles_of(path: Path, reading: Literal["as_lived", "settled"], watch: Watch) -> RecordedAngles:
    """Go through the recording: once as it was lived, twice where it is settled.

    Raises:
        RecordingError: it cannot be read.
        Stopped: `watch` said so.
    """
    reader = read_session(path)
    if reader.started_at is None:
        raise RecordingError(f"{path}: does not say when it began; `hipmonitor recordings repair` may help")
    lasting_s = max(1.0, recording_info(path).duration_s)
    end = HostNs(reader.started_at + round(lasting_s * NS_PER_S))
    angles = RecordedAngles(reader.started_at, end)
    if reading == "as_lived":
        drive_through(_watched(reader, lasting_s, (0.0, 1.0), watch), Pipeline(), [angles])
        return angles
    passes = iter(((0.0, 0.4), (0.4, 1.0)))
    analyze_slabs(lambda: _watched(reader, lasting_s, next(passes), watch), per_sample=False, settled_sinks=[angles])
    return angles


def _watched(
    reader: SessionReader, lasting_s: float, shares: tuple[float, float], watch: Watch
) -> Iterator[Sequence[Inbound]]:
    start, (begin, end) = reader.started_at, shares
    for slab in session_slabs(reader, size=SLAB_EVENTS):
        gone = 0.0 if start is None else min(1.0, seconds_between(start, slab[-1].at) / lasting_s)
        if not watch(begin + gone * (end - begin)):
            raise Stopped
        yield slab


def joined(curves: Sequence[Curve]) -> Curve | None:
    """Of several sessions in one hour; the time between them is nobody's. None of none."""
    if len(curves) < 2:
        return curves[0] if curves else None
    gap = np.array([np.nan])
    x, low, high = (
        np.concatenate([array for curve in curves for array in (getattr(curve, name), gap)])
        for name in ("x_s", "low_deg", "high_deg")
    )
    return Curve(x_s=x, low_deg=low, high_deg=high, unknown=tuple(s for curve in curves for s in curve.unknown))
