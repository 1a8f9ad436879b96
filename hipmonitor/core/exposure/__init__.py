"""Room 7: sitting, bouts, breaks, deep flexion and time that is not known. Missing time is never standing."""

from hipmonitor.core.exposure.blocks import Exposure, SittingBout, TimedSecond
from hipmonitor.core.exposure.exposure import ExposureBlock, ExposureCounter, ExposureState
from hipmonitor.core.exposure.timers import UPRIGHT

__all__ = [
    "UPRIGHT",
    "Exposure",
    "ExposureBlock",
    "ExposureCounter",
    "ExposureState",
    "SittingBout",
    "TimedSecond",
]
