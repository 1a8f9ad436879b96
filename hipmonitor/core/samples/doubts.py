"""Why a sensor is not believed, in words that a person can read."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from hipmonitor.core.instants import HostNs


class Doubt(IntEnum):
    """What is wrong; the number is its code in a block."""

    NONE = 0
    GYROSCOPE_STUCK = 1
    GYROSCOPE_DISAGREES = 2
    ACCELEROMETER_STUCK = 3
    ACCELEROMETER_SCALE = 4
    SLOW_MEMORY = 5
    """Not of the sensor: the samples were fetched from its slow memory, which keeps no gyroscope."""

    @property
    def sentence(self) -> str:
        """For a person."""
        return SENTENCES[self]


SENTENCES = {
    Doubt.NONE: "The sensor is believed again.",
    Doubt.GYROSCOPE_STUCK: "An axis of the gyroscope stands still while the others move. Angles are read from gravity alone.",
    Doubt.GYROSCOPE_DISAGREES: (
        "The gyroscope does not turn as gravity does: scale, unit or axes do not fit. Angles are read from gravity alone."
    ),
    Doubt.ACCELEROMETER_STUCK: "An axis of the accelerometer stands still while the others move. Nothing is read from it.",
    Doubt.SLOW_MEMORY: (
        "The sensor was away for longer than its memory lasts at full rate: filled in from its slow memory, the accelerometer "
        "25 times a second. Angles are read from gravity alone."
    ),
    Doubt.ACCELEROMETER_SCALE: (
        "The accelerometer does not read 1 g at rest: scale or unit do not fit, or it is broken. Nothing is read from it."
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class SensorDoubt:
    """From this instant on a sensor is not believed, or (NONE) is again."""

    kind: Doubt
    since: HostNs

    @property
    def sentence(self) -> str:
        """For a person."""
        return self.kind.sentence
