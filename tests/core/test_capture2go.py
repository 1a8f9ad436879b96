"""A Capture2Go: packages out of a stream of bytes, its clock by round trips, gaps, and what a person is told."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import numpy as np
import pytest

from hipmonitor.core.errors import LinkError, SensorBusy
from hipmonitor.core.inbound import Notification
from hipmonitor.core.wire import (
    Advertised,
    BatteryLevel,
    ClockPair,
    FaultKind,
    ImuPackets,
    SensorInfo,
    Wire,
    WireFault,
    recognised,
)
from hipmonitor.core.wire import capture2go_protocol as c2g
from hipmonitor.core.wire.capture2go_dialogue import SENTENCES, dialogue
from hipmonitor.core.wire.capture2go_protocol import Flag, Header, SamplingMode, State, Trouble
from hipmonitor.core.wire.dialogue import Ask, Talk
from tests.core.builders import at, note
from tests.laws.driver_streams import capture2go

BEGAN_NS = 7_000_000_000
MODE = c2g.encode_package(Header.MODE, c2g.encode_mode(packed=SamplingMode.HZ_100, status_every_s=1))


def data(package: int, *, ahead_s: float = 0.0, flags: int = 0, header: int = Header.PACKED_100HZ) -> bytes:
    """The data package with samples [8 package, 8 package + 8)."""
    counts = np.arange(8 * package, 8 * package + 8, dtype=np.int16)
    first_ns = BEGAN_NS + round((0.08 * package + ahead_s) * 1e9)
    columns = np.stack([counts, -counts, 0 * counts], axis=1)
    return c2g.encode_package(header, c2g.encode_packed(first_ns, columns, 2 * columns, 0, flags))


def sent(seconds: float, stream: bytes, *real_time: bytes) -> Notification:
    """A notification with some real-time packages and these bytes of the stream."""
    return note(seconds, c2g.TX, bytes([0xFF - len(real_time)]) + b"".join(real_time) + stream)


def one_each(packages: Iterable[int], **how: float) -> list[Notification]:
    """Every data package in a notification of its own, when it is complete."""
    return [sent(0.08 * k + 0.1, data(k, **how)) for k in packages]  # type: ignore[arg-type]


def samples_in(decoded: Sequence[object]) -> list[int]:
    """Counts of the gyroscope's first axis, which are the samples' true numbers."""
    return [
        int(count)
        for each in decoded
        if isinstance(each, ImuPackets) and each.gyr_counts is not None
        for count in each.gyr_counts[:, 0]
    ]


def indices_in(decoded: Sequence[object]) -> list[int]:
    """Of the first sample of every package."""
    return [int(first) for each in decoded if isinstance(each, ImuPackets) for first in each.first_index]


def faults_in(decoded: Sequence[object]) -> list[FaultKind]:
    return [item.kind for item in decoded if isinstance(item, WireFault)]


def streams_in(decoded: Sequence[object]) -> list[int]:
    return [item.stream for item in decoded if isinstance(item, SensorInfo)]


# -- packages out of bytes ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [1, 7, 50, 123, 124, 243])
def test_packages_are_put_together_wherever_notifications_cut_them(size: int) -> None:
    stream = b"".join(data(k) for k in range(12))
    cuts = [stream[i : i + size] for i in range(0, len(stream), size)]
    decoded = Wire().step([sent(1 + 0.01 * i, cut) for i, cut in enumerate(cuts)])
    assert samples_in(decoded) == list(range(96))
    assert faults_in(decoded) == []


def test_real_time_packages_stand_before_the_bytes_of_the_stream() -> None:
    stream = data(0) + data(1)
    status = c2g.encode_package(Header.STATUS, c2g.STATUS.pack(0, 2, 2, 0, 0, 0, False, 80, 9))
    decoded = Wire().step([sent(1, stream[:150]), sent(1.1, stream[150:], status)])
    assert samples_in(decoded) == list(range(16))
    assert [item.percent for item in decoded if isinstance(item, BatteryLevel)] == [80]


def test_after_a_lost_notification_the_next_whole_package_is_found() -> None:
    stream = b"".join(data(k) for k in range(8))
    cuts = [sent(1 + 0.01 * i, stream[i : i + 100]) for i in range(0, len(stream), 100)]
    decoded = Wire().step([*cuts[:3], *cuts[4:]])
    assert samples_in(decoded) == [k for k in range(64) if k // 8 not in {2, 3}]
    assert set(faults_in(decoded)) == {FaultKind.BAD_VALUE}


def test_a_package_behind_a_false_beginning_does_not_wait_for_the_false_ones_end() -> None:
    half = data(0)[:60]
    decoded = Wire().step([sent(1, half), sent(1.1, data(1))])
    assert samples_in(decoded) == list(range(8, 16))


@pytest.mark.parametrize(
    "payload", [b"", b"\xff", bytes([0xF0]) + data(0), bytes([0xFE]) + data(0)[:-1], bytes([0xFE]) + bytes(20)]
)
def test_a_notification_without_a_whole_package_brings_nothing(payload: bytes) -> None:
    assert samples_in(Wire().step([note(1, c2g.TX, payload)])) == []


# -- samples -----------------------------------------------------------------------------------------------------------


def test_samples_are_numbered_by_their_time_and_a_lost_package_is_a_known_gap() -> None:
    decoded = Wire().step(one_each([0, 1, 2, 5, 6]))
    assert indices_in(decoded) == [0, 8, 16, 40, 48]
    assert streams_in(decoded) == [1]


def test_ticks_are_the_sensors_microseconds() -> None:
    (_, packets) = Wire().step(one_each([3]))
    assert isinstance(packets, ImuPackets)
    assert packets.first_tick.tolist() == [BEGAN_NS // 1000 + 240_000]


def test_a_package_that_comes_twice_is_a_duplicate() -> None:
    decoded = Wire().step([*one_each([0, 1]), *one_each([1])])
    assert indices_in(decoded) == [0, 8]
    assert faults_in(decoded) == [FaultKind.DUPLICATE]


def test_a_time_gap_that_the_sensor_tells_begins_a_new_stream() -> None:
    decoded = Wire().step([*one_each([0, 1]), sent(0.5, data(2, ahead_s=3.0, flags=Flag.TIME_GAP))])
    assert streams_in(decoded) == [1, 2]
    assert indices_in(decoded) == [0, 8, 0]


def test_a_time_gap_of_nothing_changes_nothing() -> None:
    decoded = Wire().step([*one_each([0], flags=Flag.TIME_GAP), *one_each([1, 2], flags=Flag.TIME_GAP)])
    assert (streams_in(decoded), indices_in(decoded)) == ([1], [0, 8, 16])


def test_a_clock_that_was_set_begins_a_new_stream() -> None:
    decoded = Wire().step([*one_each([0, 1]), sent(0.5, data(2, ahead_s=1.7e9))])
    assert streams_in(decoded) == [1, 2]


def test_another_rate_begins_a_new_stream() -> None:
    decoded = Wire().step([*one_each([0, 1]), sent(0.5, data(2, header=Header.PACKED_50HZ))])
    assert [item.rate_hz for item in decoded if isinstance(item, SensorInfo)] == [100.0, 50.0]


def test_a_package_that_the_sensor_itself_does_not_trust_is_a_fault() -> None:
    assert faults_in(Wire().step(one_each([0], flags=Flag.PROCESSING))) == [FaultKind.BAD_VALUE]


@pytest.mark.parametrize(
    ("package", "kind"),
    [
        (c2g.encode_package(Header.PACKED_100HZ, bytes(114)), FaultKind.BAD_LENGTH),
        (c2g.encode_package(Header.STATUS, bytes(3)), FaultKind.BAD_LENGTH),
        (c2g.encode_package(Header.STATUS, c2g.STATUS.pack(0, 2, 2, 0, 0, 0, False, 101, 9)), FaultKind.BAD_VALUE),
        (c2g.encode_package(Header.ROUND_TRIP, bytes(32)), FaultKind.UNASKED_ANSWER),
    ],
)
def test_a_package_that_says_nothing_sensible_is_a_fault(package: bytes, kind: FaultKind) -> None:
    assert faults_in(Wire().step([sent(1, package)])) == [kind]


def test_packages_that_are_not_read_change_nothing() -> None:
    assert Wire().step([sent(1, c2g.encode_package(0x0242, bytes(30)) + c2g.encode_package(Header.STARTED))]) == ()


def test_a_channel_nobody_knows_is_a_fault() -> None:
    assert faults_in(Wire().step([note(1, "capture2go/odd", b"")])) == [FaultKind.UNKNOWN_CHANNEL]


def test_a_battery_that_did_not_change_is_told_once() -> None:
    status = c2g.encode_package(Header.STATUS, c2g.STATUS.pack(0, 2, 2, 0, 0, 0, False, 80, 9))
    assert len(Wire().step([sent(1, status), sent(2, status)])) == 1


# -- the clock ---------------------------------------------------------------------------------------------------------


def question(seconds: float, number: int) -> Notification:
    package = c2g.encode_package(Header.ROUND_TRIP, c2g.ROUND_TRIP.pack(number, 0, 0, 0))
    return note(seconds, c2g.RX_WRITTEN, package)


def answer(seconds: float, number: int, sensor_s: float) -> Notification:
    reading = BEGAN_NS + round(sensor_s * 1e9)
    return sent(seconds, b"", c2g.encode_package(Header.ROUND_TRIP, c2g.ROUND_TRIP.pack(number, reading, reading, 0)))


def test_round_trips_before_the_first_sample_belong_to_its_stream() -> None:
    decoded = Wire().step([sent(0, MODE), question(0.01, 1), answer(0.04, 1, 0.02), *one_each([1])])
    assert [type(item) for item in decoded] == [SensorInfo, ClockPair, ImuPackets]


def test_answers_find_their_questions() -> None:
    decoded = Wire().step([question(1, 1), question(2, 2), answer(2.1, 2, 2.05), answer(2.2, 1, 2.05)])
    assert [item.t1 for item in decoded if isinstance(item, ClockPair)] == [at(2), at(1)]


def test_the_oldest_of_seventeen_open_questions_is_forgotten() -> None:
    wire = Wire()
    wire.step([question(1, number) for number in range(17)])
    assert faults_in(wire.step([answer(2, 0, 1.5)])) == [FaultKind.UNASKED_ANSWER]
    assert faults_in(wire.step([answer(2, 16, 1.5)])) == []


def test_what_was_written_wrongly_is_no_question() -> None:
    wire = Wire()
    wire.step([note(1, c2g.RX_WRITTEN, b"\x02\x03"), note(1, c2g.RX_WRITTEN, c2g.encode_package(Header.ROUND_TRIP))])
    assert faults_in(wire.step([answer(2, 0, 1.5)])) == [FaultKind.UNASKED_ANSWER]


# -- the talk ----------------------------------------------------------------------------------------------------------


def test_it_is_known_by_its_service() -> None:
    row = recognised(Advertised(service_uuids=frozenset({c2g.SERVICE_UUID})))
    assert row is not None
    assert row.family == "capture2go"


def written(notes: Sequence[Notification]) -> list[int]:
    packages = [c2g.decode_package(each.payload) for each in notes if each.channel == c2g.RX_WRITTEN]
    return [package.header for package in packages if package and package.header != Header.ROUND_TRIP]


def test_it_is_set_up_started_and_stopped() -> None:
    talked = capture2go()
    talked.session(2.0)
    assert written(talked.notes) == [
        Header.STOP_AND_CLEAR,
        Header.GET_DEVICE_INFO,
        Header.GET_STATUS,
        Header.SET_MODE,
        Header.START,
        Header.STOP,
    ]


def test_what_went_on_into_the_buffer_while_the_link_was_lost_is_cleared() -> None:
    talked = capture2go()
    talked.session(2.0, says_goodbye=False)
    talked.away(8.0)
    began_ns = talked.now_ns
    talked.session(2.0)
    late = [each for each in talked.notes if each.channel == c2g.TX and began_ns < each.at < began_ns + 10**9]
    assert sum(len(each.payload) for each in late) < 4000
    assert samples_in(Wire().step(talked.notes))


def test_a_sensor_that_records_is_left_alone_and_says_so() -> None:
    talked = capture2go()
    talked.device.state = State.RECORDING  # type: ignore[attr-defined]
    with pytest.raises(SensorBusy, match="recording into its own memory"):
        talked.session(1.0)
    assert talked.device.state is State.RECORDING  # type: ignore[attr-defined]


def told_by(answers: Callable[[Ask], bytes | None]) -> None:
    """Hold the beginning of the talk with a sensor that answers so."""
    talk: Talk = dialogue().begin()
    heard: bytes | None = None
    while True:
        step = talk.send(heard)
        heard = answers(step) if isinstance(step, Ask) else None
        if isinstance(step, Ask) and heard is not None:
            assert step.answers(heard)


def test_a_protocol_of_the_future_is_refused() -> None:
    about = c2g.DEVICE_INFO.pack(0x8001, b"", b"", b"", b"", b"")
    with pytest.raises(LinkError, match="protocol 32769"):
        told_by(lambda ask: sent(0, c2g.encode_package(HEADER_OF_ANSWER[header_of(ask)], about)).payload)


HEADER_OF_ANSWER = {Header.STOP_AND_CLEAR: Header.STOPPED_AND_CLEARED, Header.GET_DEVICE_INFO: Header.DEVICE_INFO}


def header_of(ask: Ask) -> int:
    package = c2g.decode_package(ask.write.payload)
    assert package is not None
    return package.header


@pytest.mark.parametrize("trouble", list(Trouble))
def test_every_refusal_has_a_sentence(trouble: Trouble) -> None:
    def refuses(ask: Ask) -> bytes:
        return sent(0, c2g.encode_package(Header.ERROR, c2g.ERROR.pack(trouble, header_of(ask)))).payload

    with pytest.raises(LinkError) as told:
        told_by(refuses)
    assert SENTENCES[trouble] in str(told.value)


def test_a_sensor_that_does_not_answer_is_tried_again() -> None:
    with pytest.raises(TimeoutError, match="GET_DEVICE_INFO"):
        told_by(lambda _: None)
