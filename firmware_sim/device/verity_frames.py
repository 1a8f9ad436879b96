"""Frames as Polar's sensors compress them: a first sample, then blocks of deltas, each of as few bits as its largest needs."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from firmware_sim.device.source import Counts6
from hipmonitor.core.arrays import Ints

BLOCK_SAMPLES = 10
BLOCK_HEAD_BYTES = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class FilledFrame:
    """A payload, and how many samples are in it."""

    payload: bytes
    samples: int


def bits_of(deltas: Ints) -> int:
    """Bits that the largest of them needs as two's complement."""
    return int(np.where(deltas < 0, ~deltas, deltas).max(initial=0)).bit_length() + 1


def block_of(deltas: Ints) -> bytes:
    """A block of deltas (n, 3): bits, samples, and the deltas from the lowest bit on."""
    bits, packed = bits_of(deltas), 0
    mask = (1 << bits) - 1
    for at, delta in enumerate(deltas.ravel().tolist()):
        packed |= (delta & mask) << (at * bits)
    return bytes([bits, len(deltas)]) + packed.to_bytes(_bytes_of(bits, len(deltas)), "little")


def _bytes_of(bits: int, samples: int) -> int:
    return (bits * samples * 3 + 7) // 8


class FrameFiller:
    """Fills frames of one measurement with its samples, block by block."""

    def __init__(self, most_bytes: int) -> None:
        self._most_bytes = most_bytes
        self._waiting: list[list[int]] = []
        """Samples that are in no block yet."""
        self._last: list[int] | None = None
        """The newest sample in the frame."""
        self._payload, self._samples = b"", 0

    @property
    def wants(self) -> int:
        """So many samples are needed before anything can happen."""
        return BLOCK_SAMPLES + (self._last is None) - len(self._waiting)

    def take(self, counts: Counts6) -> list[FilledFrame]:
        """Samples (n, 3) that were taken; the frames that are full with them."""
        self._waiting += counts.astype(np.int64).tolist()
        full: list[FilledFrame] = []
        while self.wants <= 0:
            full += self._add_block()
        return full

    def _add_block(self) -> list[FilledFrame]:
        """What does not fit begins the next frame. One that has no room for another such block is sent at once."""
        if self._last is None:
            self._last = self._waiting.pop(0)
            self._payload, self._samples = np.array(self._last, "<i2").tobytes(), 1
        samples = self._waiting[:BLOCK_SAMPLES]
        counts = np.array([self._last, *samples], np.int64)
        block = block_of(counts[1:] - counts[:-1])
        if len(self._payload) + len(block) > self._most_bytes:
            return [self._close()]
        del self._waiting[:BLOCK_SAMPLES]
        self._payload, self._samples, self._last = self._payload + block, self._samples + len(samples), samples[-1]
        return [self._close()] if len(self._payload) + len(block) > self._most_bytes else []

    def _close(self) -> FilledFrame:
        self._last = None
        return FilledFrame(payload=self._payload, samples=self._samples)
