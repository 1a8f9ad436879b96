"""The hip sensor's GATT face, as PROTOCOL.md lists it."""

from __future__ import annotations

from firmware_sim.peripherals.face import Can, ConnectionWish, FaceCharacteristic, FaceService, GattFace
from firmware_sim.peripherals.standard_services import BATTERY, DeviceInformation, device_information
from hipmonitor.core.wire.hip_protocol import CONTROL_UUID, DATA_UUID, INFO_UUID, SERVICE_UUID, SYNC_UUID

HIP_FACE = GattFace(
    services=(
        FaceService(
            uuid=SERVICE_UUID,
            characteristics=(
                FaceCharacteristic(channel="data", uuid=DATA_UUID, can=Can.NOTIFY, needs_bond=True),
                FaceCharacteristic(channel="control", uuid=CONTROL_UUID, can=Can.WRITE | Can.INDICATE, needs_bond=True),
                FaceCharacteristic(channel="info", uuid=INFO_UUID, can=Can.READ),
                FaceCharacteristic(
                    channel="sync", uuid=SYNC_UUID, can=Can.WRITE_WITHOUT_RESPONSE | Can.NOTIFY, needs_bond=True
                ),
            ),
        ),
        BATTERY,
        device_information(DeviceInformation()),
    ),
    advertised_service=SERVICE_UUID,
    wish=ConnectionWish(),
)
