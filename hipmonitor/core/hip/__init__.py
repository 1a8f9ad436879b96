"""Room 6: hip angles, estimated by posture with one sensor; what cannot be known is NaN and says why."""

from hipmonitor.core.hip.blocks import HipBlock, HipMethod
from hipmonitor.core.hip.by_posture import Hip, HipParams, HipState

__all__ = ["Hip", "HipBlock", "HipMethod", "HipParams", "HipState"]
