"""Orientation of a sensor without a gyroscope: the slow part of what the accelerometer feels is up.

A second-order Butterworth low-pass at 1 Hz of each axis (posture lives below, steps above), and how much is left above it
tells when that is not to be trusted: 0.1 g is where Acti4 (Skotte 2014) begins to call it movement.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
from scipy.signal import butter, sosfilt, sosfilt_zi

from hipmonitor.core.arrays import Bools, Floats, Quats, Vec3s, read_only
from hipmonitor.core.frames import dot, length, tilt_from_up
from hipmonitor.core.instants import NS_PER_S
from hipmonitor.core.orientation.blocks import OrientationBlock, no_orientations
from hipmonitor.core.orientation.spans import changes, spans
from hipmonitor.core.orientation.trust import held_until
from hipmonitor.core.samples import STANDARD_GRAVITY_MPS2, ImuBlock, selected


@dataclass(frozen=True, slots=True, kw_only=True)
class GravityParams:
    """What may be tuned."""

    cutoff_hz: float = 1.0
    moving_mps2: float = 0.1 * STANDARD_GRAVITY_MPS2
    """Root mean square above the cutoff from which the tilt is not trusted (Acti4: SD 0.1 g)."""
    moving_tau_s: float = 1.0
    rest_mps2: float = 0.03 * STANDARD_GRAVITY_MPS2
    """Below this the thigh is at rest: above the noise of coarse sensors (16 mg), below quiet standing's sway."""
    magnitude_share: float = 0.15
    """Slow magnitude this far from 1 g is not gravity alone (real sensors read up to 1.07 g)."""
    settle_s: float = 1.0
    after_gap_s: float = 1.0


@dataclass(slots=True, kw_only=True)
class GravityState:
    """What is carried from step to step."""

    rate_hz: float = 0.0
    segment: int = -1
    slow: Vec3s | None = None
    """(sections, 2, 3) state of the low-pass."""
    power: Floats | None = None
    """(1, 2) state of the movement's running mean square."""
    untrusted_until_ns: int = 0


class OrientationByGravity:
    """Tilt from gravity; heading is meaningless and stays near 0."""

    def __init__(self, params: GravityParams | None = None, state: GravityState | None = None) -> None:
        self.params = params or GravityParams()
        self.state = state or GravityState()

    def step(self, imu: ImuBlock) -> OrientationBlock:
        """One orientation a sample."""
        parts = [self._part(selected(imu, rows)) for rows in spans(changes(imu.segment))]
        if not parts:
            return no_orientations()
        quats, rest, trusted = parts[0] if len(parts) == 1 else [np.concatenate(p) for p in zip(*parts, strict=True)]
        return OrientationBlock(
            t_ns=imu.t_ns,
            world_from_sensor=read_only(quats),
            at_rest=read_only(rest),
            trusted=read_only(trusted),
        )

    def begin_anew(self) -> None:
        """Forget all: others worked in between."""
        self.state.segment = -1

    def _part(self, imu: ImuBlock) -> tuple[Quats, Bools, Bools]:
        """Rows of one segment."""
        s, p = self.state, self.params
        acc, t_ns = np.array(imu.acc_mps2, order="F"), imu.t_ns  # what follows is done axis by axis, in place
        sos, zi = low_pass(p.cutoff_hz, imu.rate_hz)
        one_pole = running_mean(p.moving_tau_s, imu.rate_hz)
        if s.slow is None or s.power is None or int(imu.segment[0]) != s.segment or imu.rate_hz != s.rate_hz:
            s.slow, s.power = zi[:, :, None] * acc[0], np.zeros((1, 2))
            s.segment, s.rate_hz = int(imu.segment[0]), imu.rate_hz
            s.untrusted_until_ns = int(t_ns[0]) + round(p.settle_s * NS_PER_S)
        slow, s.slow = sosfilt(sos, acc, axis=0, zi=s.slow)
        acc -= slow
        power, s.power = sosfilt(one_pole, dot(acc, acc), zi=s.power)
        trusted = power < p.moving_mps2**2
        until = held_until(s.untrusted_until_ns, t_ns, imu.clipped, p.after_gap_s)
        s.untrusted_until_ns = int(until[-1])
        if t_ns[0] < until[-1]:
            trusted &= t_ns >= until
        size = length(slow)
        trusted &= np.abs(size / STANDARD_GRAVITY_MPS2 - 1) < p.magnitude_share
        size[~(size > 0)] = 1.0
        slow /= size[:, None]
        return tilt_from_up(slow), power < p.rest_mps2**2, trusted


@cache
def low_pass(cutoff_hz: float, rate_hz: float) -> tuple[Floats, Floats]:
    """Second-order Butterworth sections and their state at a constant input of 1."""
    sos: Floats = butter(2, min(cutoff_hz / (rate_hz / 2), 0.9), output="sos")
    return sos, sosfilt_zi(sos)


@cache
def running_mean(tau_s: float, rate_hz: float) -> Floats:
    """A one-pole average with the given time constant, as one section."""
    keep = float(np.exp(-1 / (tau_s * rate_hz)))
    return np.array([[1 - keep, 0, 0, 1, -keep, 0]])
