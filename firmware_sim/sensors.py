"""The table of simulated sensors, one row a family: its face, its firmware, and how it is called on the air."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np

from firmware_sim.device import (
    Crystal,
    DotDevice,
    DotModel,
    Model,
    SampleSource,
    WitmotionDevice,
    WitmotionModel,
)
from firmware_sim.device.capture2go_device import Capture2GoDevice
from firmware_sim.device.verity_device import VerityDevice
from firmware_sim.peripherals import CAPTURE2GO_FACE, DOT_FACE, HIP_FACE, VERITY_FACE, WITMOTION_FACE, GattFace
from firmware_sim.ports import WholeFirmware
from firmware_sim.worn_sensor import device_for, drawn_crystal


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

OSCILLATOR_PPB = 10_000_000
"""A motion sensor's own oscillator is within 1 % at the factory's temperature (data sheets allow 3 to 5 %)."""


def new_witmotion(source: SampleSource, *, seed: int, model: Model | None = None) -> WitmotionDevice:
    """With an oscillator of its own."""
    error = np.random.default_rng([seed, 0x17]).integers(-OSCILLATOR_PPB, OSCILLATOR_PPB)
    return WitmotionDevice(source, model=WitmotionModel(crystal=Crystal(error_ppb=int(error))))


def new_dot(source: SampleSource, *, seed: int, model: Model | None = None) -> DotDevice:
    """With a crystal of its own, somewhere in its counter's 71 minutes."""
    first = int(np.random.default_rng([seed, 0xD0]).integers(0, 2**32))
    return DotDevice(source, model=DotModel(crystal=replace(drawn_crystal(seed), first_tick=first)))


WITMOTION = SimulatedSensor(
    sensor="witmotion",
    name="WT901BLE68",
    address="F0:0D:00:00:00:02",
    face=WITMOTION_FACE,
    new_firmware=new_witmotion,
)
DOT = SimulatedSensor(
    sensor="dot", name="Movella DOT", address="F0:0D:00:00:00:03", face=DOT_FACE, new_firmware=new_dot
)

VERITY_RATE_ERROR = 0.02
"""Chips of this kind keep within 2 % of the sample rate that they are set to."""


def verity_for(source: SampleSource, *, seed: int, model: Model | None = None) -> VerityDevice:
    """A Verity Sense with a crystal and a sample rate of its own."""
    error = np.random.default_rng([seed, 0x52]).uniform(-VERITY_RATE_ERROR, VERITY_RATE_ERROR)
    built = model or Model(battery_hours=20.0)
    return VerityDevice(source, crystal=drawn_crystal(seed), rate_error=float(error), model=built)


def capture2go_for(source: SampleSource, *, seed: int, model: Model | None = None) -> Capture2GoDevice:
    """A Capture2Go with a crystal of its own."""
    return Capture2GoDevice(source, crystal=drawn_crystal(seed), model=model or Model(battery_hours=20.0))


VERITY = SimulatedSensor(
    sensor="verity",
    name="Polar Sense 0A1B2C3D",
    address="F0:0D:00:00:00:04",
    face=VERITY_FACE,
    new_firmware=verity_for,
)
CAPTURE2GO = SimulatedSensor(
    sensor="capture2go",
    name="IMU_1234ab",
    address="F0:0D:00:00:00:05",
    face=CAPTURE2GO_FACE,
    new_firmware=capture2go_for,
)

SENSORS: tuple[SimulatedSensor, ...] = (HIP, WITMOTION, DOT, VERITY, CAPTURE2GO)


def sensor_named(sensor: str) -> SimulatedSensor:
    """The row of that name; KeyError names those there are."""
    for row in SENSORS:
        if row.sensor == sensor:
            return row
    raise KeyError(f"there is no simulated sensor {sensor!r}; choose {', '.join(row.sensor for row in SENSORS)}")
