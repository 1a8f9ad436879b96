"""The score card: every feature gives each kind points along a curve of straight pieces; the points are added up.

A generalised additive model with a softmax (multinomial logistic regression on piecewise-linear curves): what any one feature
contributes to any one answer can be read off its curve, and nothing else enters. `weights` holds the curves; they are made by
`tests/benchmarks/train_activity.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from hipmonitor.core.arrays import Floats, Ints
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
    for points in _points(card, features):
        total += points
    total -= total.max(axis=1, keepdims=True)
    exponential = np.exp(total)
    whole = exponential[:, 0].copy()
    for kind in range(1, SCORED):
        whole += exponential[:, kind]
    return np.maximum(total - np.log(whole)[:, None], LEAST_LOG)


def _points(card: ScoreCard, features: movement.Rows) -> NDArray[np.float64]:
    """(F, K, SCORED) what each feature gives: straight between the knots. All features at once, as a second has 33 of them."""
    if not card.names:
        return np.zeros((0, len(features), SCORED))
    knots, points, last = _side_by_side(card)
    feature = np.arange(len(knots))[:, None]
    inside = np.clip(features.T, knots[:, :1], knots[feature[:, 0], last][:, None])
    piece = np.clip((knots[:, None, :] <= inside[:, :, None]).sum(axis=2) - 1, 0, last[:, None] - 1)
    low = knots[feature, piece]
    share = ((inside - low) / (knots[feature, piece + 1] - low))[:, :, None]
    return np.asarray(points[feature, piece] * (1 - share) + points[feature, piece + 1] * share)


@lru_cache(maxsize=1)
def _side_by_side(card: ScoreCard) -> tuple[Floats, NDArray[np.float64], Ints]:
    """(F, M) knots and (F, M, SCORED) points, as long as the longest curve, and (F,) where each curve's last knot is."""
    last = np.array([len(knots) - 1 for knots in card.knots])
    knots = np.full((len(last), int(last.max()) + 1), np.inf)
    points = np.zeros((*knots.shape, SCORED))
    for j, n in enumerate((last + 1).tolist()):
        knots[j, :n], points[j, :n] = card.knots[j], card.points[j]
    return knots, points, last
