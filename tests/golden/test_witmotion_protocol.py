"""Golden byte vectors of the WitMotion WT901BLE family, as its data sheet and SDKs have them; both directions."""

from __future__ import annotations

import numpy as np
import pytest

from firmware_sim.device import WitmotionDevice, WitmotionModel
from firmware_sim.ports import LinkUp, Room, Subscribed, Written
from hipmonitor.core.inbound import Notification, SensorId
from hipmonitor.core.instants import HostNs
from hipmonitor.core.wire import BatteryLevel, ImuPackets, SensorInfo, Wire
from hipmonitor.core.wire import witmotion_protocol as wit
from hipmonitor.core.wire.witmotion_protocol import Register, Reply
from tests.firmware_sim.device_rig import IndexSource

FRAME = "55 61 00 00 00 00 00 08 00 00 66 06 00 00 1c 07 72 fc 00 40"
"""Acceleration (0, 0, 1 g), rates (0, 100, 0) deg/s, angles (10, -5, 90) deg."""
STAMP = "18 0b 16 0f 20 0a fa 00"
"""2024-11-22 15:32:10.250."""
NUMBERS = np.array([0, 0, 2048, 0, 1638, 0, 1820, -910, 16384], np.int16)
READ_BATTERY = "ff aa 27 64 00"
BATTERY_IS_3_95_V = "55 71 64 00 8b 01 00 00 00 00 00 00 00 00 00 00 00 00 00 00"
MAGNETIC_FIELD = "55 71 3A 00 68 01 69 00 7A 00 00 00 00 00 00 00 00 00 00 00"
RATE_IS_100_HZ = "55 71 03 00 09 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00"
LEVELS = (
    "397:100 396:90 393:90 392:75 387:75 386:60 382:60 381:50 379:50 378:40 377:40 "
    "376:30 373:30 372:20 370:20 369:15 368:15 367:10 350:10 349:5 340:5 339:0"
)
"""Hundredths of a volt, percent: both ends of every step."""
WRITTEN = {
    "unlock": (wit.UNLOCK, "ff aa 69 88 b5"),
    "keep": (wit.KEEP, "ff aa 00 00 00"),
    "100 Hz": (wit.write_register(Register.RATE, 9), "ff aa 03 09 00"),
    "50 Hz": (wit.write_register(Register.RATE, 8), "ff aa 03 08 00"),
    "six axes": (wit.write_register(Register.ALGORITHM, wit.SIX_AXIS), "ff aa 24 01 00"),
    "read the battery": (wit.read_register(Register.BATTERY), READ_BATTERY),
}


def bytes_of(text: str) -> bytes:
    return bytes.fromhex(text.replace(" ", ""))


def note(channel: str, text: str) -> Notification:
    return Notification(at=HostNs(0), sensor=SensorId("golden"), channel=channel, payload=bytes_of(text))


@pytest.mark.parametrize("what", WRITTEN)
def test_what_the_host_writes(what: str) -> None:
    written, expected = WRITTEN[what]
    assert written == bytes_of(expected)


@pytest.mark.parametrize("stamp", ["", STAMP])
def test_a_data_frame_both_ways(stamp: str) -> None:
    calendar = (2024, 11, 22, 15, 32, 10, 250) if stamp else None
    assert wit.encode_frame(NUMBERS, calendar) == bytes_of(FRAME + stamp)
    told = Wire().step([note(wit.DATA, text) for text in (RATE_IS_100_HZ, FRAME + stamp, FRAME + stamp)])
    info, *packets = told
    assert isinstance(info, SensorInfo)
    assert (info.rate_hz, info.tick_hz, info.acc_range_g, info.gyr_range_dps) == (100.0, 0.0, 16.0, 2000.0)
    first = packets[0]
    assert isinstance(first, ImuPackets)
    assert first.gyr_counts is not None
    acc_g = first.acc_counts[0] * (info.acc_range_g / info.acc_counts_at_range)
    gyr_dps = first.gyr_counts[0] * (info.gyr_range_dps / info.gyr_counts_at_range)
    assert acc_g.tolist() == [0, 0, 1]
    assert gyr_dps == pytest.approx([0, 100, 0], abs=0.04)


def test_a_register_reply_both_ways() -> None:
    reply = Reply(register=Register.BATTERY, values=(395, 0, 0, 0, 0, 0, 0, 0))
    assert wit.encode_reply(reply) == bytes_of(BATTERY_IS_3_95_V)
    assert wit.decode_reply(bytes_of(BATTERY_IS_3_95_V)) == reply
    assert wit.decode_reply(bytes_of(MAGNETIC_FIELD)).values[:3] == (360, 105, 122)
    assert Wire().step([note(wit.DATA, BATTERY_IS_3_95_V)]) == (
        BatteryLevel(at=HostNs(0), sensor=SensorId("golden"), percent=90),
    )


@pytest.mark.parametrize("step", LEVELS.split())
def test_the_battery_table(step: str) -> None:
    volts_x100, percent = map(int, step.split(":"))
    assert wit.battery_percent(volts_x100) == percent


def test_the_simulated_sensor_speaks_these_bytes() -> None:
    device = WitmotionDevice(IndexSource(), model=WitmotionModel(battery_start_percent=100 * 55 / 75))
    device.update(0, ())
    heard = device.update(
        1, [LinkUp(mtu=23), Subscribed(channel="data"), Written(channel="command", payload=bytes_of(READ_BATTERY))]
    )
    answered = device.update(2, [Room(packets=9)])
    assert heard.send == ()
    assert [sent.payload for sent in answered.send] == [bytes_of(BATTERY_IS_3_95_V)]
