"""Knee lifts while standing: they show that the wearer stood when asked to, and which way the thigh bends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from hipmonitor.core.arrays import Floats, Vec3s
from hipmonitor.core.frames import dot, unit


@dataclass(frozen=True, slots=True, kw_only=True)
class LiftParams:
    """What may be tuned."""

    lifts: int = 3
    up_deg: float = 30.0
    """A lift: the thigh leaves standing by so much (lifts of the x-io recording reach 80 deg) ..."""
    down_deg: float = 15.0
    """... and comes back this near."""
    apart_deg: float = 35.0
    """Lifts, and sitting, bend the thigh in directions no further apart than this, seen along it."""


@dataclass(slots=True, kw_only=True)
class Lifts:
    """What was lifted so far."""

    peaks: list[Vec3s] = field(default_factory=list)
    """(3,) up at the highest point of each lift that is over."""
    lifted: Vec3s | None = None
    """(3,) likewise of the one that is not."""
    most_deg: float = 0.0
    total: Vec3s = field(default_factory=lambda: np.zeros(3))
    """(3,) sum of the mean up of every second: where the thigh was most of the time."""


def lift(state: Lifts, params: LiftParams, up: Vec3s, mean: Vec3s, standing: Vec3s) -> bool:
    """One more second of samples (n, 3); whether that was the last lift that was needed."""
    state.total = state.total + mean
    angle = np.rad2deg(np.arccos(np.clip(dot(up, standing), -1, 1)))
    state.most_deg = max(state.most_deg, float(angle.max()))
    for i in _turns(angle, params):
        if angle[i] < params.down_deg:
            state.peaks += [] if state.lifted is None else [state.lifted]
            state.lifted = None
        elif state.lifted is None or dot(up[i], standing) < dot(state.lifted, standing):
            state.lifted = up[i]
    return len(state.peaks) >= params.lifts


def _turns(angle_deg: Floats, params: LiftParams) -> list[int]:
    """Rows that can matter: those beyond either threshold."""
    found: list[int] = np.flatnonzero((angle_deg > params.up_deg) | (angle_deg < params.down_deg)).tolist()
    return found


def forward_of(peaks: Sequence[Vec3s], standing: Vec3s) -> Vec3s:
    """(3,) the direction across the standing thigh into which the lifts bent it."""
    return unit(np.sum([unit(peak - dot(peak, standing) * standing) for peak in peaks], axis=0))


def apart_deg(peaks: Sequence[Vec3s], standing: Vec3s) -> float:
    """The furthest that a lift lies from all of them together, seen along the thigh."""
    forward = forward_of(peaks, standing)
    across = [unit(peak - dot(peak, standing) * standing) for peak in peaks]
    return float(np.rad2deg(np.arccos(np.clip(min(dot(one, forward) for one in across), -1, 1))))
