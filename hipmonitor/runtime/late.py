"""Packets that a sensor sent again from its memory, put where they belong: the settled reading sees samples in their order.

Each is given the instant at which it would have come, between the live packets around it, or before the first and after the
last one by the stated rate: a counter that turned over meanwhile is then unwrapped as if it had. Its samples are timed by their ticks.
"""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from hipmonitor.core.inbound import Inbound, LinkChange, LinkState, Notification
from hipmonitor.core.instants import NS_PER_S, HostNs
from hipmonitor.core.wire import hip_protocol as hip

StreamKey = tuple[str, int]
"""(sensor, stream tag)."""
BACKFILLS = frozenset({int(hip.Kind.BACKFILL), int(hip.Kind.SLOW_BACKFILL)})
MOST_SAMPLES = 180_000
"""In one step, half an hour at 100 Hz: as in slabs of arrays."""


@dataclass(slots=True, kw_only=True)
class LatePackets:
    """Backfilled packets of a recording, by stream and sample index."""

    waiting: dict[StreamKey, dict[int, Notification]] = field(default_factory=dict)
    rates_hz: dict[StreamKey, float] = field(default_factory=dict)
    """As the sensor stated them."""
    every: dict[StreamKey, int] = field(default_factory=dict)
    """The slow memory keeps one of so many samples."""

    def collect(self, events: Iterable[Inbound]) -> None:
        """Remember the backfilled packets among these; one that came twice is kept once."""
        for event in events:
            self._hear_rate(event)
            header = self._header(event)
            if header and header[0] in BACKFILLS and isinstance(event, Notification):
                self.waiting.setdefault(header[1], {})[header[2]] = event

    def _header(self, event: Inbound) -> tuple[int, StreamKey, int] | None:
        """(kind, stream, index of the first sample at full rate); None also of slow packets that nobody said how to count."""
        header = _data_header(event)
        if header is None or header[0] != hip.Kind.SLOW_BACKFILL:
            return header
        kind, key, index = header
        return (kind, key, index * self.every[key]) if key in self.every else None

    def _hear_rate(self, event: Inbound) -> None:
        info = hip.decode_info(event.payload) if isinstance(event, Notification) and event.channel == hip.INFO else None
        if info and isinstance(event, Notification):
            self.rates_hz[event.sensor, info.stream] = info.rate_mhz / 1000
            if info.slow_rate_cmhz and info.rate_mhz % (info.slow_rate_cmhz * 10) == 0:
                self.every[event.sensor, info.stream] = info.rate_mhz // (info.slow_rate_cmhz * 10)

    def in_order(self, batches: Iterable[Sequence[Inbound]]) -> Iterator[Sequence[Inbound]]:
        """The same batches, each backfilled packet before the first live one that comes after it in sample order.

        Where there is none, before another stream of its sensor, before its sensor's end, or at the end of all.
        """
        streams = {
            key: _Stream(queue=deque(sorted(packets.items())), rate_hz=self.rates_hz.get(key, math.inf))
            for key, packets in self.waiting.items()
        }
        for batch in batches:
            yield [event for original in batch for event in self._placed(original, streams)]
        left = [packet for stream in streams.values() for packet in stream.rest()]
        if left:
            yield left

    def _placed(self, event: Inbound, streams: dict[StreamKey, _Stream]) -> Iterator[Inbound]:
        for key, stream in streams.items():
            if _is_over(key, stream, event):
                yield from stream.rest()
        header = self._header(event)
        if header is None or header[1] not in streams or not isinstance(event, Notification):
            yield event
            return
        kind, key, index = header
        if kind in BACKFILLS:
            return
        if kind == hip.Kind.LIVE:
            yield from streams[key].before(index, event.at)
        yield event


@dataclass(slots=True, kw_only=True)
class _Stream:
    """What of one stream still waits for its place, and the last live packet."""

    queue: deque[tuple[int, Notification]]
    rate_hz: float
    index: int | None = None
    at: HostNs = HostNs(0)  # noqa: RUF009 - a type's name, not a call that could differ

    def before(self, index: int, at: HostNs) -> Iterator[Notification]:
        """Waiting packets that belong before this live one."""
        while self.queue and self.queue[0][0] < index:
            first, packet = self.queue.popleft()
            yield _as_if_live(packet, self._would_have_come(first, index, at))
        self.index, self.at = index, at

    def rest(self) -> Iterator[Notification]:
        """Those that no live packet followed. Without any live one they stay as and when they came."""
        for first, packet in self.queue:
            if self.index is None:
                yield packet
            else:
                at = HostNs(self.at + round(max(0, first - self.index) / self.rate_hz * NS_PER_S))
                yield _as_if_live(packet, at)
        self.queue.clear()

    def _would_have_come(self, first: int, index: int, at: HostNs) -> HostNs:
        if self.index is None or index <= self.index:
            return HostNs(at - round((index - first) / self.rate_hz * NS_PER_S))
        share = (first - self.index) / (index - self.index)
        return HostNs(self.at + round(max(0.0, share) * (at - self.at)))


def _as_if_live(packet: Notification, at: HostNs) -> Notification:
    """At the instant at which it would have come; what the slow memory kept stays what it is."""
    if packet.payload[0] == hip.Kind.SLOW_BACKFILL:
        return replace(packet, at=at)
    return replace(packet, at=at, payload=bytes([hip.Kind.LIVE]) + packet.payload[1:])


def in_pieces(batches: Iterable[Sequence[Inbound]]) -> Iterator[Sequence[Inbound]]:
    """The same events, cut where a memory of hours came between two of them: a step takes the memory of its samples."""
    for batch in batches:
        piece: list[Inbound] = []
        samples = 0
        for event in batch:
            piece.append(event)
            samples += _samples_in(event)
            if samples >= MOST_SAMPLES:
                yield piece
                piece, samples = [], 0
        if piece or not batch:
            yield piece


def _samples_in(event: Inbound) -> int:
    """At full rate, about."""
    header = _data_header(event)
    if header is None or not isinstance(event, Notification):
        return 0
    return event.payload[1] * (4 if header[0] == hip.Kind.SLOW_BACKFILL else 1)


def _is_over(key: StreamKey, stream: _Stream, event: Inbound) -> bool:
    """Whether after this event nothing more of a stream can come: its sensor has ended, or tells of another stream."""
    if not stream.queue:
        return False
    if isinstance(event, LinkChange):
        return event.state is LinkState.ENDED and event.sensor in {"", key[0]}
    if stream.index is None or not isinstance(event, Notification) or event.sensor != key[0]:
        return False
    if event.channel == hip.INFO:
        info = hip.decode_info(event.payload)
        return info is not None and info.stream != key[1]
    header = _data_header(event)
    return header is not None and header[0] == hip.Kind.LIVE and header[1] != key


def _data_header(event: Inbound) -> tuple[int, StreamKey, int] | None:
    """(kind, stream, index of the first sample) of a data packet."""
    if not isinstance(event, Notification) or event.channel != hip.DATA or len(event.payload) < hip.HEADER_BYTES:
        return None
    header = np.frombuffer(event.payload, hip.HEADER, count=1)[0]
    return int(header["kind"]), (event.sensor, int(header["stream"])), int(header["first_index"])
