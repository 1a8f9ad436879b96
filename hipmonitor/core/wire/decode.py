"""The door of the wire room: a table of sensor families, and the run of notifications each of them gets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby

from hipmonitor.core.inbound import Notification, SensorId
from hipmonitor.core.wire import hip_decoder, hip_protocol
from hipmonitor.core.wire.packets import BatteryLevel, Decoded, FaultKind, WireFault

SILENT_FAMILIES = frozenset({"dis"})
"""Device Information is text for people; it is recorded and decides nothing."""


@dataclass(slots=True, kw_only=True)
class WireState:
    """What each sensor's decoder carries from one notification to the next."""

    hip: dict[SensorId, hip_decoder.HipState] = field(default_factory=dict)


class Wire:
    """Bytes to packets. No parameter can be tuned here: a protocol is what it is."""

    def __init__(self, state: WireState | None = None) -> None:
        self.state = state or WireState()

    def step(self, notifications: Sequence[Notification]) -> tuple[Decoded, ...]:
        """Decode in order. Anything that cannot be read comes out as a WireFault in its place."""
        out: list[Decoded] = []
        for (sensor, family), run in groupby(notifications, key=lambda n: (n.sensor, n.channel.partition("/")[0])):
            out += self._family(sensor, family, list(run))
        return tuple(out)

    def _family(self, sensor: SensorId, family: str, run: list[Notification]) -> list[Decoded]:
        if family == hip_protocol.FAMILY:
            return hip_decoder.decode(self.state.hip.setdefault(sensor, hip_decoder.HipState()), run)
        if family == "battery":
            return [_battery(note) for note in run]
        if family in SILENT_FAMILIES:
            return []
        return [
            WireFault(at=note.at, sensor=sensor, kind=FaultKind.UNKNOWN_CHANNEL, detail=note.channel) for note in run
        ]


def _battery(note: Notification) -> Decoded:
    if len(note.payload) != 1 or note.payload[0] > 100:
        return WireFault(at=note.at, sensor=note.sensor, kind=FaultKind.BAD_VALUE, detail=note.channel)
    return BatteryLevel(at=note.at, sensor=note.sensor, percent=note.payload[0])
