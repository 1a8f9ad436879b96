"""A Polar Verity Sense as a firmware: what it answers, refuses and streams, with the quirks its users report.

It streams only where both characteristics are listened to and packets are long enough; settings that it does not offer are refused
by number; accelerometer and gyroscope have frames and instants of their own; its clock began on the first day of 2019 and nobody
set it; its samples come 2 % too fast or slow beside that clock; what was started goes on when the link is lost.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np

from firmware_sim.device import battery
from firmware_sim.device.crystal import Crystal, SampleClock
from firmware_sim.device.model import Model
from firmware_sim.device.source import AHEAD_S, BlockAhead, Counts6, SampleSource, StreamShape
from firmware_sim.device.uptime import Uptime
from firmware_sim.device.verity_frames import FrameFiller
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
from hipmonitor.core.wire import verity_protocol as pmd
from hipmonitor.core.wire.verity_protocol import Feature, Kind, Op, Setting, Status

RATE_HZ, INNER_PER_SAMPLE = 52, 4
"""It measures four times as often as it tells, and tells means."""
SHIFT = {Kind.ACC: 0, Kind.GYRO: 1}
"""Inner samples by which a measurement's means are shifted: accelerometer and gyroscope have no instant in common."""
CLOCK_BEGAN_NS = 599_616_000 * 1_000_000_000
"""2019-01-01 since 2000-01-01: what its clock says when it is switched on."""
ACC_RANGE_G, GYRO_RANGE_DPS = 8, 2000
OFFERED: dict[Kind, pmd.Settings] = {
    Kind.ACC: {
        Setting.RATE_HZ: (52,),
        Setting.RESOLUTION_BITS: (16,),
        Setting.RANGE: (8,),
        Setting.CHANNELS: (3,),
    },
    Kind.GYRO: {
        Setting.RATE_HZ: (52,),
        Setting.RESOLUTION_BITS: (16,),
        Setting.RANGE: (245, 500, 1000, 2000),
        Setting.CHANNELS: (3,),
    },
}
REFUSED = {
    Setting.RATE_HZ: Status.INVALID_RATE,
    Setting.RESOLUTION_BITS: Status.INVALID_PARAMETER,
    Setting.RANGE: Status.INVALID_RANGE,
    Setting.CHANNELS: Status.INVALID_CHANNELS,
}
COUNTS = 32_768
LEAST_MTU = 100
ATT_HEADER_BYTES = 3
MOST_PAYLOAD = 229
QUEUE_FRAMES = 8
"""So many frames wait for the radio; then the oldest is lost."""
IDLE_WAKE_NS = 1_000_000_000
FEATURES = Feature.PPG | Feature.ACC | Feature.PPI | Feature.GYRO | Feature.MAG


@dataclass(slots=True, kw_only=True)
class Measurement:
    """One that was started."""

    full_range: int
    filler: FrameFiller
    next_index: int
    """Of the sample that is measured next."""
    framed: int
    """Of the first one that is in no frame yet."""


class VerityDevice:
    """Its power comes on with the first update."""

    def __init__(
        self, source: SampleSource, *, crystal: Crystal, rate_error: float, model: Model, ahead_s: float = AHEAD_S
    ) -> None:
        self._source = BlockAhead(source, block_s=ahead_s)
        self._model, self._crystal, self._time = model, crystal, Uptime(crystal)
        self._rate_mhz = round(RATE_HZ * INNER_PER_SAMPLE * 1000 * (1 + rate_error))
        self._frames_lost = 0
        self.in_charger = False
        self._boot()

    def _boot(self) -> None:
        self._time.boot()
        self._mtu = 23
        self._heard: set[str] = set()
        self._running: dict[Kind, Measurement] = {}
        self._answers: list[Outgoing] = []
        self._frames: deque[bytes] = deque()
        start_own_ns, boot_true_s = self._time.own_ns, self._time.boot_true_s
        self._clock = SampleClock(
            crystal=self._crystal, rate_mhz=self._rate_mhz, start_own_ns=start_own_ns, boot_true_s=boot_true_s
        )
        self._source.begin(StreamShape(clock=self._clock, acc_range_g=ACC_RANGE_G, gyr_range_dps=GYRO_RANGE_DPS))

    # --- the contract with the radio ----------------------------------------------------------------------------------
    def read(self, channel: str) -> bytes:
        """The battery's percent, or what can be measured."""
        if channel == "battery":
            return bytes([battery.percent(self._model, self._time.powered_ns)])
        return pmd.encode_features(FEATURES)

    def reboot(self, now_ns: int) -> None:
        """Switched off and on: the clock begins anew."""
        self._time.advance(now_ns)
        self._boot()

    def tally(self) -> Mapping[str, int]:
        """Frames for which the radio had no room."""
        return {"frames_lost": self._frames_lost}

    def update(self, now_ns: int, inputs: Sequence[FirmwareInput]) -> FirmwareOutput:
        """Everything that is due."""
        self._time.advance(now_ns)
        room = 0
        for happened in inputs:
            if isinstance(happened, Room):
                room = happened.packets
            else:
                self._take(happened)
        for kind, measurement in self._running.items():
            self._measure(kind, measurement)
        answers, self._answers = self._answers, []
        sent = min(len(self._frames), max(0, room - len(answers))) if "data" in self._heard else 0
        frames = [Outgoing(channel="data", payload=self._frames.popleft()) for _ in range(sent)]
        return FirmwareOutput(send=(*answers, *frames), wake_ns=self._wake_ns())

    def _wake_ns(self) -> int:
        due = [self._due_ns(kind, measurement) for kind, measurement in self._running.items()]
        return min([self._time.now_ns + IDLE_WAKE_NS, *due])

    def _due_ns(self, kind: Kind, measurement: Measurement) -> int:
        inner = (measurement.next_index + measurement.filler.wants) * INNER_PER_SAMPLE + SHIFT[kind] - 1
        return self._time.host_ns(self._clock.own_ns(inner))

    # --- what arrives -------------------------------------------------------------------------------------------------
    def _take(self, happened: LinkUp | LinkDown | MtuChanged | Written | Subscribed | Unsubscribed) -> None:
        match happened:
            case LinkUp(mtu=mtu) | MtuChanged(mtu=mtu):
                self._mtu = mtu
            case LinkDown():
                self._heard.clear()
                self._answers.clear()
                self._frames.clear()
            case Subscribed(channel=channel):
                self._heard.add(channel)
            case Unsubscribed(channel=channel):
                self._heard.discard(channel)
            case Written(payload=payload):
                self._answers.append(Outgoing(channel="control", payload=self._answer(payload)))

    def _answer(self, payload: bytes) -> bytes:
        command = pmd.decode_command(payload)
        if command is None:
            return pmd.encode_response(payload[0] if payload else 0, 0, Status.INVALID_LENGTH)
        respond = partial(pmd.encode_response, command.op, command.kind)
        if command.kind not in OFFERED:
            return respond(Status.INVALID_TYPE)
        kind = Kind(command.kind)
        if command.op == Op.GET_SETTINGS:
            return respond(Status.DONE, OFFERED[kind])
        if command.op == Op.START:
            status = self._start(kind, command.settings)
            return respond(status, {Setting.FACTOR: (self._factor(kind),)} if status is Status.DONE else None)
        if command.op == Op.STOP:
            return respond(Status.DONE if self._running.pop(kind, None) else Status.ALREADY_IN_STATE)
        return respond(Status.INVALID_OP)

    def _factor(self, kind: Kind) -> float:
        return self._running[kind].full_range / COUNTS

    def _start(self, kind: Kind, settings: pmd.Settings | None) -> Status:
        refused = self._refusal(kind) or _refusal_of(kind, settings)
        if settings is None or refused:
            return refused or Status.INVALID_LENGTH
        filler = FrameFiller(min(MOST_PAYLOAD, self._mtu - ATT_HEADER_BYTES - pmd.FRAME_HEAD.size))
        full_range = int(settings[Setting.RANGE][0])
        first = self._taken(kind)
        self._running[kind] = Measurement(full_range=full_range, filler=filler, next_index=first, framed=first)
        return Status.DONE

    def _refusal(self, kind: Kind) -> Status | None:
        """Why it cannot start anything of this kind now."""
        if self.in_charger:
            return Status.IN_CHARGER
        if not {"control", "data"} <= self._heard:
            return Status.INVALID_STATE
        if self._mtu < LEAST_MTU:
            return Status.INVALID_MTU
        return Status.ALREADY_IN_STATE if kind in self._running else None

    # --- what is measured ---------------------------------------------------------------------------------------------
    def _taken(self, kind: Kind) -> int:
        """Samples of a measurement that are complete by now."""
        return max(0, self._clock.taken(self._time.own_ns) - SHIFT[kind]) // INNER_PER_SAMPLE

    def _measure(self, kind: Kind, measurement: Measurement) -> None:
        first, count = measurement.next_index, self._taken(kind) - measurement.next_index
        if count <= 0:
            return
        measurement.next_index += count
        for frame in measurement.filler.take(self._counts(kind, measurement, first, count)):
            measurement.framed += frame.samples
            last_ns = self._stamp_ns(kind, measurement.framed - 1)
            self._frames.append(pmd.encode_frame(kind, last_ns, pmd.COMPRESSED_BIT, frame.payload))
        while len(self._frames) > QUEUE_FRAMES:
            self._frames.popleft()
            self._frames_lost += 1

    def _stamp_ns(self, kind: Kind, index: int) -> int:
        """The middle of a sample's inner ones, on its own clock."""
        inner = index * INNER_PER_SAMPLE + SHIFT[kind]
        return CLOCK_BEGAN_NS + (self._clock.own_ns(inner + 1) + self._clock.own_ns(inner + 2)) // 2

    def _counts(self, kind: Kind, measurement: Measurement, first: int, count: int) -> Counts6:
        """Means of the inner samples, in counts of the range that was chosen, (n, 3)."""
        inner = self._source.samples(first * INNER_PER_SAMPLE + SHIFT[kind], count * INNER_PER_SAMPLE)
        columns = inner[:, :3] if kind is Kind.ACC else inner[:, 3:]
        means = columns.reshape(count, INNER_PER_SAMPLE, 3).mean(axis=1)
        built_for = ACC_RANGE_G if kind is Kind.ACC else GYRO_RANGE_DPS
        scaled = np.rint(means * (built_for / measurement.full_range))
        clipped: Counts6 = np.clip(scaled, -COUNTS, COUNTS - 1).astype(np.int16)
        return clipped


def _refusal_of(kind: Kind, settings: pmd.Settings | None) -> Status | None:
    """What it does not offer."""
    for setting, offered in OFFERED[kind].items():
        if settings is not None and settings.get(setting, ())[:1] not in {(value,) for value in offered}:
            return REFUSED[setting]
    return None
