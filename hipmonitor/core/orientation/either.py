"""The door's stage as lived: VQF where the sensor has a gyroscope, gravity where it has none."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from hipmonitor.core.orientation.blocks import OrientationBlock
from hipmonitor.core.orientation.by_gravity import GravityParams, GravityState, OrientationByGravity
from hipmonitor.core.orientation.by_gyroscope import GyroscopeParams, GyroscopeState, OrientationByGyroscope
from hipmonitor.core.orientation.oriented import Oriented
from hipmonitor.core.samples import ImuBlock


@dataclass(frozen=True, slots=True, kw_only=True)
class OrientationParams:
    """What may be tuned, of both ways."""

    gyroscope: GyroscopeParams = field(default_factory=GyroscopeParams)
    gravity: GravityParams = field(default_factory=GravityParams)


@dataclass(slots=True, kw_only=True)
class OrientationState:
    """What both ways carry."""

    gyroscope: GyroscopeState = field(default_factory=GyroscopeState)
    gravity: GravityState = field(default_factory=GravityState)


class Orientation:
    """Room 3, causal: every sample leaves with its orientation at once."""

    holds_back = False

    def __init__(self, params: OrientationParams | None = None, state: OrientationState | None = None) -> None:
        params, state = params or OrientationParams(), state or OrientationState()
        self._by_gyroscope = OrientationByGyroscope(params.gyroscope, state.gyroscope)
        self._by_gravity = OrientationByGravity(params.gravity, state.gravity)

    @property
    def state(self) -> OrientationState:
        """The state of both ways."""
        return OrientationState(gyroscope=self._by_gyroscope.state, gravity=self._by_gravity.state)

    def step(self, imu: ImuBlock) -> Oriented:
        """One orientation a sample."""
        by = self._by_gravity if imu.gyr_radps is None else self._by_gyroscope
        return Oriented(imu=imu, orientation=by.step(imu))

    def flush(self) -> Oriented:
        """Nothing is ever kept back."""
        return Oriented(imu=no_samples(), orientation=no_orientations())


def no_samples() -> ImuBlock:
    """An ImuBlock of length 0."""
    no = np.zeros(0, np.bool_)
    none = np.zeros(0, np.int64)
    return ImuBlock(
        t_ns=none,
        acc_mps2=np.zeros((0, 3)),
        gyr_radps=None,
        measured=no,
        clipped=no,
        index=none,
        segment=none,
        rate_hz=1.0,
    )


def no_orientations() -> OrientationBlock:
    """An OrientationBlock of length 0."""
    no = np.zeros(0, np.bool_)
    return OrientationBlock(t_ns=np.zeros(0, np.int64), world_from_sensor=np.zeros((0, 4)), at_rest=no, trusted=no)
