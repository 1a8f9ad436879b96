"""The bytes of a `.cwa` file: blocks of 512, which of them can be used, and what they hold.

Layout: openmovementproject/openmovement, Docs/ax3/cwa.h. That page gives two gyroscope scales, 8000/2^n and 4000/2^n °/s
full scale; a recording decoded by another library (../shared/data/devices) shows the first.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hipmonitor.core.arrays import Bools, Floats, Vec3s

BLOCK_BYTES = 512
HEADER_BYTES = 1024
BLOCK = np.dtype(
    [
        ("mark", "S2"),
        ("length", "<u2"),
        ("fraction", "<u2"),
        ("session", "<u4"),
        ("sequence", "<u4"),
        ("stamp", "<u4"),
        ("light_and_scales", "<u2"),
        ("temperature", "<u2"),
        ("events", "u1"),
        ("battery", "u1"),
        ("rate_code", "u1"),
        ("axes_and_packing", "u1"),
        ("stamp_sample", "<i2"),
        ("count", "<u2"),
        ("raw", "u1", 480),
        ("checksum", "<u2"),
    ]
)
Blocks = NDArray[Any]
"""(k,) of BLOCK."""
PACKED, UNPACKED = 0, 2
"""Three 10-bit numbers with a common exponent in 32 bits, or 16 bits each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockForm:
    """What all blocks of a recording share."""

    rate_hz: float
    axes: int
    packing: int

    @property
    def most_samples(self) -> int:
        """How many fit into a block."""
        return 120 if self.packing == PACKED else 480 // (2 * self.axes)

    @property
    def known(self) -> bool:
        """Whether it can be read."""
        return self.rate_hz > 0 and (self.axes, self.packing) in {
            (3, PACKED),
            (3, UNPACKED),
            (6, UNPACKED),
            (9, UNPACKED),
        }


@dataclass(slots=True, kw_only=True)
class CwaDamage:
    """Blocks that could not be used, and why."""

    blocks: int = 0
    """All that there are."""
    checksum: int = 0
    """Damaged: the sum of its words is not 0, or it is no data block."""
    no_time: int = 0
    """Its clock was never set."""
    other_form: int = 0
    """Another rate or number of axes than most at the beginning."""
    clock_jumped: int = 0
    """Stamped later than the block after it, or earlier than one before it."""
    cut_off_bytes: int = 0
    """At the end of the file, less than a block."""

    @property
    def unused(self) -> int:
        """Blocks that were left out."""
        return self.checksum + self.no_time + self.other_form + self.clock_jumped

    @property
    def sentence(self) -> str:
        """For people; empty where nothing is missing."""
        parts = [
            f"{n} {words}"
            for n, words in (
                (self.checksum, "damaged"),
                (self.no_time, "without a time"),
                (self.other_form, "of another rate or kind"),
                (self.clock_jumped, "where the clock jumped"),
            )
            if n
        ]
        cut = f"the last {self.cut_off_bytes} bytes are less than a block" if self.cut_off_bytes else ""
        blocks = f"{self.unused} of {self.blocks} blocks left out ({', '.join(parts)})" if parts else ""
        return "; ".join(part for part in (blocks, cut) if part)


def sound(blocks: Blocks) -> Bools:
    """(k,) data blocks whose 16-bit words sum to 0, as their writer made them."""
    words = blocks.view("<u2").reshape(-1, BLOCK_BYTES // 2)
    total = words.sum(axis=1, dtype=np.uint32) & 0xFFFF
    return np.asarray((blocks["mark"] == b"AX") & (blocks["length"] == BLOCK_BYTES - 4) & (total == 0))


def form_of(block: Blocks) -> BlockForm:
    """Rate, axes and packing of one block."""
    code, axes = int(block["rate_code"]), int(block["axes_and_packing"])
    rate_hz = 3200 / (1 << (15 - (code & 0x0F))) if code else 0.0
    return BlockForm(rate_hz=rate_hz, axes=axes >> 4, packing=axes & 0x0F)


def accelerations_g(blocks: Blocks, form: BlockForm) -> Vec3s:
    """(n, 3) of all samples, block after block."""
    if form.packing == PACKED:
        return _filled(blocks, form, _unpacked(blocks) / 256.0)
    return _filled(blocks, form, _scaled(blocks, form, 0 if form.axes == 3 else 3, _acc_scale(blocks)))


def rates_dps(blocks: Blocks, form: BlockForm) -> Vec3s | None:
    """(n, 3) of all samples, or None: no gyroscope."""
    if form.axes == 3:
        return None
    return _filled(blocks, form, _scaled(blocks, form, 0, _gyr_scale(blocks)))


def _gyr_scale(blocks: Blocks) -> Floats:
    """(k,) °/s for one count."""
    return np.asarray(8000.0 / 32768.0 / 2.0 ** ((blocks["light_and_scales"] >> 10) & 7), np.float64)


def _acc_scale(blocks: Blocks) -> Floats:
    """(k,) g for one count."""
    return np.asarray(2.0 ** -(8.0 + (blocks["light_and_scales"] >> 13)), np.float64)


def temperature_c(blocks: Blocks) -> Floats:
    """(k,) of the sensor's case; NaN where it was not measured."""
    raw = (blocks["temperature"] & 0x3FF).astype(np.float64)
    return np.where(raw > 0, raw * 75.0 / 256.0 - 50.0, np.nan)


def battery_v(blocks: Blocks) -> Floats:
    """(k,) volts; NaN where it was not measured."""
    raw = blocks["battery"].astype(np.float64)
    return np.where(raw > 0, (raw + 512.0) * 6.0 / 1024.0, np.nan)


def _filled(blocks: Blocks, form: BlockForm, values: NDArray[np.float64]) -> Vec3s:
    """(n, 3) of (k, most, 3): the places that hold a sample."""
    if (blocks["count"] == form.most_samples).all():
        return values.reshape(-1, 3)
    return np.asarray(values[np.arange(form.most_samples) < blocks["count"][:, None]])


def _scaled(blocks: Blocks, form: BlockForm, first: int, scale: Floats) -> NDArray[np.float64]:
    """(k, most, 3) of the 16-bit packing: three axes from `first` on, times a factor of each block."""
    size = form.most_samples * form.axes * 2
    raw = np.ascontiguousarray(blocks["raw"][:, :size]).view("<i2")
    axes = raw.reshape(len(blocks), form.most_samples, form.axes)[:, :, first : first + 3]
    return np.asarray(axes * scale[:, None, None])


def _unpacked(blocks: Blocks) -> NDArray[np.int32]:
    """(k, 120, 3) of the 10-bit packing: eezzzzzzzzzzyyyyyyyyyyxxxxxxxxxx, shifted left by e."""
    words = np.ascontiguousarray(blocks["raw"]).view("<u4")
    out = np.empty((*words.shape, 3), np.int32)
    exponent = (words >> 30).astype(np.int32)
    for axis, shift in enumerate((0, 10, 20)):
        tens = ((words >> shift) & 0x3FF).astype(np.int32)
        out[:, :, axis] = ((tens ^ 0x200) - 0x200) << exponent
    return out
