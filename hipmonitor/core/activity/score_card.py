"""The score card: every feature gives each kind points along a curve of straight pieces; the points are added up.

A generalised additive model with a softmax (multinomial logistic regression on piecewise-linear curves): what any one feature
contributes to any one answer can be read off its curve, and nothing else enters. `weights` holds the curves; they are made by
`tests/benchmarks/train_activity.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import numpy as np

from hipmonitor.core.arrays import Floats
from hipmonitor.core.thigh import movement


class Scored(IntEnum):
    """What the score card tells apart."""

    SEDENTARY = 0
    STAND = 1
    WALK = 2
    RUN = 3
    STAIRS = 4
    CYCLE = 5


SCORED = len(Scored)
LEAST_LOG = -7.0
"""No second may rule anything out by more than this (0.1 %)."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ScoreCard:
    """Curves of F features."""

    names: tuple[str, ...]
    knots: tuple[Floats, ...]
    """F arrays, increasing: where the pieces of a feature's curves meet; flat beyond the ends."""
    points: tuple[movement.Rows, ...]
    """F arrays (knots, SCORED)."""
    start: Floats
    """(SCORED,) points that each kind has beforehand."""


def log_probability(card: ScoreCard, features: movement.Rows) -> movement.Rows:
    """(K, SCORED) natural logarithms, at least LEAST_LOG."""
    total = np.zeros((len(features), SCORED)) + card.start
    for j, (knots, points) in enumerate(zip(card.knots, card.points, strict=True)):
        total += _curve(np.ascontiguousarray(features[:, j]), knots, points)
    total -= total.max(axis=1, keepdims=True)
    exponential = np.exp(total)
    whole = exponential[:, 0].copy()
    for kind in range(1, SCORED):
        whole += exponential[:, kind]
    return np.maximum(total - np.log(whole)[:, None], LEAST_LOG)


def _curve(values: Floats, knots: Floats, points: movement.Rows) -> movement.Rows:
    """(K, SCORED) straight between the knots."""
    inside = np.clip(values, knots[0], knots[-1])
    piece = np.clip(np.searchsorted(knots, inside, side="right") - 1, 0, len(knots) - 2)
    share = ((inside - knots[piece]) / (knots[piece + 1] - knots[piece]))[:, None]
    return np.asarray(points[piece] * (1 - share) + points[piece + 1] * share)
