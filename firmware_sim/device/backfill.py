"""Sending memory on request: newest first, in packets whose samples are in order, and what was held is told at the end."""

from __future__ import annotations

from dataclasses import dataclass

from firmware_sim.device.memory import Ring
from firmware_sim.device.stream import PacketHead, Stream
from hipmonitor.core.wire.hip_protocol import BACKFILL_DONE, Kind, Op


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What the host asked for."""

    request: int
    kind: Kind
    first: int
    count: int


class Backfill:
    """One running backfill. Memory moves on while it runs, so what is held is asked anew for every packet."""

    def __init__(self, wanted: Wanted, stream: Stream) -> None:
        self._wanted, self._stream = wanted, stream
        self._end = min(wanted.first + wanted.count, self._ring.end)
        self._sent_from = self._end

    @property
    def kind(self) -> Kind:
        """Which memory is sent."""
        return self._wanted.kind

    @property
    def _ring(self) -> Ring:
        memory = self._stream.memory
        return memory.slow if self._wanted.kind is Kind.SLOW_BACKFILL else memory.full

    @property
    def _floor(self) -> int:
        return max(self._wanted.first, self._ring.oldest)

    @property
    def finished(self) -> bool:
        """Whether everything that memory holds of the range was sent."""
        return self._sent_from <= self._floor

    def packet(self, *, sequence: int, status: int, most_bytes: int) -> bytes:
        """The next packet towards the past."""
        fits = min(255, most_bytes // self._stream.bytes_per_sample(self.kind))
        first = max(self._floor, self._sent_from - fits)
        count, self._sent_from = self._sent_from - first, first
        return self._stream.packet(PacketHead(kind=self.kind, sequence=sequence, status=status), first, count)

    def done(self) -> bytes:
        """The indication of the end, with the range that was held."""
        count = max(0, self._end - self._sent_from)
        first = self._sent_from if count else self._wanted.first
        return BACKFILL_DONE.pack(Op.BACKFILL_DONE, self._wanted.request, self.kind, first & 0xFFFF_FFFF, count)
