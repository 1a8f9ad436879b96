"""The simulated firmware: a state machine from time, commands and samples to bytes. It has no clock and no radio."""

from firmware_sim.device.crystal import Crystal, SampleClock
from firmware_sim.device.hip_device import HipDevice, Vibration
from firmware_sim.device.model import Model
from firmware_sim.device.source import AHEAD_S, BlockAhead, Counts6, SampleSource, StreamShape

__all__ = [
    "AHEAD_S",
    "BlockAhead",
    "Counts6",
    "Crystal",
    "HipDevice",
    "Model",
    "SampleClock",
    "SampleSource",
    "StreamShape",
    "Vibration",
]
