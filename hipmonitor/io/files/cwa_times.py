"""When the samples of `.cwa` blocks were taken: one sample of each block carries a time, the others lie between.

The clock says local time without a zone; it is read as if it were UTC. Where the top bit of `fraction` is set, 15 bits of a
second belong to the time, and the sample index was moved back by as many samples as they make (Docs/ax3/cwa.h, "already
adjusted"): that is undone.
"""

from __future__ import annotations

import numpy as np

from hipmonitor.core.arrays import Floats, Ints, Nanoseconds
from hipmonitor.core.instants import NS_PER_S
from hipmonitor.io.files.cwa_blocks import Blocks

MOST_RATE_ERROR = 0.15
"""Blocks that follow each other by more or less than their nominal length by this share are not in one piece. The chip's
rate is within 10 %; a time is one sample coarse, at 12.5 Hz a 40th of a block."""


def begin_s(blocks: Blocks, rate_hz: float) -> tuple[Ints, Floats]:
    """(k,) whole seconds since 1970 and seconds on top of them of each block's first sample; whole seconds 0: no time."""
    raw = blocks["fraction"].astype(np.int64)
    has_fraction = (raw & 0x8000) != 0
    sixteenth = np.where(has_fraction, (raw & 0x7FFF) << 1, 0)
    sample = blocks["stamp_sample"].astype(np.int64) + ((sixteenth * int(rate_hz)) >> 16)
    return _whole_seconds(blocks["stamp"].astype(np.int64)), sixteenth / 65536.0 - sample / rate_hz


def _whole_seconds(stamp: Ints) -> Ints:
    """YYYYYYMMMMDDDDDhhhhhmmmmmmssssss to seconds since 1970; 0 where it is no time."""
    year, month, day = 2000 + (stamp >> 26 & 0x3F), stamp >> 22 & 0x0F, stamp >> 17 & 0x1F
    hour, minute, second = stamp >> 12 & 0x1F, stamp >> 6 & 0x3F, stamp & 0x3F
    possible = (month >= 1) & (month <= 12) & (day >= 1) & (hour < 24) & (minute < 60) & (second < 60) & (stamp > 0)
    months = (year - 1970) * 12 + np.where(possible, month - 1, 0)
    days = months.astype("datetime64[M]").astype("datetime64[D]").astype(np.int64) + day - 1
    return np.where(possible, ((days * 24 + hour) * 60 + minute) * 60 + second, 0)


def begin_ns(blocks: Blocks, rate_hz: float) -> Nanoseconds:
    """(k,) time of each block's first sample."""
    whole, rest = begin_s(blocks, rate_hz)
    return np.asarray(whole * NS_PER_S + np.rint(rest * NS_PER_S).astype(np.int64))


def follows(blocks: Blocks, start_ns: Nanoseconds, rate_hz: float) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """(k - 1,) whether each block goes on where the one before it ended."""
    lasting_s = blocks["count"][:-1] / rate_hz
    found_s = np.diff(start_ns) / NS_PER_S
    in_time = np.abs(found_s - lasting_s) <= MOST_RATE_ERROR * lasting_s
    numbered = np.diff(blocks["sequence"].astype(np.int64)) == 1
    return np.asarray(in_time & numbered & (blocks["session"][1:] == blocks["session"][:-1]))


def sample_times_ns(blocks: Blocks, rate_hz: float) -> Nanoseconds:
    """(n,) of all samples of all blocks but the last, which is there only to say when the one before it ended.

    In one piece samples lie evenly from block to block, before a gap at the nominal rate.
    """
    start_ns = begin_ns(blocks, rate_hz)
    count = blocks["count"][:-1].astype(np.int64)
    nominal_ns = np.full(len(count), NS_PER_S / rate_hz)
    even_ns = np.diff(start_ns) / np.maximum(count, 1)
    step_ns = np.where(follows(blocks, start_ns, rate_hz), even_ns, nominal_ns)
    within = np.arange(int(count.sum())) - np.repeat(np.cumsum(count) - count, count)
    return np.asarray(
        np.repeat(start_ns[:-1], count) + np.rint(within * np.repeat(step_ns, count)).astype(np.int64), np.int64
    )
