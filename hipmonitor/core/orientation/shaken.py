"""Where a filter that goes on knows that it lost the angle: after a bridge over turning, a rate out of range, a gap.

VQF draws the tilt slowly (3 s) towards the mean of what the accelerometer feels. After a loss its old mean points elsewhere, so
it is made to count for less. On BROAD at 95 Hz with 1 % of the packets lost, fast movement, that takes what the losses add from
2.7 to 1.9 deg; at 286 Hz, where a bridge loses little, it changes nothing.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, cast

import numpy as np
from vqf import VQF

from hipmonitor.core.arrays import Bools, Floats, Ints
from hipmonitor.core.samples import ImuBlock


@dataclass(frozen=True, slots=True, kw_only=True)
class ShakenParams:
    """What may be tuned."""

    noticed_deg: float = 3.0
    """A bridge that lost less changes nothing: forgetting costs more where much else moves the accelerometer (.1 deg at 286 Hz)."""
    untrusted_deg: float = 2.0
    """A bridge that lost more is not trusted, nor what follows it for a while."""
    usual_deg: float = 3.0
    """What a mean of the accelerometer over the filter's time constant is off while something moves it."""
    most_weight_s: float = 3.0
    least_weight_s: float = 0.5
    """For how many seconds the old mean counts: VQF's time constant, less by the share of variance that the loss added."""
    clipped_rows: int = 3
    """So many rows out of range in a row lose an angle that nobody can tell."""
    unknown_deg: float = 20.0


def untrusted(imu: ImuBlock, params: ShakenParams) -> Bools:
    """(n,) rows beside which an angle was lost."""
    if not imu.lost_deg.any():
        return imu.clipped
    lost: Bools = imu.clipped | (imu.lost_deg > params.untrusted_deg)
    return lost


def lost_before(imu: ImuBlock, clipped_before: Ints, params: ShakenParams) -> Floats:
    """(n,) angle lost just before each row, deg. `clipped_before`: (n,) rows out of range in a row before each."""
    if not clipped_before.any() and not imu.lost_deg.any():
        return imu.lost_deg
    lost = np.where(imu.measured & (imu.lost_deg > params.noticed_deg), imu.lost_deg, 0.0)
    blind = ~imu.clipped & (clipped_before >= params.clipped_rows)
    return np.where(blind, np.maximum(lost, params.unknown_deg), lost)


def clipped_in_a_row(clipped: Bools, before: int) -> tuple[Ints, int]:
    """(n,) rows out of range in a row before each, and after the last."""
    if not clipped.any():
        out = np.zeros(len(clipped), np.int64)
        out[:1] = before
        return out, before if not len(clipped) else 0
    number = np.arange(1, len(clipped) + 1)
    since = np.maximum.accumulate(np.where(clipped, -before, number))
    run = np.where(clipped, number - since, 0)
    return np.append(before, run[:-1]), int(run[-1])


def forget_tilt(vqf: VQF, lost_deg: float, period_s: float, params: ShakenParams) -> None:
    """Make what the accelerometer said so far count as little as the loss asks for."""
    state = cast("dict[str, Any]", dict(vqf.state))
    weight_s = params.most_weight_s / (1 + (lost_deg / params.usual_deg) ** 2)
    count = max(1, round(max(weight_s, params.least_weight_s) / period_s))
    low_pass = np.array(state["accLpState"], np.float64)
    if math.isnan(low_pass[0]) and not low_pass[1] > count:
        return  # it averages anyway, over less
    low_pass[0], low_pass[1], low_pass[2:5] = math.nan, count, count * np.asarray(state["lastAccLp"])
    state["accLpState"] = low_pass
    vqf.state = cast("Any", state)
