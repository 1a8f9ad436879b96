"""A person, a sensor strapped to their thigh, and its firmware, put together from one seed."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from firmware_sim.body import MovingBody, Person, Script
from firmware_sim.device import Crystal, HipDevice, Model, SampleSource
from firmware_sim.imu import ImuErrors, ImuSource, Mounting, drawn_errors, drawn_mounting
from firmware_sim.scenarios import Scenario, wearer

CRYSTAL_ERROR_PPB = 50_000
"""Crystals of small boards keep within ±20 to ±50 ppm at room temperature."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class WornSensor:
    """A simulated sensor and the body that it sits on."""

    person: Person
    body: MovingBody
    mounting: Mounting
    device: HipDevice


def drawn_crystal(seed: int) -> Crystal:
    """A crystal with an error of its own."""
    error = np.random.default_rng([seed, 0xC7]).integers(-CRYSTAL_ERROR_PPB, CRYSTAL_ERROR_PPB)
    return Crystal(error_ppb=int(error))


def device_for(source: SampleSource, *, seed: int, model: Model | None = None) -> HipDevice:
    """A device with a crystal of its own."""
    return HipDevice(source, model=replace(model or Model(), crystal=drawn_crystal(seed)), seed=seed)


def wear(
    script: Script,
    *,
    seed: int,
    person: Person | None = None,
    mounting: Mounting | None = None,
    errors: ImuErrors | None = None,
    model: Model | None = None,
) -> WornSensor:
    """A sensor worn through a script; what is not given is drawn from the seed."""
    person, mounting = person or wearer(seed), mounting or drawn_mounting(seed)
    body = MovingBody(script, person, seed=seed, along_m=mounting.along_m)
    source = ImuSource(body, mounting=mounting, errors=errors or drawn_errors(seed), seed=seed)
    return WornSensor(person=person, body=body, mounting=mounting, device=device_for(source, seed=seed, model=model))


def wear_scenario(scenario: Scenario, *, seed: int, model: Model | None = None) -> WornSensor:
    """A sensor worn through a named scenario."""
    person = wearer(seed)
    return wear(scenario.script(person), seed=seed, person=person, model=model)
