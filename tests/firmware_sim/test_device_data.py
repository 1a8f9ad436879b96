"""What the firmware sends: live first, memory on request, nothing twice, nothing silently lost."""

from __future__ import annotations

import itertools
import struct
from dataclasses import replace

import numpy as np
import pytest

from firmware_sim.device import BlockAhead, Crystal, HipDevice, Model, SampleClock
from firmware_sim.device.memory import Ring
from firmware_sim.ports import LinkUp, MtuChanged, Outgoing, Room
from hipmonitor.core.wire.hip_protocol import AckStatus, Op, Status, decode_control, decode_info
from tests.firmware_sim.device_rig import EXACT, START_NS, Bench, IndexSource, S, data, header

FULL, SLOW = 2, 3


def ask(bench: Bench, kind: int, first: int, count: int, request: int = 9) -> bytes:
    return bench.command(Op.BACKFILL, request, struct.pack("<BII", kind, first, count))


def drained(bench: Bench, every_s: float = 0.03) -> list[Outgoing]:
    """All that comes until the backfill's end is told."""
    messages: list[Outgoing] = []
    for _ in range(5000):
        messages += bench.after(every_s)
        if any(m.channel == "control" for m in messages):
            return messages
    raise AssertionError("the backfill did not end")


def test_live_packets_hold_eight_samples_with_index_and_tick_of_the_first() -> None:
    bench = Bench().connect()
    bench.after(0.5)  # samples 0 to 50 are taken
    bench.command(Op.START)
    packets = data(bench.after(0.16))
    assert [header(p)[:3] + header(p)[4:] for p in packets] == [(1, 8, 0, 0, 51, 510), (1, 8, 1, 0, 59, 590)]
    first = np.frombuffer(packets[0][16:], "<i2").reshape(8, 6)
    assert first[:, 0].tolist() == list(range(51, 59))
    assert len(packets[0]) == 112


def test_the_firmware_wants_to_be_woken_when_the_next_packet_is_complete() -> None:
    bench = Bench().connect()
    bench.command(Op.START)
    output = bench.device.update(bench.now_ns, (Room(packets=10),))
    assert output.wake_ns == START_NS + 8 * S // 100
    assert len(bench.device.update(output.wake_ns - 1, (Room(packets=10),)).send) == 0
    assert len(bench.device.update(output.wake_ns, (Room(packets=10),)).send) == 1


def test_start_begins_the_live_sequence_at_0_again() -> None:
    bench = Bench().connect()
    bench.command(Op.START)
    bench.after(0.5)
    bench.command(Op.START)
    assert header(data(bench.after(0.08))[0])[2] == 0


def test_live_packets_without_room_are_dropped_counted_and_flagged() -> None:
    bench = Bench().connect()
    bench.command(Op.START)
    bench.room = 0
    assert bench.after(0.24) == []
    bench.room = 10
    first, second = data(bench.after(0.16))
    assert (header(first)[2], header(first)[4], header(first)[5]) == (3, Status.LIVE_DROPPED, 25)
    assert (header(second)[2], header(second)[4]) == (4, 0)
    assert bench.device.live_packets_dropped == 3


def test_a_clipped_axis_is_flagged_in_its_packet_only() -> None:
    bench = Bench(source=IndexSource(clip_at=12)).connect()
    bench.command(Op.START)
    assert [header(p)[4] for p in data(bench.after(0.24))] == [0, Status.ACC_CLIPPED, 0]


def test_a_low_battery_is_flagged_and_it_drains_slowly() -> None:
    bench = Bench(Model(crystal=EXACT, battery_start_percent=15.0, battery_hours=10.0)).connect()
    assert bench.device.battery_percent == 15
    bench.command(Op.START)
    assert header(data(bench.after(0.08))[0])[4] == 0
    bench.after(3600.0)
    assert bench.device.battery_percent == 5
    bench.room = 10
    assert header(data(bench.after(0.08))[0])[4] & Status.BATTERY_LOW


def test_a_backfill_sends_the_newest_first_and_tells_what_was_held() -> None:
    bench = Bench().connect()
    bench.after(2.0)  # 201 samples
    assert ask(bench, FULL, 100, 1000)[2] == AckStatus.DONE
    messages = drained(bench)
    packets = data(messages)
    spans = [(header(p)[5], header(p)[5] + header(p)[1]) for p in packets]
    assert spans[0][1] == 201
    assert all(earlier[1] == later[0] for later, earlier in itertools.pairwise(spans))
    assert spans[-1][0] == 100
    assert [header(p)[2] for p in packets] == list(range(len(packets)))
    assert messages[-1].payload == struct.pack("<BBBII", 0xF0, 9, FULL, 100, 101)


def test_samples_inside_a_backfill_packet_are_in_order_and_true() -> None:
    bench = Bench().connect()
    bench.after(2.0)
    ask(bench, FULL, 150, 30)
    for packet in data(drained(bench)):
        n, first = header(packet)[1], header(packet)[5]
        assert np.frombuffer(packet[16:], "<i2").reshape(n, 6)[:, 0].tolist() == list(range(first, first + n))
        assert header(packet)[6] == first * 10


def test_the_slow_memory_keeps_every_fourth_sample_with_its_own_tick() -> None:
    bench = Bench().connect()
    bench.after(2.0)
    ask(bench, SLOW, 0, 1000)
    packets = data(drained(bench))
    rows = {}
    for packet in packets:
        _, n, _, _, _, first, tick = header(packet)
        assert tick == first * 40
        for i, row in enumerate(np.frombuffer(packet[16:], "<i2").reshape(n, 3).tolist()):
            rows[first + i] = row
    assert sorted(rows) == list(range(51))
    assert rows[13] == [52, 10_000 - 52, 7]


def test_a_backfill_can_be_cut_and_asked_for_again() -> None:
    bench = Bench(room=4).connect()
    bench.after(10.0)
    ask(bench, FULL, 0, 500)
    seen = {header(p)[5]: header(p)[1] for p in data(bench.after(0.03))}
    bench.room = 0
    assert bench.command(Op.CANCEL_BACKFILL)[2] == AckStatus.DONE
    bench.room = 4
    assert bench.after(0.1) == []
    ask(bench, FULL, 0, min(seen), request=10)
    seen |= {header(p)[5]: header(p)[1] for p in data(drained(bench))}
    assert sorted(i for first, n in seen.items() for i in range(first, first + n)) == list(range(500))


def test_a_new_backfill_replaces_the_running_one() -> None:
    bench = Bench(room=4).connect()
    bench.after(10.0)
    ask(bench, FULL, 0, 500, request=1)
    ask(bench, FULL, 0, 20, request=2)
    ended = [decode_control(m.payload) for m in drained(bench) if m.channel == "control"]
    assert [getattr(e, "request", None) for e in ended] == [2]


def test_a_range_that_memory_does_not_hold_ends_at_once_with_nothing() -> None:
    bench = Bench().connect()
    bench.after(1.0)
    assert ask(bench, FULL, 5000, 10, request=3) == bytes([0x85, 3, 0])
    assert [m.payload for m in bench.after(0.0)] == [struct.pack("<BBBII", 0xF0, 3, FULL, 5000, 0)]


def test_what_the_ring_has_forgotten_is_not_sent() -> None:
    bench = Bench(Model(crystal=EXACT, full_memory_s=2)).connect()
    bench.after(10.0)
    ask(bench, FULL, 0, 1001)
    done = decode_control(drained(bench, every_s=0.001)[-1].payload)
    assert (getattr(done, "first", None), getattr(done, "count", None)) == (801, 200)


def test_live_goes_first_and_a_backfill_takes_no_more_than_half_of_the_buffers() -> None:
    bench = Bench().connect()
    bench.after(60.0)
    bench.command(Op.START)
    ask(bench, FULL, 0, 6000)
    assert len(data(bench.after(0.0))) > 0
    for _ in range(20):
        kinds = [header(p)[0] for p in data(bench.after(0.08))]
        assert kinds[0] == 1
        assert 1 <= kinds.count(FULL) <= 5
    bench.room = 5  # half of the buffers are taken: the rest is for live packets
    assert [header(p)[0] for p in data(bench.after(0.08))] == [1]


def test_a_backfill_reaches_20_kilobytes_a_second_beside_live_data() -> None:
    bench = Bench().connect()
    bench.after(120.0)
    bench.command(Op.START)
    ask(bench, FULL, 0, 12_000)
    sent = [m for _ in range(30) for m in bench.after(0.03)]
    backfilled = sum(len(p) for p in data(sent) if header(p)[0] == FULL)
    assert backfilled / (30 * 0.03) > 20_000
    assert bench.device.live_packets_dropped == 0


def test_ticks_wrap_at_32_bits_while_indices_go_on() -> None:
    bench = Bench(Model(crystal=replace(EXACT, first_tick=0xFFFF_FFFF - 99))).connect()
    bench.command(Op.START)
    packets = data(bench.after(0.24))
    assert [header(p)[6] for p in packets] == [0xFFFF_FFA6, 0xFFFF_FFF6, 70]
    assert [header(p)[5] for p in packets] == [1, 9, 17]


def test_a_reboot_has_a_new_boot_id_stream_and_index_and_an_empty_memory() -> None:
    bench = Bench().connect()
    bench.command(Op.START)
    bench.after(5.0)
    before = decode_info(bench.device.info())
    bench.device.reboot(bench.now_ns)
    after = decode_info(bench.device.info())
    assert before is not None
    assert after is not None
    assert before.boot_id != after.boot_id
    assert before.stream != after.stream
    assert bench.after(1.0) == []
    bench.connect()
    bench.command(Op.START)
    (packet,) = data(bench.after(0.08))
    assert header(packet)[2:] == (0, after.stream, 0, 101, 1010)
    assert bench.source.shapes[-1].clock.boot_true_s == pytest.approx(5.0)


def test_two_devices_of_one_seed_send_the_same_bytes_however_often_they_are_called() -> None:
    streams = []
    for steps in ([0.08] * 50, [0.01] * 400):
        bench = Bench().connect()
        bench.command(Op.START)
        streams.append([p for step in steps for p in data(bench.after(step))])
    assert streams[0] == streams[1]
    assert len(streams[0]) == 50


def test_a_firmware_that_is_called_late_takes_every_sample() -> None:
    device = HipDevice(IndexSource(), model=Model(crystal=EXACT), seed=1)
    device.update(START_NS, ())
    device.update(START_NS + 3600 * S, ())
    output = device.update(START_NS + 3600 * S, (LinkUp(mtu=23), MtuChanged(mtu=247), Room(packets=10)))
    assert output.send == ()
    info = decode_info(device.info())
    assert info is not None
    assert info.ring_samples == 720_000


def test_samples_and_ticks_are_off_by_the_same_crystal() -> None:
    crystal = Crystal(tick_hz=32_768, error_ppb=100_000)  # 100 ppm fast
    clock = SampleClock(crystal=crystal, rate_mhz=100_000, start_own_ns=0, boot_true_s=0.0)
    assert clock.taken(crystal.own_ns(1000 * S)) == 100_011  # 10 more than 100 000 and the one at the start
    assert clock.tick(100_000) == 32_768_000
    assert clock.true_s(np.array([100_000]))[0] == pytest.approx(1000.0 / 1.0001, abs=1e-9)
    assert crystal.own_ns(crystal.true_ns(123_456_789)) in (123_456_789, 123_456_790)


@pytest.mark.parametrize("index", [0, 1, 7, 99_999, 12_345_678])
@pytest.mark.parametrize("error_ppb", [-100_000, 0, 37_001])
def test_a_sample_is_taken_exactly_from_its_own_instant_on(index: int, error_ppb: int) -> None:
    crystal = Crystal(error_ppb=error_ppb)
    clock = SampleClock(crystal=crystal, rate_mhz=100_000, start_own_ns=123, boot_true_s=0.0)
    due_ns = crystal.true_ns(clock.own_ns(index))
    assert clock.taken(crystal.own_ns(due_ns)) == index + 1
    assert clock.taken(crystal.own_ns(due_ns - 1)) == index


def test_a_ring_grows_and_wraps_without_mixing_rows() -> None:
    ring, everything = Ring(capacity=10_000, columns=1), np.arange(25_000, dtype=np.int16)[:, None]
    at = 0
    for size in (1, 4_095, 1, 5_000, 3_000, 12_000, 903):
        ring.append(everything[at : at + size])
        at += size
        first = ring.oldest
        assert np.array_equal(ring.rows(first, ring.end - first), everything[first:at])
    assert (ring.oldest, ring.end) == (15_000, 25_000)
    with pytest.raises(IndexError, match="15000 to 25000"):
        ring.rows(14_999, 2)


def test_reading_ahead_changes_no_sample() -> None:
    plain, ahead = IndexSource(), BlockAhead(IndexSource(), block_s=0.5)
    Bench(source=plain)
    ahead.begin(plain.shapes[0])
    for first, count in ((0, 1), (1, 8), (45, 30), (10, 3), (0, 500), (499, 2)):
        assert np.array_equal(ahead.samples(first, count), plain.samples(first, count))


def test_a_model_says_which_rate_it_can() -> None:
    with pytest.raises(ValueError, match="rate_mhz is 60000; this sensor can 25000, 50000, 100000, 200000"):
        Model(rate_mhz=60_000)
    with pytest.raises(ValueError, match="multiples of 25000"):
        Model(rates_mhz=(100_000, 60_000))
