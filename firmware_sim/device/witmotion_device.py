"""A WitMotion sensor's firmware: registers, and frames that flow as soon as somebody listens."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

import numpy as np
from numpy.typing import NDArray

from firmware_sim.device.crystal import GIGA, Crystal
from firmware_sim.device.sampler import Sampler
from firmware_sim.device.source import SampleSource
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
from hipmonitor.core.wire.witmotion_protocol import (
    ANGLE_RANGE_DEG,
    RATES_HZ,
    UNLOCK_KEY,
    Register,
    Reply,
    encode_frame,
    encode_reply,
)

COMMAND, READ = b"\xff\xaa", 0x27
FACTORY: dict[int, int] = {Register.RATE: 6, Register.BANDWIDTH: 4, Register.ALGORITHM: 0, Register.VERSION: 0x5017}
"""10 Hz, 20 Hz low-pass, nine axes."""
RATE_200_HZ = 0x0B
"""The code that this firmware takes; the other one is ignored."""
CAN_BE_SET: dict[int, frozenset[int]] = {
    Register.RATE: frozenset({*range(1, 0x0A), RATE_200_HZ}),
    Register.BANDWIDTH: frozenset(range(7)),
    Register.ALGORITHM: frozenset({0, 1}),
}
UNLOCKED_AFTER_NS, UNLOCKED_FOR_NS = 100_000_000, 10_000_000_000
IDLE_WAKE_NS = 1_000_000_000
CALENDAR_AT_BOOT = datetime(2015, 1, 1, tzinfo=UTC)
"""Its calendar is set by nobody."""
EMPTY_V100, FULL_V100 = 340, 415


@dataclass(frozen=True, slots=True, kw_only=True)
class WitmotionModel:
    """What kind of one is simulated."""

    crystal: Crystal = field(default_factory=lambda: Crystal(error_ppb=4_000_000))
    """Sample rates are the motion sensor's own oscillator's."""
    is_stamped: bool = False
    """Newer firmware: each frame ends with the calendar time, 28 bytes in all."""
    notification_bytes: int = 20
    """The stream is sent in notifications of at most so many bytes, whatever the frames' borders."""
    gathered_ns: int = 0
    """So long it waits for more to send together."""
    buffered_frames: int = 12
    """What does not fit while the radio is busy is lost, without a trace in the stream."""
    battery_start_percent: float = 90.0
    battery_hours: float = 10.0


class WitmotionDevice:
    """Streams by itself; what is not unlocked before it is written is ignored, and what is not kept is gone at the next boot."""

    def __init__(self, source: SampleSource, *, model: WitmotionModel | None = None) -> None:
        self._model = model or WitmotionModel()
        self._sampler = Sampler(source, crystal=self._model.crystal, acc_range_g=16, gyr_range_dps=2000)
        self._kept: dict[int, int] = dict(FACTORY)
        self.frames_lost = self.frames_made = self.writes_ignored = 0
        self._boot()

    # -- the contract with the radio -------------------------------------------------------------------------------

    def update(self, now_ns: int, inputs: Sequence[FirmwareInput]) -> FirmwareOutput:
        """Everything that is due at `now_ns`, given what happened since the last call."""
        self._sampler.time.advance(now_ns)
        self._sample()
        room = 0
        for happened in inputs:
            if isinstance(happened, Room):
                room = happened.packets
            else:
                self._take(happened)
        send = tuple(self._pieces(room, now_ns))
        next_ns = self._sampler.next_ns()
        return FirmwareOutput(send=send, wake_ns=now_ns + IDLE_WAKE_NS if next_ns is None else next_ns)

    def read(self, channel: str) -> bytes:
        """It has nothing to read: registers are answered in the stream."""
        raise KeyError(channel)

    def tally(self) -> dict[str, int]:
        """What is worth telling at the end of a run."""
        return {"frames_made": self.frames_made, "frames_lost": self.frames_lost, "writes_ignored": self.writes_ignored}

    def reboot(self, now_ns: int) -> None:
        """Power off and on."""
        self._sampler.time.advance(now_ns)
        self._boot()

    def _boot(self) -> None:
        self._sampler.time.boot()
        self._registers = dict(self._kept)
        self._unlocked_ns: int | None = None
        self._mtu, self._is_heard = 23, False
        self._out: deque[bytes] = deque()
        self._sent_of_first = 0
        self._gathering_since_ns: int | None = None
        self._begin()

    def _begin(self) -> None:
        self._sampler.begin(round(RATES_HZ[self._registers[Register.RATE]] * 1000))

    # -- what arrives ----------------------------------------------------------------------------------------------

    def _take(self, happened: LinkUp | LinkDown | MtuChanged | Written | Subscribed | Unsubscribed) -> None:
        match happened:
            case LinkUp(mtu=mtu) | MtuChanged(mtu=mtu):
                self._mtu = mtu
            case Subscribed():
                self._is_heard = True
            case LinkDown() | Unsubscribed():
                self._is_heard = False
                self._out.clear()
                self._sent_of_first = 0
            case Written(payload=payload):
                self._command(payload)

    def _command(self, payload: bytes) -> None:
        if len(payload) != 5 or payload[:2] != COMMAND:
            self.writes_ignored += 1
        elif payload[2] == READ:
            self._out.append(encode_reply(Reply(register=payload[3], values=self._eight_from(payload[3]))))
        else:
            self._set(payload[2], int.from_bytes(payload[3:5], "little"))

    def _eight_from(self, register: int) -> tuple[int, ...]:
        battery = {int(Register.BATTERY): self._battery_v100()}
        return tuple((self._registers | battery).get(register + i, 0) for i in range(8))

    def _set(self, register: int, value: int) -> None:
        now = self._sampler.time.now_ns
        if register == Register.KEY and value == UNLOCK_KEY:
            self._unlocked_ns = now
            return
        since = None if self._unlocked_ns is None else now - self._unlocked_ns
        if since is None or not UNLOCKED_AFTER_NS <= since <= UNLOCKED_FOR_NS:
            self.writes_ignored += 1
        elif register == Register.SAVE and value == 0:
            self._kept = dict(self._registers)
        elif value in CAN_BE_SET.get(register, frozenset()):
            self._registers[register] = value
            if register == Register.RATE:
                self._begin()
        else:
            self.writes_ignored += 1

    def _battery_v100(self) -> int:
        hours = self._sampler.time.powered_ns / GIGA / 3600
        left = max(0.0, self._model.battery_start_percent / 100 - hours / self._model.battery_hours)
        return round(EMPTY_V100 + left * (FULL_V100 - EMPTY_V100))

    # -- what is sent ----------------------------------------------------------------------------------------------

    def _sample(self) -> None:
        due = self._sampler.due()
        if due is None or not self._is_heard:
            return
        for counts, own_ns in zip(*due, strict=True):
            self.frames_made += 1
            if len(self._out) < self._model.buffered_frames:
                self._out.append(encode_frame(_numbers(counts), self._calendar(own_ns)))
            else:
                self.frames_lost += 1

    def _calendar(self, own_ns: int) -> tuple[int, ...] | None:
        if not self._model.is_stamped:
            return None
        now = datetime.fromtimestamp(CALENDAR_AT_BOOT.timestamp() + own_ns / GIGA, UTC)
        return (now.year, now.month, now.day, now.hour, now.minute, now.second, now.microsecond // 1000)

    def _pieces(self, room: int, now_ns: int) -> list[Outgoing]:
        """The stream's next bytes, in as many notifications as there is room for."""
        if not self._out or not self._is_heard:
            self._gathering_since_ns = None
            return []
        self._gathering_since_ns = self._gathering_since_ns or now_ns
        if now_ns - self._gathering_since_ns < self._model.gathered_ns:
            return []
        self._gathering_since_ns = None
        most = min(self._model.notification_bytes, self._mtu - 3)
        stream = b"".join(self._out)[self._sent_of_first :]
        pieces = [stream[i : i + most] for i in range(0, len(stream), most)][:room]
        self._drop_sent(sum(map(len, pieces)))
        return [Outgoing(channel="data", payload=piece) for piece in pieces]

    def _drop_sent(self, sent: int) -> None:
        self._sent_of_first += sent
        while self._out and self._sent_of_first >= len(self._out[0]):
            self._sent_of_first -= len(self._out.popleft())


def _numbers(counts: NDArray[np.int16]) -> NDArray[np.int16]:
    """(9,) acceleration, rates, and the angles that its own filter would show: here of gravity alone."""
    x, y, z = (float(value) for value in counts[:3])
    roll, pitch = np.arctan2(y, z), np.arctan2(-x, np.hypot(y, z))
    angles = np.rint(np.degrees([roll, pitch, 0.0]) / ANGLE_RANGE_DEG * 32_767).astype(np.int16)
    return np.concatenate([counts, angles])
