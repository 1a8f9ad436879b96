"""The door of the wire room: each run of notifications goes to its sensor's decoder."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby

from hipmonitor.core.inbound import Notification, SensorId
from hipmonitor.core.wire.driver import Decoder
from hipmonitor.core.wire.packets import BatteryLevel, Decoded, FaultKind, WireFault
from hipmonitor.core.wire.supported import family_named


@dataclass(slots=True, kw_only=True)
class WireState:
    """What each sensor's decoder carries from one notification to the next."""

    decoders: dict[tuple[SensorId, str], Decoder] = field(default_factory=dict)
    """(sensor, family) -> its decoder, which is its own state."""


class Wire:
    """Bytes to packets. No parameter can be tuned here: a protocol is what it is."""

    def __init__(self, state: WireState | None = None) -> None:
        self.state = state or WireState()

    def step(self, notifications: Sequence[Notification]) -> tuple[Decoded, ...]:
        """Decode in order. Anything that cannot be read comes out as a WireFault in its place."""
        out: list[Decoded] = []
        for (sensor, family), run in groupby(notifications, key=lambda n: (n.sensor, n.channel.partition("/")[0])):
            out += self._decoded(sensor, family, list(run))
        return tuple(out)

    def _decoded(self, sensor: SensorId, family: str, run: list[Notification]) -> list[Decoded]:
        if family == TEXT_FOR_PEOPLE:
            return []
        if family == BATTERY:
            return [_battery(note) for note in run]
        decoder = self.state.decoders.get((sensor, family))
        if decoder is None:
            row = family_named(family)
            if row is None:
                return [_fault(note, FaultKind.UNKNOWN_CHANNEL) for note in run]
            decoder = self.state.decoders[sensor, family] = row.new_decoder()
        return decoder.decode(run)


BATTERY, TEXT_FOR_PEOPLE = "battery", "dis"
"""Services of the Bluetooth standard that sensors of any family may have."""


def _battery(note: Notification) -> Decoded:
    if len(note.payload) != 1 or note.payload[0] > 100:
        return _fault(note, FaultKind.BAD_VALUE)
    return BatteryLevel(at=note.at, sensor=note.sensor, percent=note.payload[0])


def _fault(note: Notification, kind: FaultKind) -> WireFault:
    return WireFault(at=note.at, sensor=note.sensor, kind=kind, detail=note.channel)
