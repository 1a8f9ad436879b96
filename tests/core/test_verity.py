"""A Polar Verity Sense: two compressed streams onto one grid, gaps of either, what was agreed on, and what a person is told."""

from __future__ import annotations

import contextlib
import pickle
from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
import pytest

from firmware_sim.device.verity_frames import block_of
from hipmonitor.core.errors import LinkError, SensorBusy
from hipmonitor.core.inbound import Notification
from hipmonitor.core.instants import NS_PER_S, HostNs
from hipmonitor.core.samples import Sampling
from hipmonitor.core.wire import Advertised, FaultKind, ImuPackets, SensorInfo, Wire, WireFault, recognised
from hipmonitor.core.wire import verity_protocol as pmd
from hipmonitor.core.wire.dialogue import Ask, Read, Step
from hipmonitor.core.wire.verity_dialogue import SENTENCES, choice, dialogue, sentence
from hipmonitor.core.wire.verity_frames import delta_samples
from hipmonitor.core.wire.verity_protocol import Feature, Kind, Op, Setting, Status
from tests.core.builders import note
from tests.laws.driver_streams import verity

RATE_HZ = 52.0
BEGAN_NS = 10**18
"""Of the sensor's clock, at second 0."""
HALF_A_PERIOD_S = 0.5 / RATE_HZ


def started(kind: Kind, full_range: int, factor: float) -> list[Notification]:
    """What was asked and answered."""
    asked = {
        Setting.RATE_HZ: (52,),
        Setting.RESOLUTION_BITS: (16,),
        Setting.RANGE: (full_range,),
        Setting.CHANNELS: (3,),
    }
    return [
        note(0, pmd.CONTROL_WRITTEN, pmd.encode_command(Op.START, kind, asked)),
        note(0, pmd.CONTROL, pmd.encode_response(Op.START, kind, Status.DONE, {Setting.FACTOR: (factor,)})),
    ]


BOTH = [*started(Kind.GYRO, 2000, 0.0625), *started(Kind.ACC, 8, 0.00025)]
ALONE = started(Kind.ACC, 8, 0.00025)


def compressed(counts: np.ndarray) -> bytes:
    """A payload of one block, (n, 3)."""
    return counts[0].astype("<i2").tobytes() + block_of(np.diff(counts.astype(np.int64), axis=0))


def frame(kind: Kind, seconds: np.ndarray, counts: np.ndarray) -> Notification:
    """Samples taken at these seconds, heard 20 ms after the last."""
    payload = pmd.encode_frame(kind, BEGAN_NS + round(seconds[-1] * 1e9), pmd.COMPRESSED_BIT, compressed(counts))
    return note(float(seconds[-1]) + 0.02, pmd.DATA, payload)


def acc_frame(first: int, count: int = 10) -> Notification:
    """Samples k of a ramp, at k / 52 s."""
    k = np.arange(first, first + count)
    return frame(Kind.ACC, k / RATE_HZ, np.stack([k, -k, 4000 + 0 * k], axis=1))


def gyro_frame(first: int, count: int = 10) -> Notification:
    """Samples k of a steeper ramp, half a period earlier."""
    k = np.arange(first, first + count)
    return frame(Kind.GYRO, k / RATE_HZ - HALF_A_PERIOD_S, np.stack([8 * k, -8 * k, 0 * k], axis=1))


def heard(notes: Sequence[Notification]) -> list[object]:
    return list(Wire().step(sorted(notes, key=lambda each: each.at)))


def packets_in(decoded: Sequence[object]) -> list[ImuPackets]:
    return [item for item in decoded if isinstance(item, ImuPackets)]


def faults_in(decoded: Sequence[object]) -> list[FaultKind]:
    return [item.kind for item in decoded if isinstance(item, WireFault)]


def indices(packets: Sequence[ImuPackets]) -> list[int]:
    """Of all samples."""
    return [
        int(first) + i
        for each in packets
        for first, count in zip(each.first_index, each.count, strict=True)
        for i in range(int(count))
    ]


# -- one grid ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("rate_error", [-0.04, 0.03])
def test_already_the_first_frame_has_the_sensors_own_rate(rate_error: float) -> None:
    own_hz = RATE_HZ * (1 + rate_error)
    k = np.arange(80)
    counts = np.stack([k, k, k], axis=1)
    frames = [frame(Kind.ACC, (k + first) / own_hz, counts) for first in (0, 80)]
    (packets,) = packets_in(heard([*ALONE, *frames]))
    assert packets.first_tick.tolist() == pytest.approx(
        [BEGAN_NS // 1000 % (1 << 32) + first / own_hz * 1e6 for first in (0, 80)], abs=1.0
    )


def test_rates_are_interpolated_to_the_instants_of_the_accelerometer() -> None:
    decoded = heard([*BOTH, *(acc_frame(k) for k in (0, 10, 20)), *(gyro_frame(k) for k in (0, 10, 20, 30))])
    packets = packets_in(decoded)
    k = np.array(indices(packets))
    acc = np.concatenate([each.acc_counts for each in packets])
    gyr = np.concatenate([each.gyr_counts for each in packets])  # type: ignore[arg-type]
    assert k.tolist() == list(range(30))
    assert np.allclose(acc[:, 0], 0.25 * k)  # mG
    assert np.allclose(gyr[:, 0], 0.0625 * 8 * (k + 0.5), atol=1e-5)
    assert np.allclose(gyr[:, 1], -gyr[:, 0])


def test_frames_of_different_length_and_phase_make_the_same_grid() -> None:
    lengths = [(0, 7), (7, 23), (30, 10)]
    gyro = [(0, 16), (16, 4), (20, 30)]
    decoded = heard([*BOTH, *(acc_frame(*each) for each in lengths), *(gyro_frame(*each) for each in gyro)])
    assert indices(packets_in(decoded)) == list(range(40))


def test_ticks_are_the_sensors_microseconds() -> None:
    packets = packets_in(heard([*BOTH, acc_frame(0), acc_frame(10), gyro_frame(0), gyro_frame(10)]))[0]
    assert packets.first_tick.tolist() == [BEGAN_NS // 1000 % (1 << 32)]


def test_a_frame_waits_until_the_gyroscope_has_gone_past_it() -> None:
    wire = Wire()
    assert packets_in(wire.step([*BOTH, gyro_frame(0), acc_frame(0), acc_frame(10)])) == []
    (packets,) = packets_in(wire.step([gyro_frame(10)]))
    assert int(packets.count.sum()) == 10


def test_a_lost_frame_of_the_accelerometer_is_a_known_gap() -> None:
    decoded = heard([*BOTH, acc_frame(0), acc_frame(20), *(gyro_frame(k) for k in (0, 10, 20, 30))])
    assert indices(packets_in(decoded)) == [*range(10), *range(20, 30)]


def test_a_lost_frame_of_the_gyroscope_leaves_out_the_samples_that_have_no_rates() -> None:
    decoded = heard([*BOTH, *(acc_frame(k) for k in (0, 10, 20)), *(gyro_frame(k) for k in (0, 20, 30))])
    assert indices(packets_in(decoded)) == [*range(9), *range(20, 30)]


def test_samples_from_before_the_gyroscope_began_are_left_out() -> None:
    decoded = heard([*BOTH, acc_frame(0), acc_frame(10), gyro_frame(10), gyro_frame(20)])
    assert indices(packets_in(decoded)) == list(range(10, 20))


def test_one_sample_of_the_gyroscope_is_not_enough() -> None:
    decoded = heard([*BOTH, acc_frame(0, 1), gyro_frame(1, 1)])
    assert packets_in(decoded) == []


def test_a_frame_that_begins_before_what_is_kept_of_the_gyroscope_is_refused() -> None:
    ahead = [gyro_frame(k) for k in range(0, 1300, 10)]
    long = pmd.encode_frame(Kind.ACC, BEGAN_NS + round(832 / RATE_HZ * 1e9), 0, bytes(3 * 750))
    decoded = Wire().step([*BOTH, acc_frame(0), acc_frame(10), *ahead, note(25, pmd.DATA, long)])
    assert faults_in(decoded) == [FaultKind.DUPLICATE]
    assert indices(packets_in(decoded)) == list(range(20))


def test_of_a_gyroscope_that_turns_alone_no_more_is_kept_than_may_be_needed() -> None:
    wire = Wire()
    wire.step([*BOTH, *(gyro_frame(k) for k in range(0, 2000, 10))])
    assert len(pickle.dumps(wire.state)) < 100_000


def test_without_a_gyroscope_the_accelerometer_goes_alone() -> None:
    info, packets = heard([*ALONE, acc_frame(0), acc_frame(10)])
    assert isinstance(info, SensorInfo)
    assert isinstance(packets, ImuPackets)
    assert info.gyr_range_dps == 0
    assert packets.gyr_counts is None


def test_a_gyroscope_that_falls_silent_is_waited_for_ten_seconds_and_taken_back_when_it_returns() -> None:
    silent = [acc_frame(k) for k in range(10, 560, 10)]
    back = [acc_frame(k) for k in (560, 570, 580)]
    decoded = heard(
        [*BOTH, acc_frame(0), gyro_frame(0), gyro_frame(10), *silent, *back, gyro_frame(560), gyro_frame(570)]
    )
    infos = [item for item in decoded if isinstance(item, SensorInfo)]
    assert [info.gyr_range_dps for info in infos] == [2000.0, 0.0, 2000.0]
    alone = [each for each in packets_in(decoded) if each.gyr_counts is None]
    assert indices(alone)[:10] == list(range(10, 20))
    assert len(indices(alone)) >= 520
    assert packets_in(decoded)[-1].gyr_counts is not None


def test_a_frame_that_comes_twice_is_a_duplicate() -> None:
    twice = [each(k) for each in (acc_frame, gyro_frame) for k in (0, 0, 10, 10, 20)]
    decoded = heard([*BOTH, *twice])
    assert indices(packets_in(decoded)) == list(range(20))
    assert faults_in(decoded) == [FaultKind.DUPLICATE] * 4


def test_a_clock_that_began_anew_begins_a_new_stream() -> None:
    frames = [acc_frame(0), acc_frame(10), gyro_frame(0), gyro_frame(10)]
    decoded = heard([*BOTH, *frames, *(replace(each, at=HostNs(each.at + 60 * NS_PER_S)) for each in frames)])
    assert [item.stream for item in decoded if isinstance(item, SensorInfo)] == [1, 2]
    assert indices(packets_in(decoded)) == [*range(10), *range(10)]


def test_other_settings_begin_a_new_stream() -> None:
    wire = Wire()
    wire.step([*BOTH, acc_frame(0), gyro_frame(0)])
    decoded = wire.step([*started(Kind.GYRO, 500, 0.015625), gyro_frame(10), acc_frame(10)])
    (info,) = [item for item in decoded if isinstance(item, SensorInfo)]
    assert (info.stream, info.gyr_range_dps) == (2, 500.0)


def test_a_new_connection_with_the_same_settings_goes_on_with_the_stream() -> None:
    wire = Wire()
    wire.step([*BOTH, acc_frame(0), acc_frame(10), gyro_frame(0), gyro_frame(10), gyro_frame(20)])
    decoded = wire.step([*BOTH, *(gyro_frame(k) for k in (100, 110)), acc_frame(100)])
    assert [item for item in decoded if isinstance(item, SensorInfo)] == []
    assert indices(packets_in(decoded)) == list(range(100, 110))


# -- its microseconds turn over every 71.6 minutes -----------------------------------------------------------------------


@pytest.mark.parametrize("away_s", [0.0, 60.0, 2 * 4294.967296, 6 * 3600.0])
def test_times_go_on_over_the_turn_and_over_an_absence_of_hours(away_s: float) -> None:
    away = round(away_s * RATE_HZ)
    turns_after_s = 40.0
    shift_s = (-(BEGAN_NS // 1000) % (1 << 32)) / 1e6 - turns_after_s  # the first sample is so long before the turn
    firsts = [*range(0, 2000, 20), *range(2000 + away, 4000 + away, 20)]
    frames = [
        frame(Kind.ACC, shift_s + np.arange(first, first + 20) / RATE_HZ, np.tile([0, 0, 4000], (20, 1)))
        for first in firsts
    ]
    sampling = Sampling()
    blocks = [sampling.step(Wire().step([*ALONE, *frames]))]
    t_s = np.concatenate([block.t_ns[block.measured] for block in blocks]) / 1e9
    assert len(t_s) == 20 * len(firsts)
    steps = np.diff(t_s)
    assert np.delete(steps, 1999) == pytest.approx(1 / RATE_HZ, abs=0.002)
    assert steps[1999] == pytest.approx(1 / RATE_HZ + away / RATE_HZ, abs=0.01)


# -- what cannot be read -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("notes", "kind"),
    [
        ([acc_frame(0)], FaultKind.NO_INFO),
        ([*started(Kind.GYRO, 2000, 0.0625), gyro_frame(0)], FaultKind.NO_INFO),
        ([*BOTH, note(1, pmd.CONTROL, pmd.encode_response(Op.STOP, Kind.ACC, 0)), acc_frame(0)], FaultKind.NO_INFO),
        ([*BOTH, note(1, pmd.CONTROL, bytes([1, Kind.ACC])), acc_frame(0)], FaultKind.NO_INFO),
        ([*BOTH, note(1, pmd.DATA, b"")], FaultKind.BAD_LENGTH),
        ([*BOTH, note(1, pmd.DATA, acc_frame(0).payload[:10])], FaultKind.BAD_LENGTH),
        ([*BOTH, note(1, pmd.DATA, acc_frame(0).payload[:-1])], FaultKind.BAD_VALUE),
        ([*BOTH, note(1, pmd.DATA, pmd.encode_frame(Kind.ACC, 1 << 63, 0x80, bytes(6)))], FaultKind.BAD_VALUE),
        ([*BOTH, note(1, pmd.DATA, pmd.encode_frame(Kind.ACC, 5, 0x82, bytes(6)))], FaultKind.UNSUPPORTED_VERSION),
        ([*BOTH, note(1, pmd.DATA, pmd.encode_frame(Kind.GYRO, 5, 0x01, bytes(6)))], FaultKind.UNSUPPORTED_VERSION),
        ([*BOTH, note(1, pmd.DATA, b"\x00" + acc_frame(0).payload[1:])], FaultKind.UNSUPPORTED_VERSION),
        ([*BOTH, note(1, pmd.DATA, pmd.encode_frame(Kind.ACC, 5, 0x01, bytes(7)))], FaultKind.BAD_VALUE),
        ([note(1, pmd.CONTROL, b"\xf0\x02")], FaultKind.BAD_VALUE),
        ([note(1, pmd.CONTROL, b"\xf0\x02\x02\x00\x00\x09\x01")], FaultKind.BAD_VALUE),
        ([*started(Kind.ACC, 8, float("nan"))], FaultKind.BAD_VALUE),
        ([note(1, pmd.FEATURES, b"\x0e\x00")], FaultKind.BAD_VALUE),
        ([note(1, "verity/odd", b"")], FaultKind.UNKNOWN_CHANNEL),
    ],
)
def test_what_cannot_be_read_is_a_fault(notes: list[Notification], kind: FaultKind) -> None:
    assert faults_in(Wire().step(notes)) == [kind]


def test_security_that_nobody_can_choose_is_passed_over() -> None:
    listed = bytes([Setting.SECURITY, 1]) + bytes(16) + pmd.encode_settings({Setting.RATE_HZ: (52,)})
    assert pmd.decode_settings(listed) == {Setting.RATE_HZ: (52,)}


def test_settings_that_are_cut_off_are_none() -> None:
    assert pmd.decode_settings(bytes([Setting.RATE_HZ, 2, 52, 0])) is None


def test_a_start_that_was_refused_or_written_wrongly_makes_nothing_readable() -> None:
    wrong = [
        note(0, pmd.CONTROL_WRITTEN, b"\x02"),
        note(0, pmd.CONTROL_WRITTEN, pmd.encode_command(Op.START, Kind.ACC, {Setting.RANGE: (8,)})),
        note(0, pmd.CONTROL, pmd.encode_response(Op.START, Kind.ACC, Status.DONE)),
        started(Kind.ACC, 8, 1.0)[0],
        note(0, pmd.CONTROL, pmd.encode_response(Op.START, Kind.ACC, Status.INVALID_MTU)),
    ]
    assert faults_in(Wire().step([*wrong, acc_frame(0)])) == [FaultKind.NO_INFO]


def test_a_frame_of_one_sample_has_no_deltas() -> None:
    (samples,) = delta_samples([bytes([1, 0, 2, 0, 3, 0])])
    assert samples is not None
    assert samples.tolist() == [[1, 2, 3]]


def test_deltas_that_leave_sixteen_bits_are_no_samples() -> None:
    assert delta_samples([compressed(np.array([[32_767, 0, 0], [32_768, 0, 0]]))]) == [None]


def test_deltas_wider_than_they_can_be_are_no_samples() -> None:
    assert delta_samples([bytes(6) + bytes([33, 1]) + bytes(13)]) == [None]


# -- the talk ----------------------------------------------------------------------------------------------------------


def test_the_rate_nearest_to_the_usual_one_and_the_widest_range_are_chosen() -> None:
    offered = {
        Setting.RATE_HZ: (26, 50, 104),
        Setting.RANGE: (2, 4, 8, 16),
        Setting.FACTOR: (1.0,),
        Setting.CHANNELS: (),
    }
    assert choice(offered) == {Setting.RATE_HZ: (50,), Setting.RANGE: (16,)}


def test_it_is_known_by_its_name() -> None:
    heard_names = {name: recognised(Advertised(name=name)) for name in ("Polar Sense 0A1B2C3D", "Polar H10 12345678")}
    assert [row.family if row else None for row in heard_names.values()] == ["verity", None]


def test_it_is_stopped_before_it_is_left() -> None:
    talked = verity()
    talked.session(2.0)
    written = [each.payload for each in talked.notes if each.channel == pmd.CONTROL_WRITTEN]
    assert written[-2:] == [bytes([Op.STOP, Kind.GYRO]), bytes([Op.STOP, Kind.ACC])]


def test_what_an_earlier_host_left_running_is_stopped_and_started_anew() -> None:
    talked = verity()
    talked.session(2.0, says_goodbye=False)
    first = len(talked.notes)
    talked.session(4.0)
    answers = [each.payload[1:4] for each in talked.notes[first:] if each.channel == pmd.CONTROL]
    assert bytes([Op.START, Kind.GYRO, Status.ALREADY_IN_STATE]) in answers
    assert bytes([Op.START, Kind.GYRO, Status.DONE]) in answers
    assert any(each.channel == pmd.DATA for each in talked.notes[first:])


def test_a_sensor_in_its_charger_is_busy_and_says_so() -> None:
    talked = verity()
    talked.device.in_charger = True  # type: ignore[attr-defined]
    with pytest.raises(SensorBusy, match="in its charger"):
        talked.session(1.0)


def test_a_link_of_short_packets_cannot_be_used_and_says_what_to_do() -> None:
    talked = verity()
    talked.mtu = 23
    with pytest.raises(LinkError, match="Use a Bluetooth adapter") as told:
        talked.session(1.0)
    assert not isinstance(told.value, SensorBusy)


def test_a_sensor_without_an_accelerometer_is_refused_and_named() -> None:
    with pytest.raises(LinkError, match="does not stream its accelerometer"):
        told_by(lambda step: b"\x0f\x01\x00" if isinstance(step, Read) else None)


def test_of_a_sensor_without_a_gyroscope_the_accelerometer_is_started() -> None:
    asked: list[bytes] = []

    def answers(step: Step) -> bytes | None:
        if isinstance(step, Ask):
            asked.append(step.write.payload[:2])
            return pmd.encode_response(*asked[-1], Status.DONE)
        return pmd.encode_features(Feature.ACC) if isinstance(step, Read) else None

    told_by(answers)
    assert asked == [bytes([Op.GET_SETTINGS, Kind.ACC]), bytes([Op.START, Kind.ACC])]


def test_a_sensor_that_does_not_answer_is_tried_again() -> None:
    with pytest.raises(TimeoutError, match="GET_SETTINGS"):
        told_by(lambda step: pmd.encode_features(Feature.ACC) if isinstance(step, Read) else None)


def told_by(answers: Callable[[Step], bytes | None]) -> None:
    """Hold the beginning of the talk with a sensor that answers so."""
    talk, heard = dialogue().begin(), None
    with contextlib.suppress(StopIteration):
        while True:
            heard = answers(talk.send(heard))


@pytest.mark.parametrize("status", [status for status in Status if status is not Status.DONE])
def test_every_refusal_has_a_sentence(status: Status) -> None:
    assert SENTENCES[status] in sentence(Kind.ACC, status)


def test_a_refusal_that_nobody_knows_has_its_number() -> None:
    assert "code 77" in sentence(Kind.GYRO, 77)
