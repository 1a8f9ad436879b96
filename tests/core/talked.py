"""A simulated sensor and a talk with it without a radio: the notifications that the client would have noted, on simulated time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

import numpy as np

from firmware_sim.device import Counts6, StreamShape
from firmware_sim.peripherals import GattFace
from firmware_sim.ports import FirmwareInput, LinkDown, LinkUp, MtuChanged, Room, Subscribed, WholeFirmware, Written
from hipmonitor.core.inbound import Notification
from hipmonitor.core.instants import NS_PER_S, HostNs
from hipmonitor.core.wire.dialogue import Ask, Dialogue, Listen, Read, Rest, Talk, Write
from tests.core.builders import SENSOR, T0

INTERVAL_NS = 30_000_000
MTU = 247


class Swing:
    """A source of samples: a sensor that swings about its x axis, with noise."""

    def begin(self, shape: StreamShape) -> None:
        self._shape = shape

    def samples(self, first_index: int, count: int) -> Counts6:
        t = self._shape.clock.true_s(np.arange(first_index, first_index + count))
        angle, rate = 0.6 * np.sin(4.0 * t), np.rad2deg(2.4 * np.cos(4.0 * t))
        acc = np.stack([0 * t, np.sin(angle), np.cos(angle)], axis=1) * 32768 / self._shape.acc_range_g
        gyr = np.stack([rate, 0 * t, 0 * t], axis=1) * 32768 / self._shape.gyr_range_dps
        noise = [np.random.default_rng(i).normal(0, 4, 6) for i in range(first_index, first_index + count)]
        return np.rint(np.concatenate([acc, gyr], axis=1) + np.array(noise).reshape(-1, 6)).astype(np.int16)


@dataclass(kw_only=True)
class Talked:
    """One connection after the other with one sensor, every instant a multiple of the connection interval later."""

    device: WholeFirmware
    face: GattFace
    dialogue: Callable[[], Dialogue]
    now_ns: int = T0
    notes: list[Notification] = field(default_factory=list)
    mtu: int = MTU

    def __post_init__(self) -> None:
        self._by_uuid = {each.uuid: each.channel for each in self.face.characteristics()}
        self._listened: dict[str, str] = {}
        self._device_update(())

    def session(self, seconds: float, *, says_goodbye: bool = True) -> None:
        """Connect, begin, listen for so long with the routine in between, and leave, or lose the link."""
        talk = self.dialogue()
        self._device_update((LinkUp(mtu=23), MtuChanged(mtu=self.mtu)))
        self.hold(talk.begin())
        end_ns = self.now_ns + round(seconds * NS_PER_S)
        while self.now_ns < end_ns:
            self._pass(min(talk.routine_every_s, (end_ns - self.now_ns) / NS_PER_S))
            self.hold(talk.routine())
        if says_goodbye:
            self.hold(talk.end())
        self._listened = {}
        self._device_update((LinkDown(),))

    def away(self, seconds: float) -> None:
        """Nothing is heard for so long."""
        self._pass(seconds)

    def hold(self, talk: Talk) -> None:
        """Every step of a talk."""
        answer: bytes | None = None
        try:
            while True:
                answer = self._do(talk.send(answer))
        except StopIteration:
            pass

    def _do(self, step: object) -> bytes | None:
        match step:
            case Rest(seconds=seconds):
                self._pass(seconds)
            case Listen(uuid=uuid, channel=channel):
                self._listened[self._by_uuid[uuid]] = channel
                self._pass(0, Subscribed(channel=self._by_uuid[uuid]))
            case Read(uuid=uuid, channel=channel):
                named = self._by_uuid.get(_short(uuid), self._by_uuid.get(uuid))
                if named is None:
                    return None
                payload = self.device.read(named)
                self._note(channel, payload)
                return payload
            case Write():
                self._note(step.channel, step.payload)
                self._pass(0, Written(channel=self._by_uuid[step.uuid], payload=step.payload))
            case Ask():
                return self._ask(step)
        return None

    def _ask(self, question: Ask) -> bytes | None:
        first = len(self.notes)
        until_ns = self.now_ns + round(question.within_s * NS_PER_S)
        self._do(question.write)
        while True:
            for note in self.notes[first:]:
                if note.channel == question.on and question.answers(note.payload):
                    return note.payload
            first = len(self.notes)
            if self.now_ns >= until_ns:
                return None
            self._pass(0)

    def _pass(self, seconds: float, *happened: FirmwareInput) -> None:
        """One interval at least."""
        until_ns = self.now_ns + max(INTERVAL_NS, round(seconds * NS_PER_S))
        self._device_update(happened)
        while self.now_ns < until_ns:
            self.now_ns += INTERVAL_NS
            self._device_update(())

    def _device_update(self, happened: tuple[FirmwareInput, ...]) -> None:
        for sent in self.device.update(self.now_ns, (*happened, Room(packets=8))).send:
            if sent.channel in self._listened:
                self._note(self._listened[sent.channel], sent.payload)

    def _note(self, channel: str, payload: bytes) -> None:
        self.notes.append(Notification(at=HostNs(self.now_ns), sensor=SENSOR, channel=channel, payload=payload))


def _short(uuid: str) -> str:
    return uuid[4:8]


def harmed(notes: list[Notification], channel: str, *, seed: int) -> Iterator[Notification]:
    """The same with some of a channel's notifications lost, doubled, cut or changed, one in twenty each."""
    chance = np.random.default_rng(seed)
    for note in notes:
        fate = int(chance.integers(0, 20)) if note.channel == channel else -1
        if fate == 0:
            continue
        payload = note.payload[: int(chance.integers(0, len(note.payload) + 1))] if fate == 1 else note.payload
        if fate == 2 and payload:
            at = int(chance.integers(0, len(payload)))
            payload = payload[:at] + bytes([int(chance.integers(0, 256))]) + payload[at + 1 :]
        yield replace(note, payload=payload)
        if fate == 3:
            yield note
