"""Room 5: what the wearer does, second by second; UNKNOWN and NOT_WORN are answers."""

from hipmonitor.core.activity.activity import Activity, ActivityParams, ActivityState, settled
from hipmonitor.core.activity.blocks import ActivityBlock, ActivityKind, ActivitySpan
from hipmonitor.core.activity.seat import SeatParams
from hipmonitor.core.activity.seen import SeeingParams
from hipmonitor.core.activity.stillness import StillnessParams
from hipmonitor.core.activity.temporal import TemporalParams
from hipmonitor.core.activity.thresholds import RulesParams

__all__ = [
    "Activity",
    "ActivityBlock",
    "ActivityKind",
    "ActivityParams",
    "ActivitySpan",
    "ActivityState",
    "RulesParams",
    "SeatParams",
    "SeeingParams",
    "StillnessParams",
    "TemporalParams",
    "settled",
]
