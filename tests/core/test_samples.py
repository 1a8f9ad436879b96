"""Packets and arrays to samples: units, what is bridged, what is a gap, and what could not be used, counted by its name."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest

from hipmonitor.core.inbound import Samples
from hipmonitor.core.samples import Gap, ImuBlock, Sampling, joined_blocks, selected
from hipmonitor.core.wire import FaultKind, Wire
from hipmonitor.core.wire import hip_protocol as hip
from tests.core.builders import OTHER_SENSOR, SENSOR, arrays, at, data_bytes, imu, info_bytes, note

LEVEL = [[0, 0, 2048, 0, 0, 0]] * 4
"""Four samples at rest: 2048 counts of ±16 g are 1 g."""


class Radio:
    """A hip sensor of 100 Hz that sends four samples a packet, each packet heard 10 ms after its last sample."""

    def __init__(self, sampling: Sampling | None = None) -> None:
        self.wire, self.sampling = Wire(), sampling or Sampling()

    def info(self, seconds: float = 0.0, **facts: float) -> ImuBlock:
        return self.hear(seconds, hip.INFO, info_bytes(**facts))  # type: ignore[arg-type]

    def packet(self, k: int, *, boot_s: float = 0.0, counts: object = LEVEL, **header: object) -> ImuBlock:
        """Packet k since the boot: samples 4k to 4k + 3, one every 10 ms."""
        payload = data_bytes(counts, first_index=4 * k, first_tick=round(1310.72 * k), **header)  # type: ignore[arg-type]
        return self.hear(boot_s + 0.04 * k + 0.04, hip.DATA, payload)

    def hear(self, seconds: float, channel: str, payload: bytes) -> ImuBlock:
        return self.sampling.step(self.wire.step([note(seconds, channel, payload)]))


def streaming(packets: int = 3, **facts: float) -> Radio:
    """A sensor of which some packets were heard already."""
    radio = Radio()
    radio.info(**facts)
    for k in range(packets):
        radio.packet(k)
    return radio


def counted(block: ImuBlock) -> Counter[FaultKind]:
    """Faults by kind."""
    total: Counter[FaultKind] = Counter()
    for fault in block.faults:
        total[fault.kind] += fault.count
    return total


def ramp(n: int) -> np.ndarray:
    """(n, 3) one more in x each sample."""
    return np.stack([np.arange(n), np.zeros(n), np.full(n, 9.8)], axis=1).astype(np.float64)


def without(samples: Samples, rows: slice) -> Samples:
    """The same samples with some never come."""
    keep = np.ones(len(samples.t_ns), np.bool_)
    keep[rows] = False
    return Samples(
        at=samples.at,
        sensor=samples.sensor,
        rate_hz=samples.rate_hz,
        t_ns=samples.t_ns[keep],
        acc_mps2=samples.acc_mps2[keep],
        gyr_radps=None if samples.gyr_radps is None else samples.gyr_radps[keep],
    )


# -- units and numbers -------------------------------------------------------------------------------------------------


def test_counts_become_metres_and_radians_by_the_ranges_of_info() -> None:
    block = streaming(0, acc_range_g=8, gyr_range_dps=1000)
    samples = block.packet(0, counts=[[4096, 0, -4096, 0, 16384, 0]])
    assert samples.gyr_radps is not None
    np.testing.assert_allclose(samples.acc_mps2, [[9.80665, 0, -9.80665]])
    np.testing.assert_allclose(np.rad2deg(samples.gyr_radps), [[0, 500, 0]])


def test_samples_of_a_packet_are_a_period_apart_and_strictly_later_than_the_last() -> None:
    radio = streaming(3)
    t_ns = np.concatenate([radio.packet(k).t_ns for k in range(3, 8)])
    np.testing.assert_allclose(np.diff(t_ns) / 1e6, 10, atol=0.05)


def test_samples_of_a_packet_carry_the_sensors_own_number() -> None:
    assert streaming(3).packet(3).index.tolist() == [12, 13, 14, 15]


def test_the_sensor_s_true_rate_is_measured_from_its_ticks() -> None:
    """A sensor that says 100 Hz and samples at 97: after 1024 samples the times within a packet are 1 / 97 s apart."""
    radio = Radio()
    radio.info()
    for k in range(300):
        first_tick = round(4 * k * 32768 / 97)
        payload = data_bytes(LEVEL, first_index=4 * k, first_tick=first_tick)
        block = radio.hear((4 * k + 4) / 97, hip.DATA, payload)
    np.testing.assert_allclose(np.diff(block.t_ns) / 1e9, 1 / 97, rtol=1e-3)


def test_rows_of_arrays_keep_their_row_number_over_losses_and_bad_values() -> None:
    samples = arrays(ramp(6))
    samples.acc_mps2[2] = np.nan
    sampling = Sampling()
    assert sampling.step([samples]).index.tolist() == [0, 1, -1, 3, 4, 5]
    assert sampling.step([arrays(ramp(2), start_s=0.06)]).index.tolist() == [6, 7]


# -- losses ------------------------------------------------------------------------------------------------------------


def test_a_loss_of_up_to_a_fifth_of_a_second_is_bridged_and_marked_and_a_straight_line_stays_one() -> None:
    block = Sampling().step([without(arrays(ramp(40), ramp(40)), slice(10, 30))])
    assert block.gyr_radps is not None
    np.testing.assert_allclose(block.acc_mps2, ramp(40), atol=1e-9)
    np.testing.assert_allclose(block.gyr_radps, ramp(40), atol=1e-9)
    np.testing.assert_allclose(np.diff(block.t_ns), 10_000_000)
    assert np.flatnonzero(~block.measured).tolist() == list(range(10, 30))
    assert (block.index[10:30] == -1).all()
    assert block.gaps == ()
    assert len(set(block.segment.tolist())) == 1


def test_a_bridge_over_a_bend_follows_the_direction_it_left_in() -> None:
    """A swing at 2 Hz, lost from its crossing to near its top: the chord cuts the corner."""
    t = np.arange(60) / 100
    swing = np.stack([3 * np.sin(4 * np.pi * t), 0 * t, 0 * t], axis=1)
    block = Sampling().step([without(arrays(ramp(60), swing), slice(3, 10))])
    assert block.gyr_radps is not None
    chord = np.linspace(swing[2, 0], swing[10, 0], 9)[1:-1]
    assert np.abs(block.gyr_radps - swing)[3:10].max() < 0.85 * np.abs(chord - swing[3:10, 0]).max()


def test_a_bridge_says_what_angle_it_may_have_lost_up_to_the_row_that_ends_it() -> None:
    t = np.arange(60) / 100
    swing = np.stack([3 * np.sin(2 * np.pi * t), 0 * t, 0 * t], axis=1)
    lost_deg = Sampling().step([without(arrays(ramp(60), swing), slice(3, 18))]).lost_deg
    assert np.flatnonzero(lost_deg).tolist() == list(range(3, 19))
    true_deg = np.rad2deg(np.sum(swing[3:18, 0] - np.linspace(swing[2, 0], swing[18, 0], 17)[1:-1]) / 100)
    assert true_deg / 3 < lost_deg[10] < 3 * true_deg


def test_a_bridge_at_rest_lost_nothing_worth_a_word() -> None:
    noise = np.random.default_rng(1).normal(0, 0.003, (60, 3))
    assert Sampling().step([without(arrays(ramp(60), noise), slice(10, 20))]).lost_deg.max() < 0.5


def test_a_bridge_is_the_same_whether_its_rows_came_alone_or_together() -> None:
    t = np.arange(60) / 100
    swing = np.stack([3 * np.sin(2 * np.pi * t), np.cos(9 * t), 0 * t], axis=1)
    whole = without(arrays(ramp(60), swing), slice(20, 30))
    sampling = Sampling()
    parts = []
    for i in range(len(whole.t_ns)):
        one = np.ones(len(whole.t_ns), np.bool_)
        one[i] = False
        keep = np.flatnonzero(one)
        parts.append(sampling.step([without(whole, keep)]))  # type: ignore[arg-type]
    together, apart = Sampling().step([whole]), joined_blocks([part for part in parts if len(part)])
    assert together.gyr_radps is not None
    assert apart.gyr_radps is not None
    assert together.gyr_radps.tobytes() == apart.gyr_radps.tobytes()
    assert together.lost_deg.tobytes() == apart.lost_deg.tobytes()


@pytest.mark.parametrize("end", [31, 50])
def test_a_longer_loss_is_a_gap_with_its_reason_and_begins_a_new_segment(end: int) -> None:
    block = Sampling().step([without(arrays(ramp(60)), slice(10, end))])
    assert block.gaps == (Gap(start=at(0.10), end=at(end / 100), reason="no samples came"),)
    assert block.measured.all()
    assert block.segment.tolist() == [0] * 10 + [1] * (60 - end)


def test_samples_that_never_came_are_counted_bridged_or_not() -> None:
    assert counted(Sampling().step([without(arrays(ramp(60)), slice(10, 15))]))[FaultKind.SAMPLES_LOST] == 5
    long_gap = Sampling().step([without(arrays(ramp(60)), slice(10, 50))])
    assert counted(long_gap)[FaultKind.SAMPLES_LOST] == 0, "a gap of a file is a gap, not a loss"
    assert len(long_gap.gaps) == 1


def test_a_loss_between_two_steps_is_bridged_with_the_later_one() -> None:
    sampling = Sampling()
    sampling.step([arrays(ramp(10))])
    later = sampling.step([arrays(ramp(5), start_s=0.15)])
    assert later.measured.tolist() == [False] * 5 + [True] * 5


def test_lost_packets_are_bridged_by_the_sensors_clock_not_by_arrival() -> None:
    radio = streaming(3)
    block = radio.packet(5)
    assert block.measured.tolist() == [False] * 8 + [True] * 4
    np.testing.assert_allclose(np.diff(block.t_ns) / 1e6, 10, atol=0.05)


def test_a_reboot_is_a_gap_even_if_it_was_short() -> None:
    radio = streaming(3)
    radio.info(0.13, stream=8, boot_id=8000)
    block = radio.packet(0, stream=8, boot_s=0.15)
    assert [gap.reason for gap in block.gaps] == ["the sensor restarted"]
    assert block.segment.tolist() == [1] * 4
    assert block.measured.all()
    assert block.index.tolist() == [0, 1, 2, 3]


def test_info_read_again_of_the_same_stream_changes_nothing() -> None:
    radio = streaming(3)
    radio.info(0.13)
    block = radio.packet(3)
    assert block.gaps == ()
    assert block.segment.tolist() == [0] * 4


def test_a_first_stream_is_no_restart() -> None:
    assert streaming(0).packet(0).gaps == ()


def test_a_new_rate_is_a_new_stream_at_its_own_period() -> None:
    radio = streaming(3)
    radio.info(0.2, stream=8, rate_hz=50.0)
    payload = data_bytes(LEVEL, first_index=0, first_tick=20_000, stream=8)
    block = radio.hear(0.4, hip.DATA, payload)
    assert block.rate_hz == 50
    np.testing.assert_allclose(np.diff(block.t_ns) / 1e6, 20, atol=0.05)


def test_a_gyroscope_switched_on_later_is_heard_from_its_first_sample() -> None:
    """The row before it, kept for bridging, has no rate of turning; that must not take the new one's away."""
    radio = Radio()
    radio.info(gyr_range_dps=0)
    radio.packet(0, counts=[[0, 0, 2048]] * 4)
    radio.info(0.2, stream=8)
    block = radio.packet(0, stream=8, boot_s=0.25)
    assert block.gyr_radps is not None
    assert block.gyr_radps.shape == (4, 3)


def test_arrays_that_gain_a_gyroscope_over_a_short_loss_are_bridged_with_finite_rates() -> None:
    sampling = Sampling()
    sampling.step([arrays(ramp(5))])
    block = sampling.step([arrays(ramp(5), np.ones((5, 3)), start_s=0.07)])
    assert block.gyr_radps is not None
    np.testing.assert_array_equal(block.gyr_radps, np.ones((7, 3)))


# -- what cannot be used -----------------------------------------------------------------------------------------------


def test_a_packet_that_came_twice_is_counted_and_dropped() -> None:
    block = streaming(3).packet(2)
    assert len(block) == 0
    assert counted(block) == {FaultKind.DUPLICATE: 4}


@pytest.mark.parametrize("first", [0, 2**31 - 2, 2**31, 3_000_000_000, 2**32 - 4])
def test_a_sensor_that_has_counted_for_months_is_heard_from_its_first_packet_on(first: int) -> None:
    radio = Radio()
    radio.info()
    blocks = [
        radio.hear(0.04 * k, hip.DATA, data_bytes(LEVEL, first_index=(first + 4 * k) % 2**32, first_tick=1311 * k))
        for k in range(1, 6)
    ]
    assert [len(block) for block in blocks] == [4] * 5
    assert not any(block.faults for block in blocks)


def test_backfill_is_late_for_the_reading_as_lived() -> None:
    block = streaming(3).packet(1, kind=hip.Kind.BACKFILL)
    assert len(block) == 0
    assert counted(block) == {FaultKind.LATE: 4}


def test_packets_of_another_stream_than_the_latest_info_are_not_used() -> None:
    radio = streaming(3)
    packets = radio.wire.step([note(0.2, hip.DATA, data_bytes(LEVEL, first_index=12))])
    radio.info(0.21, stream=8)
    assert counted(radio.sampling.step(packets)) == {FaultKind.WRONG_STREAM: 4}


def test_packets_before_any_info_are_not_used() -> None:
    packets = streaming(0).wire.step([note(0.2, hip.DATA, data_bytes(LEVEL))])
    assert counted(Sampling().step(packets)) == {FaultKind.WRONG_STREAM: 4}


def test_the_first_sensor_heard_is_listened_to_and_samples_of_another_are_counted() -> None:
    sampling = Sampling()
    block = sampling.step([arrays(ramp(4)), arrays(ramp(7), sensor=OTHER_SENSOR)])
    assert sampling.state.sensor == SENSOR
    assert len(block) == 4
    assert counted(block) == {FaultKind.OTHER_SENSOR: 7}


def test_facts_of_another_sensor_do_not_disturb_the_stream() -> None:
    radio = streaming(3)
    radio.sampling.step(radio.wire.step([note(0.13, hip.INFO, info_bytes(rate_hz=50), OTHER_SENSOR)]))
    other = note(0.14, hip.DATA, data_bytes(LEVEL), OTHER_SENSOR)
    assert counted(radio.sampling.step(radio.wire.step([other]))) == {FaultKind.OTHER_SENSOR: 4}
    assert radio.packet(3).segment.tolist() == [0] * 4


@pytest.mark.parametrize("which", ["acc", "gyr"])
def test_a_sample_that_is_not_finite_is_counted_and_bridged(which: str) -> None:
    acc, gyr = ramp(5), ramp(5)
    (acc if which == "acc" else gyr)[2, 1] = np.inf
    block = Sampling().step([arrays(acc, gyr)])
    assert block.gyr_radps is not None
    assert counted(block)[FaultKind.NOT_FINITE] == 1
    assert block.measured.tolist() == [True, True, False, True, True]
    assert np.isfinite(block.acc_mps2).all()
    assert np.isfinite(block.gyr_radps).all()


@pytest.mark.parametrize(("at_rail", "clipped"), [(19.6, [12, 13, 14]), (9.8, [])])
def test_a_large_value_that_repeats_itself_in_arrays_is_out_of_range_from_its_third_time_on(
    at_rail: float, clipped: list[int]
) -> None:
    """What a ±2 g sensor gives under a blow; 1 g that repeats itself is a table."""
    acc = ramp(30) / 100
    acc[10:15, 2] = at_rail
    block = Sampling().step([arrays(acc)])
    assert np.flatnonzero(block.clipped).tolist() == clipped
    assert counted(block)[FaultKind.CLIPPED] == len(clipped)


def test_a_rate_that_nothing_can_have_measured_is_a_hole_unless_the_gyroscope_is_set_aside_anyway() -> None:
    gyr = np.zeros((40, 3))
    gyr[20, 1] = 500.0
    block = Sampling().step([arrays(ramp(40), gyr)])
    assert counted(block)[FaultKind.IMPOSSIBLE] == 1
    assert np.flatnonzero(~block.measured).tolist() == [20]


@pytest.mark.parametrize("axis", range(6))
@pytest.mark.parametrize("count", [-32768, 32767])
def test_a_count_at_the_end_of_its_range_is_clipped(axis: int, count: int) -> None:
    counts = [list(row) for row in LEVEL]
    counts[2][axis] = count
    block = streaming(3).packet(3, counts=counts)
    assert block.clipped.tolist() == [False, False, True, False]
    assert counted(block) == {FaultKind.CLIPPED: 1}


def test_a_time_that_goes_back_or_stands_still_is_dropped_and_counted() -> None:
    samples = arrays(ramp(6))
    samples.t_ns[3], samples.t_ns[4] = samples.t_ns[1], samples.t_ns[2]
    block = Sampling().step([samples])
    assert counted(block)[FaultKind.TIME_BACKWARDS] == 2
    assert (np.diff(block.t_ns) > 0).all()


def test_a_fault_of_the_wire_is_handed_on() -> None:
    block = streaming(3).hear(0.2, "odd/one", b"")
    assert counted(block) == {FaultKind.UNKNOWN_CHANNEL: 1}


def test_a_short_line_between_samples_of_two_boots_is_never_drawn() -> None:
    """Two clocks: the time between the boots is known only roughly, so nothing is interpolated over it."""
    radio = streaming(3)
    radio.info(0.2, stream=8, boot_id=8000)
    assert radio.packet(0, stream=8, boot_s=0.2).measured.all()


@pytest.mark.parametrize("tick_hz", [32768, 1_000_000])
def test_a_sensor_that_was_away_for_longer_than_half_a_turn_of_its_counter_is_placed_by_the_host_s_clock(
    tick_hz: int,
) -> None:
    """At 1 MHz the u32 turns over in 71 min: a lunch without the computer must not put what follows into the past."""
    away_s = 0.7 * 2**32 / tick_hz
    radio = Radio()
    radio.info(tick_hz=tick_hz)
    for start_s in (0.0, away_s):
        first = round(start_s * 100)
        payload = data_bytes(LEVEL, first_index=first, first_tick=round(first / 100 * tick_hz))
        block = radio.hear(start_s + 0.04, hip.DATA, payload)
    assert len(block) == 4
    assert block.t_ns[0] == pytest.approx(at(away_s), abs=20_000_000)


# -- parts of blocks ---------------------------------------------------------------------------------------------------


def test_part_of_a_block_is_the_same_rows() -> None:
    part = selected(imu(ramp(6), ramp(6)), slice(2, 4))
    assert part.gyr_radps is not None
    assert part.acc_mps2[:, 0].tolist() == [2, 3]
    assert part.index.tolist() == [2, 3]


def test_blocks_with_and_without_a_gyroscope_join_without_one() -> None:
    joined = joined_blocks([imu(ramp(2), ramp(2)), imu(ramp(2), start_s=0.02)])
    assert joined.gyr_radps is None
    assert len(joined) == 4
