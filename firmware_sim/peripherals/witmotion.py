"""The GATT face of a WitMotion WT901BLE. Its service is not advertised, and it agrees to no larger MTU."""

from __future__ import annotations

from firmware_sim.peripherals.face import Can, FaceCharacteristic, FaceService, GattFace
from hipmonitor.core.wire.witmotion_protocol import NOTIFY_UUID, SERVICE_UUID, WRITE_UUID

WITMOTION_FACE = GattFace(
    services=(
        FaceService(
            uuid=SERVICE_UUID,
            characteristics=(
                FaceCharacteristic(channel="data", uuid=NOTIFY_UUID, can=Can.NOTIFY),
                FaceCharacteristic(channel="command", uuid=WRITE_UUID, can=Can.WRITE | Can.WRITE_WITHOUT_RESPONSE),
            ),
        ),
    ),
    most_mtu=23,
)
