"""Room 2: packets to samples in m/s², rad/s and host time; gaps, duplicates and bad values are named, never hidden."""

from hipmonitor.core.samples.blocks import Gap, ImuBlock
from hipmonitor.core.samples.calibration import Calibration
from hipmonitor.core.samples.clock_learner import ClockLearner
from hipmonitor.core.samples.clock_line import ClockKey, ClockLine
from hipmonitor.core.samples.doubts import Doubt, SensorDoubt
from hipmonitor.core.samples.packet_rows import STANDARD_GRAVITY_MPS2, PacketParams
from hipmonitor.core.samples.sampling import Sampling, SamplingParams, SamplingState
from hipmonitor.core.samples.selection import copied, joined_blocks, selected
from hipmonitor.core.samples.timebase import TimebaseParams

__all__ = [
    "STANDARD_GRAVITY_MPS2",
    "Calibration",
    "ClockKey",
    "ClockLearner",
    "ClockLine",
    "Doubt",
    "Gap",
    "ImuBlock",
    "PacketParams",
    "Sampling",
    "SamplingParams",
    "SamplingState",
    "SensorDoubt",
    "TimebaseParams",
    "copied",
    "joined_blocks",
    "selected",
]
