"""Room 1: bytes to packets. One module per sensor family behind one door; malformed bytes become a WireFault, never an exception."""

from hipmonitor.core.wire.decode import Wire, WireState
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

__all__ = [
    "BatteryLevel",
    "ClockPair",
    "Decoded",
    "FaultKind",
    "ImuPackets",
    "PacketKind",
    "SensorInfo",
    "Wire",
    "WireFault",
    "WireState",
]
