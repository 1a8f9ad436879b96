"""Small hard streams of sensors one can buy: a link lost and found, a sensor switched off and on, notifications lost and harmed."""

from __future__ import annotations

from functools import cache

from firmware_sim.device.capture2go_device import Capture2GoDevice
from firmware_sim.device.crystal import Crystal
from firmware_sim.device.model import Model
from firmware_sim.device.verity_device import VerityDevice
from firmware_sim.peripherals import CAPTURE2GO_FACE, VERITY_FACE
from hipmonitor.core.inbound import Notification
from hipmonitor.core.wire import capture2go_protocol as c2g
from hipmonitor.core.wire import verity_protocol as pmd
from hipmonitor.core.wire.capture2go_dialogue import dialogue as capture2go_talk
from hipmonitor.core.wire.verity_dialogue import dialogue as verity_talk
from tests.core.talked import Swing, Talked, harmed

CRYSTAL = Crystal(error_ppb=40_000)


def verity() -> Talked:
    """A Verity Sense that swings."""
    device = VerityDevice(Swing(), crystal=CRYSTAL, rate_error=0.013, model=Model())
    return Talked(device=device, face=VERITY_FACE, dialogue=verity_talk, mtu=120)


def capture2go() -> Talked:
    """A Capture2Go that swings."""
    device = Capture2GoDevice(Swing(), crystal=CRYSTAL, model=Model())
    return Talked(device=device, face=CAPTURE2GO_FACE, dialogue=capture2go_talk)


def _hard_life(talked: Talked, channel: str) -> tuple[Notification, ...]:
    talked.session(14.0, says_goodbye=False)
    talked.away(4.0)
    talked.session(5.0)
    talked.away(12.0)
    talked.device.reboot(talked.now_ns)
    talked.session(8.0)
    return tuple(harmed(talked.notes, channel, seed=1))


@cache
def verity_notes() -> tuple[Notification, ...]:
    """Of a hard life."""
    return _hard_life(verity(), pmd.DATA)


@cache
def capture2go_notes() -> tuple[Notification, ...]:
    """Of a hard life."""
    return _hard_life(capture2go(), c2g.TX)
