"""The protocol's C codec: the golden vectors, the host's codec in random round trips, and bytes that are nonsense."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import astuple
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from firmware_sim.device.commands import Command, Refusal, read_command
from hipmonitor.core.inbound import Notification, SensorId
from hipmonitor.core.instants import HostNs
from hipmonitor.core.wire import ImuPackets, Wire, WireFault
from hipmonitor.core.wire import hip_protocol as hip
from tests.firmware_sim.c_programs import (
    C_COMPILER,
    REFUSED,
    SANITISED,
    SOURCES,
    STRICT,
    CCodec,
    answers,
    can_sanitise,
    compile_driver,
    decode_line,
    run_compiler,
    running,
)
from tests.golden import hip_vectors as golden
from tests.golden.hip_vectors import bytes_of

pytestmark = pytest.mark.skipif(not C_COMPILER, reason="no C compiler was found: cc, gcc or clang")
U8, U16, U32 = (st.integers(0, 2**bits - 1) for bits in (8, 16, 32))
I16 = st.integers(-(2**15), 2**15 - 1)
MANY = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
KINDS = list(hip.Kind)
DECODERS = ("info", "data", "command", "ack", "done", "ask", "answer")
COMMAND_NUMBERS = {  # op, request, rate, two ranges, kind, first, count, pattern, strength
    "START": (1, 1, 0, 0, 0, 0, 0, 0, 0, 0),
    "STOP": (2, 2, 0, 0, 0, 0, 0, 0, 0, 0),
    "SET_RATE": (3, 3, 50_000, 0, 0, 0, 0, 0, 0, 0),
    "SET_RANGES": (4, 4, 0, 16, 2000, 0, 0, 0, 0, 0),
    "BACKFILL": (5, 5, 0, 0, 0, 2, 1000, 250, 0, 0),
    "CANCEL_BACKFILL": (6, 6, 0, 0, 0, 0, 0, 0, 0, 0),
    "VIBRATE": (7, 7, 0, 0, 0, 0, 0, 0, 1, 50),
}


@pytest.fixture(scope="module", params=["plain", "sanitised"])
def program(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    into = tmp_path_factory.mktemp("codec")
    if request.param == "plain":
        return compile_driver("codec_driver", into, "-O2")
    if not can_sanitise(into):
        pytest.skip("the C compiler has no address and undefined-behaviour sanitisers")
    return compile_driver("codec_driver", into, *SANITISED)


@pytest.fixture(scope="module")
def codec(program: Path) -> Iterator[CCodec]:
    with running(program) as driver:
        yield CCodec(driver=driver)


def numbers_of(info: hip.Info) -> list[int]:
    *fields, version = astuple(info)
    return [*version, *fields]


# -- golden ------------------------------------------------------------------------------------------------------------


def test_info_both_ways(codec: CCodec) -> None:
    assert codec.encode("info", numbers_of(golden.FACTS)) == bytes_of(golden.INFO)
    assert codec.decode("info", bytes_of(golden.INFO)) == numbers_of(golden.FACTS)
    assert codec.decode("info", bytes_of(golden.INFO) + b"\x01\x02") == numbers_of(golden.FACTS)
    assert codec.decode("info", b"\x02" + bytes_of(golden.INFO)[1:]) is None  # another major


@pytest.mark.parametrize(
    ("vector", "header", "clipping", "counts"),
    [
        (golden.LIVE, [1, 2, 0x0102, 0x1234, 0x0A, 0x00010203, 0xFFFFFFF0], 2, golden.LIVE_COUNTS),
        (golden.SLOW, [3, 1, 0xFFFF, 0x1234, 0, 16, 0], 0, golden.SLOW_COUNTS),
    ],
)
def test_packets_both_ways(
    codec: CCodec, vector: str, header: list[int], clipping: int, counts: list[list[int]]
) -> None:
    flat = [count for row in counts for count in row]
    assert codec.encode("data", [1, *header, *flat]) == bytes_of(vector)
    assert codec.decode("data", bytes_of(vector), 1, len(flat)) == [*header, clipping, *flat]
    assert codec.decode("data", bytes_of(vector), 1, len(flat) - 1) is None  # no room for them


@pytest.mark.parametrize("name", golden.COMMANDS)
def test_commands_both_ways(codec: CCodec, name: str) -> None:
    numbers = COMMAND_NUMBERS[name]
    assert codec.encode("command", numbers) == bytes_of(golden.COMMANDS[name])
    assert codec.decode("command", bytes_of(golden.COMMANDS[name])) == [0, *numbers]


def test_answers_both_ways(codec: CCodec) -> None:
    for text, numbers in zip(golden.ANSWERS.values(), [(1, 1, 0), (1, 1, 5), (3, 3, 4), (0x20, 9, 1)], strict=True):
        assert codec.encode("ack", numbers) == bytes_of(text)
        assert codec.decode("ack", bytes_of(text)) == list(numbers)
    assert codec.encode("done", (5, 2, 1000, 250)) == bytes_of(golden.BACKFILL_ENDED)
    assert codec.decode("done", bytes_of(golden.BACKFILL_ENDED)) == [5, 2, 1000, 250]


def test_the_clock_round_trip_both_ways(codec: CCodec) -> None:
    assert codec.encode("ask", [0x01020304]) == bytes_of(golden.SYNC_ASKED)
    assert codec.decode("ask", bytes_of(golden.SYNC_ASKED)) == [0x01020304]
    assert codec.encode("answer", [0x01020304, 65_536, 65_539]) == bytes_of(golden.SYNC_ANSWERED)
    assert codec.decode("answer", bytes_of(golden.SYNC_ANSWERED)) == [0x01020304, 65_536, 65_539]


# -- against the host's codec ------------------------------------------------------------------------------------------


@st.composite
def infos(draw: st.DrawFn) -> hip.Info:
    return hip.Info(
        stream=draw(U16),
        boot_id=draw(U32),
        tick_hz=draw(U32),
        rate_mhz=draw(st.one_of(U32, st.integers(900, 2_000_100))),
        acc_range_g=draw(U16),
        gyr_range_dps=draw(U16),
        ring_samples=draw(U32),
        slow_ring_samples=draw(U32),
        slow_rate_cmhz=draw(U16),
        most_samples=draw(U8),
        flags=draw(U8),
        version=(draw(st.sampled_from([1, 1, 1, 0, 2])), draw(U8)),
    )


@MANY
@given(info=infos())
def test_any_info_is_written_and_read_as_the_host_does(codec: CCodec, info: hip.Info) -> None:
    payload = hip.encode_info(info)
    assert codec.encode("info", numbers_of(info)) == payload
    usable = hip.decode_info(payload) if info.version[0] == hip.VERSION[0] else None
    assert codec.decode("info", payload) == (None if usable is None else numbers_of(usable))


def wire_result(payload: bytes, *, gyr_range_dps: int) -> ImuPackets | WireFault:
    """What the host makes of a data packet."""
    info = hip.encode_info(hip.Info(**{**as_fields(golden.FACTS), "gyr_range_dps": gyr_range_dps}))
    notes = [
        Notification(at=HostNs(0), sensor=SensorId("c"), channel=channel, payload=value)
        for channel, value in ((hip.INFO, info), (hip.DATA, payload))
    ]
    _, result = Wire().step(notes)
    assert isinstance(result, ImuPackets | WireFault)
    return result


def as_fields(info: hip.Info) -> dict[str, int]:
    return {name: getattr(info, name) for name in info.__slots__ if name != "version"}


@st.composite
def packets(draw: st.DrawFn) -> tuple[bool, list[int], list[int]]:
    """Gyroscope or not; header with kind, n, sequence, stream, status, index, tick; counts."""
    has_gyroscope, kind, n = draw(st.booleans()), draw(st.sampled_from(KINDS)), draw(st.integers(1, 255))
    axes = hip.bytes_per_sample(kind, has_gyroscope=has_gyroscope) // 2
    seed = draw(st.integers(0, 2**32 - 1))
    counts = np.random.default_rng(seed).integers(-(2**15), 2**15, n * axes)
    return has_gyroscope, [kind, n, draw(U16), 0x1234, draw(U16), draw(U32), draw(U32)], counts.tolist()


@MANY
@given(packet=packets())
def test_any_packet_is_written_and_read_as_the_host_does(
    codec: CCodec, packet: tuple[bool, list[int], list[int]]
) -> None:
    has_gyroscope, header, flat = packet
    kind, n, sequence, stream, status, first_index, first_tick = header
    axes = len(flat) // n
    counts = np.array(flat, np.int16).reshape(n, axes)
    payload = hip.encode_data(
        kind=hip.Kind(kind),
        sequence=sequence,
        stream=stream,
        status=status,
        first_index=first_index,
        first_tick=first_tick,
        counts=counts,
    )
    assert codec.encode("data", [int(has_gyroscope), *header, *flat], capacity=len(payload)) == payload
    read = codec.decode("data", payload, int(has_gyroscope), len(flat))
    assert read is not None
    assert read[:7] == header
    assert read[8:] == flat
    rails = (counts == -(2**15)) | (counts == 2**15 - 1)
    assert read[7] == int(rails[:, :3].any()) + 2 * int(rails[:, 3:].any())
    host = wire_result(payload, gyr_range_dps=1000 if has_gyroscope else 0)
    assert isinstance(host, ImuPackets)
    host_counts = host.acc_counts if host.gyr_counts is None else np.hstack([host.acc_counts, host.gyr_counts])
    assert host_counts.ravel().tolist() == flat


@MANY
@given(payload=st.binary(max_size=14), op=st.sampled_from([*hip.Op, 0x20]), length=st.integers(0, 12))
def test_any_write_is_taken_for_the_same_command(codec: CCodec, payload: bytes, op: int, length: int) -> None:
    for written in (payload, bytes([op, *payload[:1], *payload])[:length]):
        answer, got_op, request, *arguments = codec.decode("command", written) or []
        meant = read_command(written)
        if meant is None:
            assert (answer, got_op) == (hip.AckStatus.WRONG_LENGTH, 0)
            continue
        assert (got_op, request) == (meant.op, meant.request)
        if isinstance(meant, Refusal):
            assert answer == meant.status
        if isinstance(meant, Command):
            assert answer == hip.AckStatus.DONE
            assert codec.encode("command", [got_op, request, *arguments], capacity=len(written)) == written


@MANY
@given(payload=st.binary(max_size=13), head=st.sampled_from([b"", b"\xf0", b"\x81", b"\x01"]))
def test_any_indication_is_read_as_the_host_does(codec: CCodec, payload: bytes, head: bytes) -> None:
    indicated = head + payload
    host = hip.decode_control(indicated)
    ack, done = codec.decode("ack", indicated), codec.decode("done", indicated)
    assert ack == (list(astuple(host)) if isinstance(host, hip.Ack) else None)
    assert done == (list(astuple(host)) if isinstance(host, hip.BackfillDone) else None)


@pytest.mark.parametrize("mtu", [0, 18, 19, 23, 30, 31, 185, 247, 517, 65_535])
def test_what_fits_into_a_packet_is_what_the_simulated_sensor_says(codec: CCodec, mtu: int) -> None:
    for kind in KINDS:
        for has_gyroscope in (True, False):
            room = max(0, mtu - 3 - hip.HEADER_BYTES)
            fits = min(255, room // hip.bytes_per_sample(kind, has_gyroscope=has_gyroscope))
            assert codec.most_samples(mtu, kind, has_gyroscope=has_gyroscope) == fits


# -- out of bounds -----------------------------------------------------------------------------------------------------


def test_nothing_is_written_where_it_does_not_fit(codec: CCodec) -> None:
    cases = [
        ("info", numbers_of(golden.FACTS), golden.INFO),
        ("data", [1, 3, 1, 0xFFFF, 0x1234, 0, 16, 0, -100, 100, 4096], golden.SLOW),
        ("ack", (1, 1, 0), "81 01 00"),
        ("done", (5, 2, 1000, 250), golden.BACKFILL_ENDED),
        ("ask", [1], golden.SYNC_ASKED),
        ("answer", [1, 2, 3], golden.SYNC_ANSWERED),
        *(("command", COMMAND_NUMBERS[name], text) for name, text in golden.COMMANDS.items()),
    ]
    for verb, numbers, text in cases:
        needed = len(bytes_of(text))
        assert len(codec.encode(verb, numbers, capacity=needed)) == needed
        assert [codec.encode(verb, numbers, capacity=room) for room in range(needed)] == [b""] * needed


def test_what_the_protocol_does_not_know_is_not_written(codec: CCodec) -> None:
    assert codec.encode("data", [1, 4, 1, 0, 1, 0, 0, 0, *range(6)]) == b""  # a kind that is none
    assert codec.encode("data", [1, 1, 0, 0, 1, 0, 0, 0]) == b""  # no sample
    assert codec.encode("command", [0x20, 9, *[0] * 8]) == b""


def test_mutated_bytes_are_read_within_their_bounds_or_refused(program: Path) -> None:
    """Every buffer has exactly the length that the codec is told; under the sanitisers one byte too far ends the program."""
    dice = random.Random(6)
    seeds = [golden.INFO, golden.LIVE, golden.SLOW, *golden.COMMANDS.values(), *golden.ANSWERS.values()]
    seeds += [golden.BACKFILL_ENDED, golden.SYNC_ASKED, golden.SYNC_ANSWERED]
    lines, refusals = [], 0
    for _ in range(20_000):
        payload = mutated(bytes_of(dice.choice(seeds)), dice)
        verb = dice.choice(DECODERS)
        arguments = (dice.randrange(2), dice.choice([0, 3, 6, 12, 1530])) if verb == "data" else ()
        lines.append(decode_line(verb, payload, *arguments))
    for line in answers(program, lines):
        refusals += line == REFUSED
        assert re.fullmatch(rf"{REFUSED}|-?\d+( -?\d+)*", line)
    assert 0 < refusals < len(lines)


def mutated(payload: bytes, dice: random.Random) -> bytes:
    """Cut, lengthened, or with some bytes replaced; now and then left alone."""
    changed = bytearray(payload)
    for _ in range(dice.randrange(4)):
        way = dice.randrange(3)
        if way == 0 and changed:
            changed[dice.randrange(len(changed))] = dice.randrange(256)
        elif way == 1:
            del changed[dice.randrange(len(changed) + 1) :]
        else:
            changed += dice.randbytes(dice.randrange(40))
    return bytes(changed)


# -- portable ----------------------------------------------------------------------------------------------------------


def test_it_includes_only_what_every_c_compiler_brings() -> None:
    text = "".join(path.read_text(encoding="utf-8") for path in SOURCES.glob("*.[ch]"))
    assert set(re.findall(r"#include <([^>]+)", text)) == {"stdbool.h", "stddef.h", "stdint.h"}


@pytest.mark.parametrize("name", ["hip_codec", "hip_device"])
def test_it_compiles_without_an_operating_system_and_without_doubtful_conversions(name: str, tmp_path: Path) -> None:
    picky = ("-ffreestanding", "-Wconversion", "-Wsign-conversion", "-Wshadow")
    run_compiler(C_COMPILER, *STRICT, *picky, "-c", str(SOURCES / f"{name}.c"), "-o", str(tmp_path / f"{name}.o"))


def test_its_header_names_the_services_of_the_protocol() -> None:
    header = (SOURCES / "hip_codec.h").read_text(encoding="utf-8")
    uuids = [hip.SERVICE_UUID, hip.DATA_UUID, hip.CONTROL_UUID, hip.INFO_UUID, hip.SYNC_UUID]
    assert re.findall(r'HIP_\w+_UUID "([^"]+)"', header) == uuids
