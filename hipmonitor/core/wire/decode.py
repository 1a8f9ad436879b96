"""The door of the wire room: a table of sensor families, and the run of notifications each of them gets."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from hipmonitor.core.inbound import Notification, SensorId
from hipmonitor.core.wire import hip_decoder, hip_protocol
from hipmonitor.core.wire.packets import BatteryLevel, Decoded, FaultKind, WireFault


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
            out += FAMILIES.get(family, _unknown)(self.state, sensor, list(run))
        return tuple(out)


def _hip(state: WireState, sensor: SensorId, run: list[Notification]) -> list[Decoded]:
    return hip_decoder.decode(state.hip.setdefault(sensor, hip_decoder.HipState()), run)


def _batteries(_state: WireState, _sensor: SensorId, run: list[Notification]) -> list[Decoded]:
    return [_battery(note) for note in run]


def _text_for_people(_state: WireState, _sensor: SensorId, _run: list[Notification]) -> list[Decoded]:
    return []


def _unknown(_state: WireState, sensor: SensorId, run: list[Notification]) -> list[Decoded]:
    return [WireFault(at=note.at, sensor=sensor, kind=FaultKind.UNKNOWN_CHANNEL, detail=note.channel) for note in run]


def _battery(note: Notification) -> Decoded:
    if len(note.payload) != 1 or note.payload[0] > 100:
        return WireFault(at=note.at, sensor=note.sensor, kind=FaultKind.BAD_VALUE, detail=note.channel)
    return BatteryLevel(at=note.at, sensor=note.sensor, percent=note.payload[0])


FAMILIES: dict[str, Callable[[WireState, SensorId, list[Notification]], list[Decoded]]] = {
    hip_protocol.FAMILY: _hip,
    "battery": _batteries,
    "dis": _text_for_people,
}
"""What the part of a channel's name before the stroke says about its bytes."""
