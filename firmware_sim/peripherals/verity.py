"""The GATT face of a Polar Verity Sense, as far as it is used."""

from __future__ import annotations

from firmware_sim.peripherals.face import Can, FaceCharacteristic, FaceService, GattFace
from firmware_sim.peripherals.standard_services import BATTERY, DeviceInformation, device_information
from hipmonitor.core.wire.verity_protocol import CONTROL_UUID, DATA_UUID, SERVICE_UUID

VERITY_FACE = GattFace(
    services=(
        FaceService(
            uuid=SERVICE_UUID,
            characteristics=(
                FaceCharacteristic(channel="control", uuid=CONTROL_UUID, can=Can.READ | Can.WRITE | Can.INDICATE),
                FaceCharacteristic(channel="data", uuid=DATA_UUID, can=Can.NOTIFY),
            ),
        ),
        BATTERY,
        device_information(
            DeviceInformation(manufacturer="Polar Electro Oy", model="INW4J", serial="0A1B2C3D", firmware="2.2.6")
        ),
    ),
    advertised_service="180d",
    company=(0x006B, b"\x72\x08\x97\xc9"),
    most_mtu=242,
)
"""It advertises the heart rate service, not the one that is used here: it is known by its name."""
