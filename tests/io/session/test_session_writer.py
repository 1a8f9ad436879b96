"""A session is written in order, kept safe by a timer, and closed whole; a failing disk is told once and clearly."""

from __future__ import annotations

import shutil
import stat
import sys
import threading
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from session_builders import (
    SESSION,
    START,
    THIGH,
    FillingFile,
    ManualTimer,
    ShrinkingDisk,
    SmallDisk,
    at,
    packet,
    same,
    samples,
    seconds_of_session,
    settings_first,
    tick,
    writer,
)
from test_session_codec import inbounds

from hipmonitor.core.errors import RecordingError, UsageError
from hipmonitor.core.inbound import Inbound, Notification, SensorId
from hipmonitor.core.instants import HostNs
from hipmonitor.core.ports import Recorder
from hipmonitor.io.session import SessionWriter, ThreadTimer, layout, read_session
from hipmonitor.io.session import writer as writer_module

posix_only = pytest.mark.skipif(
    sys.platform == "win32", reason="Windows has no file modes and keeps open files in place"
)


@settings(max_examples=40)
@given(st.lists(inbounds, max_size=12))
def test_what_was_recorded_comes_back_in_order_bit_for_bit(
    tmp_path_factory: pytest.TempPathFactory, events: list[Inbound]
) -> None:
    with writer(tmp_path_factory.mktemp("rec") / "a.mcap") as session:
        session.record(events)
    reader = read_session(session.path)
    back = list(reader)
    assert len(back) == len(events)
    assert all(same(one, other) for one, other in zip(back, events, strict=True))
    assert reader.damage is None


def test_a_writer_is_a_recorder(tmp_path: Path) -> None:
    with writer(tmp_path) as session:
        assert isinstance(session, Recorder)


def test_a_recording_names_itself_by_start_sensor_and_session(tmp_path: Path) -> None:
    with writer(tmp_path / "new" / "folder") as session:
        pass
    assert session.path == tmp_path / "new" / "folder" / "20260806T070640Z_345a_01234567.mcap"
    assert [path.name for path in session.path.parent.iterdir()] == [session.path.name]


@pytest.mark.parametrize(("sensor", "shown"), [("", "none"), ("::", "none"), ("\N{GREEK SMALL LETTER ALPHA}/b", "b")])
def test_the_name_holds_only_letters_that_every_disk_takes(tmp_path: Path, sensor: str, shown: str) -> None:
    with SessionWriter(tmp_path, sensor=SensorId(sensor), started_at=START, timer=ManualTimer()) as session:
        pass
    assert session.path.name.split("_")[1] == shown


@posix_only
def test_only_the_owner_can_read_a_recording(tmp_path: Path) -> None:
    with writer(tmp_path / "private") as session:
        pass
    assert stat.S_IMODE(session.path.stat().st_mode) == 0o600
    assert stat.S_IMODE(session.path.parent.stat().st_mode) == 0o700


def test_a_recording_is_a_part_until_it_is_finished(tmp_path: Path) -> None:
    session = writer(tmp_path / "a.mcap")
    assert session.path == tmp_path / "a.mcap.part"
    assert session.path.exists()
    assert session.finish() == session.finish() == tmp_path / "a.mcap"
    assert not (tmp_path / "a.mcap.part").exists()


def test_a_finished_recording_takes_nothing_more(tmp_path: Path) -> None:
    session = writer(tmp_path / "a.mcap")
    session.finish()
    with pytest.raises(RecordingError, match=r"a\.mcap: is finished; start a new recording"):
        session.record([packet(1)])


def test_the_timer_makes_events_safe_though_nothing_more_arrives(tmp_path: Path) -> None:
    timer = ManualTimer()
    session = writer(tmp_path / "a.mcap", timer=timer)
    events = seconds_of_session(3)
    session.record(events)
    assert list(read_session(session.path)) == []
    timer.fire()
    assert list(read_session(session.path)) == events
    session.finish()
    assert timer.is_stopped


def test_the_thread_timer_calls_until_it_is_stopped() -> None:
    called = threading.Semaphore(0)
    timer = ThreadTimer(period_s=0.001)
    timer.start(called.release)
    assert all(called.acquire(timeout=10) for _ in range(3))
    timer.stop()
    timer.stop()
    while called.acquire(blocking=False):
        pass
    assert not called.acquire(timeout=0.01)


def test_a_writer_flushes_by_itself_every_four_seconds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    periods = []

    class NotedTimer(ManualTimer):
        def __init__(self, *, period_s: float) -> None:
            super().__init__()
            periods.append(period_s)

    monkeypatch.setattr(writer_module, "ThreadTimer", NotedTimer)
    SessionWriter(tmp_path, sensor=THIGH, started_at=START).finish()
    assert periods == [4.0]


def test_threads_may_record_at_once(tmp_path: Path) -> None:
    timer = ManualTimer()
    session = writer(tmp_path / "a.mcap", timer=timer)

    def record(sensor: str) -> None:
        for number in range(200):
            session.record([packet(number, sensor=SensorId(sensor))])
            timer.fire() if number % 20 == 0 else None

    threads = [threading.Thread(target=record, args=(name,)) for name in ("thigh", "pelvis")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    events = [event for event in read_session(session.finish()) if isinstance(event, Notification)]
    for name in ("thigh", "pelvis"):
        assert [event.at for event in events if event.sensor == name] == [at(100 * number) for number in range(200)]


@pytest.mark.parametrize("wrong", [HostNs(-1), HostNs(2**63)])
def test_an_impossible_instant_is_refused_and_spoils_nothing(tmp_path: Path, wrong: HostNs) -> None:
    session = writer(tmp_path / "a.mcap")
    with pytest.raises(UsageError, match=f"at is {wrong}"):
        session.record([tick(0), Notification(at=wrong, sensor=THIGH, channel="x", payload=b"")])
    session.record([tick(1)])
    assert list(read_session(session.finish())) == [tick(0), tick(1)]


def test_a_name_that_is_no_text_is_refused(tmp_path: Path) -> None:
    with writer(tmp_path / "a.mcap") as session, pytest.raises(UsageError, match=r"channel .* valid Unicode"):
        session.record([packet(0, channel="\ud800")])


def test_samples_beyond_a_block_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(layout, "PARAMS", layout.LayoutParams(largest_message_bytes=1000))
    with writer(tmp_path / "a.mcap") as session, pytest.raises(UsageError, match="in slabs of less than"):
        session.record([samples(1, rows=100)])


def test_a_name_that_is_taken_is_refused(tmp_path: Path) -> None:
    writer(tmp_path / "a.mcap").finish()
    with pytest.raises(RecordingError, match=r"a\.mcap: is already there; move it away"):
        writer(tmp_path / "a.mcap")


def test_a_name_that_a_crashed_recording_has_is_refused_with_the_remedy(tmp_path: Path) -> None:
    (tmp_path / "a.mcap.part").write_bytes(b"x")
    with pytest.raises(RecordingError, match=r"a\.mcap\.part: is an unfinished recording; repair it or move it away"):
        writer(tmp_path / "a.mcap")


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(RecordingError, match=r"file.*cannot be written.*Check that the disk"):
        writer(tmp_path / "file" / "a.mcap")


def test_a_disk_that_fills_up_is_told_and_what_was_flushed_stays(tmp_path: Path) -> None:
    session = writer(tmp_path / "a.mcap", disk=SmallDisk(room=12_000))
    events = seconds_of_session(30)
    kept = []

    def record_safely() -> None:
        for event in events:
            session.record([event])
            session.flush()
            kept.append(event)

    with pytest.raises(RecordingError, match=r"a\.mcap\.part: cannot be written \(No space left on device\)"):
        record_safely()
    with pytest.raises(RecordingError, match="No space left"):
        session.record([tick(0)])
    with pytest.raises(RecordingError, match="No space left"):
        session.finish()
    assert len(kept) > 20
    reader = read_session(session.path)
    assert list(reader) == kept
    assert reader.damage is not None


def test_a_disk_that_fails_under_the_timer_is_told_by_the_next_event(tmp_path: Path) -> None:
    timer = ManualTimer()
    session = writer(tmp_path / "a.mcap", timer=timer, disk=SmallDisk(room=2000))
    session.record(seconds_of_session(30))
    timer.fire()
    with pytest.raises(RecordingError, match="No space left"):
        session.record([tick(0)])
    with pytest.raises(RecordingError, match="No space left"):
        session.finish()


def test_a_disk_that_is_full_from_the_start_is_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(RecordingError, match="No space left"):
        writer(tmp_path / "a.mcap", disk=SmallDisk(room=10))


def test_the_first_error_is_told_rather_than_its_consequence(tmp_path: Path) -> None:
    def record_and_stumble() -> None:
        with writer(tmp_path / "a.mcap", disk=SmallDisk(room=2000)) as session:
            session.record(seconds_of_session(30))
            with pytest.raises(RecordingError):
                session.flush()
            raise KeyError("first")

    with pytest.raises(KeyError, match="first"):
        record_and_stumble()


@posix_only
def test_a_folder_that_vanishes_is_noticed_at_the_next_flush(tmp_path: Path) -> None:
    timer = ManualTimer()
    session = writer(tmp_path / "gone" / "a.mcap", timer=timer)
    session.record([settings_first()])
    shutil.rmtree(tmp_path / "gone")
    timer.fire()
    with pytest.raises(RecordingError, match="moved or deleted while it was being written"):
        session.record([tick(0)])
    with pytest.raises(RecordingError, match="moved or deleted"):
        session.finish()


@posix_only
def test_a_folder_that_vanishes_before_the_end_is_told_by_finish(tmp_path: Path) -> None:
    session = writer(tmp_path / "gone" / "a.mcap")
    shutil.rmtree(tmp_path / "gone")
    with pytest.raises(RecordingError, match="cannot be written"):
        session.finish()


def test_little_room_closes_the_recording_whole(tmp_path: Path) -> None:
    timer, disk = ManualTimer(), ShrinkingDisk(free=10**9)
    session = writer(tmp_path / "a.mcap", timer=timer, disk=disk)
    session.record([settings_first()])
    disk.free = 10**8
    timer.fire()
    timer.fire()
    with pytest.raises(RecordingError, match="closed whole, because less than 200 MB are left"):
        session.record([tick(0)])
    assert session.finish() == tmp_path / "a.mcap"
    reader = read_session(session.path)
    assert list(reader) == [settings_first()]
    assert reader.damage is None


def test_little_room_at_the_start_begins_no_recording(tmp_path: Path) -> None:
    with pytest.raises(RecordingError, match="not begun, because less than 200 MB are left"):
        writer(tmp_path / "new" / "a.mcap", disk=ShrinkingDisk(free=10**8))
    assert list(tmp_path.iterdir()) == []


def test_the_real_disk_knows_its_room_before_the_folder_is_made(tmp_path: Path) -> None:
    assert ShrinkingDisk.__mro__[1]().free_bytes(tmp_path / "not" / "yet") > 0


def test_what_wrote_the_file_stands_in_it(tmp_path: Path) -> None:
    with writer(tmp_path) as session:
        pass
    reader = read_session(session.path)
    assert {"format", "hipmonitor", "python", "numpy", "vqf"} <= reader.metadata["hipmonitor"].keys()
    assert reader.metadata["session"] == {"id": str(SESSION), "sensor": THIGH, "started_ns": str(START)}
    assert (reader.sensor, reader.started_at, reader.repaired) == (THIGH, START, None)


def test_the_filling_file_behaves_like_a_file_until_it_is_full(tmp_path: Path) -> None:
    with FillingFile(tmp_path / "a", 3) as file:
        assert file.write(b"abc") == 3
        with pytest.raises(OSError, match="No space left"):
            file.write(b"d")
    assert (tmp_path / "a").read_bytes() == b"abc"
