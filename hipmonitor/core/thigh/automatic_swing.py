"""How the thigh swings in walking: about another axis than before, the strap was turned about the thigh.

The axis of the swing has no sign. Its lean has: the covariance of what is felt along and across the thigh, a direction across
it that is a person's own (steps come at the same point of the swing), though not the same for all, and not for every pace.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import atan2, degrees, hypot

from hipmonitor.core.thigh.automatic_axes import Axes, axes_of
from hipmonitor.core.thigh.automatic_memory import SWINGS, Memory, Swing
from hipmonitor.core.thigh.automatic_seats import turned_about
from hipmonitor.core.thigh.directions import Symmetric, bilinear, turn


@dataclass(frozen=True, slots=True, kw_only=True)
class SwingParams:
    """What may be tuned."""

    turned_deg: float = 35.0
    """The swing's azimuth turned by this much: the strap was turned about the thigh."""
    turned_ratio: float = 2.0
    """Where the swing is this clear. At 1.6 stairs once seemed turned by 35 deg; at 2 nobody's azimuth moved by 20."""
    leant_deg: float = 60.0
    """The lean turned by this much casts doubt: means of eight epochs scatter by 3-15 deg in most people (harth, har70, sens)."""
    upright_again_deg: float = 45.0
    """And by less than this takes it back."""
    lean: float = 0.25
    """Least lean, as a share of the power along, that says anything; .2-.9 in 22 people."""
    one_way: float = 0.9
    """Least share of the epochs' leans that their mean keeps: else they do not agree among themselves."""
    leans: int = 3
    """Epochs in a row; one of 22 people who left the sensor alone was doubted so, at 1 and .15 of lean six were."""


def swung(memory: Memory, params: SwingParams, epoch: int) -> None:
    """Walking is where it was; does the thigh swing about another axis?"""
    if len(memory.swings) < SWINGS or memory.swing.epochs < SWINGS:
        return
    now = Swing()
    for covariance in memory.swings:
        now.add(covariance, SWINGS)
    new, old = axes_of(memory, now), axes_of(memory, memory.swing)
    if min(new.swing_ratio, old.swing_ratio) < params.turned_ratio:
        return
    apart = turn(2 * (new.swing_deg - old.swing_deg)) / 2
    if abs(apart) > params.turned_deg:
        turned_about(memory, epoch - SWINGS + 1)
        memory.swing, memory.swings = now, []


def leant(memory: Memory, params: SwingParams) -> None:
    """Does it lean another way? That alone is no proof, for pace and slopes may do it; a seat decides."""
    if len(memory.swings) < SWINGS or memory.swing.epochs < SWINGS:
        return
    axes = axes_of(memory)
    before, each = _lean(axes, memory.swing.of), [_lean(axes, covariance) for covariance in memory.swings]
    now = sum(x for x, _ in each) / SWINGS, sum(y for _, y in each) / SWINGS
    size = sum(hypot(*lean) for lean in each) / SWINGS
    if hypot(*now) < max(params.lean, params.one_way * size) or hypot(*before) < params.lean:
        return
    apart = turn(degrees(atan2(now[1], now[0]) - atan2(before[1], before[0])))
    memory.leans = memory.leans + 1 if abs(apart) > params.leant_deg else 0
    if memory.leans >= params.leans:
        memory.leant_deg = apart
    elif abs(apart) < params.upright_again_deg:
        memory.leant_deg = None


def _lean(axes: Axes, covariance: Symmetric) -> tuple[float, float]:
    """Covariance of along and across, by the variance along."""
    along = max(bilinear(covariance, axes.up, axes.up), 1e-9)
    return bilinear(covariance, axes.up, axes.e1) / along, bilinear(covariance, axes.up, axes.e2) / along
