"""Room 4: how the sensor sits on the thigh, and the thigh's angles from it."""

from hipmonitor.core.thigh.automatic import AutomaticParams, AutomaticPlacement, AutomaticState
from hipmonitor.core.thigh.blocks import Holding, Placement, PlacementMethod, PoseResult, ThighBlock
from hipmonitor.core.thigh.guided import SWAPPED, GuidedParams, GuidedState, from_standing_and_sitting
from hipmonitor.core.thigh.placing import PlacingParams, PlacingState
from hipmonitor.core.thigh.recalibrated import recalibrated
from hipmonitor.core.thigh.thigh import Thigh, ThighParams, ThighState

__all__ = [
    "SWAPPED",
    "AutomaticParams",
    "AutomaticPlacement",
    "AutomaticState",
    "GuidedParams",
    "GuidedState",
    "Holding",
    "Placement",
    "PlacementMethod",
    "PlacingParams",
    "PlacingState",
    "PoseResult",
    "Thigh",
    "ThighBlock",
    "ThighParams",
    "ThighState",
    "from_standing_and_sitting",
    "recalibrated",
]
