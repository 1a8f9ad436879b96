"""Packets that a sensor sent again from its memory, put where they belong: the settled reading sees samples in their order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from hipmonitor.core.inbound import Inbound, Notification
from hipmonitor.core.wire import hip_protocol as hip

StreamKey = tuple[str, int]
"""(sensor, stream tag)."""


@dataclass(slots=True, kw_only=True)
class LatePackets:
    """Backfilled packets of a recording, by stream and sample index."""

    waiting: dict[StreamKey, dict[int, Notification]] = field(default_factory=dict)

    def collect(self, events: Iterable[Inbound]) -> None:
        """Remember the backfilled packets among these; one that came twice is kept once."""
        for event in events:
            header = _data_header(event)
            if header and header[0] == hip.Kind.BACKFILL and isinstance(event, Notification):
                self.waiting.setdefault(header[1], {})[header[2]] = event

    def in_order(self, batches: Iterable[Sequence[Inbound]]) -> Iterator[Sequence[Inbound]]:
        """The same batches, each backfilled packet before the first live one that comes after it in sample order."""
        queues = {key: sorted(packets.items()) for key, packets in self.waiting.items()}
        for batch in batches:
            yield [event for original in batch for event in self._placed(original, queues)]

    def _placed(self, event: Inbound, queues: dict[StreamKey, list[tuple[int, Notification]]]) -> Iterator[Inbound]:
        header = _data_header(event)
        if header is None:
            yield event
            return
        kind, key, index = header
        if kind == hip.Kind.BACKFILL:
            return
        queue = queues.get(key, [])
        while kind == hip.Kind.LIVE and queue and queue[0][0] < index:
            yield _as_live(queue.pop(0)[1])
        yield event


def _data_header(event: Inbound) -> tuple[int, StreamKey, int] | None:
    """(kind, stream, index of the first sample) of a data packet."""
    if not isinstance(event, Notification) or event.channel != hip.DATA or len(event.payload) < hip.HEADER_BYTES:
        return None
    header = np.frombuffer(event.payload, hip.HEADER, count=1)[0]
    return int(header["kind"]), (event.sensor, int(header["stream"])), int(header["first_index"])


def _as_live(packet: Notification) -> Notification:
    return replace(packet, payload=bytes([hip.Kind.LIVE]) + packet.payload[1:])
