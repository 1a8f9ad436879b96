"""Room 6: hip angles, measured with a pelvis sensor, else estimated by posture; what cannot be known is NaN and says why."""

from hipmonitor.core.hip.blocks import HipBlock, HipMethod, PelvisMethod, PelvisPlacement
from hipmonitor.core.hip.by_posture import PostureParams
from hipmonitor.core.hip.hip import Hip, HipParams, HipState
from hipmonitor.core.hip.joint_angles import JointAngles, joint_angles, pelvis_from_thigh
from hipmonitor.core.hip.pelvis_placing import PelvisPlacingParams
from hipmonitor.core.hip.pelvis_rows import PelvisHeard

__all__ = [
    "Hip",
    "HipBlock",
    "HipMethod",
    "HipParams",
    "HipState",
    "JointAngles",
    "PelvisHeard",
    "PelvisMethod",
    "PelvisPlacement",
    "PelvisPlacingParams",
    "PostureParams",
    "joint_angles",
    "pelvis_from_thigh",
]
