"""The sensor's side of one connection: its MTU, its transmit buffers, what is being sent over it."""

from __future__ import annotations

from firmware_sim.device.backfill import Backfill
from firmware_sim.device.live import Live
from firmware_sim.device.stream import Stream
from firmware_sim.ports import Outgoing
from hipmonitor.core.wire.hip_protocol import HEADER_BYTES, Kind

ATT_OVERHEAD = 3


class Link:
    """State that ends with the connection, except the backfill counters, which belong to the boot."""

    def __init__(self, *, mtu: int, sequences: dict[Kind, int]) -> None:
        self.mtu = mtu
        self._sequences = sequences
        self.live: Live | None = None
        self.backfill: Backfill | None = None
        self._buffers = 0

    @property
    def sample_bytes(self) -> int:
        """What a data packet has left for samples."""
        return max(0, self.mtu - ATT_OVERHEAD - HEADER_BYTES)

    def most_samples(self, stream: Stream) -> int:
        """How many samples of a stream fit into one packet."""
        return min(255, self.sample_bytes // stream.bytes_per_sample(Kind.LIVE))

    def due(self, stream: Stream, *, room: int, free: int, status: int) -> list[Outgoing]:
        """The data to hand over now: live first. `room` and `free` as in `backfill_room`."""
        live = self.live.packets(stream, room=max(0, free), status=status) if self.live else []
        allowed = self.backfill_room(room=room, free=free - len(live))
        return [Outgoing(channel="data", payload=packet) for packet in live] + self._backfill_due(allowed, status)

    def _backfill_due(self, allowed: int, status: int) -> list[Outgoing]:
        backfill, messages = self.backfill, list[Outgoing]()
        if backfill is None:
            return messages
        while not backfill.finished and len(messages) < allowed:
            sequence = self._sequences[backfill.kind]
            packet = backfill.packet(sequence=sequence, status=status, most_bytes=self.sample_bytes)
            self._sequences[backfill.kind] = (sequence + 1) & 0xFFFF
            messages.append(Outgoing(channel="data", payload=packet))
        if backfill.finished:
            messages.append(Outgoing(channel="control", payload=backfill.done()))
            self.backfill = None
        return messages

    def backfill_room(self, *, room: int, free: int) -> int:
        """Packets that a backfill may hand over now: it keeps to half of the buffers, so that live never waits for it.

        `room` is what was free at the start of this update, `free` what is left of it. How many buffers there are is
        learned: the most that were ever free. A radio with a single buffer shares it.
        """
        self._buffers = max(self._buffers, room)
        kept_for_live = self._buffers - max(1, self._buffers // 2)
        return max(0, free - kept_for_live)
