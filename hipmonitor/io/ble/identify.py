"""Which advertisement is a sensor we know, and what tells one that is connected already."""

from __future__ import annotations

from bleak.backends.scanner import AdvertisementData

from hipmonitor.core.wire import Advertised, SensorFamily, recognised


def identify(advertisement: AdvertisementData, name: str | None = None) -> SensorFamily | None:
    """The family this advertisement belongs to, or None; `name`: what the system calls the device where this does not say it."""
    return recognised(
        Advertised(
            name=advertisement.local_name or name or "",
            service_uuids=frozenset(uuid.lower() for uuid in advertisement.service_uuids),
            company_ids=frozenset(advertisement.manufacturer_data),
        )
    )
