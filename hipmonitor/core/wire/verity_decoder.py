"""Notifications of a Polar Verity Sense: what was asked and answered gives the scales, frames are put on one grid (verity_grid)."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from hipmonitor.core.arrays import Ints
from hipmonitor.core.inbound import Notification
from hipmonitor.core.instants import NS_PER_S
from hipmonitor.core.wire import verity_protocol as pmd
from hipmonitor.core.wire.packets import Decoded, FaultKind, SensorInfo, WireFault
from hipmonitor.core.wire.sample_numbers import DeviceClock, SampleNumbers
from hipmonitor.core.wire.verity_frames import RAW_BYTES, delta_samples, raw_samples
from hipmonitor.core.wire.verity_grid import TICK_HZ, Frame, Grid, Track
from hipmonitor.core.wire.verity_protocol import Kind, Op, Setting, Status

MOST_RATE_HZ, MOST_RANGE, MOST_FACTOR = 1000.0, 5000.0, 100.0
"""Beyond what such a sensor offers, so it was not said."""
LATEST_NS = 1 << 63
"""A timestamp of the year 2292 is none."""
FRAME_TYPE_AT = pmd.FRAME_HEAD.size - 1
GYRO_MISSED_S = 10.0
"""When so much of the accelerometer has waited for the gyroscope, it goes on alone. A frame of a sensor at rest holds 2.5 s
(130 samples were seen), and one may be lost."""
WORTH = {(Kind.ACC, 0): pmd.MILLI_G, (Kind.ACC, 1): 1.0, (Kind.GYRO, 0): 1.0}
"""What a compressed number is worth beside the factor that the sensor states, by (kind, subtype); in mG and degrees a second."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stream:
    """What was agreed on one measurement."""

    rate_hz: float
    full_range: float
    """g or degrees a second."""
    factor: float = 1.0


Agreed = tuple[Stream, Stream | None]
"""Accelerometer and gyroscope."""


@dataclass(slots=True, kw_only=True)
class VerityDecoder:
    """What must be known of one sensor to read its next bytes."""

    asked: dict[int, Stream] = field(default_factory=dict)
    """Starts that were not answered yet."""
    streams: dict[int, Stream] = field(default_factory=dict)
    """Those that were."""
    clock: DeviceClock = field(default_factory=DeviceClock)
    grid: Grid | None = None
    agreed: Agreed | None = None
    """What the grid is for."""
    info: SensorInfo | None = None
    streams_begun: int = 0

    def decode(self, run: Sequence[Notification]) -> list[Decoded]:
        """Decode consecutive notifications of one sensor, in order."""
        out: list[Decoded] = []
        numbers = _numbers_in([note.payload for note in run if note.channel == pmd.DATA])
        for note in run:
            fault = self._hear_data(note, next(numbers), out) if note.channel == pmd.DATA else self._hear_talk(note)
            if fault is not None:
                self._hand_on(out)
                out.append(WireFault(at=note.at, sensor=note.sensor, kind=fault, detail=note.channel))
        self._hand_on(out)
        return out

    # --- the talk -----------------------------------------------------------------------------------------------------
    def _hear_talk(self, note: Notification) -> FaultKind | None:
        if note.channel == pmd.CONTROL_WRITTEN:
            self._remember_question(note.payload)
            return None
        if note.channel == pmd.CONTROL:
            return None if self._take_answer(note.payload) else FaultKind.BAD_VALUE
        if note.channel == pmd.FEATURES:
            return None if pmd.decode_features(note.payload) is not None else FaultKind.BAD_VALUE
        return FaultKind.UNKNOWN_CHANNEL

    def _remember_question(self, payload: bytes) -> None:
        command = pmd.decode_command(payload)
        if command is None or command.op != Op.START:
            return
        settings = command.settings or {}
        rate, full_range = ((settings.get(kind) or (0.0,))[0] for kind in (Setting.RATE_HZ, Setting.RANGE))
        if 1 <= rate <= MOST_RATE_HZ and 1 <= full_range <= MOST_RANGE:
            self.asked[command.kind] = Stream(rate_hz=float(rate), full_range=float(full_range))

    def _take_answer(self, payload: bytes) -> bool:
        """Whether it can be read. A start that was done makes a measurement's numbers readable, its end unreadable."""
        stopped = pmd.decode_stopped(payload)
        for kind in stopped or ():
            self.streams.pop(kind, None)
        answer = pmd.decode_response(payload)
        if answer is None:
            return stopped is not None
        if answer.settings is None:
            return False
        if answer.status == Status.DONE and answer.op == Op.STOP:
            self.streams.pop(answer.kind, None)
        elif answer.status == Status.DONE and answer.op == Op.START and answer.kind in self.asked:
            return self._started(answer.kind, (answer.settings.get(Setting.FACTOR) or (1.0,))[0])
        return True

    def _started(self, kind: int, factor: float) -> bool:
        asked = self.asked.pop(kind)
        if not (math.isfinite(factor) and 0 < factor <= MOST_FACTOR):
            return False
        self.streams[kind] = replace(asked, factor=factor)
        return True

    # --- data ---------------------------------------------------------------------------------------------------------
    def _hear_data(self, note: Notification, numbers: Ints | FaultKind, out: list[Decoded]) -> FaultKind | None:
        if isinstance(numbers, FaultKind):
            return numbers
        kind, stamped_ns, worth = _head_of(note.payload)
        acc, gyro = self.streams.get(Kind.ACC), self.streams.get(Kind.GYRO)
        stream = acc if kind == Kind.ACC else gyro
        if acc is None or stream is None:
            return FaultKind.NO_INFO
        grid = self._grid_for(note, stamped_ns, (acc, gyro), out)
        values = numbers.astype(np.float64) * (worth * stream.factor)
        frame = Frame(at=note.at, last_ns=stamped_ns - grid.origin_ns, values=values)
        if kind == Kind.GYRO:
            if grid.gyro is None:
                self._go_on(note, grid, (acc, gyro), out)
            return None if grid.take_gyro(frame) else FaultKind.DUPLICATE
        taken = grid.take_acc(frame)
        if grid.gyro is not None and grid.waits_s() > GYRO_MISSED_S:
            self._go_on(note, grid, (acc, None), out)
        return None if taken else FaultKind.DUPLICATE

    def _grid_for(self, note: Notification, stamped_ns: int, agreed: Agreed, out: list[Decoded]) -> Grid:
        """The present one, or a new one where the clock was set or other things were agreed on."""
        went_on = self.clock.went_on(stamped_ns, note.at)
        if self.grid is None or not went_on or agreed != self.agreed:
            self._hand_on(out)
            acc, gyro = agreed
            turned = None if gyro is None else _track_of(gyro)
            self.agreed, self.grid = agreed, Grid(origin_ns=stamped_ns, acc=_track_of(acc), gyro=turned)
            self._announce(note, agreed, out)
        return self.grid

    def _go_on(self, note: Notification, grid: Grid, streams: Agreed, out: list[Decoded]) -> None:
        """From here on with the gyroscope, or without it."""
        self._hand_on(out)
        gyro = streams[1]
        grid.join(None if gyro is None else _track_of(gyro))
        self._announce(note, streams, out)

    def _announce(self, note: Notification, streams: Agreed, out: list[Decoded]) -> None:
        """A stream begins: what its numbers mean."""
        acc, gyro = streams
        self.streams_begun += 1
        self.info = SensorInfo(
            at=note.at,
            sensor=note.sensor,
            stream=self.streams_begun,
            boot_id=0,
            tick_hz=TICK_HZ,
            rate_hz=acc.rate_hz,
            acc_range_g=acc.full_range,
            gyr_range_dps=gyro.full_range if gyro else 0.0,
            acc_counts_at_range=acc.full_range * pmd.MILLI_G,
            gyr_counts_at_range=gyro.full_range if gyro else 1.0,
            ring_samples=0,
            slow_ring_samples=0,
            slow_rate_hz=0.0,
            most_samples=0,
            has_vibration=False,
        )
        out.append(self.info)

    def _hand_on(self, out: list[Decoded]) -> None:
        """Frames that have all they need."""
        packets = self.grid.packets(self.info) if self.grid and self.info else None
        if packets is not None:
            out.append(packets)


def _track_of(stream: Stream) -> Track:
    return Track(numbers=SampleNumbers(nominal_ns=NS_PER_S / stream.rate_hz))


def _head_of(payload: bytes) -> tuple[int, int, float]:
    """(kind, time of the last sample, what a number is worth beside the factor)."""
    kind, stamped_ns, frame_type = pmd.FRAME_HEAD.unpack_from(payload)
    kind, subtype = kind & pmd.TYPE_BITS, frame_type & ~pmd.COMPRESSED_BIT
    return kind, stamped_ns, WORTH[kind, subtype] if frame_type & pmd.COMPRESSED_BIT else 1.0


def _numbers_in(payloads: Sequence[bytes]) -> Iterator[Ints | FaultKind]:
    """(n, 3) of each data notification, or why it cannot be read; compressed ones are read together."""
    faults = [_fault_of(payload) for payload in payloads]
    compressed = [
        payload[pmd.FRAME_HEAD.size :]
        for payload, fault in zip(payloads, faults, strict=True)
        if fault is None and payload[FRAME_TYPE_AT] & pmd.COMPRESSED_BIT
    ]
    read = iter(delta_samples(compressed))
    for payload, fault in zip(payloads, faults, strict=True):
        if fault is None:
            frame_type = payload[FRAME_TYPE_AT]
            is_compressed = frame_type & pmd.COMPRESSED_BIT
            numbers = next(read) if is_compressed else raw_samples(payload[pmd.FRAME_HEAD.size :], frame_type)
            yield FaultKind.BAD_VALUE if numbers is None else numbers
        else:
            yield fault


def _fault_of(payload: bytes) -> FaultKind | None:
    if len(payload) <= pmd.FRAME_HEAD.size:
        return FaultKind.BAD_LENGTH
    kind, stamped_ns, frame_type = pmd.FRAME_HEAD.unpack_from(payload)
    if stamped_ns >= LATEST_NS:
        return FaultKind.BAD_VALUE
    kind, subtype = kind & pmd.TYPE_BITS, frame_type & ~pmd.COMPRESSED_BIT
    known = (kind, subtype) in WORTH if frame_type & pmd.COMPRESSED_BIT else kind == Kind.ACC and subtype in RAW_BYTES
    return None if known else FaultKind.UNSUPPORTED_VERSION
