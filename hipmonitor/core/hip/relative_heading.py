"""The heading between two sensors without magnetometers, tracked slowly: each drifts by up to degrees a minute.

Nothing measures heading, but a body does: over standing and walking the thigh points where the pelvis points (hip rotation
averages 0 from the wearer's own quiet standing), and seated the knee lies ahead of the pelvis, give or take abduction.
The difference and its drift (Kalman, both a random walk) are revised once in ten seconds of sample time. So hip rotation is
relative to the wearer's own average; a rotation held for minutes fades out of it, which no such pair of sensors can avoid.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import atan2, degrees, hypot, sqrt

import numpy as np

from hipmonitor.core.activity import ActivityKind
from hipmonitor.core.arrays import Bools, Codes, Floats, Nanoseconds, Quats
from hipmonitor.core.frames import rotate
from hipmonitor.core.hip.pelvis_placing import enough

UNKNOWN_DEG2 = 100.0**2


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadingParams:
    """What may be tuned. Angles in degrees."""

    wander_deg_per_sqrt_min: float = 1.5
    """Random walk of the difference."""
    drift_deg_per_min: float = 1.5
    """Before anything is known: two filters that know their gyroscope's offset to some hundredths of a deg/s."""
    drift_wander_deg_per_min_per_sqrt_min: float = 0.25
    """How that changes: offsets follow the temperature."""
    standing_sd_deg: float = 10.0
    """Ten seconds: feet out or in by 6 deg, for half a minute at a time, so three epochs are worth one."""
    walking_sd_deg: float = 6.0
    seated_sd_deg: float = 60.0
    """Ten seconds of a seat: knees apart or together by 12 deg, for minutes at a time."""
    seated_from_deg: float = 9.0
    """Heading known better than this is not drawn to the seated knee, which may lie to the side for an hour."""
    own_zero_deg: float = 4.0
    """How one's standing and walking differ from one's own quiet standing, for good: never averaged out."""
    enough_s: int = 3
    least_level: float = 0.35
    """Horizontal part of a direction below which it has no heading (20 deg from upright)."""
    astray: float = 4.0
    """Standing or walking so many sd from what is believed..."""
    astray_epochs: int = 2
    """... so many times in a row: heading began anew without being told."""


@dataclass(slots=True, kw_only=True)
class HeadingState:
    """Heading of the thigh's world in the pelvis' world."""

    deg: float = 0.0
    deg_per_min: float = 0.0
    variance_deg2: float = UNKNOWN_DEG2
    shared: float = 0.0
    """Covariance of the difference and its drift, deg²/min."""
    drift_variance: float | None = None
    """Of the drift, (deg/min)²; None before the first epoch."""
    astray: int = 0

    def forget(self) -> None:
        """One of the two began anew; its gyroscope's offset is still known."""
        self.variance_deg2, self.shared, self.astray = UNKNOWN_DEG2, 0.0, 0

    def turn(self, deg: float) -> None:
        """What is called forward turned."""
        self.deg = _wrap(self.deg + deg)

    def sd_deg(self, params: HeadingParams) -> float:
        """One standard deviation, with what never averages out."""
        return sqrt(self.variance_deg2 + params.own_zero_deg**2)


def pass_epoch(state: HeadingState, params: HeadingParams, minutes: float) -> None:
    """Time goes by, heading drifts."""
    drift = params.drift_deg_per_min**2 if state.drift_variance is None else state.drift_variance
    state.deg = _wrap(state.deg + state.deg_per_min * minutes)
    grown = 2 * state.shared * minutes + drift * minutes**2 + params.wander_deg_per_sqrt_min**2 * minutes
    if state.variance_deg2 + grown >= UNKNOWN_DEG2:
        state.forget()
    else:
        state.variance_deg2 += grown
        state.shared += drift * minutes
    wander = params.drift_wander_deg_per_min_per_sqrt_min**2 * minutes
    state.drift_variance = min(drift + wander, params.drift_deg_per_min**2)


def learn_heading(
    state: HeadingState,
    params: HeadingParams,
    t_ns: Nanoseconds,
    kind: Codes,
    world_from_thigh: Quats,
    world_from_pelvis: Quats,
) -> None:
    """From an epoch's rows (n,), each in its own sensor's world."""
    for one, sd_deg in (
        (ActivityKind.STAND, params.standing_sd_deg),
        (ActivityKind.WALK, params.walking_sd_deg),
        (ActivityKind.SIT, params.seated_sd_deg),
    ):
        chosen = kind == one
        if one is ActivityKind.SIT and state.variance_deg2 < params.seated_from_deg**2:
            continue
        if enough(t_ns, chosen, params.enough_s):
            ahead = np.array([0.0, -1.0, 0.0] if one is ActivityKind.SIT else [1.0, 0.0, 0.0])
            seen = _heading_deg(params, world_from_thigh[chosen], world_from_pelvis[chosen], ahead)
            if seen is not None:
                _revise(state, params, seen, sd_deg**2, sure=one is not ActivityKind.SIT)


def _heading_deg(params: HeadingParams, thigh: Quats, pelvis: Quats, ahead_thigh: Floats) -> float | None:
    """Mean heading of a thigh's axis against the pelvis' forward, each in its world."""
    a, b = rotate(thigh, ahead_thigh), rotate(pelvis, np.array([1.0, 0.0, 0.0]))
    level = _level(a, params.least_level) & _level(b, params.least_level)
    if not level.any():
        return None
    a, b = np.ascontiguousarray(a[level]), np.ascontiguousarray(b[level])
    along = float(np.add.reduce(a[:, 0] * b[:, 0] + a[:, 1] * b[:, 1]))
    across = float(np.add.reduce(b[:, 0] * a[:, 1] - b[:, 1] * a[:, 0]))
    return degrees(atan2(across, along)) if hypot(along, across) > 0 else None


def _level(v: Floats, least: float) -> Bools:
    return np.asarray(v[:, 0] ** 2 + v[:, 1] ** 2 > least**2)


def _revise(state: HeadingState, params: HeadingParams, seen_deg: float, variance: float, *, sure: bool) -> None:
    off = _wrap(seen_deg - state.deg)
    if sure:
        far = off * off > params.astray**2 * (state.variance_deg2 + variance)
        state.astray = state.astray + 1 if far else 0
        if state.astray >= params.astray_epochs:
            state.forget()
    total = state.variance_deg2 + variance
    gain, drift_gain = state.variance_deg2 / total, state.shared / total
    state.deg = _wrap(state.deg + gain * off)
    state.deg_per_min += drift_gain * off
    state.drift_variance = (state.drift_variance or 0.0) - drift_gain * state.shared
    state.variance_deg2 *= 1 - gain
    state.shared *= 1 - gain


def _wrap(deg: float) -> float:
    return (deg + 180.0) % 360.0 - 180.0
