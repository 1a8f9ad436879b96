"""Builders and adapters for the tests of recordings."""

from __future__ import annotations

import errno
import io
import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import BinaryIO
from uuid import UUID

import numpy as np

from hipmonitor.core.inbound import (
    ChangeSettings,
    Inbound,
    LinkChange,
    LinkState,
    Notification,
    Samples,
    SensorId,
    Tick,
    UserAction,
)
from hipmonitor.core.instants import HostNs
from hipmonitor.core.settings import Settings
from hipmonitor.io.session import Disk, SessionWriter

THIGH = SensorId("C0:FF:EE:12:34:5A")
START = HostNs(1_786_000_000_000_000_000)
"""2026-08-06 07:06:40 UTC."""
SESSION = UUID("01234567-89ab-cdef-0123-456789abcdef")
MS = 1_000_000


class ManualTimer:
    """A flush timer that a test fires."""

    def __init__(self) -> None:
        self.fire: Callable[[], None] = lambda: None
        self.is_stopped = False

    def start(self, due: Callable[[], None]) -> None:
        self.fire = due

    def stop(self) -> None:
        self.is_stopped = True


class FillingFile(io.FileIO):
    """A file on a disk that has room for so many bytes and no more."""

    def __init__(self, path: Path, room: int) -> None:
        super().__init__(path, "xb")
        self.room = room

    def write(self, data: bytes) -> int:  # type: ignore[override]
        if len(data) > self.room:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        self.room -= len(data)
        return super().write(data) or 0


class SmallDisk(Disk):
    """A disk that tells of plenty of room and then has none."""

    def __init__(self, room: int) -> None:
        self.room = room

    def create(self, path: Path) -> BinaryIO:
        return io.BufferedWriter(FillingFile(path, self.room))


class ShrinkingDisk(Disk):
    """A disk whose free room a test sets."""

    def __init__(self, free: int) -> None:
        self.free = free

    def free_bytes(self, folder: Path) -> int:
        return self.free


def at(ms: int) -> HostNs:
    """An instant so many milliseconds into the session."""
    return HostNs(START + ms * MS)


def packet(
    number: int, *, sensor: SensorId = THIGH, channel: str = "hip/data", payload: bytes | None = None
) -> Notification:
    """The packet that arrives `number` tenths of a second into the session."""
    content = payload if payload is not None else np.random.default_rng(number).bytes(136)
    return Notification(at=at(100 * number), sensor=sensor, channel=channel, payload=content)


def settings_first(settings: Settings | None = None) -> UserAction:
    """What every session begins with."""
    return UserAction(at=START, action=ChangeSettings(settings=settings or Settings()))


def tick(number: int) -> Tick:
    """The tick `number` seconds into the session."""
    return Tick(at=at(1000 * number), civil_day=20_671, minute_of_day=546, weekday=3, utc_offset_s=7200)


def samples(number: int, *, rows: int = 5, gyroscope: bool = True) -> Samples:
    """A block of a source that is not a radio."""
    rng = np.random.default_rng(number)
    return Samples(
        at=at(100 * number),
        sensor=THIGH,
        rate_hz=100.0,
        t_ns=START + np.arange(rows, dtype=np.int64) * 10 * MS,
        acc_mps2=rng.normal(size=(rows, 3)),
        gyr_radps=rng.normal(size=(rows, 3)) if gyroscope else None,
    )


def seconds_of_session(seconds: int) -> list[Inbound]:
    """Settings, link, then a tick and ten packets each second."""
    events: list[Inbound] = [
        settings_first(),
        LinkChange(at=START, sensor=THIGH, state=LinkState.STREAMING, detail="Receiving."),
    ]
    for second in range(seconds):
        events.append(tick(second))
        events += [packet(10 * second + tenth) for tenth in range(10)]
    return events


def writer(
    target: Path, *, timer: ManualTimer | None = None, disk: Disk | None = None, session_id: UUID = SESSION
) -> SessionWriter:
    """A writer that only flushes when told."""
    return SessionWriter(
        target, sensor=THIGH, started_at=START, session_id=session_id, timer=timer or ManualTimer(), disk=disk
    )


def write_flushed(path: Path, events: Sequence[Inbound], *, every: int = 44) -> Path:
    """A whole recording with a block for every few seconds."""
    with writer(path) as session:
        for first in range(0, len(events), every):
            session.record(events[first : first + every])
            session.flush()
    return session.path


def same(one: Inbound, other: Inbound) -> bool:
    """Equal bit for bit, arrays included."""
    if not isinstance(one, Samples) or not isinstance(other, Samples):
        return one == other
    plain = (one.at, one.sensor, np.float64(one.rate_hz).tobytes()) == (
        other.at,
        other.sensor,
        np.float64(other.rate_hz).tobytes(),
    )
    return plain and all(
        _same_bits(getattr(one, name), getattr(other, name)) for name in ("t_ns", "acc_mps2", "gyr_radps")
    )


def _same_bits(one: np.ndarray | None, other: np.ndarray | None) -> bool:
    if one is None or other is None:
        return one is other
    return one.shape == other.shape and one.dtype == other.dtype and one.tobytes() == other.tobytes()
