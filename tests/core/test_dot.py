"""Movella DOT decoded: numbered by its stamps, over their turning, resets and losses; and the simulated one's habits."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from firmware_sim.device import Crystal, DotDevice, DotModel
from hipmonitor.core.inbound import Notification
from hipmonitor.core.instants import HostNs
from hipmonitor.core.samples import Sampling
from hipmonitor.core.wire import BatteryLevel, Decoded, FaultKind, ImuPackets, SensorInfo, Wire, WireFault
from hipmonitor.core.wire import dot_protocol as dot
from hipmonitor.core.wire.dot_dialogue import LAST_WORDS, dot_dialogue
from hipmonitor.core.wire.dot_protocol import Mode, Report
from tests.core.builders import SENSOR, at
from tests.core.dot_streams import begin, talked_with
from tests.firmware_sim.bare_radio import BareRadio, RowsSource

U32 = 1 << 32
STEP_US = 16_667
ROWS = np.arange(600).reshape(100, 6)


def note(seconds: float, channel: str, payload: bytes) -> Notification:
    return Notification(at=at(seconds), sensor=SENSOR, channel=channel, payload=payload)


def measuring(rate_hz: int = 60) -> Wire:
    wire = Wire()
    wire.step([note(0, dot.CONTROL, dot.encode_rate(rate_hz)), note(0, dot.START_WRITTEN, dot.encode_start(Mode.RATE))])
    return wire


def sample(seconds: float, t_us: int, acc: tuple[float, float, float] = (0.0, 0.0, 9.81)) -> Notification:
    return note(seconds, dot.DATA, dot.encode_sample(Mode.RATE, t_us % U32, acc, (0.0, 0.0, 0.0)))


def run_of(
    n: int, *, first_us: int = 1_000_000, begin_s: float = 0.1, skip: tuple[int, ...] = ()
) -> list[Notification]:
    return [sample(begin_s + k * STEP_US / 1e6, first_us + k * STEP_US) for k in range(n) if k not in skip]


def indices(decoded: tuple[Decoded, ...]) -> list[int]:
    return [int(k) for item in decoded if isinstance(item, ImuPackets) for k in item.first_index]


def streams(decoded: tuple[Decoded, ...]) -> list[int]:
    return [item.stream for item in decoded if isinstance(item, SensorInfo)]


def test_every_stamp_is_a_sample_of_the_grid() -> None:
    assert indices(measuring().step(run_of(600))) == list(range(600))


def test_a_lost_notification_is_a_known_gap() -> None:
    decoded = measuring().step(run_of(90, skip=(20, 21, 22)))
    assert indices(decoded) == [*range(20), *range(23, 90)]
    block = Sampling().step(decoded)
    lost = [fault.count for fault in block.faults if fault.kind is FaultKind.SAMPLES_LOST]
    assert lost == [3]
    assert (~block.measured).sum() == 3


def test_the_counter_turns_over_after_71_minutes() -> None:
    first_us = U32 - 10 * STEP_US
    decoded = measuring().step(run_of(30, first_us=first_us))
    assert indices(decoded) == list(range(30))
    assert streams(decoded) == [1]
    block = Sampling().step(decoded)
    assert np.diff(block.t_ns) == pytest.approx(STEP_US * 1000, rel=0.02)


@pytest.mark.parametrize("hours", [0.5, 1.19, 3.0, 20.0])
def test_over_a_long_silence_the_host_s_clock_tells_how_often(hours: float) -> None:
    steps = round(hours * 3600 * 60)
    later_us = 1_000_000 + round(steps * 1e6 / 60)
    decoded = measuring().step([sample(0.1, 1_000_000), sample(0.1 + hours * 3600 + 0.4, later_us)])
    assert indices(decoded) == [0, steps]
    assert streams(decoded) == [1]


def test_a_counter_that_was_reset_begins_a_new_stream() -> None:
    wire = measuring()
    wire.step(run_of(60, first_us=500_000_000))
    decoded = wire.step(run_of(60, first_us=40_000, begin_s=9.0))
    assert streams(decoded) == [2]
    assert indices(decoded) == list(range(60))


def test_data_that_nobody_asked_for_are_not_guessed_at() -> None:
    (fault,) = Wire().step(run_of(1))
    assert isinstance(fault, WireFault)
    assert fault.kind is FaultKind.NO_INFO


@pytest.mark.parametrize(
    ("channel", "payload", "kind"),
    [
        (dot.DATA, b"", FaultKind.BAD_LENGTH),
        (dot.DATA, bytes(dot.LONG_BYTES), FaultKind.BAD_LENGTH),
        (dot.DATA, b"\xff" * dot.MEDIUM_BYTES, FaultKind.BAD_VALUE),
        (dot.CONTROL, dot.encode_rate(59), FaultKind.BAD_VALUE),
        (dot.CONTROL, b"\x10", FaultKind.BAD_VALUE),
        (dot.BATTERY, b"\x65\x00", FaultKind.BAD_VALUE),
        (dot.BATTERY, b"", FaultKind.BAD_VALUE),
        ("dot/other", b"", FaultKind.UNKNOWN_CHANNEL),
    ],
)
def test_what_cannot_be_read_is_a_fault(channel: str, payload: bytes, kind: FaultKind) -> None:
    (fault,) = measuring().step([note(1, channel, payload)])
    assert isinstance(fault, WireFault)
    assert fault.kind is kind


def test_values_that_nothing_measures_are_refused_and_their_neighbours_kept() -> None:
    wild = sample(0.2, 1_000_000 + 6 * STEP_US, acc=(400.0, 0.0, 0.0))
    decoded = measuring().step([*run_of(6), wild, sample(0.22, 1_000_000 + 7 * STEP_US)])
    assert indices(decoded) == [0, 1, 2, 3, 4, 5, 7]


def test_what_is_at_the_end_of_the_range_is_clipped() -> None:
    notes = [sample(k / 60, k * STEP_US, acc=(156.9 if k == 9 else 1.0, 0.0, 9.7)) for k in range(20)]
    assert Sampling().step(measuring().step(notes)).clipped.tolist() == [k == 9 for k in range(20)]


@settings(max_examples=300, deadline=None)
@given(st.lists(st.binary(max_size=64), max_size=12))
def test_any_bytes_decode_or_become_a_fault(payloads: list[bytes]) -> None:
    wire = measuring()
    wire.step(run_of(3))
    for k, payload in enumerate(payloads):
        for item in wire.step([note(1 + k / 60, dot.DATA, payload.ljust(dot.MEDIUM_BYTES, b"\x3f"))]):
            assert isinstance(item, ImuPackets | WireFault | SensorInfo)


def test_it_says_why_it_goes() -> None:
    last_words = dot_dialogue().last_words
    assert last_words(dot.REPORT, dot.encode_report(Report.POWER_SAVING, 5)) == LAST_WORDS[Report.POWER_SAVING]
    assert last_words(dot.REPORT, dot.encode_report(Report.CLICK, 5)) is None
    assert last_words(dot.REPORT, b"") is None
    assert last_words(dot.DATA, dot.encode_report(Report.POWER_OFF, 5)) is None


# --- the simulated one ------------------------------------------------------------------------------------------------

QUICKLY_TIRED = DotModel(sleeps_unconnected_ns=5_000_000_000, sleeps_idle_ns=8_000_000_000)


def switched_on(model: DotModel | None = None) -> BareRadio:
    return BareRadio(DotDevice(RowsSource(ROWS), model=model), dot.FAMILY)


def test_it_measures_only_where_somebody_listens() -> None:
    radio = switched_on()
    radio.connect()
    radio.write("start", dot.encode_start(Mode.RATE))
    assert radio.run(1.0) == []
    radio.listen()
    radio.write("start", dot.encode_start(Mode.RATE))
    assert len(radio.run(1.0)) == pytest.approx(60, abs=1)
    radio.write("start", dot.encode_start(Mode.RATE, start=False))
    assert radio.run(1.0) == []


def test_samples_are_padded_to_the_characteristic_s_length() -> None:
    assert {len(sent.payload) for sent in talked_with(ROWS).run(1.0)} == {dot.MEDIUM_BYTES}


def test_the_rate_cannot_be_changed_while_it_measures() -> None:
    radio = talked_with(ROWS, rate_hz=30)
    radio.write("control", dot.encode_rate(60))
    assert dot.decode_rate(radio.read("control")) == 30


def test_measuring_ends_with_the_link() -> None:
    radio = talked_with(ROWS)
    radio.disconnect()
    radio.connect()
    radio.listen()
    assert radio.run(1.0) == []


def test_unconnected_it_falls_asleep_until_its_button_is_pressed() -> None:
    radio = switched_on(QUICKLY_TIRED)
    radio.run(4.0)
    assert not radio.asleep
    radio.run(2.0)
    assert radio.asleep
    radio.device.press(radio.now_ns)  # type: ignore[attr-defined]
    radio.run(0.5)
    assert not radio.asleep


def test_connected_and_not_measuring_it_says_so_before_it_sleeps() -> None:
    radio = switched_on(QUICKLY_TIRED)
    begin(radio)
    radio.run(20.0)
    assert not radio.asleep
    radio.write("start", dot.encode_start(Mode.RATE, start=False))
    said = radio.run(9.0)
    assert [(sent.channel, sent.payload[0]) for sent in said] == [(dot.REPORT, Report.POWER_SAVING)]
    assert radio.asleep


def test_a_press_of_its_button_is_a_click() -> None:
    radio = talked_with(ROWS)
    radio.device.press(radio.now_ns)  # type: ignore[attr-defined]
    assert radio.run(0.01)[0].payload[0] == Report.CLICK


def test_its_battery_goes_down() -> None:
    radio = switched_on(DotModel(battery_hours=1.0, battery_start_percent=80.0))
    radio.connect()
    radio.run(1.0)
    assert Wire().step([note(0, dot.BATTERY, radio.read("battery"))]) == (
        BatteryLevel(at=HostNs(at(0)), sensor=SENSOR, percent=80),
    )
    radio.run(20 * 60)
    assert radio.read("battery")[0] == 47


def test_its_crystal_is_its_own() -> None:
    slow = talked_with(ROWS, error_ppb=-50_000_000, turns_over_after_s=1e3)
    stamps = [int.from_bytes(sent.payload[:4], "little") for sent in slow.run(10.0)]
    assert len(stamps) == pytest.approx(570, abs=1)
    assert np.diff(stamps).mean() == pytest.approx(1e6 / 60, abs=0.1)
    assert isinstance(QUICKLY_TIRED.crystal, Crystal)
