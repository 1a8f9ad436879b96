"""Whatever happened to a file: Inbounds that were recorded come out, or a RecordingError, and nothing else."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from session_builders import packet, samples, seconds_of_session, write_flushed

from hipmonitor.core.errors import RecordingError
from hipmonitor.core.inbound import Inbound, SensorId
from hipmonitor.io.session import read_session, recording_info, repair
from hipmonitor.io.session.codec import encode_samples

EVENTS: list[Inbound] = [
    *seconds_of_session(6),
    packet(61, sensor=SensorId("pelvis")),
    *(samples(number) for number in range(62, 70)),
]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return write_flushed(tmp_path_factory.mktemp("whole") / "a.mcap", EVENTS, every=20).read_bytes()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("fuzz")


def key(event: Inbound) -> object:
    """Something to compare and count events by, arrays included."""
    return (event.at, encode_samples(event)) if hasattr(event, "t_ns") else event


KNOWN = [key(event) for event in EVENTS]


def outcome(path: Path, content: bytes) -> list[object] | None:
    """The events that were read, or None for a clear refusal."""
    path.write_bytes(content)
    try:
        reader = read_session(path)
        events = [key(event) for event in reader]
    except RecordingError as error:
        assert path.name in str(error)  # noqa: PT017 - a refusal is as right as events, if it names the file
        return None
    assert events == KNOWN or reader.damage is not None
    return events


def in_order(events: list[object]) -> bool:
    """Whether these are some of the recorded events, in their order."""
    known = iter(KNOWN)
    return all(event in known for event in events)


@given(cut=st.floats(0, 1), tail=st.integers(0, 3000))
def test_a_cut_file_with_or_without_zeros_gives_its_beginning(
    whole: bytes, folder: Path, cut: float, tail: int
) -> None:
    size = int(cut * len(whole))
    events = outcome(folder / "cut.mcap", whole[:size] + bytes(tail))
    assert events is None or events == KNOWN[: len(events)]
    assert events is not None or size < 1000


@given(flips=st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 7)), min_size=1, max_size=4))
def test_flipped_bits_never_give_an_event_that_was_not_recorded(
    whole: bytes, folder: Path, flips: list[tuple[float, int]]
) -> None:
    data = bytearray(whole)
    for place, bit in flips:
        data[int(place * len(data))] ^= 1 << bit
    events = outcome(folder / "flipped.mcap", bytes(data))
    assert events is None or in_order(events)


def test_any_byte_of_head_and_summary_may_be_wrong(whole: bytes, folder: Path) -> None:
    rng = random.Random(1)
    for place in [*range(0, 400, 3), *range(len(whole) - 400, len(whole), 3)]:
        data = bytearray(whole)
        data[place] ^= rng.randrange(1, 256)
        events = outcome(folder / "flipped.mcap", bytes(data))
        assert events is None or in_order(events)


@given(st.binary(max_size=400), st.booleans())
def test_any_bytes_at_all_are_refused_or_empty(folder: Path, content: bytes, magic: bool) -> None:
    assert not outcome(folder / "noise.mcap", b"\x89MCAP0\r\n" * magic + content)


@settings(max_examples=60)
@given(st.binary(max_size=200), st.integers(0, 7))
def test_noise_inside_a_recording_is_left_out(whole: bytes, folder: Path, noise: bytes, place: int) -> None:
    middle = len(whole) * place // 8
    events = outcome(folder / "noisy.mcap", whole[:middle] + noise + whole[middle:])
    assert events is None or in_order(events)


@settings(max_examples=40)
@given(cut=st.floats(0.1, 1), place=st.floats(0, 1, exclude_max=True))
def test_the_catalogue_and_the_repair_take_every_file(whole: bytes, folder: Path, cut: float, place: float) -> None:
    for path in folder.glob("worn.mcap*"):
        path.unlink()
    data = bytearray(whole[: int(cut * len(whole))])
    data[int(place * len(data))] ^= 0x55
    path = folder / "worn.mcap"
    path.write_bytes(data)
    assert recording_info(path).size_bytes == len(data)
    try:
        report = repair(path)
    except RecordingError:
        assert path.read_bytes() == bytes(data)
        return
    reader = read_session(path)
    assert len(list(reader)) == report.events
    assert reader.damage is None
    assert repair(path).original is None
