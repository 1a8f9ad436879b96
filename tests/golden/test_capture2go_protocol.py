"""Golden byte vectors of the Capture2Go protocol, from its maker's document; nothing here is computed by the codec that is tested."""

from __future__ import annotations

import numpy as np
import pytest

from hipmonitor.core.inbound import Notification, SensorId
from hipmonitor.core.instants import HostNs
from hipmonitor.core.wire import BatteryLevel, ClockPair, ImuPackets, SensorInfo, Wire
from hipmonitor.core.wire import capture2go_protocol as c2g
from hipmonitor.core.wire.capture2go_protocol import Header, SamplingMode

COMMANDS = {
    Header.GET_DEVICE_INFO: "02 09 6b e6 6e 00 70 00",
    Header.START: "02 3d 7f 65 8c 00 50 01",
    Header.STOP: "02 bf 1d 53 be 00 52 01",
}
SET_MODE = "02 25 b7 fe 3e 1e 20 01" + "00" * 8 + "00 00 02 00 00 00 01 00 00 00 00" + "00" * 8 + "00 00 01"
TURNED, TILTED = "0000 6606 0000", "0000 0000 0008"
PACKED = f"00ca9a3b00000000 {TURNED * 8} {TILTED * 8} 0000080080000008 0000 00"
"""First sample at 1 s; 100 degrees a second about y; 1 g along z; orientation (1, 0, 0, 0)."""
STATUS = "00ca9a3b00000000 02 02 0100 feff 0300 01 d7 5a"
ROUND_TRIP = "0700000000000000 00ca9a3b00000000 10ce9a3b00000000 0000000000000000"


def bytes_of(text: str) -> bytes:
    return bytes.fromhex(text.replace(" ", ""))


def sent(header: int, payload: str, *, real_time: bool = False) -> bytes:
    """A notification with one package."""
    return bytes([0xFE if real_time else 0xFF]) + c2g.encode_package(header, bytes_of(payload))


def note(at: int, channel: str, payload: bytes) -> Notification:
    return Notification(at=HostNs(at), sensor=SensorId("golden"), channel=channel, payload=payload)


@pytest.mark.parametrize("header", COMMANDS)
def test_commands_both_ways(header: Header) -> None:
    assert c2g.encode_package(header) == bytes_of(COMMANDS[header])
    assert c2g.decode_package(bytes_of(COMMANDS[header])) == c2g.Package(header=header)


def test_the_mode_both_ways() -> None:
    mode = c2g.encode_mode(packed=SamplingMode.HZ_100, status_every_s=1)
    assert c2g.encode_package(Header.SET_MODE, mode) == bytes_of(SET_MODE)
    package = c2g.decode_package(bytes_of(SET_MODE))
    assert package is not None
    assert c2g.rate_of_mode(package.payload) == 100.0


def test_a_package_that_was_harmed_is_none() -> None:
    harmed = bytearray(bytes_of(COMMANDS[Header.START]))
    harmed[-1] ^= 1
    assert c2g.decode_package(bytes(harmed)) is None


def test_an_orientation_is_packed_into_eight_bytes() -> None:
    assert c2g.encode_quaternion((0.9, 0.1, -0.3, 0.3)) == 0x0921A149B1BB64E4


def test_a_data_package_has_eight_samples_in_115_bytes() -> None:
    gyr, acc = np.tile(np.int16([0, 1638, 0]), (8, 1)), np.tile(np.int16([0, 0, 2048]), (8, 1))
    encoded = c2g.encode_packed(1_000_000_000, gyr, acc, c2g.encode_quaternion((1.0, 0.0, 0.0, 0.0)), 0)
    assert len(encoded) == 115
    assert encoded == bytes_of(PACKED)
    mode = "00" * 10 + "02" + "00" * 19
    info, packets = Wire().step(
        [
            note(0, "capture2go/tx", sent(Header.MODE, mode)),
            note(1_080_000_000, "capture2go/tx", bytes([0xFF]) + c2g.encode_package(Header.PACKED_100HZ, encoded)),
        ]
    )
    assert isinstance(info, SensorInfo)
    assert (info.rate_hz, info.acc_range_g, info.gyr_range_dps, info.tick_hz) == (100.0, 16.0, 2000.0, 1e6)
    assert info.acc_range_g * 9.80665 / info.acc_counts_at_range == pytest.approx(16 / 32768 * 9.81)
    assert isinstance(packets, ImuPackets)
    assert packets.gyr_counts is not None
    assert packets.acc_counts.tolist() == acc.tolist()
    assert packets.gyr_counts.tolist() == gyr.tolist()
    assert (packets.first_tick.tolist(), packets.count.tolist()) == ([1_000_000], [8])


def test_a_status_tells_the_battery_also_while_it_is_charging() -> None:
    (battery,) = Wire().step([note(5, "capture2go/tx", sent(Header.STATUS, STATUS))])
    assert battery == BatteryLevel(at=HostNs(5), sensor=SensorId("golden"), percent=87)


def test_a_round_trip_tells_the_sensors_clock() -> None:
    asked = c2g.encode_package(Header.ROUND_TRIP, bytes_of("0700000000000000" + "00" * 24))
    (pair,) = Wire().step(
        [
            note(1_000_000_000, "capture2go/rx>", asked),
            note(1_020_000_000, "capture2go/tx", sent(Header.ROUND_TRIP, ROUND_TRIP, real_time=True)),
        ]
    )
    assert isinstance(pair, ClockPair)
    assert (pair.t1, pair.t4, pair.tick_hz) == (1_000_000_000, 1_020_000_000, 1e6)
    assert (pair.ticks_received, pair.ticks_answered) == (1_000_000, 1_000_001)
