"""The sensor's side of one connection: its MTU, its transmit buffers, what is being sent over it."""

from __future__ import annotations

from firmware_sim.device.backfill import Backfill
from firmware_sim.device.live import Live
from hipmonitor.core.wire.hip_protocol import HEADER_BYTES

ATT_OVERHEAD = 3


class Link:
    """State that ends with the connection."""

    def __init__(self, *, mtu: int) -> None:
        self.mtu = mtu
        self.live: Live | None = None
        self.backfill: Backfill | None = None
        self._buffers = 0

    @property
    def sample_bytes(self) -> int:
        """What a data packet has left for samples."""
        return max(0, self.mtu - ATT_OVERHEAD - HEADER_BYTES)

    def backfill_room(self, *, room: int, free: int) -> int:
        """Packets that a backfill may hand over now: it keeps to half of the buffers, so that live never waits for it.

        `room` is what was free at the start of this update, `free` what is left of it. How many buffers there are is
        learned: the most that were ever free. A radio with a single buffer shares it.
        """
        self._buffers = max(self._buffers, room)
        kept_for_live = self._buffers - max(1, self._buffers // 2)
        return max(0, free - kept_for_live)
