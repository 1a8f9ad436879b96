"""A device on a bench: a source whose samples tell their own index, and a host that writes by hand."""

from __future__ import annotations

import struct

import numpy as np

from firmware_sim.device import Counts6, Crystal, HipDevice, Model, StreamShape
from firmware_sim.ports import LinkUp, MtuChanged, Outgoing, Room, Written
from hipmonitor.core.wire.hip_protocol import HEADER_BYTES, Op, encode_command

START_NS = 1_760_000_000_000_000_000
MS, S = 1_000_000, 1_000_000_000
EXACT = Crystal(tick_hz=1000, error_ppb=0)
"""One tick a millisecond, ten a sample at 100 Hz: easy to reckon with."""


class IndexSource:
    """Sample k is (k, -k, 7, k, -k, 9), modulo 10 000; `clip_at` is out of range."""

    def __init__(self, clip_at: int | None = None) -> None:
        self._clip_at = clip_at
        self.shapes: list[StreamShape] = []

    def begin(self, shape: StreamShape) -> None:
        self.shapes.append(shape)

    def samples(self, first_index: int, count: int) -> Counts6:
        k = np.arange(first_index, first_index + count)
        counts = np.stack([k % 10_000, -k % 10_000, k * 0 + 7, k % 10_000, -k % 10_000, k * 0 + 9], axis=1)
        if self._clip_at is not None:
            counts[k == self._clip_at, 0] = 32_767
        return counts.astype(np.int16)


class Bench:
    """Calls a device as its radio would, with as much room as is said."""

    def __init__(self, model: Model | None = None, source: IndexSource | None = None, room: int = 10) -> None:
        self.source = source or IndexSource()
        self.device = HipDevice(self.source, model=model or Model(crystal=EXACT), seed=5)
        self.now_ns = START_NS
        self.room = room
        self._unread: list[Outgoing] = []
        self.device.update(self.now_ns, ())

    def connect(self, mtu: int = 247) -> Bench:
        self.device.update(self.now_ns, (LinkUp(mtu=23), MtuChanged(mtu=mtu), Room(packets=self.room)))
        return self

    def after(self, seconds: float) -> list[Outgoing]:
        """What was sent since the last time, up to one update that much later."""
        self.now_ns += round(seconds * S)
        unread, self._unread = self._unread, []
        return unread + list(self.device.update(self.now_ns, (Room(packets=self.room),)).send)

    def write(self, channel: str, payload: bytes) -> list[bytes]:
        """What is sent back on the same channel at once; anything else is read by `after`."""
        written = Written(channel="sync" if channel == "sync" else "control", payload=payload)
        sent = self.device.update(self.now_ns, (written, Room(packets=self.room))).send
        answers = [message for message in sent if message.channel == channel]
        answers, told = answers[:1], answers[1:]
        self._unread += [message for message in sent if message.channel != channel] + told
        return [message.payload for message in answers]

    def command(self, op: Op, request: int = 1, arguments: bytes = b"") -> bytes:
        """The answer to a command."""
        return self.write("control", encode_command(op, request, arguments))[0]


def header(payload: bytes) -> tuple[int, ...]:
    """kind, n, sequence, stream, status, first index, first tick."""
    return struct.unpack("<BBHHHII", payload[:HEADER_BYTES])


def data(messages: list[Outgoing]) -> list[bytes]:
    return [message.payload for message in messages if message.channel == "data"]
