"""Movella DOT's notifications decoded: one sample each, numbered by its time stamp, because the sensor does not count.

Samples lie on a grid of the sensor's own clock, so the step from stamp to stamp tells how many never came. A stamp that does
not go with the host's clock (a reset counter) begins a new stream.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from hipmonitor.core.arrays import Bools, Ints, Nanoseconds, read_only
from hipmonitor.core.inbound import Notification, SensorId
from hipmonitor.core.instants import HostNs
from hipmonitor.core.wire import dot_protocol as dot
from hipmonitor.core.wire.dot_protocol import Mode
from hipmonitor.core.wire.packets import BatteryLevel, Decoded, FaultKind, ImuPackets, PacketKind, SensorInfo, WireFault

U32 = 1 << 32
RESET_US = 4_000_000
"""Stamps and arrivals that differ by more: the longest that a link stands without a packet, and so the latest a packet can be."""
RESET_SHARE = 1e-3
"""And by more than this of the time between them: no crystal is so wrong."""
G_RANGE = 16.0
MOST_MPS2, MOST_DPS = 2 * dot.ACC_RANGE_MPS2, 2 * dot.GYR_RANGE_DPS
"""Beyond twice the range nothing was measured."""


@dataclass(slots=True, kw_only=True)
class DotDecoder:
    """What must be known of one sensor to read its next bytes."""

    rate_hz: int | None = None
    """As its control value told."""
    mode: Mode | None = None
    """That measuring was begun in."""
    info: SensorInfo | None = None
    streams: int = 0
    last: tuple[int, int, int] = (0, 0, 0)
    """(stamp, arrival, index) of the newest sample."""

    def decode(self, run: Sequence[Notification]) -> list[Decoded]:
        """Consecutive notifications of one sensor, in order."""
        out: list[Decoded] = []
        for (channel, size), notes in groupby(run, key=lambda note: (note.channel, len(note.payload))):
            if channel == dot.DATA:
                out += self._data(list(notes), size)
            else:
                out += [each for note in notes for each in self._other(note)]
        return out

    def _other(self, note: Notification) -> list[Decoded]:
        if note.channel == dot.CONTROL:
            return self._control(note)
        if note.channel == dot.START_WRITTEN:
            self._started(note.payload)
        elif note.channel == dot.BATTERY:
            return [_battery(note)]
        elif note.channel not in (dot.INFO, dot.REPORT, dot.CONTROL_WRITTEN):
            return [_fault(note, FaultKind.UNKNOWN_CHANNEL)]
        return []

    def _control(self, note: Notification) -> list[Decoded]:
        rate_hz = dot.decode_rate(note.payload)
        if rate_hz is None:
            return [_fault(note, FaultKind.BAD_VALUE)]
        if rate_hz != self.rate_hz:
            self.rate_hz, self.info = rate_hz, None
        return []

    def _started(self, written: bytes) -> None:
        for mode in RAW_MODES:
            if written == dot.encode_start(mode):
                self.mode = mode

    def _data(self, notes: list[Notification], size: int) -> list[Decoded]:
        """Notifications of equal length; a bad one becomes a fault in its place."""
        if self.rate_hz is None or self.mode is None:
            return [_fault(note, FaultKind.NO_INFO) for note in notes]
        layout = dot.LAYOUTS[self.mode]
        if size != dot.PADDED_BYTES[self.mode]:
            return [_fault(note, FaultKind.BAD_LENGTH) for note in notes]
        rows = np.frombuffer(b"".join([note.payload for note in notes]), np.uint8).reshape(len(notes), size)
        samples = rows[:, : layout.itemsize].copy().view(layout)[:, 0]
        good = _believable(samples)
        out: list[Decoded] = []
        for group in np.split(np.arange(len(notes)), np.flatnonzero(np.diff(good)) + 1):
            if good[group[0]]:
                at_ns = np.array([notes[i].at for i in group], np.int64)
                out += self._samples(notes[0].sensor, at_ns, samples[group], self.rate_hz)
            else:
                out += [_fault(notes[i], FaultKind.BAD_VALUE) for i in group]
        return out

    def _samples(self, sensor: SensorId, at_ns: Nanoseconds, samples: NDArray[np.void], rate_hz: int) -> list[Decoded]:
        """Samples, in a run for every stream."""
        out: list[Decoded] = []
        stamps = samples["t_us"].astype(np.int64)
        passed_us, reset = self._passed(stamps, at_ns)
        for rows in np.split(np.arange(len(stamps)), np.flatnonzero(reset[1:]) + 1):
            if self.info is None or reset[rows[0]]:
                self.info = self._new_stream(sensor, HostNs(int(at_ns[rows[0]])), rate_hz)
                out.append(self.info)
                passed_us[rows[0]] = 0
            index = self.last[2] + np.cumsum(np.rint(passed_us[rows] * (rate_hz / dot.TICK_HZ)).astype(np.int64))
            self.last = (int(stamps[rows[-1]]), int(at_ns[rows[-1]]), int(index[-1]))
            out.append(_packets(self.info, at_ns[rows], index % U32, samples[rows]))
        return out

    def _passed(self, stamps: Ints, at_ns: Nanoseconds) -> tuple[Ints, Bools]:
        """(n,) microseconds since the sample before each one, and whether the counter was reset between the two.

        The host's clock tells how often the counter turned over meanwhile.
        """
        before, heard, _ = self.last
        steps = np.diff(stamps, prepend=before) % U32
        by_host = np.diff(at_ns, prepend=heard) / 1000
        steps += U32 * np.rint((by_host - steps) / U32).astype(np.int64)
        return steps, np.abs(by_host - steps) > RESET_US + RESET_SHARE * np.abs(by_host)

    def _new_stream(self, sensor: SensorId, at: HostNs, rate_hz: int) -> SensorInfo:
        self.streams, self.last = self.streams + 1, (0, 0, 0)
        return SensorInfo(
            at=at,
            sensor=sensor,
            stream=self.streams,
            boot_id=0,
            tick_hz=float(dot.TICK_HZ),
            rate_hz=float(rate_hz),
            acc_range_g=G_RANGE,
            gyr_range_dps=dot.GYR_RANGE_DPS,
            acc_counts_at_range=dot.ACC_RANGE_MPS2,
            gyr_counts_at_range=dot.GYR_RANGE_DPS,
            ring_samples=0,
            slow_ring_samples=0,
            slow_rate_hz=0.0,
            most_samples=1,
            has_vibration=False,
        )


RAW_MODES = (Mode.RATE, Mode.EVERYTHING)
"""Those with what was measured."""


def _believable(samples: NDArray[np.void]) -> Bools:
    """(n,) whether a sensor can have measured it; False where anything is not a number."""
    acc, gyr = np.abs(samples["acc_mps2"]).max(axis=1), np.abs(samples["gyr_dps"]).max(axis=1)
    believable: Bools = (acc <= MOST_MPS2) & (gyr <= MOST_DPS)
    return believable


def _packets(info: SensorInfo, at_ns: Nanoseconds, index: Ints, samples: NDArray[np.void]) -> ImuPackets:
    n = len(samples)
    return ImuPackets(
        sensor=info.sensor,
        kind=PacketKind.LIVE,
        info=info,
        at_ns=read_only(at_ns),
        sequence=read_only(index & 0xFFFF),
        first_index=read_only(index),
        first_tick=read_only(samples["t_us"].astype(np.int64)),
        count=read_only(np.ones(n, np.int64)),
        status=read_only(np.zeros(n, np.int64)),
        acc_counts=read_only(samples["acc_mps2"].copy()),
        gyr_counts=read_only(samples["gyr_dps"].copy()),
    )


def _battery(note: Notification) -> Decoded:
    if len(note.payload) != dot.BATTERY_BYTES or note.payload[0] > 100:
        return _fault(note, FaultKind.BAD_VALUE)
    return BatteryLevel(at=note.at, sensor=note.sensor, percent=note.payload[0])


def _fault(note: Notification, kind: FaultKind) -> WireFault:
    return WireFault(at=note.at, sensor=note.sensor, kind=kind, detail=note.channel)
