"""The firmware answers every command as PROTOCOL.md says."""

from __future__ import annotations

import struct

import pytest

from firmware_sim.device import Model
from firmware_sim.ports import LinkDown, LinkUp, MtuChanged, Room, Written
from hipmonitor.core.wire.hip_protocol import AckStatus, Op, decode_info
from tests.firmware_sim.device_rig import EXACT, Bench, data, header

BACKFILL_ALL = struct.pack("<BII", 2, 0, 100)


def info(bench: Bench):  # noqa: ANN201
    decoded = decode_info(bench.device.info())
    assert decoded is not None
    return decoded


@pytest.mark.parametrize(
    ("op", "arguments"),
    [
        (Op.START, b""),
        (Op.STOP, b""),
        (Op.SET_RATE, struct.pack("<I", 50_000)),
        (Op.SET_RANGES, struct.pack("<HH", 16, 2000)),
        (Op.BACKFILL, BACKFILL_ALL),
        (Op.CANCEL_BACKFILL, b""),
        (Op.VIBRATE, bytes([3, 100])),
    ],
)
def test_every_command_is_done_and_told_by_its_request_id(op: Op, arguments: bytes) -> None:
    assert Bench().connect().command(op, 0x7B, arguments) == bytes([op | 0x80, 0x7B, AckStatus.DONE])


@pytest.mark.parametrize("op", [Op.START, Op.SET_RATE, Op.SET_RANGES, Op.BACKFILL, Op.VIBRATE])
def test_a_command_of_the_wrong_length_is_refused(op: Op) -> None:
    assert Bench().connect().command(op, 2, b"\x01")[2] == AckStatus.WRONG_LENGTH


def test_an_unknown_command_is_refused_and_a_single_byte_has_no_request_id() -> None:
    bench = Bench().connect()
    assert bench.write("control", b"\x20\x09") == [bytes([0xA0, 9, AckStatus.UNKNOWN_OP])]
    assert bench.write("control", b"\x01") == [bytes([0x81, 0, AckStatus.WRONG_LENGTH])]
    assert bench.write("control", b"") == []
    assert bench.device.malformed_writes == 3


@pytest.mark.parametrize(
    ("op", "arguments"),
    [
        (Op.SET_RATE, struct.pack("<I", 33_000)),
        (Op.SET_RANGES, struct.pack("<HH", 3, 2000)),
        (Op.SET_RANGES, struct.pack("<HH", 16, 0)),
        (Op.BACKFILL, struct.pack("<BII", 1, 0, 10)),
        (Op.VIBRATE, bytes([4, 50])),
        (Op.VIBRATE, bytes([1, 101])),
    ],
)
def test_a_value_that_is_not_possible_is_refused(op: Op, arguments: bytes) -> None:
    assert Bench().connect().command(op, 2, arguments)[2] == AckStatus.NOT_POSSIBLE


def test_rate_and_ranges_change_only_while_stopped() -> None:
    bench = Bench().connect()
    bench.command(Op.START)
    assert bench.command(Op.SET_RATE, 2, struct.pack("<I", 50_000))[2] == AckStatus.NOT_NOW
    assert bench.command(Op.SET_RANGES, 3, struct.pack("<HH", 16, 2000))[2] == AckStatus.NOT_NOW
    bench.command(Op.STOP)
    assert bench.command(Op.SET_RATE, 4, struct.pack("<I", 50_000))[2] == AckStatus.DONE


def test_a_change_begins_a_new_stream_with_empty_memory() -> None:
    bench = Bench().connect()
    bench.after(1.0)
    before = info(bench)
    bench.command(Op.SET_RANGES, 1, struct.pack("<HH", 16, 2000))
    after = info(bench)
    assert after.stream not in (0, before.stream)
    assert (after.acc_range_g, after.gyr_range_dps, after.boot_id) == (16, 2000, before.boot_id)
    bench.command(Op.START)
    assert [header(p)[3:6:2] for p in data(bench.after(0.08))] == [(after.stream, 1)]


def test_an_mtu_of_23_refuses_to_send_and_says_so_in_info() -> None:
    bench = Bench().connect(mtu=23)
    assert bench.command(Op.START)[2] == AckStatus.MTU_TOO_SMALL
    assert bench.command(Op.BACKFILL, 1, BACKFILL_ALL)[2] == AckStatus.MTU_TOO_SMALL
    assert info(bench).most_samples == 0
    assert data(bench.after(1.0)) == []


@pytest.mark.parametrize(("mtu", "fits"), [(31, 1), (100, 6), (247, 19), (517, 41)])
def test_info_tells_how_many_samples_fit(mtu: int, fits: int) -> None:
    assert info(Bench().connect(mtu=mtu)).most_samples == fits


def test_a_sensor_without_a_gyroscope_fits_twice_as_many() -> None:
    model = Model(crystal=EXACT, gyr_ranges_dps=(0,), gyr_range_dps=0)
    bench = Bench(model).connect()
    assert (info(bench).gyr_range_dps, info(bench).most_samples) == (0, 38)
    bench.command(Op.START)
    (packet,) = data(bench.after(0.08))
    assert len(packet) == 16 + 8 * 6


def test_vibrations_are_counted_with_their_pattern_and_strength() -> None:
    bench = Bench().connect()
    bench.after(2.0)
    bench.command(Op.VIBRATE, 1, bytes([2, 60]))
    (vibration,) = bench.device.vibrations
    assert (vibration.at_ns, vibration.pattern, vibration.strength_percent) == (bench.now_ns, 2, 60)


def test_the_clock_is_answered_at_once_with_the_nonce_and_both_ticks() -> None:
    bench = Bench().connect()
    bench.after(1.234)
    assert bench.write("sync", struct.pack("<I", 0xFEEDF00D)) == [struct.pack("<III", 0xFEEDF00D, 1234, 1234)]
    assert bench.write("sync", b"\x01\x02\x03") == []
    assert bench.device.malformed_writes == 1


def test_a_lost_link_ends_live_data_and_backfill_until_the_host_asks_again() -> None:
    bench = Bench().connect()
    bench.after(60.0)
    bench.command(Op.START)
    bench.command(Op.BACKFILL, 2, struct.pack("<BII", 2, 0, 6000))
    assert data(bench.after(0.08))
    bench.device.update(bench.now_ns, (LinkDown(), Room(packets=0)))
    assert bench.after(1.0) == []
    bench.connect()
    assert bench.after(1.0) == []
    assert not info(bench).flags & 2


def test_a_command_written_while_the_link_goes_is_only_counted() -> None:
    bench = Bench()
    sent = bench.device.update(bench.now_ns, (Written(channel="control", payload=b"\x01\x01"), Room(packets=0)))
    assert sent.send == ()
    assert bench.device.malformed_writes == 1


def test_an_mtu_that_grows_later_is_used_by_the_next_start() -> None:
    bench = Bench()
    bench.device.update(bench.now_ns, (LinkUp(mtu=23), Room(packets=10)))
    assert bench.command(Op.START)[2] == AckStatus.MTU_TOO_SMALL
    bench.device.update(bench.now_ns, (MtuChanged(mtu=50), Room(packets=10)))
    bench.command(Op.START)
    assert [header(p)[1] for p in data(bench.after(0.04))] == [2, 2]
