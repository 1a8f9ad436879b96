"""One second as the rules see it: everything about it that can be said without the seconds before, for many seconds at once.

Whatever is compared with a threshold alone is compared here, as columns; `rules` goes through the seconds one by one, because
what they mean depends on what came before.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import NamedTuple

import numpy as np

from hipmonitor.core.activity import seen
from hipmonitor.core.activity.blocks import ActivityKind
from hipmonitor.core.activity.score_card import Scored
from hipmonitor.core.activity.thresholds import RulesParams
from hipmonitor.core.arrays import Bools, Floats, Ints
from hipmonitor.core.thigh import movement


class Evidence(NamedTuple):
    """A tuple because a day has 86 400 of them."""

    number: int
    inclination_deg: float
    """Median of five seconds; NaN without a placement."""
    least_deg: float
    """That, or the median of the second and the ones beside it, whichever is less: who squats comes up in between."""
    covered: bool
    """Enough of the second has samples."""
    stirs: bool
    """It moves as somebody awake does."""
    lies: bool
    """The front of the thigh is turned to the side or down, or the knee is far above the hip."""
    seated: bool
    """It slopes as a seat does, front up."""
    steps: ActivityKind | None
    """Walk or run, from how the thigh moves along and across up alone."""
    upright: ActivityKind
    """Of the kinds that are possible upright, the one that is most probable."""
    afoot: ActivityKind
    """Likewise without a bicycle."""
    cycles: bool
    """Cycling is very probable, and the thigh not higher than pedalling brings it."""
    doubted: bool
    """The sensor may have been put on anew since it is known how it sits."""
    carried: bool
    """A level thigh that moves like something carried by somebody who walks."""
    mean_mps2: tuple[float, float, float]
    """Three axes, in the sensor's frame."""
    sd_mps2: float
    samples: float
    """How many."""


KIND = (
    ActivityKind.SEDENTARY,
    ActivityKind.STAND,
    ActivityKind.WALK,
    ActivityKind.RUN,
    ActivityKind.STAIRS,
    ActivityKind.CYCLE,
)
"""By Scored."""
STEPPING = (None, ActivityKind.WALK, ActivityKind.RUN)


def evidence(table: movement.Rows, probability: movement.Rows, params: RulesParams) -> Iterator[Evidence]:
    """Rows of `seen` with the probabilities of `temporal`. Plain Python values, because one by one numpy's are slow."""
    inclination, sideways = table[:, seen.TILT], table[:, seen.SIDEWAYS]
    along_g, across_g = table[:, seen.ALONG], table[:, seen.ACROSS]
    likeliest = Scored.STAND + np.argmax(probability[:, Scored.STAND :], axis=1)
    afoot = Scored.STAND + np.argmax(probability[:, Scored.STAND : Scored.CYCLE], axis=1)
    pedalling = (inclination < params.cycle_most_deg) & (table[:, seen.TILT_NOW] < params.coast_deg)
    cycles = (probability[:, Scored.CYCLE] > params.cycle_sure) & pedalling
    doubted = table[:, seen.DOUBTED] > 0
    columns = zip(
        table[:, seen.NUMBER].astype(np.int64).tolist(),
        inclination.tolist(),
        np.minimum(inclination, table[:, seen.TILT_NOW]).tolist(),
        (table[:, seen.COVERED] >= params.covered).tolist(),
        (np.sqrt(along_g * along_g + across_g * across_g) > params.stir_g).tolist(),
        ((sideways > params.side_deg) | (inclination > params.high_deg)).tolist(),
        ((inclination < params.seat.slope_deg) & (sideways < params.side_deg)).tolist(),
        [STEPPING[which] for which in _steps(along_g, across_g, table[:, seen.FREQUENCY], params).tolist()],
        [KIND[which] for which in likeliest.tolist()],
        [KIND[which] for which in afoot.tolist()],
        cycles.tolist(),
        doubted.tolist(),
        (_carried(table, params) & ~doubted).tolist(),
        zip(*(axis.tolist() for axis in table[:, seen.MEAN].T), strict=True),  # each made when its turn comes
        table[:, seen.SD].tolist(),
        table[:, seen.SAMPLES].tolist(),
        strict=True,
    )
    return map(partial(tuple.__new__, Evidence), columns)  # as _make, which is not C


def _carried(table: movement.Rows, params: RulesParams) -> Bools:
    """(k,) more across up than along it, at a walker's rhythm, by a thigh that is level or beyond."""
    along_g, across_g, frequency_hz = table[:, seen.ALONG], table[:, seen.ACROSS], table[:, seen.FREQUENCY]
    slowest_hz, fastest_hz = params.carried_hz
    swings = (across_g > params.blind_across_g) & (across_g > along_g) & (along_g > params.carried_along_g)
    walks = (frequency_hz > slowest_hz) & (frequency_hz < fastest_hz)
    return np.asarray(swings & walks & (table[:, seen.TILT] > params.carried_deg))


def _steps(along_g: Floats, across_g: Floats, frequency_hz: Floats, params: RulesParams) -> Ints:
    """(k,) which of STEPPING."""
    least, most = params.blind_along_g
    runs = (along_g > most) & (frequency_hz > params.blind_run_hz)
    strong = (along_g > least) & (across_g > params.blind_across_g)
    swings: Bools = (across_g > params.blind_across_over_along * along_g) & (frequency_hz > params.blind_hz)
    return np.where(runs, 2, np.where(strong & swings, 1, 0))
