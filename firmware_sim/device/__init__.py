"""The simulated firmware: a state machine from time, commands and samples to bytes. It has no clock and no radio."""

from firmware_sim.device.crystal import Crystal, SampleClock
from firmware_sim.device.dot_device import DotDevice, DotModel
from firmware_sim.device.hip_device import HipDevice, Vibration
from firmware_sim.device.model import Model
from firmware_sim.device.sampler import Sampler
from firmware_sim.device.source import AHEAD_S, BlockAhead, Counts6, SampleSource, StreamShape
from firmware_sim.device.witmotion_device import WitmotionDevice, WitmotionModel

__all__ = [
    "AHEAD_S",
    "BlockAhead",
    "Counts6",
    "Crystal",
    "DotDevice",
    "DotModel",
    "HipDevice",
    "Model",
    "SampleClock",
    "SampleSource",
    "Sampler",
    "StreamShape",
    "Vibration",
    "WitmotionDevice",
    "WitmotionModel",
]
