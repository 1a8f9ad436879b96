"""Services of the Bluetooth standard that sensors of any family may have."""

from __future__ import annotations

from dataclasses import dataclass, fields

from firmware_sim.peripherals.face import Can, FaceCharacteristic, FaceService

BATTERY = FaceService(
    uuid="180f",
    characteristics=(
        FaceCharacteristic(channel="battery", uuid="2a19", can=Can.READ | Can.NOTIFY, told_on_change=True),
    ),
)
"""State of charge in percent, one byte."""

INFORMATION_UUIDS = {"manufacturer": "2a29", "model": "2a24", "serial": "2a25", "hardware": "2a27", "firmware": "2a26"}


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceInformation:
    """What the Device Information service tells."""

    manufacturer: str = "hipmonitor"
    model: str = "HIP-1 simulated"
    serial: str = "000001"
    hardware: str = "none"
    firmware: str = "1.0"


def device_information(about: DeviceInformation) -> FaceService:
    """Five texts that never change."""
    return FaceService(
        uuid="180a",
        characteristics=tuple(
            FaceCharacteristic(
                channel=f"dis/{field.name}",
                uuid=INFORMATION_UUIDS[field.name],
                can=Can.READ,
                value=getattr(about, field.name).encode(),
            )
            for field in fields(about)
        ),
    )
