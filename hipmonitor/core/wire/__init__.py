"""Room 1: bytes to packets. One module per sensor family behind one door; malformed bytes become a WireFault, never an exception."""

from hipmonitor.core.wire.decode import Wire, WireState
from hipmonitor.core.wire.driver import Advertised, SensorFamily
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
from hipmonitor.core.wire.supported import SUPPORTED, family_named, recognised, remarks_of

__all__ = [
    "SUPPORTED",
    "Advertised",
    "BatteryLevel",
    "ClockPair",
    "Decoded",
    "FaultKind",
    "ImuPackets",
    "PacketKind",
    "SensorFamily",
    "SensorInfo",
    "Wire",
    "WireFault",
    "WireState",
    "family_named",
    "recognised",
    "remarks_of",
]
