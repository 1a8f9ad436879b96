"""WitMotion's stream decoded: frames wherever they are cut, false headers, rates that are told or counted."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from firmware_sim.device import WitmotionModel
from hipmonitor.core.inbound import Notification
from hipmonitor.core.instants import NS_PER_S, HostNs
from hipmonitor.core.wire import Decoded, FaultKind, ImuPackets, SensorInfo, Wire, WireFault
from hipmonitor.core.wire import witmotion_protocol as wit
from hipmonitor.core.wire.witmotion_protocol import Register, Reply
from tests.core.builders import SENSOR, at
from tests.core.witmotion_streams import connect, talked_with
from tests.firmware_sim.bare_radio import BareRadio

RATE_IS_20_HZ = wit.encode_reply(Reply(register=Register.RATE, values=(7, 0, 0, 0, 0, 0, 0, 0)))
CALENDAR = (2024, 11, 22, 15, 32, 10, 250)
LOOKS_LIKE_A_HEADER = 0x6155


def heard(*payloads: bytes, begin_s: float = 0.0, every_s: float = 0.05) -> list[Notification]:
    return [
        Notification(at=at(begin_s + i * every_s), sensor=SENSOR, channel=wit.DATA, payload=payload)
        for i, payload in enumerate(payloads)
    ]


def wrote(seconds: float, payload: bytes) -> Notification:
    return Notification(at=at(seconds), sensor=SENSOR, channel=wit.WRITTEN, payload=payload)


def frames(n: int, *, stamped: bool = False, first: int = 0) -> list[bytes]:
    """Frame k is (k, ...); every second one has a rate that looks like a header, as data may."""
    rows = np.full((n, wit.NUMBERS), 7, np.int64)
    rows[first % 2 :: 2, 3] = LOOKS_LIKE_A_HEADER
    rows[:, :3] = np.arange(first, first + n)[:, None] + [0, 1000, 2000]
    return [wit.encode_frame(row.astype(np.int16), CALENDAR if stamped else None) for row in rows]


def pieces(stream: bytes, size: int) -> list[bytes]:
    return [stream[i : i + size] for i in range(0, len(stream), size)]


def packets(decoded: tuple[Decoded, ...]) -> list[ImuPackets]:
    return [item for item in decoded if isinstance(item, ImuPackets)]


def numbers(decoded: tuple[Decoded, ...]) -> list[int]:
    """Which frames were read; none may be put together of two."""
    rows = np.array([row for item in packets(decoded) for row in item.acc_counts.tolist()]).reshape(-1, 3)
    assert (rows - rows[:, :1] == [0, 1000, 2000]).all()
    return [int(k) for k in rows[:, 0]]


def faults(decoded: tuple[Decoded, ...]) -> list[FaultKind]:
    return [item.kind for item in decoded if isinstance(item, WireFault)]


@pytest.mark.parametrize("stamped", [False, True])
@pytest.mark.parametrize("size", [1, 7, 19, 20, 28, 50, 244])
def test_frames_are_found_however_the_stream_is_cut(size: int, stamped: bool) -> None:
    stream = RATE_IS_20_HZ + b"".join(frames(30, stamped=stamped))
    decoded = Wire().step(heard(*pieces(stream, size)))
    assert numbers(decoded)[:28] == list(range(28))
    assert faults(decoded) == []


def test_whole_frames_in_their_own_notifications_are_handed_on_at_once() -> None:
    wire = Wire()
    wire.step(heard(RATE_IS_20_HZ, *frames(2)))
    for k in range(2, 6):
        assert numbers(wire.step(heard(*frames(1, first=k)))) == [k]


def test_a_frame_arrived_with_its_last_byte() -> None:
    stream = RATE_IS_20_HZ + b"".join(frames(5))
    decoded = Wire().step(heard(*pieces(stream, 25)))
    assert [int(t) for item in packets(decoded) for t in item.at_ns][:3] == [at(0.05), at(0.1), at(0.15)]


@pytest.mark.parametrize("lost", [2, 3, 5])
@pytest.mark.parametrize("size", [30, 50, 60])
def test_a_lost_notification_costs_what_it_cut_and_one_fault(lost: int, size: int) -> None:
    cut = pieces(RATE_IS_20_HZ + b"".join(frames(60, stamped=True)), size)
    decoded = Wire().step(heard(*(piece for k, piece in enumerate(cut) if k != lost)))
    read = numbers(decoded)
    assert read == sorted(set(read))
    assert 60 - len(read) <= 5
    assert len(faults(decoded)) <= 1


def test_a_link_lost_in_the_middle_of_a_frame_leaves_nothing_behind() -> None:
    wire = Wire()
    wire.step(heard(RATE_IS_20_HZ, *frames(5), frames(1)[0][:13]))
    begins = wrote(1, wit.read_register(Register.VERSION))
    decoded = wire.step([begins, *heard(RATE_IS_20_HZ, *frames(5, first=20), begin_s=1.1)])
    assert numbers(decoded)[:4] == [20, 21, 22, 23]
    assert faults(decoded) == []


def test_a_length_that_a_false_header_taught_is_forgotten() -> None:
    """It begins in the middle of a frame, eight bytes before whose end something looks like a header: 20 bytes, it seems."""
    stream = b"".join(frames(30, stamped=True))[4:]
    decoded = Wire().step(heard(RATE_IS_20_HZ, *pieces(stream, 50)))
    rows = [row for item in packets(decoded) for row in item.acc_counts.tolist()]
    assert [row[0] for row in rows[-20:]] == list(range(9, 29))
    assert rows[0] != [0, 1000, 2000]


def test_rubbish_is_one_fault_and_then_frames_are_read_again() -> None:
    wire = Wire()
    wire.step(heard(RATE_IS_20_HZ, *frames(5)))
    decoded = wire.step(heard(b"\x55\x61" * 9 + b"\x55", b"\x00" * 40, *frames(9, first=20)))
    assert faults(decoded) == [FaultKind.BAD_VALUE]
    assert numbers(decoded)[-5:] == list(range(24, 29))


def test_nothing_is_used_before_the_rate_is_known() -> None:
    wire = Wire()
    assert wire.step([wrote(0, wit.read_register(Register.VERSION)), *heard(*frames(9))]) == ()
    info, _ = wire.step(heard(RATE_IS_20_HZ, *frames(1), begin_s=1.0))
    assert isinstance(info, SensorInfo)
    assert (info.rate_hz, info.tick_hz, info.at) == (20.0, 0.0, at(1.05))


@pytest.mark.parametrize("rate_hz", [10.0, 50.0, 100.0])
def test_where_the_sensor_does_not_answer_the_rate_is_counted(rate_hz: float) -> None:
    wire = Wire()
    true_hz = rate_hz * 1.04
    begins = wrote(0, wit.read_register(Register.VERSION))
    decoded = wire.step([begins, *heard(*frames(round(8 * true_hz)), begin_s=0.1, every_s=1 / true_hz)])
    info = next(item for item in decoded if isinstance(item, SensorInfo))
    assert info.rate_hz == rate_hz
    assert 4.9 < (info.at - at(0)) / NS_PER_S < 5.4


def test_another_rate_and_another_connection_are_another_stream() -> None:
    wire = Wire()
    first = wire.step(heard(RATE_IS_20_HZ, *frames(3)))
    fifty = wit.encode_reply(Reply(register=Register.RATE, values=(8, 0, 0, 0, 0, 0, 0, 0)))
    second = wire.step([wrote(1, wit.UNLOCK), *heard(*frames(3), fifty, *frames(3), begin_s=1.1)])
    third = wire.step([wrote(9, wit.read_register(Register.VERSION)), *heard(RATE_IS_20_HZ, *frames(3), begin_s=9.1)])
    infos = [item for part in (first, second, third) for item in part if isinstance(item, SensorInfo)]
    assert [(info.stream, info.rate_hz) for info in infos] == [(1, 20.0), (2, 50.0), (3, 20.0)]
    assert [packets(part)[0].first_index[0] for part in (second, third)] == [0, 0]


@pytest.mark.parametrize(
    "reply",
    [
        Reply(register=Register.RATE, values=(77, 0, 0, 0, 0, 0, 0, 0)),
        Reply(register=Register.BATTERY, values=(0,) * 8),
    ],
)
def test_a_reply_that_makes_no_sense_is_a_fault(reply: Reply) -> None:
    assert faults(Wire().step(heard(wit.encode_reply(reply)))) == [FaultKind.BAD_VALUE]


@settings(max_examples=300, deadline=None)
@given(st.lists(st.binary(max_size=60), max_size=12), st.integers(0, 11))
def test_any_bytes_decode_or_become_a_fault(payloads: list[bytes], at_all: int) -> None:
    wire = Wire()
    wire.step(heard(RATE_IS_20_HZ, *frames(2)))
    payloads.insert(min(at_all, len(payloads)), b"".join(frames(2)))
    for item in wire.step(heard(*payloads)):
        assert isinstance(item, ImuPackets | WireFault | SensorInfo) or item.percent <= 100


# --- the simulated one ------------------------------------------------------------------------------------------------


ROWS = np.arange(600).reshape(100, 6)


def asked(radio: BareRadio, register: Register) -> int:
    before = len(radio.notes)
    radio.write("command", wit.read_register(register))
    stream = b"".join(note.payload for note in radio.notes[before:] if note.channel == wit.DATA)
    reply = wit.find_reply(stream, register)
    assert reply is not None
    return reply.values[0]


def connected() -> BareRadio:
    radio = talked_with(ROWS, WitmotionModel())
    radio.run(0.5)
    return radio


def test_it_streams_as_soon_as_somebody_listens_and_ten_times_a_second_at_first() -> None:
    radio = talked_with(ROWS, WitmotionModel(), rate_code=6)
    assert len(radio.run(5.0)) == pytest.approx(50, abs=1)
    radio.stop_listening()
    assert radio.run(1.0) == []


def test_what_is_not_unlocked_is_not_set() -> None:
    radio = connected()
    radio.run(11.0)
    radio.write("command", wit.write_register(Register.RATE, 9))
    assert asked(radio, Register.RATE) == 7
    radio.write("command", wit.UNLOCK)
    radio.run(0.05)
    radio.write("command", wit.write_register(Register.RATE, 9))
    assert asked(radio, Register.RATE) == 7
    radio.run(0.1)
    radio.write("command", wit.write_register(Register.RATE, 9))
    assert asked(radio, Register.RATE) == 9


@pytest.mark.parametrize(("kept", "rate_code"), [(True, 9), (False, 7)])
def test_what_is_not_kept_is_gone_at_the_next_boot(kept: bool, rate_code: int) -> None:
    radio = connected()
    radio.write("command", wit.UNLOCK)
    radio.run(0.15)
    radio.write("command", wit.write_register(Register.RATE, 9))
    if kept:
        radio.write("command", wit.KEEP)
    radio.device.reboot(radio.now_ns)  # type: ignore[attr-defined]
    connect(radio)
    assert asked(radio, Register.RATE) == rate_code


def test_what_the_radio_has_no_room_for_is_lost_without_a_trace() -> None:
    radio = talked_with(ROWS, WitmotionModel(buffered_frames=4))
    radio.run(1.0)
    radio.room = 0
    radio.run(2.0)
    radio.room = 10
    radio.run(1.0)
    decoded = Wire().step(radio.notes)
    lost = radio.device.tally()["frames_lost"]  # type: ignore[attr-defined]
    assert lost > 30
    assert faults(decoded) == []
    index = np.concatenate([item.first_index for item in packets(decoded)])
    assert (np.diff(index) == 1).all()


def test_later_notes_may_have_the_same_instant() -> None:
    notes = [replace(note, at=HostNs(at(0))) for note in heard(RATE_IS_20_HZ, *frames(4))]
    assert numbers(Wire().step(notes))[:4] == [0, 1, 2, 3]
