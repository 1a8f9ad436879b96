"""Golden byte vectors of the Movella DOT, from its services specification; both directions."""

from __future__ import annotations

import numpy as np
import pytest

from firmware_sim.device import DotDevice
from firmware_sim.ports import LinkUp, Subscribed, Written
from hipmonitor.core.inbound import Notification, SensorId
from hipmonitor.core.instants import HostNs
from hipmonitor.core.wire import BatteryLevel, ImuPackets, SensorInfo, Wire
from hipmonitor.core.wire import dot_protocol as dot
from hipmonitor.core.wire.dot_protocol import Mode, Report
from tests.firmware_sim.device_rig import IndexSource

STAMP, ACC, GYR = "40420f00", "00000000 00000000 c3f51c41", "00000000 0000c842 00000000"
"""One second; (0, 0, 9.81) m/s²; (0, 100, 0) deg/s."""
RATE = f"{STAMP} {ACC} {GYR}" + "00" * 12
QUATERNION = f"{STAMP} 0000003f 0000003f 0000003f 0000003f"
EVERYTHING = f"{STAMP} 0000803f 00000000 00000000 00000000 {ACC} {GYR}" + "00" * 19
START, STOP = "01 01 15", "01 00 15"
CONTROL_60_HZ = "10" + "00" * 23 + "3c 00" + "00" * 6
MESSAGES = {
    "recording state": (1, "02", "01 01 02 fc"),
    "stop recording": (1, "41", "01 01 41 bd"),
    "first file's information": (1, "60 01", "01 02 60 01 9c"),
    "record (the document's example, with a date that makes it add up)": (1, "40 df 50 3b 5f 08 07", "01 07 40 df 50 3b 5f 08 07 e0"),
    "start synchronising": (2, "01 3d 69 f1 6e ca d4", "02 07 01 3d 69 f1 6e ca d4 53"),
    "stop synchronising": (2, "02", "02 01 02 fb"),
    "synchronised?": (2, "08", "02 01 08 f5"),
}  # fmt: skip


def bytes_of(text: str) -> bytes:
    return bytes.fromhex(text.replace(" ", ""))


def note(channel: str, text: str) -> Notification:
    return Notification(at=HostNs(0), sensor=SensorId("golden"), channel=channel, payload=bytes_of(text))


def test_start_stop_and_rate() -> None:
    assert dot.encode_start(Mode.RATE) == bytes_of(START)
    assert dot.encode_start(Mode.RATE, start=False) == bytes_of(STOP)
    assert dot.encode_rate(60) == bytes_of(CONTROL_60_HZ)
    assert dot.decode_rate(bytes_of(CONTROL_60_HZ)) == 60


@pytest.mark.parametrize("what", MESSAGES)
def test_messages_add_up_to_nothing(what: str) -> None:
    group, content, message = MESSAGES[what]
    assert dot.encode_message(group, bytes_of(content)) == bytes_of(message)
    assert sum(bytes_of(message)) % 256 == 0


def test_samples_are_encoded_and_padded() -> None:
    acc, gyr = (0.0, 0.0, 9.81), (0.0, 100.0, 0.0)
    assert dot.encode_sample(Mode.RATE, 1_000_000, acc, gyr) == bytes_of(RATE)
    assert dot.encode_sample(Mode.QUATERNION, 1_000_000, (0.5,) * 4) == bytes_of(QUATERNION)
    assert dot.encode_sample(Mode.EVERYTHING, 1_000_000, (1.0, 0.0, 0.0, 0.0), acc, gyr) == bytes_of(EVERYTHING)


@pytest.mark.parametrize(("started", "sample"), [(START, RATE), ("01 01 1a", EVERYTHING)])
def test_what_was_measured_is_decoded(started: str, sample: str) -> None:
    info, packets = Wire().step(
        [note(dot.CONTROL, CONTROL_60_HZ), note(dot.START_WRITTEN, started), note(dot.DATA, sample)]
    )
    assert isinstance(info, SensorInfo)
    assert (info.rate_hz, info.tick_hz) == (60.0, 1e6)
    assert isinstance(packets, ImuPackets)
    assert packets.gyr_counts is not None
    assert packets.first_tick.tolist() == [1_000_000]
    g = info.acc_range_g / info.acc_counts_at_range
    assert packets.acc_counts[0] * g * 9.80665 == pytest.approx([0, 0, 9.81])
    assert packets.gyr_counts[0] * (info.gyr_range_dps / info.gyr_counts_at_range) == pytest.approx([0, 100, 0])
    assert packets.acc_counts.dtype == np.float32


def test_the_battery_is_percent_and_whether_it_charges() -> None:
    assert Wire().step([note(dot.BATTERY, "5f 01")]) == (
        BatteryLevel(at=HostNs(0), sensor=SensorId("golden"), percent=95),
    )


def test_a_report_tells_the_sensors_time() -> None:
    assert dot.encode_report(Report.POWER_SAVING, 1000) == bytes_of("04 04 e8 03 00 00" + "00" * 30)


def test_the_simulated_sensor_speaks_these_bytes() -> None:
    device = DotDevice(IndexSource())
    device.update(0, ())
    device.update(1, [LinkUp(mtu=247), Written(channel="control", payload=bytes_of(CONTROL_60_HZ))])
    assert dot.decode_rate(device.read("control")) == 60
    device.update(2, [Subscribed(channel="data"), Written(channel="start", payload=bytes_of(START))])
    assert device.read("start") == bytes_of(START)
