"""Room 7: sitting, bouts, breaks, deep flexion and time that is not known. Missing time is never standing."""

from hipmonitor.core.exposure.blocks import (
    BoutEnd,
    DeepCycle,
    Exposure,
    FlexionCycle,
    RhythmSecond,
    SittingBout,
    TimedSecond,
    Transition,
    TransitionKind,
)
from hipmonitor.core.exposure.decided_row import UPRIGHT
from hipmonitor.core.exposure.exposure import ExposureBlock, ExposureCounter, ExposureState
from hipmonitor.core.exposure.fine_seconds import FineSeconds
from hipmonitor.core.exposure.flexion_cycles import AnglesOfSecond, CycleCounters, CycleParams
from hipmonitor.core.exposure.second_angles import NO_THIGH_DEG
from hipmonitor.core.exposure.timers import NOT_DEEP, ExposureParams

__all__ = [
    "NOT_DEEP",
    "NO_THIGH_DEG",
    "UPRIGHT",
    "AnglesOfSecond",
    "BoutEnd",
    "CycleCounters",
    "CycleParams",
    "DeepCycle",
    "Exposure",
    "ExposureBlock",
    "ExposureCounter",
    "ExposureParams",
    "ExposureState",
    "FineSeconds",
    "FlexionCycle",
    "RhythmSecond",
    "SittingBout",
    "TimedSecond",
    "Transition",
    "TransitionKind",
]
