"""Room 3: samples to orientation, with a gyroscope by VQF, without one from gravity alone."""

from hipmonitor.core.orientation.blocks import OrientationBlock
from hipmonitor.core.orientation.by_gravity import GravityParams, GravityState, OrientationByGravity
from hipmonitor.core.orientation.by_gyroscope import GyroscopeParams, GyroscopeState, OrientationByGyroscope
from hipmonitor.core.orientation.either import Orientation, OrientationParams, OrientationState, nothing_oriented
from hipmonitor.core.orientation.oriented import OrientationStage, Oriented
from hipmonitor.core.orientation.settled import (
    SettledOrientation,
    SettledOrientationParams,
    SettledOrientationState,
)

__all__ = [
    "GravityParams",
    "GravityState",
    "GyroscopeParams",
    "GyroscopeState",
    "Orientation",
    "OrientationBlock",
    "OrientationByGravity",
    "OrientationByGyroscope",
    "OrientationParams",
    "OrientationStage",
    "OrientationState",
    "Oriented",
    "SettledOrientation",
    "SettledOrientationParams",
    "SettledOrientationState",
    "nothing_oriented",
]
