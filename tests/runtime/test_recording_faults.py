"""A disk that fails stops the recording, never the session; what a crash left is whole again at the next start."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from hipmonitor.core.inbound import Inbound
from hipmonitor.io.session import SessionParts, find_unfinished, read_session
from hipmonitor.runtime.keeping import SessionKeeper
from hipmonitor.runtime.mending import mend_beside
from hipmonitor.runtime.recording_trouble import RecordingTrouble
from tests.io.session.session_builders import (
    START,
    THIGH,
    ManualTimer,
    ShrinkingDisk,
    packet,
    seconds_of_session,
    settings_first,
    writer,
)

EVENTS = seconds_of_session(30)


def keeper(folder: Path, disk: ShrinkingDisk) -> SessionKeeper:
    return SessionKeeper(
        lambda sensor, at: SessionParts(folder, sensor=sensor, started_at=at, new_timer=ManualTimer, disk=disk)
    )


def test_who_has_no_view_is_told_once_when_recording_stops_and_once_when_it_goes_on(tmp_path: Path) -> None:
    disk, said = ShrinkingDisk(10**8), list[str]()
    recording = keeper(tmp_path, disk)
    trouble = RecordingTrouble(recording, said.append)

    def turn(events: Sequence[Inbound]) -> None:
        recording.record(events)
        trouble.record(events)

    turn([settings_first(), packet(1)])
    turn([packet(2)])
    disk.free = 10**9
    turn([packet(600)])
    turn([packet(601)])
    assert len(said) == 2
    assert said[0].startswith("Not recording: ")
    assert "less than 200 MB are left on the disk; free some room. Measuring and alerts go on." in said[0]
    assert said[1] == "Recording goes on."
    recording.finish()


def test_what_a_crash_left_is_whole_after_the_next_start_and_the_loss_is_said_in_seconds(tmp_path: Path) -> None:
    session = writer(tmp_path / "a.mcap")
    session.record(EVENTS[:200])
    session.flush()
    session._mcap.file.close()  # the process is gone
    said: list[str] = []
    mend_beside(tmp_path, said.append).join()
    assert said == [
        "a.mcap was cut off and is whole again: at most its last 5 s are lost. The original is kept as a.mcap.damaged."
    ]
    reader = read_session(tmp_path / "a.mcap")
    assert list(reader) == EVENTS[:200]
    assert reader.damage is None
    assert find_unfinished(tmp_path) == []


def test_what_cannot_be_made_whole_is_said_and_left_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "a.mcap.part").write_bytes(b"")
    said: list[str] = []
    mend_beside(tmp_path, said.append).join()
    assert "could not be made whole" in said[0]
    assert (tmp_path / "a.mcap.part").exists()


def test_a_recording_that_somebody_writes_is_not_touched(tmp_path: Path) -> None:
    with SessionParts(tmp_path / "a.mcap", sensor=THIGH, started_at=START, new_timer=ManualTimer)._writer as session:  # type: ignore[union-attr]
        said: list[str] = []
        mend_beside(tmp_path, said.append).join()
        assert said == []
        assert session is not None
