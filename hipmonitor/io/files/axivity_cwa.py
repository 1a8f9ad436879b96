"""Axivity AX3 and AX6 recordings (`.cwa`): read in chunks, so that a week costs no more memory than an hour.

file = AxivityFile(Path("walk.cwa"))
for chunk in file.chunks():
    chunk.t_ns, chunk.acc_mps2, chunk.gyr_radps
file.damage.sentence
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import numpy as np

from hipmonitor.core.arrays import Floats
from hipmonitor.core.errors import RecordingError
from hipmonitor.core.samples import STANDARD_GRAVITY_MPS2
from hipmonitor.io.files.clock_order import ClockOrder
from hipmonitor.io.files.cwa_blocks import (
    BLOCK,
    BLOCK_BYTES,
    HEADER_BYTES,
    BlockForm,
    Blocks,
    CwaDamage,
    accelerations_g,
    battery_v,
    form_of,
    rates_dps,
    sound,
    temperature_c,
)
from hipmonitor.io.files.cwa_times import begin_ns, begin_s, sample_times_ns
from hipmonitor.io.files.sample_file import MOST_DAYS, FileClock, SampleChunk, looks_like, read_error, spans_too_long

CHUNK_BLOCKS = 256
"""30 720 samples of an AX3: about five minutes at 100 Hz."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class CwaChunk(SampleChunk):
    """n samples of k blocks."""

    temperature_c: Floats
    """(k,) one a block; NaN where it was not measured."""
    battery_v: Floats
    """(k,)."""


class AxivityFile:
    """A `.cwa` file. `damage` is complete after all chunks were read."""

    clock = FileClock.WALL
    utc_offset_s = None

    def __init__(self, path: Path) -> None:
        """Look at the header and the first good blocks.

        Raises:
            RecordingError: it is no such file, or holds nothing that can be read; names the file, the field and the remedy.
        """
        self.path = path
        self.damage = CwaDamage()
        self._first = self._first_block()
        self._blocks_there = max(1, (path.stat().st_size - HEADER_BYTES) // BLOCK_BYTES)
        self.form = self._known(form_of(self._first))

    @property
    def rate_hz(self) -> float:
        """Nominal sample rate."""
        return self.form.rate_hz

    @property
    def has_gyroscope(self) -> bool:
        """Whether it is an AX6 that recorded one."""
        return self.form.axes > 3

    def chunks(self, size: int = CHUNK_BLOCKS) -> Iterator[CwaChunk]:
        """All samples, `size` blocks at a time; each time from the file's beginning.

        Raises:
            RecordingError: no block has a time, or they span more than MOST_DAYS: the clock was not set, or set in between.
        """
        self.damage = CwaDamage()
        kept = np.zeros(0, BLOCK)
        for blocks in self._in_order(size):
            kept = np.concatenate([kept, blocks])
            if len(kept) > 1:
                yield self._chunk(kept)
                kept = kept[-1:]
        if len(kept):
            yield self._chunk(np.concatenate([kept, kept]))

    def _in_order(self, size: int) -> Iterator[Blocks]:
        order = ClockOrder(begin_ns=lambda blocks: begin_ns(blocks, self.rate_hz), waiting=np.zeros(0, BLOCK))
        for blocks in self._read(size):
            yield self._dated(order, order.step(self._usable(blocks)))
        yield self._dated(order, order.step(np.zeros(0, BLOCK), last=True))
        if order.first_ns is None and self.damage.no_time:
            raise RecordingError(
                f"{self.path}: no block has a time, the sensor's clock was never set; set it with the maker's software "
                "before the next recording"
            )

    def _dated(self, order: ClockOrder, blocks: Blocks) -> Blocks:
        self.damage.clock_jumped = order.jumped
        if order.span_days > MOST_DAYS:
            raise spans_too_long(self.path, order.span_days)
        return blocks

    def _chunk(self, blocks: Blocks) -> CwaChunk:
        """Samples of all blocks but the last."""
        now = blocks[:-1]
        rates = rates_dps(now, self.form)
        return CwaChunk(
            t_ns=sample_times_ns(blocks, self.rate_hz),
            acc_mps2=accelerations_g(now, self.form) * STANDARD_GRAVITY_MPS2,
            gyr_radps=None if rates is None else np.deg2rad(rates),
            done=min(1.0, self.damage.blocks / self._blocks_there),
            temperature_c=temperature_c(now),
            battery_v=battery_v(now),
        )

    def _usable(self, blocks: Blocks) -> Blocks:
        """Blocks that can be read; the others are counted."""
        good = sound(blocks)
        timed = begin_s(blocks, self.rate_hz)[0] > 0
        alike = (blocks["rate_code"] & 0x0F == self._first["rate_code"] & 0x0F) & (
            blocks["axes_and_packing"] == self._first["axes_and_packing"]
        )
        alike &= blocks["count"] <= self.form.most_samples
        self.damage.blocks += len(blocks)
        self.damage.checksum += int(np.sum(~good))
        self.damage.no_time += int(np.sum(good & ~timed))
        self.damage.other_form += int(np.sum(good & timed & ~alike))
        return np.asarray(blocks[good & timed & alike])

    def _read(self, size: int) -> Iterator[Blocks]:
        with self._opened() as file:
            file.seek(HEADER_BYTES)
            while data := file.read(size * BLOCK_BYTES):
                whole = len(data) // BLOCK_BYTES * BLOCK_BYTES
                self.damage.cut_off_bytes = len(data) - whole
                yield np.frombuffer(data[:whole], BLOCK)

    def _first_block(self) -> Blocks:
        """The first one of the form that most have at the beginning: a single damaged one must not decide for all."""
        with self._opened() as file:
            mark = file.read(2)
        if mark != b"MD":
            raise RecordingError(
                f"{self.path}: is no .cwa file (it does not begin with MD) but {looks_like(self.path)}; "
                "give the file as downloaded"
            )
        for blocks in self._read(CHUNK_BLOCKS):
            good = blocks[sound(blocks)]
            if len(good):
                form = (good["rate_code"].astype(np.int64) & 0x0F) << 8 | good["axes_and_packing"]
                _, first, count = np.unique(form, return_index=True, return_counts=True)
                return np.asarray(good[first[np.lexsort([first, -count])[0]]])
        raise RecordingError(f"{self.path}: holds no whole data block; download it from the sensor again")

    def _known(self, form: BlockForm) -> BlockForm:
        if not form.known:
            raise RecordingError(
                f"{self.path}: sampleRate and numAxesBPS tell {form.rate_hz:g} Hz, {form.axes} axes in packing "
                f"{form.packing}, which cannot be read; convert it to CSV or npz with the maker's software"
            )
        return form

    def _opened(self) -> BinaryIO:
        try:
            return self.path.open("rb")
        except OSError as error:
            raise read_error(self.path, error) from error
