"""The table of simulated sensors, one row a family: its face, its firmware, and how it is called on the air."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from firmware_sim.device import Model, SampleSource
from firmware_sim.peripherals import HIP_FACE, GattFace
from firmware_sim.ports import WholeFirmware
from firmware_sim.worn_sensor import device_for


class NewFirmware(Protocol):
    """Puts a firmware on a source of samples."""

    def __call__(self, source: SampleSource, *, seed: int, model: Model | None = None) -> WholeFirmware:
        """`model` is what a hip sensor was built with; other families are as their makers built them."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class SimulatedSensor:
    """One row."""

    sensor: str
    """As in `python -m firmware_sim --sensor`; the same word as the driver's family."""
    name: str
    """On the air."""
    address: str
    face: GattFace
    new_firmware: NewFirmware


HIP = SimulatedSensor(
    sensor="hip", name="hip sensor", address="F0:0D:00:00:00:01", face=HIP_FACE, new_firmware=device_for
)

SENSORS: tuple[SimulatedSensor, ...] = (HIP,)


def sensor_named(sensor: str) -> SimulatedSensor:
    """The row of that name; KeyError names those there are."""
    for row in SENSORS:
        if row.sensor == sensor:
            return row
    raise KeyError(f"there is no simulated sensor {sensor!r}; choose {', '.join(row.sensor for row in SENSORS)}")
