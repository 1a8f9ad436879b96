"""The sensor in C beside the simulated sensor: the same samples, links and writes bring the same bytes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from firmware_sim.device import HipDevice, Model
from firmware_sim.ports import LinkDown, LinkUp, MtuChanged, Room, Written
from hipmonitor.core.inbound import Notification, SensorId
from hipmonitor.core.instants import HostNs
from hipmonitor.core.wire import ImuPackets, Wire, WireFault
from hipmonitor.core.wire.hip_protocol import BACKFILL_ARGUMENTS, CONTROL, DATA, INFO, Op, Status, encode_command
from tests.firmware_sim.c_programs import C_COMPILER, SANITISED, Driver, can_sanitise, compile_driver, running
from tests.firmware_sim.device_rig import EXACT, START_NS, IndexSource
from tests.golden.hip_vectors import ANSWERS, COMMANDS, bytes_of

pytestmark = pytest.mark.skipif(not C_COMPILER, reason="no C compiler was found: cc, gcc or clang")
SAMPLE_NS = 10_000_000
RING, SLOW_RING = 300, 75
"""Samples: three seconds in either memory, so that both wrap within a test."""
PLENTY = Room(packets=10_000)
Messages = list[tuple[str, bytes]]


@pytest.fixture(scope="module")
def driver(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Driver]:
    into = tmp_path_factory.mktemp("device")
    with running(compile_driver("device_driver", into, *(SANITISED if can_sanitise(into) else ("-O2",)))) as it:
        yield it


class InC:
    """The C device, fed with the index source's samples."""

    def __init__(self, driver: Driver, *, tag: int, boot_id: int, most_behind: int = 200) -> None:
        self.ask, self._source, self._taken = driver.ask, IndexSource(clip_at=150), 0
        self.ask(f"boot {tag} {boot_id} {RING} {SLOW_RING} {most_behind}")

    def take_until(self, count: int) -> None:
        for index in range(self._taken, count):
            counts = " ".join(map(str, self._source.samples(index, 1)[0]))
            self.ask(f"take {10 * index} {counts}")
        self._taken = max(self._taken, count)

    def write(self, payload: bytes, fresh_tag: int = 7) -> Messages:
        return messages(self.ask(f"write {payload.hex() or '-'} {fresh_tag}"))

    def due(self, *, and_backfill: bool = True, most: int = 10_000) -> Messages:
        return messages(self.ask(f"due {int(and_backfill)} {most}"))

    def info(self) -> bytes:
        return messages(self.ask("info"))[0][1]


def messages(line: str) -> Messages:
    return [(word.partition(":")[0], bytes.fromhex(word.partition(":")[2])) for word in line.split()]


class Pair:
    """Both sensors, through the same life. Their samples are numbered alike from power-on, a stream a boot."""

    def __init__(self, driver: Driver) -> None:
        model = Model(
            crystal=EXACT,
            rates_mhz=(100_000,),
            acc_ranges_g=(8,),
            gyr_ranges_dps=(1000,),
            full_memory_s=RING // 100,
            slow_memory_s=SLOW_RING // 25,
            has_vibration=False,
        )
        self.simulated = HipDevice(IndexSource(clip_at=150), model=model, seed=3)
        self.simulated.update(START_NS, ())
        info = self.simulated.info()
        self.in_c = InC(driver, tag=int.from_bytes(info[2:4], "little"), boot_id=int.from_bytes(info[4:8], "little"))
        self.now_ns = START_NS

    def link(self, mtu: int) -> None:
        self.simulated.update(self.now_ns, (LinkUp(mtu=23), MtuChanged(mtu=mtu)))
        self.in_c.ask(f"link {mtu}")

    def unlink(self) -> None:
        self.simulated.update(self.now_ns, (LinkDown(),))
        self.in_c.ask("unlink")

    def after(self, samples: int, *written: bytes) -> tuple[Messages, Messages]:
        """What both send, that many samples later, when this is written."""
        self.now_ns += samples * SAMPLE_NS
        happened = [Written(channel="control", payload=payload) for payload in written]
        sent = self.simulated.update(self.now_ns, (*happened, PLENTY)).send
        self.in_c.take_until((self.now_ns - START_NS) // SAMPLE_NS + 1)
        answered = [message for payload in written for message in self.in_c.write(payload)]
        return [(message.channel, message.payload) for message in sent], answered + self.in_c.due()


COMMAND = st.one_of(
    st.sampled_from([bytes_of(text) for text in COMMANDS.values() if not text.startswith(("03", "04"))]),
    st.builds(
        lambda kind, first, count: encode_command(Op.BACKFILL, 9, BACKFILL_ARGUMENTS.pack(kind, first, count)),
        st.sampled_from([2, 3, 3, 4]),
        st.integers(0, 200),
        st.one_of(st.integers(0, 400), st.just(2**32 - 1)),
    ),
    st.binary(max_size=12).filter(lambda payload: payload[:1] not in (b"\x03", b"\x04")),
)
STEP = st.tuples(st.integers(0, 120), st.lists(COMMAND, max_size=2))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(mtu=st.sampled_from([23, 31, 100, 247]), steps=st.lists(STEP, min_size=1, max_size=12), cut=st.integers(0, 12))
def test_it_sends_what_the_simulated_sensor_sends(
    driver: Driver, mtu: int, steps: Sequence[tuple[int, list[bytes]]], cut: int
) -> None:
    pair = Pair(driver)
    pair.link(mtu)
    for number, (samples, written) in enumerate(steps):
        if number == cut:
            pair.unlink()
            pair.link(247)
        simulated, in_c = pair.after(samples, *written)
        assert in_c == simulated
        assert pair.in_c.info() == pair.simulated.info()


@pytest.fixture
def sensor(driver: Driver) -> InC:
    """Connected, with a hundred samples taken."""
    it = InC(driver, tag=0x1234, boot_id=1, most_behind=40)
    it.ask("link 247")
    it.take_until(100)
    return it


def test_it_speaks_the_golden_answers(sensor: InC) -> None:
    sensor.ask("link 23")
    assert sensor.write(bytes_of(COMMANDS["START"])) == [("control", bytes_of(ANSWERS["START refused, MTU too small"]))]
    sensor.ask("link 247")
    assert sensor.write(bytes_of(COMMANDS["START"])) == [("control", bytes_of(ANSWERS["START done"]))]
    assert sensor.write(bytes_of(COMMANDS["SET_RATE"])) == [
        ("control", bytes_of(ANSWERS["SET_RATE refused while streaming"]))
    ]
    assert sensor.write(b"\x20\x09") == [("control", bytes_of(ANSWERS["an unknown command refused"]))]


def test_what_it_sends_is_what_the_host_reads(sensor: InC) -> None:
    sensor.write(bytes_of(COMMANDS["START"]))
    sensor.take_until(140)
    notes = [("info", sensor.info()), *sensor.due()]
    decoded = Wire().step(
        [
            Notification(
                at=HostNs(0),
                sensor=SensorId("c"),
                channel={"info": INFO, "data": DATA}.get(name, CONTROL),
                payload=payload,
            )
            for name, payload in notes
        ]
    )
    packets = decoded[1]
    assert isinstance(packets, ImuPackets)
    assert not [fault for fault in decoded if isinstance(fault, WireFault)]
    expected = IndexSource().samples(100, 40)
    assert packets.gyr_counts is not None
    assert np.array_equal(np.hstack([packets.acc_counts, packets.gyr_counts]), expected)
    assert packets.first_tick.tolist() == [10 * index for index in range(100, 140, 8)]


def test_the_one_rate_it_has_begins_a_new_stream_and_others_are_not_possible(sensor: InC) -> None:
    assert sensor.write(bytes_of(COMMANDS["SET_RATE"])) == [("control", b"\x83\x03\x03")]
    assert sensor.write(bytes_of(COMMANDS["SET_RANGES"])) == [("control", b"\x84\x04\x03")]
    assert sensor.write(encode_command(Op.SET_RATE, 8, (100_000).to_bytes(4, "little")), fresh_tag=0) == [
        ("control", b"\x83\x08\x00")
    ]
    assert sensor.info()[2:4] == b"\x35\x12"  # neither 0 nor the old one
    sensor.write(encode_command(Op.BACKFILL, 9, BACKFILL_ARGUMENTS.pack(2, 0, 100)))
    assert sensor.due() == [("control", bytes.fromhex("f0 09 02 00000000 00000000"))]  # memory is empty


def test_live_data_that_come_too_late_are_dropped_counted_and_flagged(sensor: InC) -> None:
    sensor.write(bytes_of(COMMANDS["START"]))
    sensor.take_until(164)  # 64 behind, 40 are allowed: three packets of 8 are dropped
    packets = [payload for _, payload in sensor.due()]
    sequence = [int.from_bytes(payload[2:4], "little") for payload in packets]
    status = [int.from_bytes(payload[6:8], "little") for payload in packets]
    first = [int.from_bytes(payload[8:12], "little") for payload in packets]
    assert sequence == [3, 4, 5, 6, 7]
    assert first == [124, 132, 140, 148, 156]
    assert [value & Status.LIVE_DROPPED for value in status] == [Status.LIVE_DROPPED, 0, 0, 0, 0]


def test_live_data_go_before_a_backfill_and_without_room_the_backfill_waits(sensor: InC) -> None:
    sensor.write(bytes_of(COMMANDS["START"]))
    sensor.write(encode_command(Op.BACKFILL, 9, BACKFILL_ARGUMENTS.pack(2, 0, 100)))
    assert [payload[0] for _, payload in sensor.due(most=2)] == [2, 2]
    sensor.take_until(108)
    assert [payload[0] for _, payload in sensor.due(and_backfill=False)] == [1]
    sensor.take_until(116)
    assert [payload[0] for _, payload in sensor.due(most=2)] == [1, 2]


@pytest.mark.parametrize("ending", ["STOP", "CANCEL_BACKFILL"])
def test_a_backfill_that_is_ended_ends_without_a_word(sensor: InC, ending: str) -> None:
    sensor.write(encode_command(Op.BACKFILL, 9, BACKFILL_ARGUMENTS.pack(2, 0, 100)))
    assert sensor.due(most=1)
    sensor.write(bytes_of(COMMANDS[ending]))
    assert sensor.due() == []


def test_an_empty_battery_is_told_in_every_packet(sensor: InC) -> None:
    sensor.write(bytes_of(COMMANDS["START"]))
    sensor.take_until(108)
    sensor.ask("battery 1")
    ((_, packet),) = sensor.due()
    assert int.from_bytes(packet[6:8], "little") == Status.BATTERY_LOW


def test_without_a_host_nothing_is_answered_or_sent(sensor: InC) -> None:
    sensor.write(bytes_of(COMMANDS["START"]))
    sensor.ask("unlink")
    sensor.take_until(200)
    assert sensor.write(bytes_of(COMMANDS["STOP"])) == []
    assert sensor.due() == []


def test_a_host_that_comes_back_finds_nothing_running(sensor: InC) -> None:
    sensor.write(bytes_of(COMMANDS["START"]))
    sensor.write(encode_command(Op.BACKFILL, 9, BACKFILL_ARGUMENTS.pack(2, 0, 100)))
    sensor.ask("unlink")
    sensor.ask("link 247")
    sensor.take_until(200)
    assert sensor.due() == []
    assert sensor.info()[31] == 0
