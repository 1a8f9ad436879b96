"""What a simulated thigh really did in a set, in the terms in which an exercise is looked at."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from firmware_sim.body import ACTIVITIES, DoneRepetition, DoneSet, MovingBody, Truth
from hipmonitor.core.arrays import Floats
from hipmonitor.core.exercises import Sees
from hipmonitor.core.frames import up_in_sensor

STEP_S = 0.02
QUIET_S = (2.0, 0.2)
"""The start pose is what was held in so many seconds before the first repetition."""
SLOW_S = 1.0
"""A hold is judged by means over so long: tremor is allowed."""


@dataclass(frozen=True, kw_only=True)
class TrueRepetition:
    """One repetition of the worn thigh, against gravity."""

    start_s: float
    end_s: float
    range_deg: float
    up_s: float
    hold_s: float
    down_s: float
    half: bool


@dataclass(frozen=True, kw_only=True, eq=False)
class Seen:
    """The angle of a set over time, from its start pose."""

    t_s: Floats
    angle_deg: Floats


def seen(body: MovingBody, done: DoneSet, sees: Sees) -> Seen:
    """The true thigh's angle in the direction of the movement."""
    t_s = np.arange(done.begins_s - QUIET_S[0], done.until_s, STEP_S)
    truth = body.truth(t_s)
    quiet = t_s < done.begins_s - QUIET_S[1]
    return Seen(t_s=t_s, angle_deg=_turned_deg(truth, quiet) if sees is Sees.TURN else _moved_deg(truth, quiet, sees))


def _moved_deg(truth: Truth, quiet: np.ndarray, sees: Sees) -> Floats:
    angle = {
        Sees.FLEXION: truth.thigh_flexion_deg,
        Sees.EXTENSION: -truth.thigh_flexion_deg,
        Sees.RISING: truth.thigh_inclination_deg,
        Sees.FALLING: -truth.thigh_inclination_deg,
        Sees.ROLL_OUT: -truth.thigh_roll_deg,
    }[sees]
    first = angle[quiet][0]
    from_first = (angle - first + 180.0) % 360.0 - 180.0
    return from_first - float(np.nanmedian(from_first[quiet]))


def _turned_deg(truth: Truth, quiet: np.ndarray) -> Floats:
    up = up_in_sensor(truth.world_from_thigh)
    pose = np.mean(up[quiet], axis=0)
    cosine = np.sum(up * (pose / np.linalg.norm(pose)), axis=1)
    return np.degrees(np.arccos(np.clip(cosine, -1.0, 1.0)))


def repetitions(one: Seen, done: DoneSet) -> list[TrueRepetition]:
    """Those of the worn leg."""
    return [_repetition(one, each) for each in done.own]


def _repetition(one: Seen, each: DoneRepetition) -> TrueRepetition:
    within = (one.t_s >= each.start_s) & (one.t_s <= each.end_s)
    return TrueRepetition(
        start_s=each.start_s,
        end_s=each.end_s,
        range_deg=float(np.nanmax(one.angle_deg[within])),
        up_s=each.far_from_s - each.start_s,
        hold_s=each.far_to_s - each.far_from_s,
        down_s=each.end_s - each.far_to_s,
        half=each.half,
    )


def held_s(one: Seen, each: TrueRepetition, beyond_deg: float) -> float:
    """How long a hold was beyond an angle."""
    n = round(SLOW_S / STEP_S)
    slow = np.convolve(one.angle_deg, np.full(n, 1.0 / n), mode="same")
    within = (one.t_s >= each.start_s) & (one.t_s <= each.end_s)
    return float(np.sum(slow[within] >= beyond_deg) * STEP_S)


def in_activities_s(body: MovingBody, from_s: float, until_s: float, kinds: tuple[str, ...]) -> float:
    """How long some activities really went on."""
    t_s = np.arange(from_s, until_s, 0.1)
    codes = body.truth(t_s).activity
    wanted = [code for code, activity in enumerate(ACTIVITIES) if activity.value in kinds]
    return float(np.sum(np.isin(codes, wanted)) * 0.1)
