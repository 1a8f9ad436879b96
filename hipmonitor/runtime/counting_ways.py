"""How a set is counted: soft tones from this computer, and the sensor's motor."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Final

from hipmonitor.core.errors import DeliveryError
from hipmonitor.core.settings import Settings
from hipmonitor.io.ble import Vibration
from hipmonitor.io.sound import Notes, play, tone
from hipmonitor.runtime.counting_aloud import CountingAloud, CueThread, TellCue
from hipmonitor.runtime.counting_cues import Cue
from hipmonitor.runtime.delivery_ways import Vibrate

TONES: Final[dict[Cue, Notes]] = {
    Cue.HOLD_BEGINS: ((587.0, 0.12),),
    Cue.PARTIAL: ((330.0, 0.14),),
    Cue.TICK: ((880.0, 0.09),),
    Cue.MILESTONE: ((880.0, 0.09), (1175.0, 0.14)),
    Cue.HOLD_DONE: ((587.0, 0.10), (880.0, 0.16)),
    Cue.POSE_REFUSED: ((392.0, 0.16), (330.0, 0.20)),
    Cue.POSE_ACCEPTED: ((660.0, 0.12), (660.0, 0.12)),
    Cue.INTERVAL: ((660.0, 0.15), (990.0, 0.15), (660.0, 0.15)),
    Cue.LAST: ((880.0, 0.09), (880.0, 0.09), (1319.0, 0.20)),
    Cue.ENDED: ((880.0, 0.15), (660.0, 0.15), (440.0, 0.30)),
}
"""Upwards: well; low and single: not counted; downwards: over, or try again. Short, so that a fast set is not talked over."""
BUZZES: Final[dict[Cue, tuple[Vibration, int]]] = {
    Cue.HOLD_BEGINS: (Vibration.SHORT, 60),
    Cue.PARTIAL: (Vibration.LONG, 40),
    Cue.TICK: (Vibration.SHORT, 60),
    Cue.MILESTONE: (Vibration.DOUBLE, 70),
    Cue.HOLD_DONE: (Vibration.DOUBLE, 70),
    Cue.POSE_REFUSED: (Vibration.LONG, 60),
    Cue.POSE_ACCEPTED: (Vibration.DOUBLE, 70),
    Cue.INTERVAL: (Vibration.DOUBLE, 80),
    Cue.LAST: (Vibration.DOUBLE, 80),
    Cue.ENDED: (Vibration.LONG, 80),
}
"""Three patterns have to do: short counts, double says that something begins or is done, long that it did not count or is over."""
BUZZ_REST_S: Final = 0.6
"""A motor swings on, and its commands share the link with the data: the fastest set has a repetition in about a second."""


@contextmanager
def counting_aloud(settings: Settings, vibrate: Vibrate) -> Iterator[CountingAloud]:
    """By this computer and the thigh's sensor while the context lasts."""
    made = CountingAloud(
        {
            "sound": CueThread(by_tone, name="sound"),
            "vibration": CueThread(by_buzz(vibrate), name="vibration", rest_s=BUZZ_REST_S),
        },
        settings,
    )
    try:
        yield made
    finally:
        made.close()


def by_tone(cue: Cue, volume_percent: int) -> None:
    """Also where the desktop asks not to be disturbed: the wearer has just begun the set."""
    play(_wav(cue, volume_percent))


@lru_cache(maxsize=len(Cue))
def _wav(cue: Cue, volume_percent: int) -> bytes:
    return tone(volume_percent, TONES[cue])


def by_buzz(vibrate: Vibrate) -> TellCue:
    """On the sensor, as strong as is felt through trousers."""

    def tell(cue: Cue, _volume_percent: int) -> None:
        if not vibrate(*BUZZES[cue]):
            raise DeliveryError("the sensor is not connected, has no motor, or did not answer")

    return tell
