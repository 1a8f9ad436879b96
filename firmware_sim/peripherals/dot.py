"""The GATT face of a Movella DOT."""

from __future__ import annotations

from firmware_sim.peripherals.face import Can, FaceCharacteristic, FaceService, GattFace
from hipmonitor.core.wire.dot_protocol import (
    BATTERY_SERVICE_UUID,
    BATTERY_UUID,
    COMPANY_ID,
    CONFIGURATION_UUID,
    CONTROL_UUID,
    INFO_UUID,
    LONG_UUID,
    MEASUREMENT_UUID,
    MEDIUM_UUID,
    REPORT_UUID,
    SHORT_UUID,
    START_UUID,
)

DOT_FACE = GattFace(
    services=(
        FaceService(
            uuid=CONFIGURATION_UUID,
            characteristics=(
                FaceCharacteristic(channel="info", uuid=INFO_UUID, can=Can.READ),
                FaceCharacteristic(channel="control", uuid=CONTROL_UUID, can=Can.READ | Can.WRITE),
                FaceCharacteristic(channel="report", uuid=REPORT_UUID, can=Can.NOTIFY),
            ),
        ),
        FaceService(
            uuid=MEASUREMENT_UUID,
            characteristics=(
                FaceCharacteristic(channel="start", uuid=START_UUID, can=Can.READ | Can.WRITE),
                FaceCharacteristic(channel="long", uuid=LONG_UUID, can=Can.NOTIFY),
                FaceCharacteristic(channel="data", uuid=MEDIUM_UUID, can=Can.NOTIFY),
                FaceCharacteristic(channel="short", uuid=SHORT_UUID, can=Can.NOTIFY),
            ),
        ),
        FaceService(
            uuid=BATTERY_SERVICE_UUID,
            characteristics=(
                FaceCharacteristic(
                    channel="battery", uuid=BATTERY_UUID, can=Can.READ | Can.NOTIFY, told_on_change=True
                ),
            ),
        ),
    ),
    company=(COMPANY_ID, b""),
)
