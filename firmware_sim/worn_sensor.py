"""A person, a sensor strapped to their thigh, pelvis or other thigh, and its firmware, put together from one seed.

worn = wear_scenario(scenario_named("day_full"), seed=3)                   # or where="pelvis", where="other_thigh"
pipeline, out = Pipeline(), Collector()
for events in stream(worn.device, start_ns=START_NS, seconds=3600.0):      # memory_link; stream_together for several
turn(events, pipeline, [out])
truth = worn.body.truth((out.table["t_ns"] - START_NS) / 1e9)              # and truth.truth_events(worn.body)
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from firmware_sim.body import PLACES, MovingBody, Person, Script, Slips, Where
from firmware_sim.device import AHEAD_S, Crystal, HipDevice, Model, SampleSource
from firmware_sim.imu import ImuErrors, ImuSource, Mounting, drawn_errors, drawn_mounting
from firmware_sim.scenarios import Scenario, wearer

CRYSTAL_ERROR_PPB = 50_000
"""Crystals of small boards keep within ±20 to ±50 ppm at room temperature."""

ANOTHER_SENSOR = 1_000_003


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class WornImu:
    """What a sensor on a body feels, whatever firmware reads it."""

    person: Person
    body: MovingBody
    mounting: Mounting
    source: ImuSource
    seed: int
    """Of this one sensor."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class WornSensor:
    """A simulated hip sensor and the body that it sits on."""

    person: Person
    body: MovingBody
    mounting: Mounting
    device: HipDevice


def drawn_crystal(seed: int) -> Crystal:
    """A crystal with an error of its own."""
    error = np.random.default_rng([seed, 0xC7]).integers(-CRYSTAL_ERROR_PPB, CRYSTAL_ERROR_PPB)
    return Crystal(error_ppb=int(error))


def device_for(source: SampleSource, *, seed: int, model: Model | None = None, ahead_s: float = AHEAD_S) -> HipDevice:
    """A device with a crystal of its own."""
    return HipDevice(source, model=replace(model or Model(), crystal=drawn_crystal(seed)), seed=seed, ahead_s=ahead_s)


def sensor_seed(seed: int, where: Where) -> int:
    """What a sensor at this place is drawn from: every place has another sensor."""
    return seed + ANOTHER_SENSOR * PLACES.index(where)


def wear_imu(
    script: Script,
    *,
    seed: int,
    where: Where = "thigh",
    person: Person | None = None,
    mounting: Mounting | None = None,
    errors: ImuErrors | None = None,
    slips: Slips = (),
) -> WornImu:
    """A motion sensor worn through a script; what is not given is drawn from the seed.

    Those of one script, seed and person at different places are worn by one body at once.
    """
    own_seed = sensor_seed(seed, where)
    person, mounting = person or wearer(seed), mounting or drawn_mounting(own_seed, where)
    body = MovingBody(
        script,
        person,
        seed=seed,
        along_m=mounting.along_m,
        where=where,
        around_deg=mounting.around_deg,
        slips=slips,
    )
    source = ImuSource(body, mounting=mounting, errors=errors or drawn_errors(own_seed), seed=own_seed)
    return WornImu(person=person, body=body, mounting=mounting, source=source, seed=own_seed)


def wear(
    script: Script,
    *,
    seed: int,
    where: Where = "thigh",
    person: Person | None = None,
    mounting: Mounting | None = None,
    errors: ImuErrors | None = None,
    model: Model | None = None,
    slips: Slips = (),
    ahead_s: float = AHEAD_S,
) -> WornSensor:
    """A hip sensor worn through a script, as `wear_imu`."""
    worn = wear_imu(script, seed=seed, where=where, person=person, mounting=mounting, errors=errors, slips=slips)
    return _with_device(worn, model, ahead_s)


def wear_imu_in(scenario: Scenario, *, seed: int, where: Where = "thigh") -> WornImu:
    """A motion sensor worn through a named scenario."""
    person = wearer(seed)
    slips = scenario.slips(person) if where == "thigh" else ()
    return wear_imu(scenario.script(person), seed=seed, where=where, person=person, slips=slips)


def wear_scenario(scenario: Scenario, *, seed: int, where: Where = "thigh", model: Model | None = None) -> WornSensor:
    """A hip sensor worn through a named scenario."""
    return _with_device(wear_imu_in(scenario, seed=seed, where=where), model, AHEAD_S)


def _with_device(worn: WornImu, model: Model | None, ahead_s: float) -> WornSensor:
    device = device_for(worn.source, seed=worn.seed, model=model, ahead_s=ahead_s)
    return WornSensor(person=worn.person, body=worn.body, mounting=worn.mounting, device=device)


def wear_all(
    scenario: Scenario, *, seed: int, places: Sequence[Where] = PLACES, model: Model | None = None
) -> dict[Where, WornSensor]:
    """Sensors at several places of one body; for memory_link.stream_together."""
    return {where: wear_scenario(scenario, seed=seed, where=where, model=model) for where in places}
