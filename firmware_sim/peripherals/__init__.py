"""The GATT faces of simulated sensors, as plain values; `on_radio` gives them a Bluetooth controller (and needs bumble)."""

from firmware_sim.peripherals.capture2go import CAPTURE2GO_FACE
from firmware_sim.peripherals.dot import DOT_FACE
from firmware_sim.peripherals.face import Can, ConnectionWish, FaceCharacteristic, FaceService, GattFace
from firmware_sim.peripherals.hip import HIP_FACE
from firmware_sim.peripherals.host_time import steady_time
from firmware_sim.peripherals.verity import VERITY_FACE
from firmware_sim.peripherals.witmotion import WITMOTION_FACE

__all__ = [
    "CAPTURE2GO_FACE",
    "DOT_FACE",
    "HIP_FACE",
    "VERITY_FACE",
    "WITMOTION_FACE",
    "Can",
    "ConnectionWish",
    "FaceCharacteristic",
    "FaceService",
    "GattFace",
    "steady_time",
]
