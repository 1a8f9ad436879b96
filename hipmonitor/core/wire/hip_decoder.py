"""Notifications of the hip sensor protocol, decoded a run at a time: one packet and a thousand cost about the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from hipmonitor.core.arrays import Ints, read_only
from hipmonitor.core.inbound import Notification, SensorId
from hipmonitor.core.instants import DeviceTicks, HostNs
from hipmonitor.core.wire import hip_protocol as hip
from hipmonitor.core.wire.packets import ClockPair, Decoded, FaultKind, ImuPackets, PacketKind, SensorInfo, WireFault

SLOW_BACKFILL = hip.Kind.SLOW_BACKFILL
KINDS: dict[int, PacketKind] = {
    hip.Kind.LIVE: PacketKind.LIVE,
    hip.Kind.BACKFILL: PacketKind.BACKFILL,
    SLOW_BACKFILL: PacketKind.SLOW_BACKFILL,
}
IS_KIND = read_only(np.isin(np.arange(256), list(KINDS)))
"""(256,) by a packet's first byte: looked up, because np.isin takes fifty times as long for one packet."""
OPEN_ROUND_TRIPS = 16
"""A host that asks more often than it is answered forgets the oldest questions."""


@dataclass(slots=True, kw_only=True)
class HipDecoder:
    """What must be known of one sensor to read its next bytes."""

    info: SensorInfo | None = None
    asked: dict[int, HostNs] = field(default_factory=dict)
    """Nonce -> t1 of round trips that were not answered yet."""

    def decode(self, run: Sequence[Notification]) -> list[Decoded]:
        """Decode consecutive notifications of one hip sensor, in order."""
        out: list[Decoded] = []
        data: list[Notification] = []
        for note in run:
            if note.channel == hip.DATA:
                data.append(note)
                continue
            if note.channel == hip.SYNC_WRITTEN:
                _remember_question(self, note)
                continue
            out += _decode_data(self, data)
            data = []
            out += _decode_other(self, note)
        return out + _decode_data(self, data)


def _fault(note: Notification, kind: FaultKind, detail: str = "") -> WireFault:
    return WireFault(at=note.at, sensor=note.sensor, kind=kind, detail=detail)


def _remember_question(state: HipDecoder, note: Notification) -> None:
    if len(note.payload) == hip.SYNC_ASK.size:
        state.asked[hip.SYNC_ASK.unpack(note.payload)[0]] = note.at
        while len(state.asked) > OPEN_ROUND_TRIPS:
            del state.asked[next(iter(state.asked))]


def _decode_other(state: HipDecoder, note: Notification) -> list[Decoded]:
    if note.channel == hip.INFO:
        return [_decode_info(state, note)]
    if note.channel == hip.SYNC:
        return [_decode_sync(state, note)]
    if note.channel == hip.CONTROL:
        return [] if hip.decode_control(note.payload) else [_fault(note, FaultKind.BAD_LENGTH, "control")]
    if note.channel == hip.CONTROL_WRITTEN:
        return []
    return [_fault(note, FaultKind.UNKNOWN_CHANNEL, note.channel)]


def _decode_info(state: HipDecoder, note: Notification) -> Decoded:
    if note.payload[:1] and note.payload[0] != hip.VERSION[0]:
        return _fault(note, FaultKind.UNSUPPORTED_VERSION, f"protocol {note.payload[0]}")
    info = hip.decode_info(note.payload)
    if info is None:
        return _fault(note, FaultKind.BAD_VALUE, "info")
    state.info = SensorInfo(
        at=note.at,
        sensor=note.sensor,
        stream=info.stream,
        boot_id=info.boot_id,
        tick_hz=float(info.tick_hz),
        rate_hz=info.rate_mhz / 1000,
        acc_range_g=float(info.acc_range_g),
        gyr_range_dps=float(info.gyr_range_dps),
        ring_samples=info.ring_samples,
        slow_ring_samples=info.slow_ring_samples,
        slow_rate_hz=info.slow_rate_cmhz / 100,
        most_samples=info.most_samples,
        has_vibration=bool(info.flags & hip.InfoFlag.VIBRATION),
    )
    return state.info


def _decode_sync(state: HipDecoder, note: Notification) -> Decoded:
    if len(note.payload) != hip.SYNC_ANSWER.size:
        return _fault(note, FaultKind.BAD_LENGTH, "sync")
    nonce, received, answered = hip.SYNC_ANSWER.unpack(note.payload)
    t1 = state.asked.pop(nonce, None)
    if t1 is None or note.at < t1:
        return _fault(note, FaultKind.UNASKED_ANSWER, "sync")
    if state.info is None:
        return _fault(note, FaultKind.NO_INFO, "sync")
    return ClockPair(
        sensor=note.sensor,
        t1=t1,
        ticks_received=DeviceTicks(received),
        ticks_answered=DeviceTicks(answered),
        t4=note.at,
        tick_hz=state.info.tick_hz,
    )


def _decode_data(state: HipDecoder, notes: list[Notification]) -> list[Decoded]:
    """Packets of equal length are decoded together; a bad one becomes a fault in its place."""
    out: list[Decoded] = []
    start = 0
    while start < len(notes):
        size = len(notes[start].payload)
        end = start + 1
        while end < len(notes) and len(notes[end].payload) == size:
            end += 1
        out += _decode_equal(state.info, notes[start:end], size)
        start = end
    return out


def _decode_equal(info: SensorInfo | None, notes: list[Notification], size: int) -> list[Decoded]:
    if info is None:
        return [_fault(note, FaultKind.NO_INFO) for note in notes]
    if size < hip.HEADER_BYTES:
        return [_fault(note, FaultKind.BAD_LENGTH) for note in notes]
    rows = np.frombuffer(b"".join([note.payload for note in notes]), np.uint8).reshape(len(notes), size)
    header = rows[:, : hip.HEADER_BYTES].copy().view(hip.HEADER)[:, 0]
    verdict = _verdicts(info, header, size)
    run_code = np.where(verdict == 0, header["kind"], -verdict)
    out: list[Decoded] = []
    ends = ((run_code[1:] != run_code[:-1]).nonzero()[0] + 1).tolist()
    for start, end in pairwise([0, *ends, len(notes)]):
        group, fault = slice(start, end), int(verdict[start])
        if fault:
            out += [_fault(note, VERDICTS[fault]) for note in notes[group]]
        else:
            out.append(_packets(info, notes[group], header[group], rows[group]))
    return out


VERDICTS = {1: FaultKind.WRONG_STREAM, 2: FaultKind.BAD_LENGTH, 3: FaultKind.BAD_VALUE}
"""Why a packet cannot be used; 0 is a good one."""


def _verdicts(info: SensorInfo, header: NDArray[np.void], size: int) -> Ints:
    """One verdict a packet, (p,)."""
    kind, n = header["kind"], header["n"].astype(np.int64)
    full = np.where((kind == SLOW_BACKFILL) | (info.gyr_range_dps == 0), 6, 12)
    fits = (n > 0) & (n * full + hip.HEADER_BYTES == size)
    ours = header["stream"] == info.stream
    return np.where(IS_KIND[kind], np.where(fits, np.where(ours, 0, 1), 2), 3)


def _packets(
    info: SensorInfo, notes: list[Notification], header: NDArray[np.void], rows: NDArray[np.uint8]
) -> ImuPackets:
    kind = KINDS[int(header["kind"][0])]
    axes = 3 if kind is PacketKind.SLOW_BACKFILL or info.gyr_range_dps == 0 else 6
    counts = rows[:, hip.HEADER_BYTES :].copy().view("<i2").reshape(-1, axes).astype(np.int16)
    return ImuPackets(
        sensor=SensorId(notes[0].sensor),
        kind=kind,
        info=info,
        at_ns=read_only(np.array([note.at for note in notes], np.int64)),
        sequence=read_only(header["sequence"].astype(np.int64)),
        first_index=read_only(header["first_index"].astype(np.int64)),
        first_tick=read_only(header["first_tick"].astype(np.int64)),
        count=read_only(header["n"].astype(np.int64)),
        status=read_only(header["status"].astype(np.int64)),
        acc_counts=read_only(counts[:, :3]),
        gyr_counts=read_only(counts[:, 3:]) if axes == 6 else None,
    )
