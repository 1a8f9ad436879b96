"""Movella DOT streams as a recorder has them: lost and broken notifications, a counter that turns over, a second connection."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from firmware_sim.device import Crystal, DotDevice, DotModel
from hipmonitor.core.inbound import Notification
from hipmonitor.core.wire import dot_protocol as dot
from hipmonitor.core.wire.dot_protocol import Mode
from tests.core.witmotion_streams import delayed
from tests.firmware_sim.bare_radio import BareRadio, RowsSource


def talked_with(
    rows: np.ndarray, *, rate_hz: int = 60, turns_over_after_s: float = 5.0, error_ppb: int = 30_000
) -> BareRadio:
    """A sensor that was set up and measures."""
    first = (1 << 32) - round(turns_over_after_s * dot.TICK_HZ)
    model = DotModel(crystal=Crystal(first_tick=first, error_ppb=error_ppb))
    radio = BareRadio(DotDevice(RowsSource(rows), model=model), dot.FAMILY)
    begin(radio, rate_hz)
    return radio


def begin(radio: BareRadio, rate_hz: int = 60) -> None:
    """From the link to the stream."""
    radio.connect()
    radio.read("info")
    radio.read("battery")
    radio.write("control", dot.encode_rate(rate_hz))
    radio.read("control")
    radio.listen()
    radio.write("start", dot.encode_start(Mode.RATE))


def dot_notes(rows: np.ndarray, seconds: float, *, rate_hz: int = 20) -> list[Notification]:
    """All that can happen to a stream, in so many seconds."""
    radio = talked_with(rows, rate_hz=rate_hz, turns_over_after_s=seconds * 0.3)
    radio.run(seconds * 0.6)
    radio.disconnect()
    radio.run(3.0)
    begin(radio, rate_hz)
    radio.run(seconds * 0.2)
    radio.device.reboot(radio.now_ns)  # type: ignore[attr-defined]
    radio.run(2.0)
    begin(radio, rate_hz)
    radio.run(seconds * 0.2)
    return spoiled(delayed(radio.notes))


def spoiled(notes: Sequence[Notification]) -> list[Notification]:
    """One cut short, one with what nothing measures, some never heard."""
    data = [i for i, note in enumerate(notes) if note.channel == dot.DATA]
    cut, wild, lost = (data[len(data) * part // 10] for part in (2, 3, 4))
    out = list(notes)
    out[cut] = replace(out[cut], payload=out[cut].payload[:-1])
    out[wild] = replace(out[wild], payload=out[wild].payload[:4] + b"\xff" * 12 + out[wild].payload[16:])
    return [note for i, note in enumerate(out) if not (lost <= i < lost + 8 and note.channel == dot.DATA)]
