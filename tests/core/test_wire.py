"""Bytes to packets, and what becomes of bytes that cannot be read."""

from __future__ import annotations

import numpy as np
import pytest

from hipmonitor.core.inbound import Notification
from hipmonitor.core.wire import (
    BatteryLevel,
    ClockPair,
    Decoded,
    FaultKind,
    ImuPackets,
    PacketKind,
    SensorInfo,
    Wire,
    WireFault,
)
from hipmonitor.core.wire import hip_protocol as hip
from tests.core.builders import OTHER_SENSOR, SENSOR, at, data_bytes, info_bytes, note

TWO = [[1, 2, 3, 4, 5, 6], [7, 8, 9, 10, 11, 12]]
"""Two samples in counts."""


def listening(info: bytes | None = None) -> Wire:
    """A wire room that knows its sensor."""
    wire = Wire()
    wire.step([note(0, hip.INFO, info or info_bytes())])
    return wire


def one(wire: Wire, notification: Notification) -> Decoded:
    """The single thing a notification became."""
    (item,) = wire.step([notification])
    return item


def fault(wire: Wire, notification: Notification) -> FaultKind:
    """The fault a notification became."""
    item = one(wire, notification)
    assert isinstance(item, WireFault)
    assert (item.at, item.sensor, item.count) == (notification.at, notification.sensor, 1)
    return item.kind


# -- facts -------------------------------------------------------------------------------------------------------------


def test_info_tells_how_counts_and_ticks_are_read() -> None:
    info = one(Wire(), note(1, hip.INFO, info_bytes(rate_hz=104.5, acc_range_g=8, gyr_range_dps=1000)))
    assert isinstance(info, SensorInfo)
    assert (info.at, info.rate_hz, info.acc_range_g, info.gyr_range_dps) == (at(1), 104.5, 8.0, 1000.0)
    assert (info.tick_hz, info.slow_rate_hz, info.has_vibration) == (32768.0, 25.0, True)


def test_info_of_a_later_minor_may_be_longer() -> None:
    info = one(Wire(), note(0, hip.INFO, info_bytes(version=(1, 9)) + b"\x2a\x2b"))
    assert isinstance(info, SensorInfo)


def test_info_of_another_major_is_refused() -> None:
    assert fault(Wire(), note(0, hip.INFO, info_bytes(version=(2, 0)))) is FaultKind.UNSUPPORTED_VERSION


def test_refused_info_does_not_replace_what_was_known() -> None:
    wire = listening()
    wire.step([note(1, hip.INFO, info_bytes(version=(2, 0), stream=9))])
    assert isinstance(one(wire, note(2, hip.DATA, data_bytes(TWO))), ImuPackets)


@pytest.mark.parametrize(
    "payload",
    [
        b"",
        info_bytes()[:-1],
        info_bytes(stream=0),
        info_bytes(tick_hz=999),
        info_bytes(rate_hz=0.9),
        info_bytes(rate_hz=2001),
        info_bytes(acc_range_g=0),
    ],
    ids=["empty", "short", "stream 0", "slow clock", "slow rate", "fast rate", "no range"],
)
def test_info_that_contradicts_itself_is_a_bad_value(payload: bytes) -> None:
    assert fault(Wire(), note(0, hip.INFO, payload)) is FaultKind.BAD_VALUE


# -- data --------------------------------------------------------------------------------------------------------------


def test_a_live_packet_becomes_counts_with_their_index_and_tick() -> None:
    packet = one(listening(), note(1, hip.DATA, data_bytes(TWO, first_index=40, first_tick=9000, sequence=3)))
    assert isinstance(packet, ImuPackets)
    assert packet.kind is PacketKind.LIVE
    assert (packet.at_ns[0], packet.first_index[0], packet.first_tick[0], packet.sequence[0]) == (at(1), 40, 9000, 3)
    assert packet.gyr_counts is not None
    assert packet.acc_counts.tolist() == [[1, 2, 3], [7, 8, 9]]
    assert packet.gyr_counts.tolist() == [[4, 5, 6], [10, 11, 12]]


def test_a_sensor_without_a_gyroscope_sends_three_counts_a_sample() -> None:
    wire = listening(info_bytes(gyr_range_dps=0))
    packet = one(wire, note(1, hip.DATA, data_bytes([[1, 2, 3]])))
    assert isinstance(packet, ImuPackets)
    assert packet.gyr_counts is None
    assert packet.acc_counts.tolist() == [[1, 2, 3]]


@pytest.mark.parametrize(
    ("kind", "counts", "named"),
    [(hip.Kind.BACKFILL, TWO, PacketKind.BACKFILL), (hip.Kind.SLOW_BACKFILL, [[1, 2, 3]], PacketKind.SLOW_BACKFILL)],
)
def test_backfill_is_told_from_live_data(kind: hip.Kind, counts: list[list[int]], named: PacketKind) -> None:
    packet = one(listening(), note(1, hip.DATA, data_bytes(counts, kind=kind)))
    assert isinstance(packet, ImuPackets)
    assert packet.kind is named


def test_a_bad_packet_stays_in_its_place_among_good_ones() -> None:
    good, bad = data_bytes(TWO), data_bytes(TWO, stream=8)
    items = listening().step([note(1, hip.DATA, good), note(2, hip.DATA, bad), note(3, hip.DATA, good)])
    assert [type(item) for item in items] == [ImuPackets, WireFault, ImuPackets]


def test_packets_of_different_length_keep_their_order() -> None:
    items = listening().step(
        [note(1, hip.DATA, data_bytes(TWO)), note(2, hip.DATA, data_bytes(TWO[:1], first_index=2))]
    )
    assert [int(item.first_index[0]) for item in items if isinstance(item, ImuPackets)] == [0, 2]


def test_data_before_info_cannot_be_read() -> None:
    assert fault(Wire(), note(0, hip.DATA, data_bytes(TWO))) is FaultKind.NO_INFO


def test_data_of_a_stream_whose_info_was_not_read_is_not_scaled_by_the_wrong_facts() -> None:
    assert fault(listening(), note(1, hip.DATA, data_bytes(TWO, stream=8))) is FaultKind.WRONG_STREAM


def test_data_shorter_than_their_header_have_a_bad_length() -> None:
    assert fault(listening(), note(1, hip.DATA, data_bytes(TWO)[:15])) is FaultKind.BAD_LENGTH


@pytest.mark.parametrize("payload", [data_bytes(TWO)[:-1], data_bytes(TWO) + b"\x00", data_bytes(np.zeros((0, 6)))])
def test_data_whose_length_is_not_what_their_header_says_have_a_bad_length(payload: bytes) -> None:
    assert fault(listening(), note(1, hip.DATA, payload)) is FaultKind.BAD_LENGTH


def test_a_kind_of_data_nobody_knows_is_a_bad_value() -> None:
    assert fault(listening(), note(1, hip.DATA, b"\x09" + data_bytes(TWO)[1:])) is FaultKind.BAD_VALUE


# -- the clock's round trip --------------------------------------------------------------------------------------------


def test_a_round_trip_pairs_the_question_with_its_answer() -> None:
    wire = listening()
    assert wire.step([note(1.000, hip.SYNC_WRITTEN, hip.SYNC_ASK.pack(5))]) == ()
    pair = one(wire, note(1.020, hip.SYNC, hip.SYNC_ANSWER.pack(5, 100, 103)))
    assert isinstance(pair, ClockPair)
    assert (pair.t1, pair.t4, pair.ticks_received, pair.ticks_answered) == (at(1), at(1.02), 100, 103)


def test_an_answer_nobody_asked_for_is_a_fault() -> None:
    assert fault(listening(), note(1, hip.SYNC, hip.SYNC_ANSWER.pack(5, 100, 103))) is FaultKind.UNASKED_ANSWER


def test_a_question_is_answered_once() -> None:
    wire = listening()
    wire.step([note(1, hip.SYNC_WRITTEN, hip.SYNC_ASK.pack(5)), note(2, hip.SYNC, hip.SYNC_ANSWER.pack(5, 100, 103))])
    assert fault(wire, note(3, hip.SYNC, hip.SYNC_ANSWER.pack(5, 100, 103))) is FaultKind.UNASKED_ANSWER


def test_an_answer_from_before_its_question_is_not_believed() -> None:
    wire = listening()
    wire.step([note(2, hip.SYNC_WRITTEN, hip.SYNC_ASK.pack(5))])
    assert fault(wire, note(1, hip.SYNC, hip.SYNC_ANSWER.pack(5, 100, 103))) is FaultKind.UNASKED_ANSWER


def test_an_answer_before_info_has_no_tick_rate() -> None:
    wire = Wire()
    wire.step([note(1, hip.SYNC_WRITTEN, hip.SYNC_ASK.pack(5))])
    assert fault(wire, note(2, hip.SYNC, hip.SYNC_ANSWER.pack(5, 100, 103))) is FaultKind.NO_INFO


def test_an_answer_of_the_wrong_length_is_a_fault() -> None:
    assert fault(listening(), note(1, hip.SYNC, b"\x05\x00")) is FaultKind.BAD_LENGTH


def test_a_question_that_was_written_wrongly_is_not_remembered() -> None:
    wire = listening()
    wire.step([note(1, hip.SYNC_WRITTEN, b"\x05")])
    assert fault(wire, note(2, hip.SYNC, hip.SYNC_ANSWER.pack(5, 1, 2))) is FaultKind.UNASKED_ANSWER


def test_the_oldest_of_seventeen_open_questions_is_forgotten() -> None:
    wire = listening()
    wire.step([note(1, hip.SYNC_WRITTEN, hip.SYNC_ASK.pack(nonce)) for nonce in range(17)])
    assert fault(wire, note(2, hip.SYNC, hip.SYNC_ANSWER.pack(0, 1, 2))) is FaultKind.UNASKED_ANSWER
    assert isinstance(one(wire, note(2, hip.SYNC, hip.SYNC_ANSWER.pack(1, 1, 2))), ClockPair)


# -- other channels ----------------------------------------------------------------------------------------------------


def test_what_was_commanded_and_answered_decides_nothing() -> None:
    written = note(1, hip.CONTROL_WRITTEN, hip.encode_command(hip.Op.START, 1))
    assert listening().step([written, note(2, hip.CONTROL, hip.encode_ack(hip.Op.START, 1, hip.AckStatus.DONE))]) == ()


def test_a_malformed_answer_to_a_command_is_a_fault() -> None:
    assert fault(listening(), note(1, hip.CONTROL, b"\x81")) is FaultKind.BAD_LENGTH


def test_device_information_is_text_for_people() -> None:
    assert Wire().step([note(0, "dis/manufacturer", b"anyone")]) == ()


def test_the_battery_tells_its_percent() -> None:
    assert one(Wire(), note(1, "battery/level", bytes([87]))) == BatteryLevel(at=at(1), sensor=SENSOR, percent=87)


@pytest.mark.parametrize("payload", [b"", bytes([101]), bytes([50, 0])])
def test_a_battery_level_that_is_no_percent_is_a_bad_value(payload: bytes) -> None:
    assert fault(Wire(), note(1, "battery/level", payload)) is FaultKind.BAD_VALUE


@pytest.mark.parametrize("channel", ["odd/one", "hip/odd", ""])
def test_a_channel_nobody_knows_is_named_in_its_fault(channel: str) -> None:
    (item,) = Wire().step([note(0, channel, b"\x00")])
    assert isinstance(item, WireFault)
    assert (item.kind, item.detail) == (FaultKind.UNKNOWN_CHANNEL, channel)


def test_each_sensor_is_read_with_its_own_facts() -> None:
    wire = listening(info_bytes(acc_range_g=16))
    wire.step([note(0, hip.INFO, info_bytes(acc_range_g=2), OTHER_SENSOR)])
    items = wire.step([note(1, hip.DATA, data_bytes(TWO)), note(1, hip.DATA, data_bytes(TWO), OTHER_SENSOR)])
    assert [item.info.acc_range_g for item in items if isinstance(item, ImuPackets)] == [16.0, 2.0]
