"""Notifications of a Capture2Go: samples of its packed data, round trips of its clock, its battery."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from hipmonitor.core.arrays import read_only
from hipmonitor.core.inbound import Notification, SensorId
from hipmonitor.core.instants import NS_PER_S, DeviceTicks, HostNs
from hipmonitor.core.wire import capture2go_protocol as c2g
from hipmonitor.core.wire.capture2go_packages import Unpacker
from hipmonitor.core.wire.capture2go_protocol import Flag, Header, Package
from hipmonitor.core.wire.packets import (
    BatteryLevel,
    ClockPair,
    Decoded,
    FaultKind,
    ImuPackets,
    PacketKind,
    SensorInfo,
    WireFault,
)
from hipmonitor.core.wire.sample_numbers import DeviceClock, Placed, SampleNumbers

TICK_HZ, US, U32 = 1e6, 1000, 1 << 32
STANDARD_GRAVITY_MPS2 = 9.80665
ACC_COUNTS_AT_RANGE = c2g.FULL_COUNTS * STANDARD_GRAVITY_MPS2 / c2g.SENSOR_G_MPS2
TIME_GAP, PROCESSING = int(Flag.TIME_GAP), int(Flag.PROCESSING)
OPEN_ROUND_TRIPS = 16
"""A host that asks more often than it is answered forgets the oldest questions."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Data:
    """A data package with its place in the stream."""

    at: HostNs
    index: int
    package: bytes


@dataclass(slots=True, kw_only=True)
class Capture2GoDecoder:
    """What must be known of one sensor to read its next bytes."""

    unpacker: Unpacker = field(default_factory=Unpacker)
    asked: dict[int, HostNs] = field(default_factory=dict)
    """First field of a round trip -> when it was written."""
    clock: DeviceClock = field(default_factory=DeviceClock)
    rate_hz: float = 0.0
    """As the sensor confirmed it; 0 = it did not."""
    info: SensorInfo | None = None
    origin_ns: int = 0
    """The sensor's time from which the present stream's samples are numbered."""
    numbers: SampleNumbers = field(default_factory=lambda: SampleNumbers(nominal_ns=1.0))
    streams_begun: int = 0
    percent: int | None = None
    ready: list[Data] = field(default_factory=list)
    """Empty between runs."""

    def decode(self, run: Sequence[Notification]) -> list[Decoded]:
        """Decode consecutive notifications of one sensor, in order."""
        out: list[Decoded] = []
        for note in run:
            if note.channel == c2g.TX:
                self._hear(note, out)
            elif note.channel == c2g.RX_WRITTEN:
                self._remember_question(note)
            else:
                self._say(out, _fault(note, FaultKind.UNKNOWN_CHANNEL, note.channel))
        self._hand_on(out)
        return out

    def _hear(self, note: Notification, out: list[Decoded]) -> None:
        for package in self.unpacker.packages(note.payload):
            fault = self._take(note, package, out)
            if fault is not None:
                self._say(out, _fault(note, fault, f"package {package.header:04x}"))
        skipped = self.unpacker.take_skipped()
        if skipped:
            self._say(out, _fault(note, FaultKind.BAD_VALUE, "no package", skipped))

    def _take(self, note: Notification, package: Package, out: list[Decoded]) -> FaultKind | None:
        if len(package.payload) != c2g.SIZES.get(package.header, len(package.payload)):
            return FaultKind.BAD_LENGTH
        if package.header in c2g.RATES_HZ:
            return self._take_data(note, package, out)
        if package.header == Header.MODE:
            self.rate_hz = c2g.rate_of_mode(package.payload)
        elif package.header == Header.ROUND_TRIP:
            return self._take_round_trip(note, package.payload, out)
        elif package.header == Header.STATUS:
            return self._take_status(note, package.payload, out)
        return None

    # --- the clock ----------------------------------------------------------------------------------------------------
    def _remember_question(self, note: Notification) -> None:
        package = c2g.decode_package(note.payload)
        if package is None or package.header != Header.ROUND_TRIP or len(package.payload) != c2g.ROUND_TRIP.size:
            return
        self.asked[c2g.ROUND_TRIP.unpack(package.payload)[0]] = note.at
        while len(self.asked) > OPEN_ROUND_TRIPS:
            del self.asked[next(iter(self.asked))]

    def _take_round_trip(self, note: Notification, payload: bytes, out: list[Decoded]) -> FaultKind | None:
        """Questions are told apart by their first field, which the sensor sends back; when they were asked says the note."""
        asked, received_ns, sent_ns, _ = c2g.ROUND_TRIP.unpack(payload)
        t1 = self.asked.pop(asked, None)
        if t1 is None or note.at < t1:
            return FaultKind.UNASKED_ANSWER
        if self.rate_hz:
            self._begin_if_new(note, received_ns, self.rate_hz, out)
        pair = ClockPair(
            sensor=note.sensor,
            t1=t1,
            ticks_received=_ticks(received_ns),
            ticks_answered=_ticks(sent_ns),
            t4=note.at,
            tick_hz=TICK_HZ,
        )
        self._say(out, pair)
        return None

    def _take_status(self, note: Notification, payload: bytes, out: list[Decoded]) -> FaultKind | None:
        percent = c2g.STATUS.unpack(payload)[7] & ~c2g.CHARGING
        if percent > 100:
            return FaultKind.BAD_VALUE
        if percent != self.percent:
            self.percent = percent
            self._say(out, BatteryLevel(at=note.at, sensor=note.sensor, percent=percent))
        return None

    # --- data ---------------------------------------------------------------------------------------------------------
    def _take_data(self, note: Notification, package: Package, out: list[Decoded]) -> FaultKind | None:
        first_ns, flags = c2g.TIME.unpack_from(package.payload)[0], package.payload[-1]
        if flags & PROCESSING:
            return FaultKind.BAD_VALUE
        rate_hz = c2g.RATES_HZ[package.header]
        self._begin_if_new(note, first_ns, rate_hz, out)
        goes_on = self.numbers.last_ns is not None
        placed = self._place(first_ns)
        if flags & TIME_GAP and goes_on and not (placed and placed.follows):
            self._begin(note, first_ns, rate_hz, out)
            placed = self._place(first_ns)
        if placed is None:
            return FaultKind.DUPLICATE
        self.ready.append(Data(at=note.at, index=placed.index, package=package.payload))
        return None

    def _place(self, first_ns: int) -> Placed | None:
        last_ns = first_ns - self.origin_ns + (c2g.SAMPLES - 1) * self.numbers.nominal_ns
        return self.numbers.place(last_ns, c2g.SAMPLES)

    def _begin_if_new(self, note: Notification, reading_ns: int, rate_hz: float, out: list[Decoded]) -> None:
        """A stream goes on over a lost link; it begins anew where the clock was set or the rate changed."""
        went_on = self.clock.went_on(reading_ns, note.at)
        if self.info is None or not went_on or rate_hz != self.info.rate_hz:
            self._begin(note, reading_ns, rate_hz, out)

    def _begin(self, note: Notification, reading_ns: int, rate_hz: float, out: list[Decoded]) -> None:
        self.origin_ns, self.numbers = reading_ns, SampleNumbers(nominal_ns=NS_PER_S / rate_hz)
        self.streams_begun += 1
        info = SensorInfo(
            at=note.at,
            sensor=note.sensor,
            stream=self.streams_begun,
            boot_id=0,
            tick_hz=TICK_HZ,
            rate_hz=rate_hz,
            acc_range_g=c2g.FULL_RANGE_G,
            gyr_range_dps=c2g.FULL_RANGE_DPS,
            acc_counts_at_range=ACC_COUNTS_AT_RANGE,
            ring_samples=0,
            slow_ring_samples=0,
            slow_rate_hz=0.0,
            most_samples=c2g.SAMPLES,
            has_vibration=False,
        )
        self._say(out, info)
        self.info = info

    # --- what is handed on ----------------------------------------------------------------------------------------------
    def _say(self, out: list[Decoded], item: Decoded) -> None:
        """In its place among the packets."""
        self._hand_on(out)
        out.append(item)

    def _hand_on(self, out: list[Decoded]) -> None:
        if self.ready and self.info:
            out.append(_packets(self.info, self.ready))
        self.ready = []


def _packets(info: SensorInfo, data: list[Data]) -> ImuPackets:
    rows = np.frombuffer(b"".join([each.package for each in data]), c2g.PACKED)
    zeros = np.zeros(len(data), np.int64)
    return ImuPackets(
        sensor=SensorId(info.sensor),
        kind=PacketKind.LIVE,
        info=info,
        at_ns=read_only(np.array([each.at for each in data], np.int64)),
        sequence=read_only(zeros),
        first_index=read_only(np.array([each.index for each in data], np.int64) % U32),
        first_tick=read_only(rows["first_ns"] // US % U32),
        count=read_only(zeros + c2g.SAMPLES),
        status=read_only(rows["flags"].astype(np.int64)),
        acc_counts=read_only(rows["acc"].reshape(-1, 3).astype(np.int16)),
        gyr_counts=read_only(rows["gyr"].reshape(-1, 3).astype(np.int16)),
    )


def _ticks(reading_ns: int) -> DeviceTicks:
    """u32 microseconds, as packets have them."""
    return DeviceTicks(reading_ns // US % U32)


def _fault(note: Notification, kind: FaultKind, detail: str, count: int = 1) -> WireFault:
    return WireFault(at=note.at, sensor=note.sensor, kind=kind, count=count, detail=detail)
