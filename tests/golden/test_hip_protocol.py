"""The host's codec and the simulated sensor against the golden byte vectors of the hip sensor protocol (hip_vectors.py)."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest

from firmware_sim.device import Crystal, HipDevice, Model
from firmware_sim.ports import LinkUp, MtuChanged, Room, Written
from hipmonitor.core.inbound import Notification, SensorId
from hipmonitor.core.instants import HostNs
from hipmonitor.core.wire import ImuPackets, PacketKind, SensorInfo, Wire
from hipmonitor.core.wire.hip_protocol import (
    BACKFILL_ARGUMENTS,
    SYNC_ANSWER,
    SYNC_ASK,
    Ack,
    AckStatus,
    BackfillDone,
    Kind,
    Op,
    decode_control,
    decode_info,
    encode_ack,
    encode_command,
    encode_data,
    encode_info,
)
from tests.firmware_sim.device_rig import IndexSource
from tests.golden.hip_vectors import (
    ANSWERS,
    BACKFILL_ENDED,
    COMMANDS,
    FACTS,
    INFO,
    LIVE,
    LIVE_COUNTS,
    SLOW,
    SLOW_COUNTS,
    SYNC_ANSWERED,
    SYNC_ASKED,
    bytes_of,
)

FIRST_LIVE = "01 02 0000 {tag} 0000 01000000 0a000000 0100 0f27 0700 0100 0f27 0900 0200 0e27 0700 0200 0e27 0900"
"""The device below after START at its power-on: samples 1 and 2 of the index source, 10 ticks a sample."""


def note(channel: str, payload: bytes) -> Notification:
    return Notification(at=HostNs(0), sensor=SensorId("golden"), channel=channel, payload=payload)


def test_info_both_ways() -> None:
    assert encode_info(FACTS) == bytes_of(INFO)
    assert decode_info(bytes_of(INFO)) == FACTS
    assert decode_info(bytes_of(INFO) + b"\x01\x02") == FACTS  # a later minor version appends


def test_a_live_packet_both_ways() -> None:
    counts = np.array(LIVE_COUNTS, np.int16)
    encoded = encode_data(
        kind=Kind.LIVE,
        sequence=0x0102,
        stream=0x1234,
        status=0x0A,
        first_index=0x00010203,
        first_tick=0xFFFFFFF0,
        counts=counts,
    )
    assert encoded == bytes_of(LIVE)
    info, packets = Wire().step([note("hip/info", bytes_of(INFO)), note("hip/data", bytes_of(LIVE))])
    assert isinstance(info, SensorInfo)
    assert isinstance(packets, ImuPackets)
    assert packets.gyr_counts is not None
    assert np.array_equal(np.hstack([packets.acc_counts, packets.gyr_counts]), counts)
    read = [int(column[0]) for column in (packets.sequence, packets.first_index, packets.first_tick, packets.status)]
    assert read == [0x0102, 0x00010203, 0xFFFFFFF0, 0x0A]
    assert packets.kind is PacketKind.LIVE


def test_a_slow_packet_both_ways() -> None:
    counts = np.array(SLOW_COUNTS, np.int16)
    encoded = encode_data(
        kind=Kind.SLOW_BACKFILL,
        sequence=0xFFFF,
        stream=0x1234,
        status=0,
        first_index=16,
        first_tick=0,
        counts=counts,
    )
    assert encoded == bytes_of(SLOW)
    _, packets = Wire().step([note("hip/info", bytes_of(INFO)), note("hip/data", bytes_of(SLOW))])
    assert isinstance(packets, ImuPackets)
    assert packets.kind is PacketKind.SLOW_BACKFILL
    assert np.array_equal(packets.acc_counts, counts)


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("START", b""),
        ("STOP", b""),
        ("SET_RATE", bytes([0x50, 0xC3, 0, 0])),  # 50 000 mHz
        ("SET_RANGES", bytes([16, 0, 0xD0, 0x07])),  # 16 g, 2000 °/s
        ("BACKFILL", BACKFILL_ARGUMENTS.pack(2, 1000, 250)),
        ("CANCEL_BACKFILL", b""),
        ("VIBRATE", bytes([1, 50])),
    ],
)
def test_commands_are_written_as_the_table_says(name: str, arguments: bytes) -> None:
    op = Op[name]
    assert encode_command(op, int(op), arguments) == bytes_of(COMMANDS[name])


def test_answers_both_ways() -> None:
    meant = [
        (Op.START, 1, AckStatus.DONE),
        (Op.START, 1, AckStatus.MTU_TOO_SMALL),
        (Op.SET_RATE, 3, AckStatus.NOT_NOW),
        (0x20, 9, AckStatus.UNKNOWN_OP),
    ]
    for (op, request, status), text in zip(meant, ANSWERS.values(), strict=True):
        assert encode_ack(op, request, status) == bytes_of(text)
        assert decode_control(bytes_of(text)) == Ack(op=op, request=request, status=status)
    assert decode_control(bytes_of(BACKFILL_ENDED)) == BackfillDone(request=5, kind=2, first=1000, count=250)


def test_the_clock_round_trip_both_ways() -> None:
    assert SYNC_ASK.pack(0x01020304) == bytes_of(SYNC_ASKED)
    assert SYNC_ANSWER.unpack(bytes_of(SYNC_ANSWERED)) == (0x01020304, 65_536, 65_539)


class Sensor:
    """A device at its power-on, ticking a thousand times a second, with two samples a packet."""

    def __init__(self) -> None:
        self.device = HipDevice(IndexSource(), model=Model(crystal=Crystal(tick_hz=1000, error_ppb=0), live_batch=2))
        self.device.update(0, (LinkUp(mtu=23), Room(packets=9)))

    def at(self, milliseconds: int, *written: Written) -> list[str]:
        sent = self.device.update(milliseconds * 1_000_000, (*written, Room(packets=9))).send
        return [message.payload.hex() for message in sent]

    def command(self, milliseconds: int, text: str) -> list[str]:
        return self.at(milliseconds, Written(channel="control", payload=bytes_of(text)))


def hex_of(text: str) -> str:
    return bytes_of(text).hex()


def test_the_simulated_sensor_speaks_the_vectors() -> None:
    sensor = Sensor()
    assert sensor.command(0, COMMANDS["START"]) == [hex_of(ANSWERS["START refused, MTU too small"])]
    sensor.device.update(0, (MtuChanged(mtu=247), Room(packets=9)))
    assert sensor.command(0, COMMANDS["START"]) == [hex_of(ANSWERS["START done"])]
    assert sensor.command(0, COMMANDS["SET_RATE"]) == [hex_of(ANSWERS["SET_RATE refused while streaming"])]
    assert sensor.command(0, "20 09") == [hex_of(ANSWERS["an unknown command refused"])]
    tag = sensor.device.info()[2:4].hex()
    assert sensor.at(20) == [hex_of(FIRST_LIVE.format(tag=tag))]
    assert sensor.command(20, COMMANDS["STOP"]) == ["820200"]
    asked = Written(channel="sync", payload=bytes_of(SYNC_ASKED))
    assert sensor.at(65_536, asked) == [hex_of("04030201 00000100 00000100")]
    assert sensor.command(65_536, COMMANDS["VIBRATE"]) == ["870700"]
    messages = sensor.command(65_536, COMMANDS["BACKFILL"])
    for later in range(1, 40):
        messages += sensor.at(65_536 + later)
    assert messages[0] == "850500"
    assert messages[-1] == hex_of(BACKFILL_ENDED)
    newest = bytes.fromhex(messages[1])
    assert newest[:2] == bytes([2, 19])  # ATT_MTU 247: (247 - 3 - 16) // 12
    assert newest[8:12] == bytes([0xCF, 0x04, 0, 0])  # 1250 - 19 = 1231, the newest 19 of [1000, 1250)
    assert sensor.command(65_600, COMMANDS["CANCEL_BACKFILL"]) == ["860600"]
    assert sensor.command(65_600, COMMANDS["SET_RATE"]) == ["830300"]
    assert sensor.command(65_600, COMMANDS["SET_RANGES"]) == ["840400"]


def test_the_page_for_makers_shows_the_same_vectors() -> None:
    page = (Path(__file__).parents[2] / "firmware_sim" / "PROTOCOL.md").read_text(encoding="utf-8")
    shown = {text.replace(" ", "") for text in re.findall(r"`([0-9a-f ]+)`", page.partition("## Golden vectors")[2])}
    vectors = [INFO, LIVE, SLOW, *COMMANDS.values(), *ANSWERS.values(), BACKFILL_ENDED, SYNC_ASKED, SYNC_ANSWERED]
    assert {vector.replace(" ", "") for vector in vectors} == shown
