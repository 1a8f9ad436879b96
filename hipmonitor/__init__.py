"""Keeps track of how a thigh-worn Bluetooth IMU sees the hip bend and rest. Not a medical device.

`analyze` takes arrays, `open` a recording; both return an `Analysis`. Names are loaded when they are first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hipmonitor.core.settings import Settings
    from hipmonitor.core.thigh import Placement
    from hipmonitor.runtime.analysis import Analysis
    from hipmonitor.runtime.analyze import analyze
    from hipmonitor.runtime.recorded import open_recording as open  # noqa: A004 - hipmonitor.open reads like the built-in
    from hipmonitor.runtime.seat import seat_of
    from hipmonitor.runtime.second_sensor import SecondSensor

__version__ = "0.1.0"
__all__ = ["Analysis", "Placement", "SecondSensor", "Settings", "__version__", "analyze", "open", "seat_of"]

_HOMES = {
    "Analysis": ("hipmonitor.runtime.analysis", "Analysis"),
    "Placement": ("hipmonitor.core.thigh", "Placement"),
    "SecondSensor": ("hipmonitor.runtime.second_sensor", "SecondSensor"),
    "Settings": ("hipmonitor.core.settings", "Settings"),
    "analyze": ("hipmonitor.runtime.analyze", "analyze"),
    "seat_of": ("hipmonitor.runtime.seat", "seat_of"),
    "open": ("hipmonitor.runtime.recorded", "open_recording"),
}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module 'hipmonitor' has no attribute {name!r}")
    module, attribute = _HOMES[name]
    return getattr(import_module(module), attribute)
