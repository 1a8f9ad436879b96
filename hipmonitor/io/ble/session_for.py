"""The session that a sensor's family needs."""

from __future__ import annotations

import random

from hipmonitor.core.wire import family_named
from hipmonitor.io.ble.hip_session import HipSession
from hipmonitor.io.ble.inbox import Inbox
from hipmonitor.io.ble.link_session import LinkSession
from hipmonitor.io.ble.params import BleParams
from hipmonitor.io.ble.radio import Radio
from hipmonitor.io.ble.scan import FoundSensor
from hipmonitor.io.ble.talk_session import TalkSession


def session_for(
    sensor: FoundSensor, radio: Radio, inbox: Inbox, params: BleParams, chance: random.Random
) -> LinkSession:
    """One connection's session: our own protocol has its own, every other family a talk."""
    row = family_named(sensor.kind)
    if row is None or row.new_dialogue is None:
        return HipSession(sensor, radio, inbox, params, chance)
    return TalkSession(sensor, radio, inbox, params, chance, dialogue=row.new_dialogue())
