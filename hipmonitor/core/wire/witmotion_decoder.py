"""WitMotion's notifications decoded: frames are counted, because they carry neither number nor time.

The rate is what the sensor says when it is asked, and asked it is at the beginning of every connection; where it does not
answer, what comes is counted for two seconds and the nearest rate there is taken. Until then frames are not used: nobody
knows how far apart they are.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby

import numpy as np

from hipmonitor.core.arrays import Nanoseconds, read_only
from hipmonitor.core.inbound import Notification, SensorId
from hipmonitor.core.instants import NS_PER_S, HostNs
from hipmonitor.core.wire import witmotion_protocol as wit
from hipmonitor.core.wire.packets import BatteryLevel, Decoded, FaultKind, ImuPackets, PacketKind, SensorInfo, WireFault
from hipmonitor.core.wire.witmotion_frames import DataFrames, Found, FrameStream, HeardReply

ANSWERED_WITHIN_NS = 3 * NS_PER_S
COUNTED_FOR_NS = 2 * NS_PER_S
"""10 Hz gives 20 frames, and the rates there are lie a factor of two apart."""
BEGINS = wit.read_register(wit.Register.VERSION)
"""The first thing that is asked over a new connection."""
POSSIBLE_BATTERY = range(250, 501)
"""Hundredths of a volt: one lithium cell."""


@dataclass(slots=True, kw_only=True)
class WitmotionDecoder:
    """What must be known of one sensor to read its next bytes."""

    frames: FrameStream = field(default_factory=FrameStream)
    rate_hz: float = 0.0
    """0 = the sensor has not told."""
    info: SensorInfo | None = None
    streams: int = 0
    next_index: int = 0
    written_ns: int = 0
    counted: list[int] = field(default_factory=list)
    """Arrivals of frames that came instead of an answer."""

    def decode(self, run: Sequence[Notification]) -> list[Decoded]:
        """Consecutive notifications of one sensor, in order."""
        out: list[Decoded] = []
        for channel, notes in groupby(run, key=lambda note: note.channel):
            if channel == wit.DATA:
                out += self._heard(list(notes))
            elif channel == wit.WRITTEN:
                for note in notes:
                    self._written(note)
            else:
                out += [_fault(note, FaultKind.UNKNOWN_CHANNEL, channel) for note in notes]
        return out

    def _written(self, note: Notification) -> None:
        self.written_ns = note.at
        if note.payload == BEGINS:
            self.frames = FrameStream()
        if note.payload in (BEGINS, wit.UNLOCK):
            self.rate_hz, self.info, self.counted = 0.0, None, []

    def _heard(self, notes: list[Notification]) -> list[Decoded]:
        sensor = notes[0].sensor
        return [each for found in self.frames.take(notes) for each in self._read(sensor, found)]

    def _read(self, sensor: SensorId, found: Found) -> list[Decoded]:
        if isinstance(found, DataFrames):
            return self._data(sensor, found)
        if isinstance(found, HeardReply):
            return self._told(sensor, found)
        return [WireFault(at=HostNs(found.at_ns), sensor=sensor, kind=FaultKind.BAD_VALUE, detail="no header")]

    def _told(self, sensor: SensorId, heard: HeardReply) -> list[Decoded]:
        at, reply = HostNs(heard.at_ns), heard.reply
        if reply.register == wit.Register.RATE:
            return self._rate_told(at, sensor, reply.values[0])
        if reply.register == wit.Register.BATTERY:
            if reply.values[0] not in POSSIBLE_BATTERY:
                return [WireFault(at=at, sensor=sensor, kind=FaultKind.BAD_VALUE, detail="battery")]
            return [BatteryLevel(at=at, sensor=sensor, percent=wit.battery_percent(reply.values[0]))]
        return []

    def _rate_told(self, at: HostNs, sensor: SensorId, code: int) -> list[Decoded]:
        rate = wit.RATES_HZ.get(code)
        if rate is None:
            return [WireFault(at=at, sensor=sensor, kind=FaultKind.BAD_VALUE, detail="rate")]
        if rate != self.rate_hz:
            self.rate_hz, self.info = rate, None
        return []

    def _data(self, sensor: SensorId, found: DataFrames) -> list[Decoded]:
        skipped = self._counted_out(found.at_ns) if not self.rate_hz else 0
        if not self.rate_hz or skipped == len(found.at_ns):
            return []
        out: list[Decoded] = []
        if self.info is None:
            self.info = self._new_stream(sensor, HostNs(int(found.at_ns[skipped])))
            out.append(self.info)
        numbers = found.rows[skipped:, 2:].copy().view("<i2").astype(np.int16)
        n, first = len(numbers), self.next_index
        self.next_index = first + n
        index = (first + np.arange(n)) & 0xFFFF_FFFF
        out.append(
            ImuPackets(
                sensor=sensor,
                kind=PacketKind.LIVE,
                info=self.info,
                at_ns=read_only(found.at_ns[skipped:]),
                sequence=read_only(index & 0xFFFF),
                first_index=read_only(index),
                first_tick=read_only(np.zeros(n, np.int64)),
                count=read_only(np.ones(n, np.int64)),
                status=read_only(np.zeros(n, np.int64)),
                acc_counts=read_only(numbers[:, :3].copy()),
                gyr_counts=read_only(numbers[:, 3:6].copy()),
            )
        )
        return out

    def _counted_out(self, at_ns: Nanoseconds) -> int:
        """Frames of an unknown rate (their arrivals), until what came tells it; how many were needed."""
        for number, arrival in enumerate(at_ns.tolist(), start=1):
            if arrival < self.written_ns + ANSWERED_WITHIN_NS:
                continue
            self.counted.append(arrival)
            passed = arrival - self.counted[0]
            if passed >= COUNTED_FOR_NS:
                heard_hz = (len(self.counted) - 1) * NS_PER_S / passed
                self.rate_hz = min(wit.RATES_HZ.values(), key=lambda rate: abs(math.log(rate / heard_hz)))
                self.counted = []
                return number
        return len(at_ns)

    def _new_stream(self, sensor: SensorId, at: HostNs) -> SensorInfo:
        self.streams, self.next_index = self.streams + 1, 0
        return SensorInfo(
            at=at,
            sensor=sensor,
            stream=self.streams,
            boot_id=0,
            tick_hz=0.0,
            rate_hz=self.rate_hz,
            acc_range_g=wit.ACC_RANGE_G,
            gyr_range_dps=wit.GYR_RANGE_DPS,
            ring_samples=0,
            slow_ring_samples=0,
            slow_rate_hz=0.0,
            most_samples=1,
            has_vibration=False,
        )


def _fault(note: Notification, kind: FaultKind, detail: str) -> WireFault:
    return WireFault(at=note.at, sensor=note.sensor, kind=kind, detail=detail)
