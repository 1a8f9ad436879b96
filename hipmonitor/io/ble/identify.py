"""Which advertisement is a sensor we know: one row per family."""

from __future__ import annotations

from dataclasses import dataclass

from bleak.backends.scanner import AdvertisementData

from hipmonitor.core.wire.hip_protocol import FAMILY, SERVICE_UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownSensor:
    """A family of sensors and what tells it from others on the air."""

    kind: str
    title: str
    service_uuid: str


KNOWN_SENSORS: tuple[KnownSensor, ...] = (
    KnownSensor(kind=FAMILY, title="hip sensor (hipmonitor protocol 1)", service_uuid=SERVICE_UUID),
)


def identify(advertisement: AdvertisementData) -> KnownSensor | None:
    """The family this advertisement belongs to, or None for everything else on the air."""
    offered = {uuid.lower() for uuid in advertisement.service_uuids}
    return next((known for known in KNOWN_SENSORS if known.service_uuid in offered), None)
