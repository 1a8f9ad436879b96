"""Small hard streams of sensors one can buy: a link lost and found, a sensor switched off and on, notifications lost and harmed."""

from __future__ import annotations

import numpy as np

from firmware_sim.device import Counts6, SampleSource, StreamShape
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


class RowsInTime:
    """Rows of counts at 20 Hz, of 16 g and 2000 degrees a second, between which a source of any rate and range lies; with noise."""

    def __init__(self, rows: np.ndarray) -> None:
        self._rows = np.concatenate([rows, rows[::-1]])

    def begin(self, shape: StreamShape) -> None:
        self._shape = shape

    def samples(self, first_index: int, count: int) -> Counts6:
        t = self._shape.clock.true_s(np.arange(first_index, first_index + count)) * 20.0 % (len(self._rows) - 1)
        row, share = t.astype(np.int64), (t % 1.0)[:, None]
        between = self._rows[row] * (1 - share) + self._rows[row + 1] * share
        scale = np.repeat([16 / self._shape.acc_range_g, 2000 / self._shape.gyr_range_dps], 3)
        noise = np.array([np.random.default_rng(i).normal(0, 4, 6) for i in range(first_index, first_index + count)])
        return np.clip(np.rint(between * scale + noise.reshape(-1, 6)), -32768, 32767).astype(np.int16)


def verity(source: SampleSource | None = None) -> Talked:
    """A Verity Sense that swings, unless it is said what it does."""
    device = VerityDevice(source or Swing(), crystal=CRYSTAL, rate_error=0.013, model=Model())
    return Talked(device=device, face=VERITY_FACE, dialogue=verity_talk, mtu=120)


def capture2go(source: SampleSource | None = None) -> Talked:
    """A Capture2Go that swings, unless it is said what it does."""
    device = Capture2GoDevice(source or Swing(), crystal=CRYSTAL, model=Model())
    return Talked(device=device, face=CAPTURE2GO_FACE, dialogue=capture2go_talk)


def verity_notes(rows: np.ndarray, seconds: float) -> list[Notification]:
    """All that can happen to a stream, in so many seconds."""
    return _hard_life(verity(RowsInTime(rows)), seconds, pmd.DATA)


def capture2go_notes(rows: np.ndarray, seconds: float) -> list[Notification]:
    """All that can happen to a stream, in so many seconds."""
    return _hard_life(capture2go(RowsInTime(rows)), seconds, c2g.TX)


def _hard_life(talked: Talked, seconds: float, data: str) -> list[Notification]:
    talked.session(seconds * 0.6, says_goodbye=False)
    talked.away(3.0)
    talked.session(seconds * 0.2)
    talked.away(12.0)
    talked.device.reboot(talked.now_ns)
    talked.session(seconds * 0.2)
    return list(harmed(talked.notes, data, seed=1))
