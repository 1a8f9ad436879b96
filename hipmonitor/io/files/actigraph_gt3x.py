"""ActiGraph recordings (`.gt3x`: GT3X+, wGT3X-BT, GT9X Link), read in chunks, so that weeks cost no more memory than hours.

Only the primary accelerometer is read. No library of a permissive licence is kept for it (pygt3x is GPL-3.0).
In the idle sleep mode the sensor stores nothing while it lies still: that is time not known, and it is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from hipmonitor.core.errors import RecordingError
from hipmonitor.core.instants import NS_PER_S
from hipmonitor.core.samples import STANDARD_GRAVITY_MPS2
from hipmonitor.io.files.clock_order import ClockOrder
from hipmonitor.io.files.gt3x_archive import Gt3xArchive
from hipmonitor.io.files.gt3x_records import (
    ACTIVITY,
    ACTIVITY2,
    EVENT,
    MOST_SAMPLES,
    PARAMETERS,
    SECOND,
    SLEEPS,
    Records,
    Seconds,
    accel_scale,
    payloads,
    shorts_of,
    sound,
    twelves_of,
)
from hipmonitor.io.files.sample_file import (
    MOST_DAYS,
    FileClock,
    SampleChunk,
    offset_in,
    spans_too_long,
)

READ_BYTES = 1 << 18
"""About ten minutes at 100 Hz."""
SCALES = {"NEO": 341.0, "CLE": 341.0, "MRA": 341.0, "MOS": 256.0, "TAS": 256.0}
"""Counts to 1 g by the beginning of the serial number, where the file itself does not say."""
RATES_HZ = (1.0, float(MOST_SAMPLES))


@dataclass(slots=True, kw_only=True)
class Gt3xDamage:
    """What could not be used, and why."""

    seconds: int = 0
    """Records of samples that there are."""
    checksum: int = 0
    """Records of any kind."""
    other_size: int = 0
    """Seconds with more samples than the rate."""
    clock_jumped: int = 0
    skipped_bytes: int = 0
    """That belong to no record."""
    slept: int = 0
    """Times the sensor went into its idle sleep mode: nothing is lost, nothing was stored."""
    cut_off: bool = False
    """The archive breaks off."""

    @property
    def sentence(self) -> str:
        """For people; empty where nothing is missing."""
        parts = [
            (self.checksum, "damaged records"),
            (self.other_size, "seconds with more samples than the rate"),
            (self.clock_jumped, "seconds where the clock jumped"),
            (self.skipped_bytes, "bytes that belong to no record"),
        ]
        left_out = ", ".join(f"{n} {words}" for n, words in parts if n)
        slept = (
            f"slept {self.slept} times while it lay still (idle sleep mode): that time is not known"
            if self.slept
            else ""
        )
        cut = "the archive breaks off" if self.cut_off else ""
        return "; ".join(part for part in (f"left out: {left_out}" if left_out else "", slept, cut) if part)


class ActigraphFile:
    """A `.gt3x` file. `damage` is complete after all chunks were read."""

    clock = FileClock.WALL

    def __init__(self, path: Path) -> None:
        """Look at info.txt and the first records.

        Raises:
            RecordingError: it is no such file, or of an older kind; names the file, the field and the remedy.
        """
        self.path = path
        self.damage = Gt3xDamage()
        self._archive = Gt3xArchive(path)
        self.info = self._archive.info()
        self.rate_hz = self._told_rate_hz()
        self.counts_per_g = self._told_scale()
        self.utc_offset_s = offset_in(self.info.get("timezone", ""))

    def chunks(self, size: int = READ_BYTES) -> Iterator[SampleChunk]:
        """All samples, about `size` bytes at a time; each time from the file's beginning.

        Raises:
            RecordingError: there are none, or they span more than MOST_DAYS.
        """
        self.damage = Gt3xDamage()
        order = ClockOrder(begin_ns=lambda seconds: seconds["stamp"] * NS_PER_S, waiting=np.zeros(0, SECOND))
        for piece in self._archive.pieces(size):
            self.damage.cut_off |= piece.breaks_off
            yield self._chunk(self._dated(order, order.step(self._seconds(piece.data, piece.records))), piece.done)
        yield self._chunk(self._dated(order, order.step(np.zeros(0, SECOND), last=True)), 1.0)
        if order.first_ns is None:
            raise RecordingError(
                f"{self.path}: log.bin holds no second of samples ({self.damage.sentence or 'it is empty'}); "
                "download it from the sensor again"
            )

    def _dated(self, order: ClockOrder, seconds: Seconds) -> Seconds:
        self.damage.clock_jumped = order.jumped
        if order.span_days > MOST_DAYS:
            raise spans_too_long(self.path, order.span_days)
        return seconds

    def _chunk(self, seconds: Seconds, done: float) -> SampleChunk:
        filled = np.arange(MOST_SAMPLES) < seconds["count"][:, None]
        within_ns = np.rint(np.arange(MOST_SAMPLES) * (NS_PER_S / self.rate_hz)).astype(np.int64)
        return SampleChunk(
            t_ns=(seconds["stamp"][:, None] * NS_PER_S + within_ns)[filled],
            acc_mps2=seconds["xyz"][filled] * (STANDARD_GRAVITY_MPS2 / self.counts_per_g),
            gyr_radps=None,
            done=done,
        )

    def _seconds(self, data: bytes, records: Records) -> Seconds:
        """Of a piece's whole records; the others are counted."""
        good = sound(data, records)
        self.damage.checksum += int(np.sum(~good))
        self.damage.skipped_bytes += records.skipped
        slept = np.flatnonzero(good & (records.kind == EVENT) & (records.size == 1))
        self.damage.slept += int(np.sum(payloads(data, records, slept) == SLEEPS[0])) if len(slept) else 0
        # A payload of one byte is a connection with USB, no sample.
        of_samples = good & np.isin(records.kind, (ACTIVITY, ACTIVITY2)) & (records.size > 1)
        which = np.flatnonzero(of_samples)
        self.damage.seconds += len(which)
        out = np.zeros(len(which), SECOND)
        out["stamp"] = records.stamp[which]
        for kind, unpack in ((ACTIVITY, twelves_of), (ACTIVITY2, shorts_of)):
            for size in np.unique(records.size[which][records.kind[which] == kind]):
                rows = np.flatnonzero((records.kind[which] == kind) & (records.size[which] == size))
                self._fill(out, rows, unpack(payloads(data, records, which[rows])))
        return np.asarray(out[out["count"] > 0])

    def _fill(self, out: Seconds, rows: NDArray[np.int64], xyz: NDArray[np.int16]) -> None:
        n = xyz.shape[1]
        if n > self.rate_hz:
            self.damage.other_size += len(rows)
            return
        out["count"][rows] = n
        out["xyz"][rows, :n] = xyz

    # -- what it is -----------------------------------------------------------------------------------------------------

    def _told_rate_hz(self) -> float:
        told = self.info.get("sample rate", "")
        rate_hz = _number(told)
        if rate_hz is None or not RATES_HZ[0] <= rate_hz <= RATES_HZ[1]:
            raise RecordingError(
                f"{self.path}: Sample Rate in info.txt is {told!r}; expected 30 to 100 (Hz); download it from the sensor again"
            )
        return rate_hz

    def _told_scale(self) -> float:
        """By the file's own parameters, by info.txt, or by the serial number."""
        data, records, _, _ = next(self._archive.pieces(READ_BYTES))
        which = np.flatnonzero(sound(data, records) & (records.kind == PARAMETERS))
        told = [accel_scale(payloads(data, records, which[k : k + 1]).tobytes()) for k in range(len(which))]
        serial = self.info.get("serial number", "")
        found = [*told, _number(self.info.get("acceleration scale", "")), SCALES.get(serial[:3].upper())]
        scale = next((value for value in found if value is not None and value > 0), None)
        if scale is None:
            raise RecordingError(
                f"{self.path}: neither its parameters nor Acceleration Scale in info.txt say what 1 g is, and the serial "
                f"number {serial!r} is of no known kind; export raw data as CSV with the maker's software"
            )
        return scale


def _number(text: str) -> float | None:
    found = re.fullmatch(r"\d+([.,]\d+)?", text)
    return float(text.replace(",", ".")) if found else None
