"""What is said to a WitMotion and a DOT: settings where they differ, the rate before the start, and what is done without answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from firmware_sim.device import DotDevice, WitmotionDevice
from firmware_sim.peripherals import DOT_FACE, WITMOTION_FACE
from firmware_sim.ports import FirmwareInput, FirmwareOutput, Written
from hipmonitor.core.errors import LinkError
from hipmonitor.core.wire import ImuPackets, SensorInfo, Wire
from hipmonitor.core.wire import dot_protocol as dot
from hipmonitor.core.wire import witmotion_protocol as wit
from hipmonitor.core.wire.dialogue import nothing_to_say
from hipmonitor.core.wire.dot_dialogue import dot_dialogue
from hipmonitor.core.wire.dot_protocol import Mode
from hipmonitor.core.wire.witmotion_dialogue import witmotion_dialogue
from hipmonitor.core.wire.witmotion_protocol import Register
from tests.core.talked import Swing, Talked


class MuteWitmotion(WitmotionDevice):
    """Takes what is written, and answers no question."""

    def update(self, now_ns: int, inputs: Sequence[FirmwareInput]) -> FirmwareOutput:
        heard = [each for each in inputs if not (isinstance(each, Written) and each.payload[2:3] == b"\x27")]
        return super().update(now_ns, heard)


class SecretiveDot(DotDevice):
    """Does not say how fast it measures."""

    def read(self, channel: str) -> bytes:
        return b"" if channel == "control" else super().read(channel)


def witmotion(device: WitmotionDevice | None = None) -> Talked:
    return Talked(device=device or WitmotionDevice(Swing()), face=WITMOTION_FACE, dialogue=witmotion_dialogue, mtu=23)


def a_dot(device: DotDevice | None = None) -> Talked:
    return Talked(device=device or DotDevice(Swing()), face=DOT_FACE, dialogue=dot_dialogue)


def written(talked: Talked) -> list[tuple[str, bytes]]:
    return [(note.channel, note.payload) for note in talked.notes if note.channel.endswith(">")]


def settings_written(talked: Talked) -> list[bytes]:
    return [payload for _, payload in written(talked) if payload[2] != 0x27]


def test_a_witmotion_is_unlocked_set_and_told_to_keep_it_once() -> None:
    talked = witmotion()
    talked.session(2.0)
    talked.session(2.0)
    assert settings_written(talked) == [
        wit.UNLOCK,
        wit.write_register(Register.RATE, 9),
        wit.write_register(Register.BANDWIDTH, wit.BANDWIDTH_42_HZ),
        wit.write_register(Register.ALGORITHM, wit.SIX_AXIS),
        wit.KEEP,
    ]
    infos = [item for item in Wire().step(talked.notes) if isinstance(item, SensorInfo)]
    assert [info.rate_hz for info in infos] == [100.0, 100.0]


def test_a_witmotion_s_frames_are_used_from_when_it_said_the_rate_that_it_keeps() -> None:
    talked = witmotion()
    talked.session(2.0)
    said = [payload for _, payload in written(talked) if payload != wit.read_register(Register.BATTERY)]
    assert said[-2:] == [wit.KEEP, wit.read_register(Register.RATE)]
    assert said.count(wit.read_register(Register.RATE)) == 1
    (info,) = [item for item in Wire().step(talked.notes) if isinstance(item, SensorInfo)]
    assert info.rate_hz == 100.0


def test_a_witmotion_s_battery_is_looked_at_again_and_again() -> None:
    talked = witmotion()
    talked.session(130.0)
    questions = [payload for _, payload in written(talked)].count(wit.read_register(Register.BATTERY))
    assert questions in {3, 4}


def test_a_witmotion_that_answers_nothing_is_set_all_the_same_and_its_rate_counted() -> None:
    talked = witmotion(MuteWitmotion(Swing()))
    talked.session(12.0)
    (info,) = [item for item in Wire().step(talked.notes) if isinstance(item, SensorInfo)]
    assert info.rate_hz == 100.0


def test_a_dot_s_rate_is_set_before_somebody_listens_and_only_where_it_differs() -> None:
    talked = a_dot()
    talked.session(1.0)
    assert [channel for channel, _ in written(talked)] == [dot.START_WRITTEN, dot.START_WRITTEN]
    slow = a_dot()
    slow.device.update(slow.now_ns, [Written(channel="control", payload=dot.encode_rate(10))])
    slow.session(1.0)
    channels = [note.channel for note in slow.notes]
    assert channels[:5] == [dot.INFO, dot.BATTERY, dot.CONTROL, dot.CONTROL_WRITTEN, dot.CONTROL]
    samples = [item for item in Wire().step(slow.notes) if isinstance(item, ImuPackets)]
    assert {item.info.rate_hz for item in samples} == {60.0}


def test_a_dot_is_stopped_before_one_leaves() -> None:
    talked = a_dot()
    talked.session(1.0)
    assert written(talked)[-1] == (dot.START_WRITTEN, dot.encode_start(Mode.RATE, start=False))


def test_a_dot_that_does_not_say_its_rate_is_refused_with_a_remedy() -> None:
    with pytest.raises(LinkError, match=r"Update its firmware with the maker's app\.$"):
        a_dot(SecretiveDot(Swing())).session(1.0)


def test_without_a_routine_or_last_words_there_is_nothing_to_do() -> None:
    plain = replace(dot_dialogue(), routine=nothing_to_say)
    assert list(plain.routine()) == []
    assert witmotion_dialogue().last_words(wit.DATA, b"\x01") is None
