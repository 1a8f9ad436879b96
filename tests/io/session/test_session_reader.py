"""Recordings are read in bounded batches, damaged ones as far as possible, and what is missing is told."""

from __future__ import annotations

import struct
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from mcap.opcode import Opcode
from mcap.writer import Writer
from session_builders import at, packet, samples, seconds_of_session, settings_first, tick, write_flushed, writer

from hipmonitor.core.errors import RecordingError
from hipmonitor.core.inbound import Inbound, SensorId
from hipmonitor.core.settings import Settings
from hipmonitor.io.session import HipRow, SessionReader, layout, read_session
from hipmonitor.io.session.framing import walk
from hipmonitor.io.session.versions import installed

EVENTS = seconds_of_session(20)


def chunks(path: Path) -> list[tuple[int, int]]:
    """Where each block of a whole file begins and ends."""
    with path.open("rb") as file:
        return [
            (record.start, record.end) for record in walk(file, 8, path.stat().st_size) if record.opcode == Opcode.CHUNK
        ]


def change(path: Path, edit: Callable[[bytearray], None]) -> Path:
    data = bytearray(path.read_bytes())
    edit(data)
    path.write_bytes(data)
    return path


@pytest.fixture
def whole(tmp_path: Path) -> Path:
    return write_flushed(tmp_path / "a.mcap", EVENTS)


def read_all(path: Path) -> tuple[list[Inbound], SessionReader]:
    reader = read_session(path)
    return list(reader), reader


def test_batches_hold_what_was_asked_for(whole: Path) -> None:
    batches = list(read_session(whole).batches(50))
    assert [len(batch) for batch in batches] == [50, 50, 50, 50, 22]
    assert [event for batch in batches for event in batch] == EVENTS


def test_a_recording_can_be_read_again(whole: Path) -> None:
    reader = read_session(whole)
    assert list(reader) == list(reader) == EVENTS
    assert reader.damage is None


def test_a_recording_without_events_is_whole(tmp_path: Path) -> None:
    assert read_all(writer(tmp_path / "a.mcap").finish())[0] == []
    assert read_session(tmp_path / "a.mcap").damage is None


def test_order_is_kept_across_channels_and_kinds(tmp_path: Path) -> None:
    events = [settings_first(), packet(3), packet(1, channel="hip/sync>"), tick(0), packet(0, sensor=SensorId("11:22"))]
    assert read_all(write_flushed(tmp_path / "a.mcap", events))[0] == events


def test_an_unclosed_recording_is_read_to_its_last_flush(tmp_path: Path) -> None:
    session = writer(tmp_path / "a.mcap")
    session.record(EVENTS[:100])
    session.flush()
    session.record(EVENTS[100:])
    events, reader = read_all(session.path)
    session.finish()
    assert events == EVENTS[:100]
    assert reader.damage is not None
    assert reader.damage.readable_until == EVENTS[99].at
    assert "was not closed" in reader.damage.sentence
    assert "Readable until 2026-08-06 07:06:48 UTC." in reader.damage.sentence


def test_a_cut_recording_is_read_to_its_last_whole_block(whole: Path) -> None:
    start, end = chunks(whole)[3]
    change(whole, lambda data: data.__delitem__(slice((start + end) // 2, None)))
    events, reader = read_all(whole)
    assert events == EVENTS[: 3 * 44]
    assert reader.damage is not None
    (loss,) = reader.damage.losses
    assert (loss.after, loss.until, loss.events) == (events[-1].at, EVENTS[4 * 44 - 1].at, None)
    assert loss.lost_s == pytest.approx(4.0)
    assert f"ends in the middle of a block at byte {start}" in reader.damage.sentence


def test_zeros_after_a_crash_are_no_events(tmp_path: Path) -> None:
    session = writer(tmp_path / "a.mcap")
    session.record(EVENTS)
    session.flush()
    copy = tmp_path / "copy.mcap"
    copy.write_bytes(session.path.read_bytes() + bytes(65_536))
    session.finish()
    events, reader = read_all(copy)
    assert events == EVENTS
    assert reader.damage is not None
    assert "bytes that are no record" in reader.damage.sentence


def test_zeros_after_the_end_are_told_though_nothing_is_missing(whole: Path) -> None:
    change(whole, lambda data: data.extend(bytes(4096)))
    events, reader = read_all(whole)
    assert events == EVENTS
    assert reader.damage is not None
    assert "does not end where it was closed" in reader.damage.sentence


def test_a_block_with_a_wrong_checksum_is_left_out_and_counted(whole: Path) -> None:
    start, end = chunks(whole)[1]
    change(whole, lambda data: data.__setitem__(end - 20, data[end - 20] ^ 1))
    events, reader = read_all(whole)
    assert events == EVENTS[:44] + EVENTS[88:]
    assert reader.damage is not None
    (loss,) = reader.damage.losses
    assert (loss.after, loss.until, loss.events) == (EVENTS[43].at, EVENTS[88].at, 44)
    assert f"at byte {start}" in loss.reason
    assert "44 events (4.1 s) are missing" in reader.damage.sentence


def test_the_last_block_with_a_wrong_checksum_is_counted_too(whole: Path) -> None:
    _, end = chunks(whole)[-1]
    change(whole, lambda data: data.__setitem__(end - 20, data[end - 20] ^ 1))
    events, reader = read_all(whole)
    assert reader.damage is not None
    assert reader.damage.losses[-1].events == len(EVENTS) - len(events)
    assert reader.damage.losses[-1].until == EVENTS[-1].at


@pytest.mark.parametrize("which", [1, -1])
def test_a_block_that_calls_itself_something_else_is_missed(whole: Path, which: int) -> None:
    start, _ = chunks(whole)[which]
    change(whole, lambda data: data.__setitem__(start, 0x86))
    events, reader = read_all(whole)
    assert reader.damage is not None
    (loss,) = reader.damage.losses
    assert loss.events == len(EVENTS) - len(events) > 0
    assert "lacks events" in reader.damage.sentence


def test_reading_goes_on_after_a_length_that_cannot_be(whole: Path) -> None:
    start, _ = chunks(whole)[1]
    change(whole, lambda data: data.__setitem__(slice(start + 1, start + 9), struct.pack("<Q", 2**63)))
    events, reader = read_all(whole)
    assert events == EVENTS[:44] + EVENTS[88:]
    assert reader.damage is not None
    assert [loss.events for loss in reader.damage.losses] == [44]


def test_the_first_block_may_be_lost_where_the_end_names_the_channels(whole: Path) -> None:
    _, end = chunks(whole)[0]
    change(whole, lambda data: data.__setitem__(end - 20, data[end - 20] ^ 1))
    events, reader = read_all(whole)
    assert events == EVENTS[44:]
    assert reader.damage is not None
    assert (reader.damage.losses[0].after, reader.damage.losses[0].events) == (None, 44)


def test_without_the_end_a_lost_first_block_takes_its_channels_along(whole: Path) -> None:
    bounds = chunks(whole)
    change(whole, lambda data: data.__delitem__(slice(bounds[-1][1], None)))
    change(whole, lambda data: data.__setitem__(bounds[0][1] - 20, data[bounds[0][1] - 20] ^ 1))
    events, reader = read_all(whole)
    assert events == []
    assert reader.damage is not None
    assert reader.damage.readable_until is None
    assert "Nothing could be read." in reader.damage.sentence


def test_a_damaged_summary_costs_no_event(whole: Path) -> None:
    change(whole, lambda data: data.__setitem__(-60, data[-60] ^ 1))
    events, _ = read_all(whole)
    assert events == EVENTS


def test_damage_is_known_before_anything_is_read(whole: Path) -> None:
    change(whole, lambda data: data.__delitem__(slice(-200, None)))
    assert read_session(whole).damage is not None


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "is empty, nothing was recorded; it can be deleted"),
        (b"\x89MCAP0\r", "is not a recording; give a .mcap file"),
        (b"PK\x03\x04" + bytes(100), "is not a recording; give a .mcap file"),
        (b"\x89MCAP0\r\n", "is not a recording of hipmonitor; give a .mcap file"),
        (b"\x89MCAP0\r\n", "an analysis also reads .cwa and .npz files"),
    ],
)
def test_what_is_no_recording_is_told(tmp_path: Path, content: bytes, told: str) -> None:
    path = tmp_path / "odd.mcap"
    path.write_bytes(content)
    with pytest.raises(RecordingError, match=r"odd\.mcap: ") as caught:
        read_session(path)
    assert told in str(caught.value)


def test_a_missing_file_and_a_folder_are_told(tmp_path: Path) -> None:
    with pytest.raises(RecordingError, match=r"none\.mcap: cannot be read \(No such file"):
        read_session(tmp_path / "none.mcap")
    with pytest.raises(RecordingError, match="cannot be read"):
        read_session(tmp_path)


def test_limits_set_on_a_day_that_never_was_are_read_and_told(tmp_path: Path) -> None:
    wrong = Settings(set_by="my physio")
    object.__setattr__(wrong, "set_on", "2026-02-30")  # as a version wrote it that did not look
    read, reader = read_all(write_flushed(tmp_path / "a.mcap", [settings_first(wrong), *EVENTS]))
    assert read == [settings_first(Settings(set_by="my physio")), *EVENTS]
    assert "'2026-02-30'" in reader.mended


def test_an_event_of_a_newer_version_is_told_with_the_file(tmp_path: Path) -> None:
    path = foreign(tmp_path / "a.mcap", profile=layout.PROFILE, topic="/inbound")
    with pytest.raises(RecordingError, match=r"a\.mcap: holds an event that cannot be read \(inbound\.kind is missing"):
        list(read_session(path))


def test_a_package_that_is_not_installed_has_no_version() -> None:
    assert installed("no-such-package") == "unknown"


def test_a_file_that_vanishes_after_opening_is_told(whole: Path) -> None:
    reader = read_session(whole)
    whole.unlink()
    with pytest.raises(RecordingError, match="cannot be read"):
        list(reader)


def foreign(
    path: Path,
    *,
    profile: str,
    form: str = "1",
    topic: str = "/camera",
    encoding: str = "json",
    order: tuple[int, ...] = (0,),
) -> Path:
    """A file of another tool, or of another version."""
    with path.open("wb") as file:
        mcap = Writer(file)
        mcap.start(profile=profile, library="other")
        mcap.add_metadata("hipmonitor", {"format": form})
        channel = mcap.register_channel(topic, encoding, 0)
        for sequence in order:
            mcap.add_message(channel, log_time=5, data=b"{}", publish_time=5, sequence=sequence)
        mcap.finish()  # type: ignore[no-untyped-call]
    return path


def test_another_programs_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(RecordingError, match="is not a recording of hipmonitor"):
        read_session(foreign(tmp_path / "a.mcap", profile="ros2"))


def test_a_newer_format_is_told_with_the_remedy(tmp_path: Path) -> None:
    with pytest.raises(RecordingError, match=r"has the format 2, .* update hipmonitor"):
        read_session(foreign(tmp_path / "a.mcap", profile=layout.PROFILE, form="2"))


def test_a_newer_encoding_is_told_with_the_remedy(tmp_path: Path) -> None:
    path = foreign(tmp_path / "a.mcap", profile=layout.PROFILE, topic="/ble/raw/x", encoding="x-hipmonitor-packet-v2")
    with pytest.raises(RecordingError, match=r"holds /ble/raw/x as x-hipmonitor-packet-v2, .* update hipmonitor"):
        list(read_session(path))


def test_channels_of_other_tools_are_left_alone(tmp_path: Path) -> None:
    events, reader = read_all(foreign(tmp_path / "a.mcap", profile=layout.PROFILE))
    assert events == []
    assert reader.damage is None


def test_events_whose_order_was_changed_are_refused(tmp_path: Path) -> None:
    path = foreign(tmp_path / "a.mcap", profile=layout.PROFILE, topic="/inbound", order=(1, 0))
    with pytest.raises(RecordingError, match="another tool changed the order"):
        list(read_session(path))


def test_rows_for_plotting_are_no_events(tmp_path: Path) -> None:
    row = HipRow(
        at=at(0),
        thigh_flexion_deg=1.0,
        thigh_inclination_deg=1.0,
        hip_flexion_deg=1.0,
        hip_flexion_sd_deg=1.0,
        hip_method="estimated",
        activity="sit",
        trusted=True,
    )
    with writer(tmp_path / "a.mcap") as session:
        for number in range(3):
            session.write_hip([replace(row, at=at(100 * number))])
            session.record([tick(number)])
    assert read_all(session.path)[0] == [tick(0), tick(1), tick(2)]


def test_a_large_block_is_read_whole(tmp_path: Path) -> None:
    with writer(tmp_path / "a.mcap") as session:
        session.record([samples(1, rows=20_000), tick(1)])
    events, reader = read_all(session.path)
    assert events[1:] == [tick(1)]
    assert reader.damage is None
