"""Sensors over Bluetooth LE: scan, connect, stream, find again. Bytes go through the door untouched, stamped on arrival."""

from hipmonitor.io.ble.line import NO_SENSOR_YET
from hipmonitor.io.ble.params import BleParams
from hipmonitor.io.ble.radio import Radio, open_radio
from hipmonitor.io.ble.scan import FoundSensor, listening, scan
from hipmonitor.io.ble.source import BleSource
from hipmonitor.io.ble.vibration import Vibration

__all__ = [
    "NO_SENSOR_YET",
    "BleParams",
    "BleSource",
    "FoundSensor",
    "Radio",
    "Vibration",
    "listening",
    "open_radio",
    "scan",
]
