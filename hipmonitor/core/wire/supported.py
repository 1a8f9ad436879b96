"""The table of supported sensors, one row a family, in the order in which an advertisement is compared with them."""

from __future__ import annotations

from hipmonitor.core.wire import hip_protocol
from hipmonitor.core.wire.driver import Advertised, SensorFamily
from hipmonitor.core.wire.hip_decoder import HipDecoder

HIP = SensorFamily(
    family=hip_protocol.FAMILY,
    title="hip sensor (hipmonitor protocol 1)",
    grade="A",
    knows=lambda heard: hip_protocol.SERVICE_UUID in heard.service_uuids,
    service_uuid=hip_protocol.SERVICE_UUID,
    new_decoder=HipDecoder,
    new_dialogue=None,
    rates_hz=(100.0, 25.0, 50.0, 200.0),
    timestamps="sensor ticks and clock round trips",
    remarks=("Remembers what the computer missed.",),
)

SUPPORTED: tuple[SensorFamily, ...] = (HIP,)


def recognised(heard: Advertised) -> SensorFamily | None:
    """The family this advertisement belongs to, or None for everything else on the air."""
    return next((row for row in SUPPORTED if row.knows(heard)), None)


def family_named(family: str) -> SensorFamily | None:
    """The row of that name."""
    return next((row for row in SUPPORTED if row.family == family), None)
