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
from firmware_sim.peripherals import DOT_FACE, HIP_FACE, WITMOTION_FACE, GattFace
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

SENSORS: tuple[SimulatedSensor, ...] = (HIP, WITMOTION, DOT)


def sensor_named(sensor: str) -> SimulatedSensor:
    """The row of that name; KeyError names those there are."""
    for row in SENSORS:
        if row.sensor == sensor:
            return row
    raise KeyError(f"there is no simulated sensor {sensor!r}; choose {', '.join(row.sensor for row in SENSORS)}")
