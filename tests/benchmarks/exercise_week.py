"""A simulated week, or a day of it, in which nobody asks for a set: not one repetition."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from firmware_sim.body import MovingBody, Person
from firmware_sim.imu import drawn_mounting
from firmware_sim.ordinary_week import Wearing, ordinary_week
from firmware_sim.scenarios import wearer
from hipmonitor.core.exercises import Exercise
from hipmonitor.core.inbound import EndSet, Inbound, StartSet
from hipmonitor.core.pipeline import Pipeline
from hipmonitor.core.settings import Settings
from hipmonitor.runtime.drive import drive_through
from hipmonitor.runtime.slabs import Arrays, array_slabs
from tests.benchmarks.angles_simulated import sensed, with_actions
from tests.benchmarks.exercise_people import at
from tests.benchmarks.exercise_scored import Heard

RATE_HZ = 25.0
"""The slowest that the firmware offers."""
PIECE_S = 1800.0
DAY_S = 24 * 3600.0


def said_in_ordinary_life(
    seed: int, free: Exercise, *, week: bool = False, most_s: float = DAY_S
) -> tuple[float, Heard]:
    """Hours lived, and what the room said in them; ten minutes after each beginning a set is begun and ended at once."""
    person, hours, sink = wearer(seed), 0.0, Heard()
    wearings = ordinary_week(person) if week else ordinary_week(person)[:1]
    for wearing in wearings:
        seconds = wearing.seconds if week else min(most_s, wearing.seconds)
        pipeline = Pipeline()
        drive_through(_slabs(wearing, person, seed, seconds, free), pipeline, [sink])
        hours += seconds / 3600.0
    return hours, sink


def _slabs(wearing: Wearing, person: Person, seed: int, seconds: float, free: Exercise) -> Iterator[Sequence[Inbound]]:
    body = MovingBody(wearing.script, person, seed=seed, along_m=drawn_mounting(seed).along_m)
    pieces = [
        sensed(body, seed, np.arange(start, min(start + PIECE_S, seconds), 1.0 / RATE_HZ), RATE_HZ)
        for start in np.arange(0.0, seconds, PIECE_S)
    ]
    arrays = Arrays(
        t_ns=np.concatenate([piece.t_ns for piece in pieces]),
        acc_mps2=np.concatenate([piece.acc_mps2 for piece in pieces]),
        gyr_radps=np.concatenate([piece.gyr_radps for piece in pieces if piece.gyr_radps is not None]),
        rate_hz=RATE_HZ,
    )
    set_of_nothing = (at(600.0, StartSet(exercise=free, target=free.target)), at(601.0, EndSet()))
    return with_actions(array_slabs(arrays, Settings(side=person.side)), set_of_nothing)
