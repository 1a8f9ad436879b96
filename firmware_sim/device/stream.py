"""One stream: sampling from its start into memory, under one tag, rate and pair of ranges."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from firmware_sim.device.memory import Memory
from firmware_sim.device.model import SLOW_RATE_MHZ, Model
from firmware_sim.device.source import SampleSource, StreamShape
from hipmonitor.core.wire.hip_protocol import Kind, Status, bytes_per_sample, encode_data

SAMPLING_CHUNK = 65_536
"""Samples taken into memory at a time when the firmware was not called for long."""
LOWEST, HIGHEST = -32_768, 32_767
"""Counts that say that an axis was out of range."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PacketHead:
    """What a packet's header says besides what its samples say."""

    kind: Kind
    sequence: int
    status: int


class Stream:
    """Samples numbered from 0, taken whether or not anybody listens."""

    def __init__(self, *, tag: int, shape: StreamShape, model: Model, source: SampleSource) -> None:
        self.tag, self.shape, self._source = tag, shape, source
        self.has_gyroscope = shape.gyr_range_dps > 0
        rate_mhz = shape.clock.rate_mhz
        self.memory = Memory(
            full_samples=model.full_memory_s * rate_mhz // 1000,
            slow_samples=model.slow_memory_s * SLOW_RATE_MHZ // 1000,
            every=rate_mhz // SLOW_RATE_MHZ,
        )
        source.begin(shape)

    @property
    def taken(self) -> int:
        """Samples taken so far, which is the index of the next."""
        return self.memory.full.end

    def sample_until(self, own_ns: int) -> None:
        """Take every sample that is due by the sensor's own time `own_ns`."""
        due = self.shape.clock.taken(own_ns)
        while self.taken < due:
            count = min(due - self.taken, SAMPLING_CHUNK)
            self.memory.append(self._source.samples(self.taken, count))

    def bytes_per_sample(self, kind: Kind) -> int:
        """Length of one sample in a packet of this kind."""
        return bytes_per_sample(kind, has_gyroscope=self.has_gyroscope)

    def packet(self, head: PacketHead, first: int, count: int) -> bytes:
        """A packet of samples [first, first + count) of the memory that belongs to its kind."""
        slow = head.kind is Kind.SLOW_BACKFILL
        counts = (self.memory.slow if slow else self.memory.full).rows(first, count)
        status = head.status | (Status.ACC_CLIPPED if _clipped(counts[:, :3]) else 0)
        if not self.has_gyroscope or slow:
            counts = counts[:, :3]
        elif _clipped(counts[:, 3:]):
            status |= Status.GYR_CLIPPED
        return encode_data(
            kind=head.kind,
            sequence=head.sequence,
            stream=self.tag,
            status=status,
            first_index=first,
            first_tick=self.shape.clock.tick(first * self.memory.every if slow else first),
            counts=counts,
        )


def _clipped(counts: NDArray[np.int16]) -> bool:
    return bool(counts.min() == LOWEST or counts.max() == HIGHEST)
