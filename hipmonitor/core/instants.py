"""Two clocks, two types: host nanoseconds and device ticks cannot be mixed. Points are integers, durations float seconds."""

from __future__ import annotations

from typing import NewType

HostNs = NewType("HostNs", int)
"""Nanoseconds since the Unix epoch on the host's steady clock (read once, then advanced through suspend)."""

DeviceTicks = NewType("DeviceTicks", int)
"""A reading of the sensor's own counter; unwrapped ones only grow."""

NS_PER_S = 1_000_000_000


def seconds_between(start: HostNs, end: HostNs) -> float:
    """Duration from start to end in seconds."""
    return (end - start) / NS_PER_S
