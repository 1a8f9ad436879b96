"""Ten seconds of movement as what automatic placement learns from: was there walking, and where was up at rest or bent."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from hipmonitor.core.arrays import Bools, Floats, Ints, differences
from hipmonitor.core.frames import dot, unit
from hipmonitor.core.samples import STANDARD_GRAVITY_MPS2
from hipmonitor.core.thigh.directions import Direction, Symmetric
from hipmonitor.core.thigh.movement import Movement, Rows

EPOCH_S = 10
"""Learning happens once in ten seconds, on the grid of seconds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EpochParams:
    """What may be tuned. What gait looks like is the same for every person and sensor."""

    gait_across_over_along: float = 0.85
    """A walking thigh moves at least so much across its axis as along it (1 in 100 s of harth and har70 is below, the middle
    is 1.3); cycling 0.3-0.8."""
    gait_hz: float = 1.7
    """Walking's mean square frequency is 1.8-3 Hz, cycling's mostly below 1.9."""
    sure_across_over_along: float = 1.1
    """So much more across is not even slow or rough cycling, where it comes with 1.7 Hz."""
    gait_along_g: tuple[float, float] = (0.05, 0.6)
    """From slow steps of old people to fast walking; above is running."""
    gait_across_g: float = 0.12
    gait_s: int = 5
    """Seconds of gait an epoch needs."""
    brisk_across_g: float = 0.2
    """A restless seated or lying leg was taken for gait at 0.12-0.20 g; 19 in 20 s of walking are above (harth, har70, sens)."""
    brisk_s: int = 3
    """Seconds of brisk gait, across above along, that are enough: of 3 200 such epochs of 22 people 10 were not upright, all
    of them on a bicycle."""
    quick_hz: float = 2.2
    quick_across_over_along: float = 0.75
    quick_along_g: float = 0.45
    """Brisk seconds above this frequency walk with less across, if they shake little along: rough roads shake a cyclist by
    0.5-1 g, a phone that hangs loosely in the pocket of somebody who walks by 0.3-0.45. A cyclist does so in one epoch of 300."""
    fast_hz: float = 2.4
    fast_across_over_along: float = 0.55
    fast_across_g: float = 0.25
    fast_along_g: tuple[float, float] = (0.4, 0.8)
    """Very brisk walking, downstairs and slow running, which nobody on a bicycle comes near (no epoch of those 1 100). Not so
    sharp as walking (a running thigh is 10-20 deg further forward), so it counts only until somebody walks."""
    quiet_g: float = 0.05
    """SD below which the thigh is quiet (Acti4 calls 0.1 g movement)."""
    quiet_s: int = 3
    calm_g: float = 0.02
    """SD that no second of a sensor on a table reaches (noise and coarse steps: 0.002-0.01 g)."""
    steady: float = 0.985
    """Length of an epoch's mean unit direction: 1 if steady, below this (10 deg of spread) it is not one direction."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Walked:
    """What an epoch with walking showed."""

    up: Direction
    seconds: float
    """That count towards knowing upright; none of fast ones."""
    covariance: Symmetric
    """Of its accelerations in the sensor's axes."""
    epoch: int
    sure: bool
    """Nothing else looks like it for so long: not slow or rough cycling either."""
    quick: bool = False
    """Nearly as sure."""
    fast: bool = False
    """Very brisk, or slow running: upright, but not exactly."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Epoch:
    """What ten seconds showed; most show one of these, some nothing."""

    number: int
    walked: Walked | None
    rested: tuple[Direction, float] | None
    """Up while quiet, and for how many seconds."""
    calm: bool
    """Nothing stirred in any second of it."""
    moved: tuple[Direction, float] | None
    """Up while moving steadily about one direction without walking: a bicycle, a treadmill at a run."""


def epochs(movement: Movement, number: Ints, filled: Floats, due: Ints, params: EpochParams) -> Iterator[Epoch]:
    """What the epochs of the seconds `due` (indices, at least one) showed, in order."""
    gait, quiet = _gait(movement, params)[due], _quiet(movement, filled, params)[due]
    epoch = number[due] // EPOCH_S
    first = np.flatnonzero(differences(epoch, -1))
    at = epoch[first].tolist()
    walked = _walked(movement, gait, due, first, at, params)
    hurried = _hurried(movement, due, first, at, params)
    rest_s, rest, rest_steady = _direction(unit(movement.mean_mps2[due]), quiet, first)
    move_s, move, move_steady = _direction(movement.up[due], movement.whole[due] & ~gait & ~quiet, first)
    rests = (rest_s >= params.quiet_s) & (rest_steady > params.steady)
    calm = np.maximum.reduceat(movement.sd_mps2[due], first) < params.calm_g * STANDARD_GRAVITY_MPS2
    moves = (move_s >= params.gait_s) & (move_steady > params.steady)
    for i, n in enumerate(at):
        yield Epoch(
            number=n,
            walked=walked.get(n) or hurried.get(n),
            calm=bool(calm[i]),
            rested=(_tuple3(rest[i]), float(rest_s[i])) if rests[i] else None,
            moved=(_tuple3(move[i]), float(move_s[i])) if moves[i] and n not in walked else None,
        )


def _walked(
    movement: Movement, gait: Bools, due: Ints, first: Ints, at: list[int], p: EpochParams
) -> dict[int, Walked]:
    """By epoch, where there was enough gait about one direction."""
    kinds = *_surely(movement, gait, due, p), gait & _quick(movement, p)[due]
    sure_s, brisk_s, quick_s = (np.add.reduceat(which.astype(np.int64), first) for which in kinds)
    seconds, up, steady = _direction(movement.up[due], gait, first)
    walks = ((seconds >= p.gait_s) | (brisk_s >= p.brisk_s)) & (steady > p.steady)
    swing = np.add.reduceat(movement.covariance[due] * gait[:, None], first, axis=0) / np.maximum(seconds, 1)[:, None]
    return {
        at[i]: Walked(
            up=_tuple3(up[i]),
            seconds=float(seconds[i]),
            covariance=tuple(swing[i].tolist()),
            epoch=at[i],
            sure=bool(sure_s[i] >= p.gait_s),
            quick=bool(quick_s[i] >= p.gait_s),
        )
        for i in np.flatnonzero(walks).tolist()
    }


def _hurried(movement: Movement, due: Ints, first: Ints, at: list[int], p: EpochParams) -> dict[int, Walked]:
    """By epoch, where somebody was upright and fast about one direction."""
    fast = _fast(movement, p)[due]
    seconds, up, steady = _direction(movement.up[due], fast, first)
    swing = np.add.reduceat(movement.covariance[due] * fast[:, None], first, axis=0) / np.maximum(seconds, 1)[:, None]
    return {
        at[i]: Walked(
            up=_tuple3(up[i]), seconds=0.0, covariance=tuple(swing[i].tolist()), epoch=at[i], sure=False, fast=True
        )
        for i in np.flatnonzero((seconds >= p.gait_s) & (steady > p.steady)).tolist()
    }


def _gait(movement: Movement, p: EpochParams) -> Bools:
    """Seconds that are surely walking, whatever the mounting."""
    along, across = movement.along_mps2 / STANDARD_GRAVITY_MPS2, movement.across_mps2 / STANDARD_GRAVITY_MPS2
    low, high = p.gait_along_g
    swings = (across > p.gait_across_over_along * along) & (across > p.gait_across_g)
    steps = ((movement.frequency_hz > p.gait_hz) & swings) | _quick(movement, p)
    return np.asarray(movement.whole & steps & (along > low) & (along < high))


def _quick(movement: Movement, p: EpochParams) -> Bools:
    """Seconds with steps so quick and brisk that less movement across will do."""
    brisk = movement.across_mps2 > p.brisk_across_g * STANDARD_GRAVITY_MPS2
    swings = movement.across_mps2 > p.quick_across_over_along * movement.along_mps2
    calm = movement.along_mps2 < p.quick_along_g * STANDARD_GRAVITY_MPS2
    return np.asarray(brisk & swings & calm & (movement.frequency_hz > p.quick_hz))


def _fast(movement: Movement, p: EpochParams) -> Bools:
    """Seconds that are upright though not surely walking."""
    along, across = movement.along_mps2 / STANDARD_GRAVITY_MPS2, movement.across_mps2 / STANDARD_GRAVITY_MPS2
    low, high = p.fast_along_g
    swings = (across > p.fast_across_over_along * along) & (across > p.fast_across_g)
    return np.asarray(movement.whole & swings & (movement.frequency_hz > p.fast_hz) & (along > low) & (along < high))


def _surely(movement: Movement, gait: Bools, due: Ints, p: EpochParams) -> tuple[Bools, Bools]:
    """Which seconds of gait are not cycling either, and which are brisk."""
    along, across = movement.along_mps2[due], movement.across_mps2[due]
    brisk = (across > p.brisk_across_g * STANDARD_GRAVITY_MPS2) & (across > along)
    return gait & (across > p.sure_across_over_along * along), gait & brisk


def _quiet(movement: Movement, filled: Floats, p: EpochParams) -> Bools:
    still = movement.sd_mps2 < p.quiet_g * STANDARD_GRAVITY_MPS2
    settled = movement.across_mps2 < 2 * p.quiet_g * STANDARD_GRAVITY_MPS2
    return np.asarray(still & (filled > 0.5) & settled)


def _direction(up: Rows, chosen: Bools, first: Ints) -> tuple[Ints, Rows, Floats]:
    """How many seconds were chosen in each epoch, their mean unit direction, and its length before it was made unit."""
    count = np.add.reduceat(chosen.astype(np.int64), first)
    mean = np.add.reduceat(up * chosen[:, None], first, axis=0) / np.maximum(count, 1)[:, None]
    return count, unit(mean), np.sqrt(dot(mean, mean))


def _tuple3(row: Floats) -> Direction:
    x, y, z = row.tolist()
    return (x, y, z)
