"""A battery that empties slowly."""

from __future__ import annotations

from firmware_sim.device.model import Model
from hipmonitor.core.wire.hip_protocol import Status

HOUR_NS = 3_600_000_000_000


def percent(model: Model, powered_ns: int) -> int:
    """State of charge after `powered_ns` of sampling, 0 to 100."""
    left = model.battery_start_percent - 100.0 * powered_ns / HOUR_NS / model.battery_hours
    return max(0, min(100, round(left)))


def status(model: Model, powered_ns: int) -> int:
    """The battery's bit of a data packet's status."""
    return Status.BATTERY_LOW if percent(model, powered_ns) < model.battery_low_percent else 0
