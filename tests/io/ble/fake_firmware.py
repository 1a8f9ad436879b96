"""A hip sensor's firmware small enough to read at a glance: sample values tell their own index, memory forgets nothing."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence

import numpy as np

from firmware_sim.ports import (
    FirmwareInput,
    FirmwareOutput,
    LinkDown,
    LinkUp,
    MtuChanged,
    Outgoing,
    Room,
    Subscribed,
    Unsubscribed,
    Written,
)
from hipmonitor.core.wire import hip_protocol as hip
from hipmonitor.core.wire.hip_protocol import AckStatus, Kind, Op

RATE_HZ = 100
TICK_HZ = 32_768
BATCH = 8
NS = 1_000_000_000


class FakeFirmware:
    """100 Hz, 8 samples a packet, sample k is (k & 0x7FFF, 0, 0, 0, 0, 0)."""

    def __init__(self, *, boot_id: int = 7, stream: int = 3, major: int = 1) -> None:
        self.boot_id, self.stream, self.major = boot_id, stream, major
        self.battery_percent = 87
        self.vibrations: list[bytes] = []
        self.backfills: list[tuple[int, int]] = []
        self.live_dropped = 0
        self.mute = False
        self.deaf = False
        self.forgetful = False
        self._start_ns: int | None = None
        self._mtu = 23
        self._next_live: int | None = None
        self._sequence = {Kind.LIVE: 0, Kind.BACKFILL: 0}
        self._filling: deque[tuple[int, int]] = deque()
        self._fill: tuple[int, int, int] | None = None
        self._send: list[Outgoing] = []

    @property
    def is_streaming(self) -> bool:
        return self._next_live is not None

    def read(self, channel: str) -> bytes:
        return bytes([self.battery_percent]) if channel == "battery" else self.info()

    def info(self) -> bytes:
        return hip.encode_info(
            hip.Info(
                version=(self.major, 0),
                stream=self.stream,
                boot_id=self.boot_id,
                tick_hz=TICK_HZ,
                rate_mhz=RATE_HZ * 1000,
                acc_range_g=8,
                gyr_range_dps=2000,
                ring_samples=720_000,
                slow_ring_samples=0,
                slow_rate_cmhz=2500,
                most_samples=BATCH,
                flags=1,
            )
        )

    def update(self, now_ns: int, inputs: Sequence[FirmwareInput]) -> FirmwareOutput:
        if self._start_ns is None:
            self._start_ns = now_ns
        room = 0
        for each in inputs:
            if isinstance(each, Room):
                room = each.packets
            else:
                self._take(each, now_ns)
        self._live(now_ns, room)
        self._backfill(room // 2)
        send, self._send = tuple(self._send), []
        return FirmwareOutput(send=send, wake_ns=now_ns + NS // 50)

    def index_at(self, now_ns: int) -> int:
        assert self._start_ns is not None
        return (now_ns - self._start_ns) * RATE_HZ // NS

    def _tick_at(self, index: int) -> int:
        return index * TICK_HZ // RATE_HZ

    def _take(self, each: LinkUp | MtuChanged | LinkDown | Written, now_ns: int) -> None:
        if isinstance(each, LinkUp | MtuChanged):
            self._mtu = each.mtu
        elif isinstance(each, LinkDown):
            self._next_live, self._fill = None, None
            self._filling.clear()
        elif isinstance(each, Subscribed | Unsubscribed):
            pass
        elif each.channel == "sync":
            tick = (now_ns - (self._start_ns or 0)) * TICK_HZ // NS
            self._send.append(Outgoing(channel="sync", payload=each.payload + tick.to_bytes(4, "little") * 2))
        elif not self.deaf:
            self._command(each.payload, now_ns)

    def _command(self, payload: bytes, now_ns: int) -> None:
        op, request, arguments = payload[0], payload[1], payload[2:]
        status = AckStatus.DONE
        if op == Op.START:
            if self._mtu < hip.HEADER_BYTES + 12 + 3:
                status = AckStatus.MTU_TOO_SMALL
            else:
                self._next_live = self.index_at(now_ns)
        elif op == Op.STOP:
            self._next_live, self._fill = None, None
        elif op == Op.VIBRATE:
            self.vibrations.append(arguments)
        elif op == Op.BACKFILL:
            _, first, count = hip.BACKFILL_ARGUMENTS.unpack(arguments)
            self.backfills.append((first, count))
            self._fill = None if self.forgetful else (request, first, count)
            self._filling = deque((max(first, end - BATCH), end) for end in range(first + count, first, -BATCH))
        else:
            status = AckStatus.UNKNOWN_OP
        self._send.append(Outgoing(channel="control", payload=hip.encode_ack(op, request, status)))

    def _live(self, now_ns: int, room: int) -> None:
        while self._next_live is not None and self._next_live + BATCH <= self.index_at(now_ns):
            if room > 0 and not self.mute:
                self._packet(Kind.LIVE, self._next_live, self._next_live + BATCH)
                room -= 1
            else:
                self.live_dropped += 1
            self._next_live += BATCH

    def _backfill(self, room: int) -> None:
        while self._fill is not None and self._filling and room > 0:
            self._packet(Kind.BACKFILL, *self._filling.popleft())
            room -= 1
        if self._fill is not None and not self._filling:
            request, first, count = self._fill
            done = hip.BACKFILL_DONE.pack(Op.BACKFILL_DONE, request, Kind.BACKFILL, first, count)
            self._send.append(Outgoing(channel="control", payload=done))
            self._fill = None

    def _packet(self, kind: Kind, first: int, end: int) -> None:
        counts = np.zeros((end - first, 6), np.int16)
        counts[:, 0] = np.arange(first, end) & 0x7FFF
        payload = hip.encode_data(
            kind=kind,
            sequence=self._sequence[kind],
            stream=self.stream,
            status=0,
            first_index=first,
            first_tick=self._tick_at(first),
            counts=counts,
        )
        self._sequence[kind] += 1
        self._send.append(Outgoing(channel="data", payload=payload))
