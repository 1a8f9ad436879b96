"""Live sending: the newest samples in packets of a fixed number, dropped and counted where the radio has no room."""

from __future__ import annotations

from firmware_sim.device.stream import PacketHead, Stream
from hipmonitor.core.wire.hip_protocol import Kind, Status


class Live:
    """What is being sent live of a stream."""

    def __init__(self, *, next_index: int, batch: int) -> None:
        self.next_index, self.batch = next_index, batch
        self.dropped_packets = 0
        self._sequence = 0
        self._owes_flag = False

    def due_index(self) -> int:
        """The sample whose taking completes the next packet."""
        return self.next_index + self.batch - 1

    def packets(self, stream: Stream, *, room: int, status: int) -> list[bytes]:
        """The packets that became complete, as many as there is room for; the others are lost to the live stream."""
        sent: list[bytes] = []
        while self.due_index() < stream.taken:
            if len(sent) < room and self.next_index >= stream.memory.full.oldest:
                flag = Status.LIVE_DROPPED if self._owes_flag else 0
                head = PacketHead(kind=Kind.LIVE, sequence=self._sequence, status=status | flag)
                sent.append(stream.packet(head, self.next_index, self.batch))
                self._owes_flag = False
            else:
                self.dropped_packets += 1
                self._owes_flag = True
            self._sequence = (self._sequence + 1) & 0xFFFF
            self.next_index += self.batch
        return sent
