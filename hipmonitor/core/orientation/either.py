"""The door's stage as lived: VQF where the sensor has a gyroscope that is believed, gravity elsewhere."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from hipmonitor.core.orientation.blocks import OrientationBlock, joined_orientations, no_orientations
from hipmonitor.core.orientation.by_gravity import GravityParams, GravityState, OrientationByGravity
from hipmonitor.core.orientation.by_gyroscope import GyroscopeParams, GyroscopeState, OrientationByGyroscope
from hipmonitor.core.orientation.oriented import Oriented
from hipmonitor.core.orientation.spans import changes, spans
from hipmonitor.core.samples import ImuBlock, selected


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
    by_gravity: bool | None = None
    """Which way the newest row went."""


class Orientation:
    """Room 3, causal: every sample leaves with its orientation at once."""

    holds_back = False

    def __init__(self, params: OrientationParams | None = None, state: OrientationState | None = None) -> None:
        params, state = params or OrientationParams(), state or OrientationState()
        self._by_gyroscope = OrientationByGyroscope(params.gyroscope, state.gyroscope)
        self._by_gravity = OrientationByGravity(params.gravity, state.gravity)
        self._went_by_gravity = state.by_gravity

    @property
    def state(self) -> OrientationState:
        """The state of both ways."""
        return OrientationState(
            gyroscope=self._by_gyroscope.state, gravity=self._by_gravity.state, by_gravity=self._went_by_gravity
        )

    @property
    def held_from_ns(self) -> int | None:
        """Nothing is ever kept back."""
        return None

    def step(self, imu: ImuBlock) -> Oriented:
        """One orientation a sample."""
        doubted = imu.doubt != 0
        parts = [self._one_way(imu, rows, gravity=bool(doubted[rows.start])) for rows in spans(changes(doubted))]
        return Oriented(imu=imu, orientation=joined_orientations(parts) if parts else no_orientations())

    def _one_way(self, imu: ImuBlock, rows: slice, *, gravity: bool) -> OrientationBlock:
        """Rows that go the same way; a way that is taken again begins anew."""
        gravity = gravity or imu.gyr_radps is None
        by = self._by_gravity if gravity else self._by_gyroscope
        if gravity is not self._went_by_gravity:
            if self._went_by_gravity is not None:
                by.begin_anew()
            self._went_by_gravity = gravity
        return by.step(imu if rows == slice(0, len(imu)) else selected(imu, rows))

    def flush(self) -> Oriented:
        """Nothing is ever kept back."""
        return nothing_oriented()


def nothing_oriented() -> Oriented:
    """Of length 0."""
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
