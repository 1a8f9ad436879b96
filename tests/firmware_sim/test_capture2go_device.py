"""The simulated Capture2Go: the maker's bytes, packages cut by notifications, a buffer that goes on and fills up."""

from __future__ import annotations

import numpy as np
import pytest

from firmware_sim.device.capture2go_device import Capture2GoDevice
from firmware_sim.device.crystal import Crystal
from firmware_sim.device.model import Model
from firmware_sim.ports import FirmwareInput, LinkDown, LinkUp, MtuChanged, Room, Subscribed, Written
from hipmonitor.core.wire import capture2go_protocol as c2g
from hipmonitor.core.wire.capture2go_packages import Unpacker
from hipmonitor.core.wire.capture2go_protocol import Flag, Header, Package, SamplingMode, Trouble
from tests.core.talked import Swing

SECOND_NS = 1_000_000_000
START, STOP = "02 3d 7f 65 8c 00 50 01", "02 bf 1d 53 be 00 52 01"
SET_MODE = "02 25 b7 fe 3e 1e 20 01" + "00" * 8 + "00 00 02 00 00 00 01 00 00 00 00" + "00" * 8 + "00 00 01"
CONNECTED = (LinkUp(mtu=23), MtuChanged(mtu=247), Subscribed(channel="data"))


class Bench:
    """A device with power and a link, and what it sent."""

    def __init__(self) -> None:
        self.device = Capture2GoDevice(Swing(), crystal=Crystal(error_ppb=0), model=Model())
        self.at(0.0, *CONNECTED)

    def at(self, seconds: float, *happened: FirmwareInput, room: int = 9) -> list[bytes]:
        return [
            each.payload
            for each in self.device.update(round(seconds * SECOND_NS), (*happened, Room(packets=room))).send
        ]

    def told(self, seconds: float, command: bytes | str) -> list[Package]:
        payload = command if isinstance(command, bytes) else bytes.fromhex(command)
        sent = self.at(seconds, Written(channel="commands", payload=payload))
        unpacker = Unpacker()
        return [package for each in sent for package in unpacker.packages(each)]

    def stream(self, begin: float, seconds: float) -> list[bytes]:
        return [each for i in range(round(seconds * 50)) for each in self.at(begin + i / 50)]


def headers(packages: list[Package]) -> list[int]:
    return [package.header for package in packages]


def test_the_makers_commands_are_obeyed() -> None:
    bench = Bench()
    assert headers(bench.told(1, "02 09 6b e6 6e 00 70 00")) == [Header.DEVICE_INFO]
    (mode,) = bench.told(2, SET_MODE)
    assert (mode.header, mode.payload) == (Header.MODE, bytes.fromhex(SET_MODE)[8:])
    assert Header.STARTED in headers(bench.told(3, START))
    assert Header.STOPPED in headers(bench.told(4, STOP))


@pytest.mark.parametrize(
    ("command", "trouble"),
    [
        (STOP, Trouble.WRONG_STATE),
        (c2g.encode_package(Header.STOP_AND_CLEAR), Trouble.WRONG_STATE),
        (b"\x02" + bytes(9), Trouble.PACKAGE),
        (c2g.encode_package(0x0500), Trouble.UNKNOWN_COMMAND),
        (c2g.encode_package(Header.SET_TIME), Trouble.UNKNOWN_COMMAND),
    ],
)
def test_what_it_cannot_do_is_refused_by_code(command: bytes | str, trouble: Trouble) -> None:
    (error,) = Bench().told(1, command)
    assert error.header == Header.ERROR
    assert error.payload[0] == trouble


def test_a_mode_cannot_be_set_while_it_streams() -> None:
    bench = Bench()
    bench.told(1, START)
    errors = [each for each in bench.told(2, SET_MODE) if each.header == Header.ERROR]
    assert errors == [Package(header=Header.ERROR, payload=bytes([Trouble.WRONG_STATE, 0x20, 0x01]))]


def test_notifications_cut_packages_and_together_they_are_whole() -> None:
    bench = Bench()
    bench.told(1, START)
    sent = bench.stream(1.02, 5.0)
    assert max(map(len, sent)) <= 244
    assert any(c2g.decode_package(each, 1) is None for each in sent)
    unpacker = Unpacker()
    data = [
        np.frombuffer(package.payload, c2g.PACKED)[0]
        for each in sent
        for package in unpacker.packages(each)
        if package.header == Header.PACKED_100HZ
    ]
    assert unpacker.take_skipped() == 0
    assert np.diff([int(each["first_ns"]) for each in data]).tolist() == [80_000_000] * (len(data) - 1)
    assert 55 <= len(data) <= 63


def test_a_round_trip_is_answered_in_real_time_before_everything_else() -> None:
    bench = Bench()
    bench.told(1, START)
    bench.at(1.5)
    question = c2g.encode_package(Header.ROUND_TRIP, c2g.ROUND_TRIP.pack(77, 0, 0, 0))
    sent = bench.at(1.6, Written(channel="commands", payload=question))
    answer = c2g.decode_package(sent[0], 1)
    assert sent[0][0] == 0xFE
    assert answer is not None
    assert c2g.ROUND_TRIP.unpack(answer.payload) == (77, 1_600_000_000, 1_600_000_000, 0)


def test_its_clock_can_be_set_and_the_gap_is_told() -> None:
    bench = Bench()
    set_time = c2g.encode_package(Header.SET_TIME, c2g.TIME.pack(5 * SECOND_NS))
    sent = [
        *bench.at(1, Written(channel="commands", payload=bytes.fromhex(START))),
        *bench.stream(1.02, 1.0),
        *bench.at(2.1, Written(channel="commands", payload=set_time)),
        *bench.stream(2.12, 1.0),
    ]
    unpacker = Unpacker()
    packages = [package for each in sent for package in unpacker.packages(each)]
    packed = np.frombuffer(
        b"".join(each.payload for each in packages if each.header == Header.PACKED_100HZ), c2g.PACKED
    )
    told = int(np.flatnonzero(packed["flags"])[0])
    assert packed["flags"].tolist() == [0] * told + [Flag.TIME_GAP] + [0] * (len(packed) - told - 1)
    assert (np.diff(packed["first_ns"])[told - 1] > 2 * SECOND_NS, Header.TIME in headers(packages)) == (True, True)


def test_the_buffer_goes_on_while_the_link_is_lost_and_what_does_not_fit_is_counted() -> None:
    bench = Bench()
    bench.told(1, START)
    bench.at(2, LinkDown())
    assert bench.stream(2.02, 20.0) == []
    assert bench.device.tally()["bytes_lost"] > 0
    sent = bench.at(30, *CONNECTED, room=200)
    assert 14_000 < sum(map(len, sent)) < 17_000


def test_another_rate_is_sent_under_its_own_header() -> None:
    bench = Bench()
    bench.told(1, c2g.encode_package(Header.SET_MODE, c2g.encode_mode(packed=SamplingMode.HZ_50, status_every_s=1)))
    bench.told(2, START)
    unpacker = Unpacker()
    packages = [package for each in bench.stream(2.02, 2.0) for package in unpacker.packages(each)]
    assert Header.PACKED_50HZ in headers(packages)
    assert Header.STATUS in headers(packages)
