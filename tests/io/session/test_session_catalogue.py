"""A folder's recordings are listed with what can be expected of each."""

from __future__ import annotations

import sys
from pathlib import Path
from uuid import uuid4

import pytest
from session_builders import START, THIGH, seconds_of_session, write_flushed, writer

from hipmonitor.io.session import RecordingState, catalogue, list_recordings, read_session, recording_info, repair
from hipmonitor.io.session.head import read_head
from hipmonitor.io.session.scan import Scan

EVENTS = seconds_of_session(20)


def test_a_whole_recording_is_listed_from_its_summary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write_flushed(tmp_path / "a.mcap", EVENTS)
    monkeypatch.setattr(catalogue, "Scan", None)
    (info,) = list_recordings(tmp_path)
    assert (info.path, info.state, info.note) == (path, RecordingState.WHOLE, "")
    assert (info.sensor, info.started_at) == (THIGH, START)
    assert (info.packets, info.duration_s, info.size_bytes) == (200, pytest.approx(19.9), path.stat().st_size)


def test_an_unfinished_recording_is_read_through(tmp_path: Path) -> None:
    path = write_flushed(tmp_path / "a.mcap", EVENTS)
    part = tmp_path / "a.mcap.part"
    part.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    path.unlink()
    (info,) = list_recordings(tmp_path)
    assert info.state is RecordingState.UNFINISHED
    assert 50 < info.packets < 200
    assert info.duration_s == pytest.approx(info.packets / 10, abs=1)
    assert "ends in the middle" in info.note


def test_a_damaged_recording_says_what_is_wrong(tmp_path: Path) -> None:
    path = write_flushed(tmp_path / "a.mcap", EVENTS)
    path.write_bytes(path.read_bytes()[:-100])
    assert recording_info(path).state is RecordingState.DAMAGED
    assert recording_info(path).packets == 200


@pytest.mark.skipif(sys.platform == "win32", reason="Windows cannot tell")
def test_a_recording_in_progress_is_listed_as_such(tmp_path: Path) -> None:
    session = writer(tmp_path / "a.mcap")
    session.record(EVENTS)
    session.flush()
    (info,) = list_recordings(tmp_path)
    session.finish()
    assert (info.state, info.packets) == (RecordingState.RECORDING, 200)


def test_a_file_that_cannot_be_read_is_listed_with_the_reason(tmp_path: Path) -> None:
    (tmp_path / "a.mcap").write_bytes(b"nonsense")
    (tmp_path / "b.mcap").mkdir()
    (info,) = list_recordings(tmp_path)
    assert (info.state, info.packets, info.started_at) == (RecordingState.DAMAGED, 0, None)
    assert "is not a recording" in info.note


def test_a_file_that_is_gone_is_listed_with_the_reason(tmp_path: Path) -> None:
    assert "No such file" in recording_info(tmp_path / "none.mcap").note


def test_a_repaired_recording_keeps_its_note(tmp_path: Path) -> None:
    path = write_flushed(tmp_path / "a.mcap", EVENTS)
    path.write_bytes(path.read_bytes()[:-3000])
    repair(path)
    info = recording_info(path)
    assert (info.state, info.note) == (RecordingState.WHOLE, read_session(path).repaired)


def test_recordings_are_listed_oldest_first_and_other_files_not_at_all(tmp_path: Path) -> None:
    for _ in range(3):
        writer(tmp_path, session_id=uuid4()).finish()
    (tmp_path / "notes.txt").write_text("mine")
    infos = list_recordings(tmp_path)
    assert len(infos) == 3
    assert [info.path.name for info in infos] == sorted(info.path.name for info in infos)
    assert all(info.duration_s == 0 for info in infos)


def test_a_folder_that_is_not_there_holds_no_recordings(tmp_path: Path) -> None:
    assert list_recordings(tmp_path / "none") == []


def test_the_summary_and_a_full_reading_agree(tmp_path: Path) -> None:
    path = write_flushed(tmp_path / "a.mcap", EVENTS)
    scan = Scan(path, read_head(path))
    assert sum(len(block) for block in scan.blocks()) == scan.events == len(EVENTS)
