"""Pieces of a simulated life: a stay on a seat, a walk, a set of an exercise. Each is simulated once; a day puts some of them together.

Every piece begins and ends standing, so that one follows another. Between them the strap does not move; the day turns it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache

import numpy as np

from firmware_sim.body import (
    Act,
    MovingBody,
    Script,
    climb,
    cycle,
    descend,
    drawn,
    drawn_exerciser,
    drawn_set,
    exercise,
    run,
    sit,
    stand,
    walk,
)
from firmware_sim.body.script import Seat
from firmware_sim.imu import drawn_mounting
from hipmonitor.core.exercise import BY_NAME
from hipmonitor.core.exercises import Target
from hipmonitor.core.inbound import Action, EndSet, HoldPose, Pose, StartSet
from tests.benchmarks.angles_simulated import SEATED_S, SETTLED_S, STANDS_S, sensed
from tests.benchmarks.exercise_people import NAMES
from tests.journeys.twelve_weeks.strap import Felt

RATE_HZ = 25.0
"""The slowest that the firmware offers."""
WHO = 8
PERSON = drawn(WHO, side="left")
EXERCISER = replace(drawn_exerciser(WHO), scratches=0.0)
"""Presses no pause."""
MOVEMENTS = {name: movement for movement, name in NAMES.items()}
PRESSES_S = 0.4
"""After the pose is reached, and after the last repetition."""
UP_S = 8.0 * EXERCISER.floor + 14.0
"""From the floor to the feet."""


@dataclass(frozen=True, kw_only=True)
class Piece:
    """What a sensor on an even strap feels, and what the wearer does beside it."""

    felt: Felt
    actions: tuple[tuple[float, Action], ...] = ()
    """By seconds of the piece."""
    done: int | None = None
    """Repetitions of the worn leg, where it is a set of them."""

    @property
    def seconds(self) -> float:
        return len(self.felt.acc_mps2) / RATE_HZ


@cache
def calibration() -> Piece:
    """Stands and sits still, as the program asks for."""
    seated_s = STANDS_S + PERSON.sit_down_s + SETTLED_S
    script = (stand(STANDS_S), sit(PERSON.sit_down_s + SEATED_S), stand(PERSON.rise_s + 8.0))
    piece = _simulated(script, 1)
    return replace(piece, actions=((0.5, HoldPose(pose=Pose.STAND)), (seated_s, HoldPose(pose=Pose.SIT))))


@cache
def seat(kind: Seat, minutes: float, variant: int) -> Piece:
    """A stay, after which somebody stands a little."""
    return _simulated((sit(60.0 * minutes, kind, "restless"), stand(PERSON.rise_s + 70.0)), 100 + variant)


@cache
def about(variant: int) -> Piece:
    """Through the house: steps, a flight of stairs, standing."""
    acts = (walk(70.0), climb(14.0), walk(25.0), stand(60.0, "restless"), descend(13.0), walk(50.0), stand(5.0))
    return _simulated(acts, 200 + variant)


@cache
def minutes_of(name: str, target: Target) -> Piece:
    """Walking, cycling, jogging or intervals, for as long as was planned."""
    acts: dict[str, Callable[[], tuple[Act, ...]]] = {
        "walking": lambda: (walk(60.0 * target.minutes),),
        "cycling_upright": lambda: (cycle(60.0 * target.minutes),),
        "jogging": lambda: (run(60.0 * target.minutes),),
        "walk_jog_intervals": lambda: (walk(target.walk_s), run(target.jog_s)) * target.rounds,
    }
    piece = _simulated((*acts[name](), stand(6.0)), 300)
    begins = (0.5, StartSet(exercise=BY_NAME[name], target=target))
    return replace(piece, actions=(begins, (piece.seconds - 3.0, EndSet())))


@cache
def one_set(name: str, target: Target, number: int, variant: int) -> Piece:
    """One set as this person does it: as many repetitions as were asked for."""
    plan = drawn_set(MOVEMENTS[name], EXERCISER, seed=variant, repetitions=target.repetitions)
    body, script = _body((exercise(plan), stand(UP_S)), 400 + variant)
    (done,) = body.sets()
    begins = (done.pose_from_s + PRESSES_S, StartSet(exercise=BY_NAME[name], target=target, number=number))
    ends = (done.ends_s + PRESSES_S, EndSet())
    return replace(_felt(body, script), actions=(begins, ends), done=len(done.own))


def _simulated(script: Script, seed: int) -> Piece:
    return _felt(*_body(script, seed))


def _body(script: Script, seed: int) -> tuple[MovingBody, Script]:
    """On the feet first."""
    whole = (stand(4.0), *script)
    return MovingBody(whole, PERSON, seed=seed, along_m=drawn_mounting(WHO).along_m), whole


def _felt(body: MovingBody, script: Script) -> Piece:
    t_s = np.arange(round(sum(act.seconds for act in script) * RATE_HZ)) / RATE_HZ
    arrays = sensed(body, WHO, t_s, RATE_HZ)
    assert arrays.gyr_radps is not None
    return Piece(felt=Felt(acc_mps2=arrays.acc_mps2, gyr_radps=arrays.gyr_radps))


def in_repetitions(name: str) -> bool:
    """Whether it is done in repetitions; else minutes count."""
    return name in MOVEMENTS
