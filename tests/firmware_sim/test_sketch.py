"""The sketch for an nRF52840 board: type-checked against its core and libraries, and run on a board that is only memory."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from hipmonitor.core.inbound import Notification, SensorId
from hipmonitor.core.instants import HostNs
from hipmonitor.core.wire import ImuPackets, SensorInfo, Wire
from hipmonitor.core.wire.hip_protocol import (
    BACKFILL_ARGUMENTS,
    DATA,
    INFO,
    SYNC_ANSWER,
    InfoFlag,
    Op,
    Status,
    decode_info,
    encode_command,
)
from tests.firmware_sim.c_programs import (
    C_COMPILER,
    CXX_COMPILER,
    HERE,
    SANITISED,
    SOURCES,
    Driver,
    can_sanitise,
    run_compiler,
    running,
)
from tests.golden.hip_vectors import ANSWERS, COMMANDS, bytes_of

SKETCH = SOURCES / "hip_sensor.ino"
STUBS = HERE / "arduino_stubs"
WARNINGS = ("-Wall", "-Wextra", "-Werror", f"-I{STUBS}", f"-I{SOURCES}")
AS_THE_CORE_COMPILES = ("-std=gnu++11", "-fno-rtti", "-fno-exceptions", "-fno-threadsafe-statics")
RAM_BYTES = 237_568
"""What the core's board file allows a sketch on this board (upload.maximum_data_size)."""
LEFT_FOR_OTHERS_BYTES = 60_000
TICKS_PER_SAMPLE = 315
OUT_OF_RANGE = -32_768
needs_compilers = pytest.mark.skipif(
    not (C_COMPILER and CXX_COMPILER), reason="no C and C++ compilers were found: cc and c++, gcc and g++, or clang"
)


def number(name: str) -> int:
    found = re.search(rf"\b{name} = (\d+)", SKETCH.read_text(encoding="utf-8"))
    assert found
    return int(found.group(1))


@needs_compilers
def test_it_compiles_against_the_signatures_of_its_core_and_libraries() -> None:
    run_compiler(CXX_COMPILER, *AS_THE_CORE_COMPILES, *WARNINGS, "-fsyntax-only", "-x", "c++", str(SKETCH))


def test_it_says_that_it_was_not_run_on_hardware_here() -> None:
    assert "NOT RUN ON HARDWARE HERE" in SKETCH.read_text(encoding="utf-8").partition("*/")[0]


def test_its_memories_leave_room_for_radio_and_tasks() -> None:
    full, slow = 16 * number("RING_SAMPLES"), 12 * number("SLOW_RING_SAMPLES")
    assert full + slow <= RAM_BYTES - LEFT_FOR_OTHERS_BYTES


def test_its_ranges_are_those_of_the_imus_counts() -> None:
    """LSM6DS3TR-C: 0.244 mg and 35 mdps a count at ±8 g and ±1000 °/s; a count is range / 32768 in the protocol."""
    assert number("ACC_RANGE_G") / 32_768 == pytest.approx(0.244e-3, rel=2e-3)
    assert number("GYR_RANGE_DPS") / 32_768 == pytest.approx(35e-3, rel=2e-4)


# -- on a board in memory ----------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    into = tmp_path_factory.mktemp("board")
    sanitised = SANITISED if can_sanitise(into) else ()
    parts = [str(into / f"{name}.o") for name in ("hip_codec", "hip_device")]
    for name, part in zip(("hip_codec", "hip_device"), parts, strict=True):
        run_compiler(C_COMPILER, "-std=c99", *sanitised, "-c", str(SOURCES / f"{name}.c"), "-o", part)
    board = str(HERE / "c" / "board.cpp")
    run_compiler(CXX_COMPILER, "-std=gnu++11", *WARNINGS, *sanitised, board, *parts, "-o", str(into / "board"))
    return into / "board"


class Board:
    """The sketch after setup(), with a host that asked for an MTU of 247."""

    def __init__(self, driver: Driver) -> None:
        self._ask, self.samples = driver.ask, 0
        self._ask("connect 247")
        self.loop()  # tells the battery, once a minute
        self._ask("sent 1")

    def loop(self) -> list[tuple[str, bytes]]:
        words = [word.partition(":") for word in self._ask("loop").split()]
        return [(channel, bytes.fromhex(payload)) for channel, _, payload in words if channel != "battery"]

    def command(self, payload: bytes) -> list[tuple[str, bytes]]:
        self._ask(f"command {payload.hex()}")
        return self.loop()

    def edge(self, counter: int, *counts: int, edges: int = 1) -> None:
        self._ask(f"edge {counter} {edges} {' '.join(map(str, counts))}")

    def sample_on(self, count: int) -> None:
        """Samples k, -k, 1, 2, k, -k at their regular ticks."""
        for k in range(self.samples, self.samples + count):
            self.edge(k * TICKS_PER_SAMPLE, k, -k, 1, 2, k, -k)
        self.samples += count

    def info(self) -> bytes:
        return bytes.fromhex(self._ask("info").strip().partition(":")[2])

    def tell(self, line: str) -> None:
        self._ask(line)

    def decoded(self, messages: list[tuple[str, bytes]]) -> tuple[SensorInfo, ImuPackets]:
        """As the host reads them."""
        channels = [(INFO, self.info()), *((DATA, payload) for channel, payload in messages if channel == "data")]
        notes = [
            Notification(at=HostNs(0), sensor=SensorId("board"), channel=channel, payload=payload)
            for channel, payload in channels
        ]
        info, packets = Wire().step(notes)
        assert isinstance(info, SensorInfo)
        assert isinstance(packets, ImuPackets)
        return info, packets


@pytest.fixture
def board(program: Path) -> Iterator[Board]:
    with running(program) as driver:
        yield Board(driver)


@needs_compilers
def test_the_host_reads_the_samples_of_the_imu_with_the_ticks_of_their_edges(board: Board) -> None:
    assert board.command(bytes_of(COMMANDS["START"])) == [("control", bytes_of(ANSWERS["START done"]))]
    board.sample_on(16)
    info, packets = board.decoded(board.loop())
    k = np.arange(16)
    assert (info.rate_hz, info.tick_hz, info.most_samples, info.slow_rate_hz) == (104.0, 32_768.0, 19, 26.0)
    assert packets.gyr_counts is not None
    assert np.array_equal(packets.acc_counts, np.stack([k, -k, k * 0 + 1], axis=1))
    assert np.array_equal(packets.gyr_counts, np.stack([k * 0 + 2, k, -k], axis=1))
    assert packets.first_tick.tolist() == [0, 8 * TICKS_PER_SAMPLE]


@needs_compilers
def test_ticks_go_on_where_the_24_bits_of_the_counter_end(board: Board) -> None:
    board.command(bytes_of(COMMANDS["START"]))
    for at in range(8):
        board.edge((2**24 - 2 * TICKS_PER_SAMPLE + at * TICKS_PER_SAMPLE) % 2**24, 1, 2, 3, 4, 5, 6)
    for at in range(8):
        board.edge((6 + at) * TICKS_PER_SAMPLE, 1, 2, 3, 4, 5, 6)
    _, packets = board.decoded(board.loop())
    assert packets.first_tick.tolist() == [2**24 - 2 * TICKS_PER_SAMPLE, 2**24 + 6 * TICKS_PER_SAMPLE]


@needs_compilers
def test_samples_that_could_not_be_read_in_time_keep_their_place_as_out_of_range(board: Board) -> None:
    board.command(bytes_of(COMMANDS["START"]))
    board.sample_on(5)
    board.edge(7 * TICKS_PER_SAMPLE, 9, 9, 9, 9, 9, 9, edges=3)
    _, packets = board.decoded(board.loop())
    assert packets.acc_counts[:, 0].tolist() == [0, 1, 2, 3, 4, OUT_OF_RANGE, OUT_OF_RANGE, 9]
    assert packets.status.tolist() == [Status.ACC_CLIPPED | Status.GYR_CLIPPED]
    memory_sent = board.command(encode_command(Op.BACKFILL, 3, BACKFILL_ARGUMENTS.pack(2, 6, 1)))
    _, memory = board.decoded(memory_sent)  # its tick is reckoned from the edge that was seen
    assert memory.first_tick.tolist() == [6 * TICKS_PER_SAMPLE]


@needs_compilers
def test_a_question_about_the_clock_is_stamped_when_it_arrives(board: Board) -> None:
    board.tell("ask 1000 04030201")
    board.edge(1600, 0, 0, 0, 0, 0, 0)
    ((channel, answer),) = board.loop()
    assert channel == "sync"
    assert SYNC_ANSWER.unpack(answer) == (0x01020304, 1000, 1600)


@needs_compilers
def test_a_backfill_takes_half_of_the_buffers_and_waits_for_them(board: Board) -> None:
    board.sample_on(400)
    answered, *first = board.command(encode_command(Op.BACKFILL, 5, BACKFILL_ARGUMENTS.pack(2, 0, 400)))
    assert answered == ("control", bytes_of("85 05 00"))
    assert len(first) == 4
    assert board.loop() == []
    board.tell("sent 2")
    assert len(board.loop()) == 2
    board.command(bytes_of(COMMANDS["START"]))
    board.sample_on(32)
    assert [payload[0] for _, payload in board.loop()] == [1, 1, 1, 1]  # live may fill the other half
    board.sample_on(8)
    assert board.loop() == []


@needs_compilers
def test_the_end_of_a_backfill_is_indicated(board: Board) -> None:
    board.sample_on(40)
    messages = board.command(encode_command(Op.BACKFILL, 5, BACKFILL_ARGUMENTS.pack(2, 0, 40)))
    assert messages[-1] == ("control", bytes_of("f0 05 02 00000000 28000000"))
    assert [payload[1] for channel, payload in messages if channel == "data"] == [19, 19, 2]


@needs_compilers
def test_what_is_no_command_is_refused(board: Board) -> None:
    assert board.command(b"\x01\x01" + bytes(40)) == [("control", b"\x81\x01\x02")]
    assert board.command(b"\x20\x09") == [("control", bytes_of(ANSWERS["an unknown command refused"]))]
    board.tell("connect 23")
    board.loop()
    assert board.command(bytes_of(COMMANDS["START"])) == [
        ("control", bytes_of(ANSWERS["START refused, MTU too small"]))
    ]


@needs_compilers
def test_a_link_that_ends_ends_streaming_and_leaves_no_buffer_taken(board: Board) -> None:
    board.command(bytes_of(COMMANDS["START"]))
    board.sample_on(64)
    assert len(board.loop()) == 8  # every buffer is waiting
    board.tell("disconnect")
    board.tell("connect 247")
    board.sample_on(8)
    assert board.loop() == []
    info = decode_info(board.info())
    assert info is not None
    assert not info.flags & InfoFlag.STREAMING
    board.command(bytes_of(COMMANDS["START"]))
    board.sample_on(64)
    assert len(board.loop()) == 8
