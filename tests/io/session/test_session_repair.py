"""A repair makes a damaged recording whole, keeps the original, and says what is gone for good."""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path

import pytest
from mcap.reader import make_reader
from session_builders import (
    START,
    THIGH,
    SmallDisk,
    at,
    packet,
    seconds_of_session,
    settings_first,
    tick,
    write_flushed,
    writer,
)

from hipmonitor.core.errors import RecordingError
from hipmonitor.core.inbound import Inbound
from hipmonitor.io.session import Disk, EventKind, EventRow, SessionWriter, find_unfinished, read_session, repair

EVENTS = seconds_of_session(20)

posix_only = pytest.mark.skipif(
    sys.platform == "win32", reason="Windows keeps an open file from being renamed by itself"
)


@pytest.fixture
def whole(tmp_path: Path) -> Path:
    return write_flushed(tmp_path / "a.mcap", EVENTS)


def cut(path: Path, share: float) -> bytes:
    """Cut a file and return what is left of it."""
    left = path.read_bytes()[: int(path.stat().st_size * share)]
    path.write_bytes(left)
    return left


def crashed(folder: Path, events: list[Inbound]) -> Path:
    """What a process that died leaves: a part with these events, and no lock."""
    session = writer(folder / "b.mcap")
    session.record(events)
    session.flush()
    left = session.path.read_bytes()
    session.finish().unlink()
    session.path.with_name("b.mcap.part").write_bytes(left)
    return folder / "b.mcap.part"


def test_a_cut_recording_becomes_whole_and_its_original_is_kept(whole: Path) -> None:
    left = cut(whole, 0.7)
    readable = list(read_session(whole))
    report = repair(whole)
    assert (report.path, report.original) == (whole, whole.with_name("a.mcap.damaged"))
    assert report.original is not None
    assert report.original.read_bytes() == left
    assert report.events == len(readable)
    assert report.lost_s == pytest.approx(4.0)
    reader = read_session(whole)
    assert list(reader) == readable == EVENTS[: len(readable)]
    assert reader.damage is None
    assert reader.repaired is not None
    assert "ends in the middle of a block" in reader.repaired


def test_other_tools_open_a_repaired_recording(whole: Path) -> None:
    cut(whole, 0.7)
    repair(whole)
    with whole.open("rb") as file:
        reader = make_reader(file, validate_crcs=True)
        assert reader.get_summary() is not None
        topics = {channel.topic for _, channel, _ in reader.iter_messages(log_time_order=False)}
    assert topics == {"/ble/raw/hip/data", "/inbound"}


def test_repairing_again_changes_nothing(whole: Path) -> None:
    cut(whole, 0.7)
    first = repair(whole)
    content = whole.read_bytes()
    again = repair(whole)
    assert (again.path, again.original, again.damage, again.lost_s) == (whole, None, None, 0.0)
    assert again.events == first.events
    assert whole.read_bytes() == content
    assert sorted(path.name for path in whole.parent.iterdir()) == ["a.mcap", "a.mcap.damaged"]


def test_a_whole_recording_is_left_alone(whole: Path) -> None:
    content = whole.read_bytes()
    assert repair(whole).original is None
    assert whole.read_bytes() == content


def test_what_a_crash_left_is_found_and_made_whole(tmp_path: Path) -> None:
    part = crashed(tmp_path, EVENTS)
    assert find_unfinished(tmp_path) == [part]
    report = repair(part)
    assert report.path == tmp_path / "b.mcap"
    assert list(read_session(report.path)) == EVENTS
    assert find_unfinished(tmp_path) == []
    assert repair(part).path == report.path


def test_a_part_that_was_closed_only_gets_its_name(tmp_path: Path) -> None:
    whole = write_flushed(tmp_path / "a.mcap", EVENTS)
    part = whole.replace(tmp_path / "a.mcap.part")
    report = repair(part)
    assert (report.path, report.original, report.damage) == (whole, None, None)
    assert [path.name for path in tmp_path.iterdir()] == ["a.mcap"]


@posix_only
def test_a_recording_in_progress_is_neither_found_nor_touched(tmp_path: Path) -> None:
    session = writer(tmp_path / "a.mcap")
    assert find_unfinished(tmp_path) == []
    with pytest.raises(RecordingError, match="is being recorded right now; end that session first"):
        repair(session.path)
    session.finish()


def test_a_lost_middle_stays_told_after_the_repair_and_the_next(whole: Path) -> None:
    data = bytearray(whole.read_bytes())
    data[len(data) // 3] ^= 1
    whole.write_bytes(data)
    report = repair(whole)
    assert report.damage is not None
    assert report.damage.losses[0].events == len(EVENTS) - report.events > 0
    cut(whole, 0.9)
    second = repair(whole)
    assert second.original == whole.with_name("a.mcap.damaged2")
    assert second.damage is not None
    assert [loss.events for loss in second.damage.losses] == [None]
    repaired = read_session(whole).repaired
    assert repaired is not None
    assert "block" in repaired
    assert "ends in the middle" in repaired
    assert read_session(whole).damage is None


def test_rows_for_plotting_are_kept(tmp_path: Path) -> None:
    session = writer(tmp_path / "a.mcap")
    session.record([tick(0)])
    session.write_events([EventRow(at=at(5), kind=EventKind.ALERT, text="Lower the thigh.", level="notice")])
    session.flush()
    left = session.path.read_bytes()
    session.finish().unlink()
    (tmp_path / "a.mcap").write_bytes(left)
    with repair(tmp_path / "a.mcap").path.open("rb") as file:
        (found,) = make_reader(file).iter_messages("/events")
    assert found[0] is not None
    assert found[0].name == "hipmonitor.Event"
    assert b"Lower the thigh." in found[2].data


def test_metadata_is_kept(whole: Path) -> None:
    before = dict(read_session(whole).metadata)
    cut(whole, 0.7)
    repair(whole)
    reader = read_session(whole)
    assert (reader.sensor, reader.started_at) == (THIGH, START)
    assert dict(reader.metadata).items() >= before.items()


class FailingDisk(Disk):
    """A disk that refuses to rename from the n-th time on."""

    def __init__(self, renames: int) -> None:
        self.renames = renames

    def rename(self, path: Path, new: Path) -> None:
        if self.renames == 0:
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        self.renames -= 1
        super().rename(path, new)


@pytest.mark.parametrize("renames", [0, 1])
def test_a_repair_cut_off_between_two_names_can_be_done_again(whole: Path, renames: int) -> None:
    left = cut(whole, 0.7)
    with pytest.raises(RecordingError, match=r"cannot be repaired .*check that its folder is writable"):
        repair(whole, disk=FailingDisk(renames))
    original = whole if whole.exists() else whole.with_name("a.mcap.damaged")
    assert original.read_bytes() == left
    assert find_unfinished(whole.parent) == ([] if original == whole else [original])
    report = repair(original)
    assert report.original == whole.with_name("a.mcap.damaged")
    assert list(read_session(whole)) == EVENTS[: report.events]
    assert sorted(path.name for path in whole.parent.iterdir()) == ["a.mcap", "a.mcap.damaged"]


def test_a_full_disk_leaves_the_original_and_no_rubbish(whole: Path) -> None:
    left = cut(whole, 0.7)
    with pytest.raises(RecordingError, match="No space left"):
        repair(whole, disk=SmallDisk(room=5000))
    assert whole.read_bytes() == left
    assert [path.name for path in whole.parent.iterdir()] == ["a.mcap"]


def test_what_holds_nothing_is_refused_and_stays(tmp_path: Path) -> None:
    path = tmp_path / "a.mcap.part"
    path.write_bytes(b"")
    with pytest.raises(RecordingError, match="is empty"):
        repair(path)
    assert path.exists()


def test_a_part_beside_a_whole_file_of_its_name_is_refused(tmp_path: Path) -> None:
    part = crashed(tmp_path, [settings_first()])
    write_flushed(tmp_path / "a.mcap", EVENTS).replace(tmp_path / "b.mcap")
    with pytest.raises(RecordingError, match=r"b\.mcap is already there; move one of them"):
        repair(part)


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(RecordingError, match="No such file"):
        repair(tmp_path / "none.mcap")


def test_a_crash_before_the_first_flush_leaves_an_empty_session(tmp_path: Path) -> None:
    session = SessionWriter(tmp_path / "a.mcap", sensor=THIGH, started_at=START)
    session.record([packet(0)])
    left = session.path.read_bytes()
    session.finish().unlink()
    part = tmp_path / "a.mcap.part"
    part.write_bytes(left)
    assert repair(part).events == 0
    assert read_session(tmp_path / "a.mcap").damage is None
