"""The GATT face of a Capture2Go IMU."""

from __future__ import annotations

from firmware_sim.peripherals.face import Can, FaceCharacteristic, FaceService, GattFace
from hipmonitor.core.wire.capture2go_protocol import RX_UUID, SERVICE_UUID, TX_UUID

CAPTURE2GO_FACE = GattFace(
    services=(
        FaceService(
            uuid=SERVICE_UUID,
            characteristics=(
                FaceCharacteristic(channel="commands", uuid=RX_UUID, can=Can.WRITE | Can.WRITE_WITHOUT_RESPONSE),
                FaceCharacteristic(channel="data", uuid=TX_UUID, can=Can.NOTIFY),
            ),
        ),
    ),
    advertised_service=SERVICE_UUID,
)
