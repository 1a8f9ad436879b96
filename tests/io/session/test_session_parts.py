"""A session may have many files: by day, by size, and after a disk that failed. Together they are read as one."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from session_builders import (
    START,
    THIGH,
    ManualTimer,
    ShrinkingDisk,
    at,
    packet,
    seconds_of_session,
    settings_first,
    tick,
)

from hipmonitor.core.errors import RecordingError
from hipmonitor.core.inbound import Inbound, LinkChange, LinkState, Tick
from hipmonitor.core.instants import HostNs
from hipmonitor.io.session import (
    Disk,
    PartsParams,
    RecordingState,
    SessionParts,
    list_recordings,
    read_session,
    repair,
    session_key,
)

FACTS = packet(1, channel="hip/info", payload=b"facts")
OPENING: list[Inbound] = [
    settings_first(),
    LinkChange(at=at(50), sensor=THIGH, state=LinkState.CONNECTED),
    FACTS,
    LinkChange(at=at(150), sensor=THIGH, state=LinkState.STREAMING),
]
EVENTS = [*OPENING, *seconds_of_session(20)[4:]]
QUICK = PartsParams(shortest_s=1.0)


class Folder:
    """Recordings of one session, whose timers a test fires."""

    def __init__(self, path: Path, disk: Disk | None = None, params: PartsParams = QUICK) -> None:
        self.path, self.timers = path, [ManualTimer()]
        self.session = SessionParts(
            path, sensor=THIGH, started_at=START, new_timer=self._timer, disk=disk, params=params
        )

    def _timer(self) -> ManualTimer:
        self.timers.append(ManualTimer())
        return self.timers[-1]

    def record(self, events: Sequence[Inbound]) -> None:
        for event in events:
            self.session.record([event])

    @property
    def files(self) -> list[Path]:
        return sorted(self.path.iterdir(), key=lambda file: file.name)


def tomorrow(number: int) -> Tick:
    return Tick(at=at(1000 * number), civil_day=20_672, minute_of_day=0, weekday=4, utc_offset_s=7200)


def day_change() -> list[Inbound]:
    return [*EVENTS, tomorrow(20), packet(201), packet(202), tomorrow(21), packet(211)]


def test_a_new_day_begins_a_new_file_and_together_they_are_the_session(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    folder.record(day_change())
    folder.session.finish()
    first, second = folder.files
    assert second.name == f"{first.stem}_part2.mcap"
    for path in (first, second):
        reader = read_session(path)
        assert list(reader) == day_change()
        assert (reader.damage, reader.sensor, reader.started_at) == (None, THIGH, START)


def test_a_further_part_alone_tells_what_its_packets_mean_and_what_is_not_here(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    folder.record(day_change())
    folder.session.finish()
    folder.files[0].unlink()
    reader = read_session(folder.files[0])
    assert list(reader) == [*OPENING, packet(201), packet(202), tomorrow(21), packet(211)]
    assert reader.damage is not None
    assert "an earlier part that is not here" in reader.damage.sentence
    assert reader.damage.losses[0].events == len(EVENTS) + 1 - len(OPENING)


def test_a_large_file_is_followed_by_another(tmp_path: Path) -> None:
    folder = Folder(tmp_path, params=PartsParams(shortest_s=1.0, largest_bytes=4000))
    for event in EVENTS:
        folder.record([event])
        folder.timers[-1].fire()
    folder.session.finish()
    assert len(folder.files) > 2
    assert list(read_session(folder.files[0])) == EVENTS


def test_a_clock_set_to_and_fro_across_midnight_does_not_make_a_file_each_time(tmp_path: Path) -> None:
    folder = Folder(tmp_path, params=PartsParams())
    folder.record([*OPENING, tick(1), tomorrow(2), tick(3), tomorrow(4), packet(50)])
    folder.session.finish()
    assert len(folder.files) == 1


def test_a_full_disk_ends_a_file_and_room_begins_another_with_the_loss_counted(tmp_path: Path) -> None:
    disk = ShrinkingDisk(10**9)
    folder = Folder(tmp_path, disk)
    folder.record(EVENTS[:100])
    disk.free = 10**8
    folder.timers[-1].fire()
    folder.record(EVENTS[100:110])
    assert "less than 200 MB are left on the disk; free some room" in folder.session.trouble
    disk.free = 10**9
    later: list[Inbound] = [packet(number) for number in range(600, 610)]
    folder.record(later)
    assert folder.session.trouble == ""
    folder.session.finish()
    reader = read_session(folder.files[0])
    assert list(reader) == [*EVENTS[:100], *later]
    assert reader.damage is not None
    assert [loss.events for loss in reader.damage.losses] == [10]
    assert "10 events" in reader.damage.sentence


def test_a_disk_that_is_nearly_full_is_not_tried_at_every_event(tmp_path: Path) -> None:
    disk = ShrinkingDisk(10**8)
    folder = Folder(tmp_path / "new", disk)
    folder.record([settings_first(), packet(1)])
    disk.free = 250_000_000
    folder.record([packet(600)])
    assert folder.session.trouble
    disk.free = 10**9
    folder.record([packet(610)])
    assert folder.session.trouble
    folder.record([packet(901)])
    assert not folder.session.trouble
    folder.session.finish()
    reader = read_session(folder.files[0])
    assert list(reader) == [settings_first(), packet(901)]
    assert reader.damage is not None
    assert sum(loss.events or 0 for loss in reader.damage.losses) == 3


def test_a_session_that_ends_while_the_disk_is_full_says_so(tmp_path: Path) -> None:
    folder = Folder(tmp_path / "new", ShrinkingDisk(10**8))
    folder.record(EVENTS)
    with pytest.raises(RecordingError, match="not begun, because less than 200 MB"):
        folder.session.finish()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps open files from being deleted")
def test_a_folder_that_vanished_is_followed_by_a_new_part_where_it_was(tmp_path: Path) -> None:
    folder = Folder(tmp_path / "drive")
    folder.record(EVENTS[:100])
    (tmp_path / "drive").rename(tmp_path / "unplugged")
    folder.timers[-1].fire()
    folder.record(EVENTS[100:110])
    assert "moved or deleted" in folder.session.trouble
    folder.record([packet(600)])
    folder.session.finish()
    (late,) = folder.files
    assert list(read_session(late)) == [*OPENING, packet(600)]
    (part,) = (tmp_path / "unplugged").iterdir()
    assert list(read_session(part)) == EVENTS[:100]


def test_parts_are_one_row_of_the_list_and_one_session_of_the_history(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    folder.record(day_change())
    (running,) = list_recordings(tmp_path)
    folder.session.finish()
    (info,) = list_recordings(tmp_path)
    assert running.state is RecordingState.RECORDING or sys.platform == "win32"
    assert (info.state, info.path, info.duration_s) == (RecordingState.WHOLE, folder.files[0], pytest.approx(21.1))
    assert info.size_bytes == sum(path.stat().st_size for path in folder.files)
    assert len({session_key(path) for path in folder.files}) == 1


def test_of_several_parts_the_one_is_named_that_a_repair_helps(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    folder.record(day_change())
    folder.session.finish()
    second = folder.files[1]
    second.write_bytes(second.read_bytes()[:-40])
    (info,) = list_recordings(tmp_path)
    assert (info.state, info.path) == (RecordingState.DAMAGED, second)
    repair(info.path)
    (info,) = list_recordings(tmp_path)
    assert info.state is RecordingState.WHOLE


def test_a_torn_part_in_the_middle_is_told_and_the_rest_is_read(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    folder.record(day_change())
    folder.session.finish()
    first, second = folder.files
    data = first.read_bytes()
    first.write_bytes(data[: len(data) * 2 // 3])
    reader = read_session(second)
    events = list(reader)
    assert events[-4:] == day_change()[-4:]
    assert events == [event for event in day_change() if event in events]
    assert reader.damage is not None
    whole = repair(first)
    assert whole.damage is not None
    assert list(read_session(second)) == events


def test_a_part_that_nothing_can_be_read_of_does_not_hide_the_others(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    folder.record(day_change())
    folder.session.finish()
    folder.files[0].write_bytes(b"")
    reader = read_session(folder.files[1])
    assert list(reader)[-1] == packet(211)
    assert reader.damage is not None


def test_a_user_s_own_file_name_with_a_number_stays_a_session_of_its_own(tmp_path: Path) -> None:
    session = SessionParts(tmp_path / "run_1.mcap", sensor=THIGH, started_at=HostNs(START), new_timer=ManualTimer)
    session.record(EVENTS)
    assert session_key(session.finish()) == "run_1"
