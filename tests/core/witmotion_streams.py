"""WitMotion streams as a recorder has them: split frames, a lost notification, rubbish, replies, a second connection."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from firmware_sim.device import Crystal, WitmotionDevice, WitmotionModel
from hipmonitor.core.inbound import Notification
from hipmonitor.core.instants import HostNs
from hipmonitor.core.wire import witmotion_protocol as wit
from hipmonitor.core.wire.witmotion_protocol import Register
from tests.firmware_sim.bare_radio import BareRadio, RowsSource

RATE_20_HZ = 7
SPLIT = WitmotionModel(
    crystal=Crystal(error_ppb=2_000_000), is_stamped=True, notification_bytes=50, gathered_ns=60_000_000
)
"""Frames of 28 bytes in notifications of at most 50: some hold two frames, some a part of one."""


def talked_with(rows: np.ndarray, model: WitmotionModel, *, rate_code: int = RATE_20_HZ) -> BareRadio:
    """A sensor that was set up, kept its settings, and streams."""
    radio = BareRadio(WitmotionDevice(RowsSource(rows), model=model), wit.FAMILY)
    connect(radio)
    radio.write("command", wit.UNLOCK)
    radio.run(0.15)
    radio.write("command", wit.write_register(Register.RATE, rate_code))
    radio.write("command", wit.KEEP)
    radio.write("command", wit.read_register(Register.RATE))
    return radio


def connect(radio: BareRadio) -> None:
    """The first words over a new link."""
    radio.connect()
    radio.write("command", wit.read_register(Register.VERSION))
    radio.listen()
    radio.write("command", wit.read_register(Register.RATE))


def delayed(notes: Sequence[Notification], seed: int = 1) -> list[Notification]:
    """As they arrive over a link with connection events every 30 ms."""
    wait = np.random.default_rng(seed).integers(2_000_000, 30_000_000, len(notes))
    at_ns = np.maximum.accumulate(np.array([note.at for note in notes]) + wait)
    return [replace(note, at=HostNs(int(at))) for note, at in zip(notes, at_ns, strict=True)]


def witmotion_notes(rows: np.ndarray, seconds: float, model: WitmotionModel = SPLIT) -> list[Notification]:
    """All that can happen to a stream, in so many seconds at 20 Hz."""
    radio = talked_with(rows, model)
    radio.run(seconds * 0.4)
    radio.write("command", wit.read_register(Register.BATTERY))
    radio.run(seconds * 0.2)
    radio.disconnect()
    radio.run(3.0)
    connect(radio)
    radio.run(seconds * 0.4)
    notes = delayed(radio.notes)
    data = [i for i, note in enumerate(notes) if note.channel == wit.DATA]
    broken, rubbish = data[len(data) // 5], data[len(data) // 3]
    notes[rubbish] = replace(notes[rubbish], payload=b"\x55\x61\x55\x71\x55")
    del notes[broken]
    return notes
