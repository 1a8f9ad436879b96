"""Golden byte vectors of Polar's measurement data service: the maker's document and unit tests, not computed by this codec."""

from __future__ import annotations

import numpy as np
import pytest

from hipmonitor.core.inbound import Notification, SensorId
from hipmonitor.core.instants import HostNs
from hipmonitor.core.wire import ImuPackets, SensorInfo, Wire
from hipmonitor.core.wire import verity_protocol as pmd
from hipmonitor.core.wire.verity_dialogue import choice
from hipmonitor.core.wire.verity_frames import delta_samples, raw_samples
from hipmonitor.core.wire.verity_protocol import Feature, Kind, Op, Setting, Status

GYRO_SETTINGS = "00 01 3400 01 01 1000 02 04 f500 f401 e803 d007 04 01 03"
GYRO_START = "02 05 00 01 34 00 01 01 10 00 02 01 d0 07 04 01 03"
ACC_START = "02 02 00 01 34 00 01 01 10 00 02 01 08 00 04 01 03"
H10_ACC_START = "02 02 00 01 64 00 01 01 10 00 02 01 08 00"
GYRO_STOP = "03 05"
ACC_STARTED = "f0 02 02 00 00 05 01 00 00 80 3f"
DELTAS = "ea ff 08 00 0d 00 03 02 df e6 03"
DELTAS_OF_ONE = "ea ff 08 00 0d 00 03 01 df 00"
GYRO_FRAME = f"05 00 84 5e 26 28 05 e7 0a 80 {DELTAS}"
RAW_ACC_FRAME = "02 00 84 5e 26 28 05 e7 0a 01 00 00 00 00 e8 03 05 00 fb ff e9 03"
STAMPED_NS = (1_732_287_130 - 946_684_800) * 1_000_000_000
"""2024-11-22T14:52:10Z since 2000-01-01."""
TURNED = [[-22, 8, 13], [-23, 11, 16], [-20, 9, 15]]


def bytes_of(text: str) -> bytes:
    return bytes.fromhex(text.replace(" ", ""))


def test_the_settings_that_a_verity_offers_both_ways() -> None:
    offered = {
        Setting.RATE_HZ: (52,),
        Setting.RESOLUTION_BITS: (16,),
        Setting.RANGE: (245, 500, 1000, 2000),
        Setting.CHANNELS: (3,),
    }
    assert pmd.decode_settings(bytes_of(GYRO_SETTINGS)) == offered
    assert pmd.encode_settings(offered) == bytes_of(GYRO_SETTINGS)


@pytest.mark.parametrize(
    ("kind", "settings", "written"),
    [
        (Kind.GYRO, {0: (52,), 1: (16,), 2: (2000,), 4: (3,)}, GYRO_START),
        (Kind.ACC, {0: (52,), 1: (16,), 2: (8,), 4: (3,)}, ACC_START),
        (Kind.ACC, {0: (100,), 1: (16,), 2: (8,)}, H10_ACC_START),
    ],
    ids=["Verity gyroscope", "Verity accelerometer", "H10 accelerometer"],
)
def test_a_start_both_ways(kind: Kind, settings: dict[Setting, tuple[int, ...]], written: str) -> None:
    assert pmd.encode_command(Op.START, kind, {Setting(k): v for k, v in settings.items()}) == bytes_of(written)
    command = pmd.decode_command(bytes_of(written))
    assert command == pmd.Command(op=Op.START, kind=kind, settings=settings)


def test_what_is_chosen_of_the_offer_is_the_makers_own_example() -> None:
    offered = pmd.decode_settings(bytes_of(GYRO_SETTINGS))
    assert offered is not None
    assert pmd.encode_command(Op.START, Kind.GYRO, choice(offered)) == bytes_of(GYRO_START)


def test_a_stop_both_ways() -> None:
    assert pmd.encode_command(Op.STOP, Kind.GYRO) == bytes_of(GYRO_STOP)
    assert pmd.decode_command(bytes_of(GYRO_STOP)) == pmd.Command(op=Op.STOP, kind=Kind.GYRO, settings={})


def test_the_answer_to_a_start_both_ways() -> None:
    answer = pmd.Response(op=Op.START, kind=Kind.ACC, status=Status.DONE, settings={Setting.FACTOR: (1.0,)})
    assert pmd.decode_response(bytes_of(ACC_STARTED)) == answer
    assert pmd.encode_response(Op.START, Kind.ACC, Status.DONE, {Setting.FACTOR: (1.0,)}) == bytes_of(ACC_STARTED)


def test_a_refusal_both_ways() -> None:
    assert pmd.encode_response(Op.START, Kind.ACC, Status.INVALID_MTU) == bytes_of("f0 02 02 0a")
    answer = pmd.decode_response(bytes_of("f0 02 02 0a"))
    assert answer == pmd.Response(op=Op.START, kind=Kind.ACC, status=Status.INVALID_MTU, settings={})


def test_features_both_ways() -> None:
    features = Feature.PPG | Feature.ACC | Feature.PPI | Feature.GYRO | Feature.MAG
    assert pmd.encode_features(features) == bytes_of("0f 6e 00")
    assert pmd.decode_features(bytes_of("0f 6e 02")) == features


def test_deltas_become_samples() -> None:
    two, three = delta_samples([bytes_of(DELTAS_OF_ONE), bytes_of(DELTAS)])
    assert two is not None
    assert three is not None
    assert two.tolist() == TURNED[:2]
    assert three.tolist() == TURNED


@pytest.mark.parametrize(
    ("subtype", "payload", "samples"),
    [
        (0, "00 7f 80", [[0, 127, -128]]),
        (1, "00 00 00 00 e8 03 05 00 fb ff e9 03", [[0, 0, 1000], [5, -5, 1001]]),
        (2, "01 00 00 ff ff ff 00 00 80", [[1, -1, -8_388_608]]),
    ],
)
def test_raw_payloads_become_samples(subtype: int, payload: str, samples: list[list[int]]) -> None:
    read = raw_samples(bytes_of(payload), subtype)
    assert read is not None
    assert read.tolist() == samples


def test_a_frame_is_its_head_and_its_payload() -> None:
    assert pmd.encode_frame(Kind.GYRO, STAMPED_NS, 0x80, bytes_of(DELTAS)) == bytes_of(GYRO_FRAME)
    assert pmd.encode_frame(Kind.ACC, STAMPED_NS, 1, bytes_of(RAW_ACC_FRAME)[10:]) == bytes_of(RAW_ACC_FRAME)


def test_frames_become_packets_scaled_by_what_was_asked_and_answered() -> None:
    talk = [
        ("verity/control>", GYRO_START),
        ("verity/control", "f0 02 05 00 00 05 01 00 00 00 3f"),
        ("verity/control>", ACC_START),
        ("verity/control", ACC_STARTED),
        ("verity/data", GYRO_FRAME),
        ("verity/data", RAW_ACC_FRAME),
        ("verity/data", pmd.encode_frame(Kind.GYRO, STAMPED_NS + 57_692_308, 0x80, bytes_of(DELTAS)).hex()),
        ("verity/data", pmd.encode_frame(Kind.ACC, STAMPED_NS + 38_461_538, 1, bytes_of(RAW_ACC_FRAME)[10:]).hex()),
    ]
    info, packets = Wire().step(
        [
            Notification(at=HostNs(0), sensor=SensorId("golden"), channel=channel, payload=bytes_of(text))
            for channel, text in talk
        ]
    )
    assert isinstance(info, SensorInfo)
    assert (info.rate_hz, info.acc_range_g, info.gyr_range_dps, info.tick_hz) == (52.0, 8.0, 2000.0, 1e6)
    assert (info.acc_counts_at_range, info.gyr_counts_at_range) == (8000.0, 2000.0)
    assert isinstance(packets, ImuPackets)
    assert packets.gyr_counts is not None
    assert packets.acc_counts.tolist() == [[0, 0, 1000], [5, -5, 1001]] * 2
    assert np.allclose(packets.gyr_counts[:2], np.array(TURNED[1:]) / 2, atol=1e-5)
    assert packets.first_tick[:1].tolist() == [(STAMPED_NS // 1000 - 1_000_000 // 52 - 1) % (1 << 32)]
