"""Payloads of Polar's data frames to numbers: raw ones, and delta-compressed ones decoded many frames at a time.

A compressed payload is a first sample (three int16), then blocks: bits per delta (u8), samples (u8), and the deltas of all channels
in turn as two's complement of so many bits, packed from the lowest bit of the first byte on; each block begins at a byte.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from itertools import accumulate

import numpy as np

from hipmonitor.core.arrays import Ints

CHANNELS = 3
FIRST_SAMPLE = struct.Struct("<3h")
MOST_BITS = 32
"""Of one delta; then eight bytes hold it, wherever it begins."""
INT16_MOST = 32_767
MOST_SAMPLES = 1024
"""Of one frame: a sensor at rest was seen to send 130."""
RAW_BYTES = {0: 1, 1: 2, 2: 3}
"""Bytes of one channel of the accelerometer's raw frames, by subtype; in mG."""
Block = tuple[int, int, int]
"""(byte of the payload at which its deltas begin, bits of one, samples)."""


def raw_samples(payload: bytes, subtype: int) -> Ints | None:
    """(n, 3) mG of a raw accelerometer payload, or None where it cannot be one."""
    size = RAW_BYTES.get(subtype)
    if size is None or not payload or len(payload) % (CHANNELS * size):
        return None
    wide = np.zeros((len(payload) // size, 4), np.uint8)
    wide[:, 4 - size :] = np.frombuffer(payload, np.uint8).reshape(-1, size)
    return (wide.view("<i4")[:, 0] >> (8 * (4 - size))).astype(np.int64).reshape(-1, CHANNELS)


def delta_samples(payloads: Sequence[bytes]) -> list[Ints | None]:
    """(n, 3) counts of each compressed payload; None for one that cannot be read, or leaves the range of its 16 bits."""
    blocks = [blocks_in(payload) for payload in payloads]
    readable = [i for i, found in enumerate(blocks) if found is not None]
    out: list[Ints | None] = [None] * len(payloads)
    if readable:
        frames = _frames([payloads[i] for i in readable], [blocks[i] or [] for i in readable])
        for i, frame in zip(readable, frames, strict=True):
            out[i] = frame if frame.min() >= -INT16_MOST - 1 and frame.max() <= INT16_MOST else None
    return out


def blocks_in(payload: bytes) -> list[Block] | None:
    """The blocks of a compressed payload, or None where they do not fill it to its end."""
    blocks: list[Block] = []
    at, end = FIRST_SAMPLE.size, len(payload)
    while at + 2 <= end:
        bits, samples = payload[at], payload[at + 1]
        if bits > MOST_BITS:
            return None
        blocks.append((at + 2, bits, samples))
        at += 2 + (bits * samples * CHANNELS + 7) // 8
    return blocks if at == end and sum(block[2] for block in blocks) < MOST_SAMPLES else None


def _frames(payloads: list[bytes], blocks: list[list[Block]]) -> list[Ints]:
    """Every payload's samples, all summed up at once; whole numbers, so that sums may be taken apart again."""
    begins = list(accumulate((len(payload) for payload in payloads), initial=0))
    placed = [(8 * (begin + at), bits, n) for begin, each in zip(begins, blocks, strict=False) for at, bits, n in each]
    lengths = [1 + sum(block[2] for block in each) for each in blocks]
    ends = np.cumsum(lengths)
    starts = ends - lengths
    rows = np.zeros((int(ends[-1]), CHANNELS), np.int64)
    is_first = np.zeros(len(rows), np.bool_)
    is_first[starts] = True
    rows[is_first] = [FIRST_SAMPLE.unpack_from(payload) for payload in payloads]
    if placed:
        rows[~is_first] = _deltas(b"".join(payloads), np.array(placed, np.int64)).reshape(-1, CHANNELS)
    summed = np.cumsum(rows, axis=0)
    before = summed[starts] - rows[starts]
    summed -= np.repeat(before, lengths, axis=0)
    return [summed[start:end] for start, end in zip(starts.tolist(), ends.tolist(), strict=True)]


def _deltas(joined: bytes, blocks: Ints) -> Ints:
    """(m,) deltas of blocks (k, 3): first bit, bits of one, samples."""
    each = CHANNELS * blocks[:, 2]
    first = np.cumsum(each) - each
    bits = np.repeat(blocks[:, 1], each)
    bit = np.repeat(blocks[:, 0] - blocks[:, 1] * first, each) + bits * np.arange(len(bits))
    from_every_byte: Ints = np.ndarray(len(joined) + 1, "<i8", joined + bytes(8), strides=(1,))
    to_the_top: Ints = from_every_byte[bit >> 3] << (64 - bits - (bit & 7))
    return np.right_shift(to_the_top, 64 - bits)
