"""A radio that loses and delays nothing, for firmwares of any family: what a host writes goes in, what is sent is noted."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from firmware_sim.device import Counts6, StreamShape
from firmware_sim.ports import (
    Firmware,
    FirmwareInput,
    LinkDown,
    LinkUp,
    MtuChanged,
    Room,
    Subscribed,
    Unsubscribed,
    Written,
)
from hipmonitor.core.inbound import Notification, SensorId
from hipmonitor.core.instants import HostNs

START_NS = 1_760_000_000_000_000_000
SENSOR = SensorId("C4:11:22:33:44:55")


class RowsSource:
    """Sample k is row k of what was given, again and again."""

    def __init__(self, rows: np.ndarray) -> None:
        self._rows = rows.astype(np.int16)

    def begin(self, shape: StreamShape) -> None:
        self.shape = shape

    def samples(self, first_index: int, count: int) -> Counts6:
        return self._rows[np.arange(first_index, first_index + count) % len(self._rows)]


@dataclass
class BareRadio:
    """One firmware and the notes that a recorder would make of its talk."""

    device: Firmware
    family: str
    now_ns: int = START_NS
    room: int = 10
    notes: list[Notification] = field(default_factory=list)
    asleep: bool = False

    def __post_init__(self) -> None:
        self._wake_ns = self.now_ns
        self._happens()

    def connect(self, mtu: int = 247) -> None:
        self._happens(LinkUp(mtu=23), MtuChanged(mtu=mtu))

    def disconnect(self) -> None:
        self._happens(LinkDown())

    def listen(self, channel: str = "data") -> None:
        self._happens(Subscribed(channel=channel))

    def stop_listening(self, channel: str = "data") -> None:
        self._happens(Unsubscribed(channel=channel))

    def read(self, channel: str) -> bytes:
        payload = self.device.read(channel)
        self._note(f"{self.family}/{channel}", payload)
        return payload

    def write(self, channel: str, payload: bytes) -> None:
        self._note(f"{self.family}/{channel}>", payload)
        self._happens(Written(channel=channel, payload=payload))

    def run(self, seconds: float) -> list[Notification]:
        """Time passes; what was sent meanwhile."""
        before, end_ns = len(self.notes), self.now_ns + round(seconds * 1e9)
        while self.now_ns < end_ns:
            self.now_ns = min(max(self._wake_ns, self.now_ns + 1), end_ns)
            self._happens()
        return self.notes[before:]

    def _happens(self, *inputs: FirmwareInput) -> None:
        output = self.device.update(self.now_ns, (*inputs, Room(packets=self.room)))
        self._wake_ns, self.asleep = output.wake_ns, output.asleep
        for sent in output.send:
            self._note(f"{self.family}/{sent.channel}", sent.payload)

    def _note(self, channel: str, payload: bytes) -> None:
        self.notes.append(Notification(at=HostNs(self.now_ns), sensor=SENSOR, channel=channel, payload=payload))
