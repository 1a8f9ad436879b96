"""The diary: whatever becomes of its file, every whole entry is read; what is corrected or deleted does not count any more."""

from __future__ import annotations

import errno
import stat
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, BinaryIO, Self
from zlib import crc32

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hipmonitor.core.errors import DiaryError
from hipmonitor.core.instants import HostNs
from hipmonitor.core.programme import (
    Allowance,
    CheckIn,
    Decision,
    Load,
    OutsideScore,
    Overruled,
    Reason,
    Step,
    WarningSign,
)
from hipmonitor.io.diary import (
    AskedToCheckIn,
    DecisionShown,
    Deleted,
    Entry,
    PlanConfirmed,
    append,
    diary_of,
    entries_in,
    line_of,
    read_check_ins,
    read_diary,
    read_entries,
)
from hipmonitor.io.session.disk import Disk

DAY = 20_523


def at(number: int) -> HostNs:
    return HostNs(1_773_000_000_000_000_000 + number)


def check_in(number: int = 1, **said: Any) -> CheckIn:
    return CheckIn(made_at=at(number), day=DAY, utc_offset_s=3600, **said)


def decision(step: Step = Step.GO_ON, day: int = DAY) -> Decision:
    return Decision(
        day=day,
        step=step,
        phase="calm",
        reasons=(Reason(rule="steady", leads_to=Step.GO_ON, sentence="Pain was at your baseline."),),
        allowances=(Allowance(load=Load.RUN_MIN, done=4.0, allowed=20.0),),
    )


ONE_OF_EACH: Sequence[Entry] = (
    check_in(
        1, pain_rest=2, pain_worst=3, note='said ","crc":"00000000"}\n and ÄÖ\u2028', signs=(WarningSign.NUMBNESS,)
    ),
    OutsideScore(made_at=at(2), day=DAY, name="HOOS", score=71.5),
    DecisionShown(shown_at=at(3), decision=decision(), plan_mark="abc"),
    Overruled(made_at=at(4), day=DAY, step=Step.REST, by="me", note="tired"),
    Deleted(what="outside_score", made_at=at(2)),
    PlanConfirmed(at=at(5), name="way back", by="my physio", on="2026-03-11", plan_mark="abc"),
    AskedToCheckIn(at=at(6), day=DAY),
)
notes = st.text(max_size=60)
scores = st.none() | st.integers(0, 10)
said = st.builds(
    CheckIn,
    made_at=st.integers(0, 2**62).map(HostNs),
    day=st.integers(0, 40_000),
    utc_offset_s=st.integers(-50_000, 50_000),
    pain_rest=scores,
    fatigue=scores,
    note=notes,
    signs=st.lists(st.sampled_from(WarningSign), max_size=3).map(tuple),
)
overruled = st.builds(
    Overruled,
    made_at=st.integers(0, 2**62).map(HostNs),
    day=st.integers(0, 40_000),
    step=st.sampled_from(Step),
    by=notes,
    note=notes,
)
journals = st.lists(said | overruled, min_size=1, max_size=6)


# -- lines -------------------------------------------------------------------------------------------------------------


def test_every_kind_of_entry_comes_back_as_it_was_written() -> None:
    entries, troubles = entries_in(b"".join(map(line_of, ONE_OF_EACH)))
    assert entries == list(ONE_OF_EACH)
    assert troubles == []


@given(journal=journals, data=st.data())
def test_cut_anywhere_every_earlier_whole_entry_is_read(journal: list[Entry], data: st.DataObject) -> None:
    lines = [line_of(entry) for entry in journal]
    whole = b"".join(lines)
    cut = data.draw(st.integers(0, len(whole)))
    entries, troubles = entries_in(whole[:cut])
    ends = [len(b"".join(lines[: k + 1])) for k in range(len(lines))]
    kept = sum(end - 1 <= cut for end in ends)  # only the end of the line may be missing
    assert entries == journal[:kept]
    begun = cut - (ends[kept - 1] if kept else 0)
    assert [trouble.line for trouble in troubles] == ([kept + 1] if begun > 0 else [])


@given(journal=journals, data=st.data())
def test_a_flipped_bit_costs_the_entry_it_hit_and_no_other(journal: list[Entry], data: st.DataObject) -> None:
    lines = [line_of(entry) for entry in journal]
    whole = bytearray(b"".join(lines))
    place = data.draw(st.integers(0, len(whole) - 1))
    whole[place] ^= 1 << data.draw(st.integers(0, 7))
    hit = sum(len(b"".join(lines[: k + 1])) <= place for k in range(len(lines)))
    entries, troubles = entries_in(bytes(whole))
    others = journal[:hit] + journal[hit + 1 :]
    assert entries in (others, journal)
    assert troubles


def test_what_a_newer_version_wrote_is_named_and_the_rest_is_read() -> None:
    newer = line_of(check_in(1)).replace(b'"kind":"check_in"', b'"kind":"dream"')
    head = newer.rpartition(b',"crc"')[0]
    lines = head + b',"crc":"%08x"}\n' % crc32(head)
    entries, troubles = entries_in(line_of(check_in(1)) + lines + line_of(check_in(2)))
    assert entries == [check_in(1), check_in(2)]
    assert [trouble.sentence for trouble in troubles] == [
        "line 2 was written by a newer hipmonitor ('dream'); update hipmonitor to read it"
    ]


def test_a_value_out_of_range_is_no_entry_whatever_its_checksum() -> None:
    head = line_of(check_in(1, pain_rest=7)).rpartition(b',"crc"')[0].replace(b'"pain_rest":7', b'"pain_rest":77')
    entries, troubles = entries_in(head + b',"crc":"%08x"}\n' % crc32(head))
    assert entries == []
    assert troubles[0].sentence == "line 1 is damaged"


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_named(data: bytes) -> None:
    entries, troubles = entries_in(data)
    assert entries == []
    assert bool(troubles) == bool(data.strip(b"\n \t\r\x0b\x0c"))


def test_only_check_ins_can_be_asked_for_and_damage_is_still_named(tmp_path: Path) -> None:
    place = tmp_path / "diary.jsonl"
    shown = DecisionShown(shown_at=at(3), decision=decision(), plan_mark="abc")
    entries: list[Entry] = [check_in(1), check_in(2), shown, AskedToCheckIn(at=at(4), day=DAY)]
    place.write_bytes(b"".join(map(line_of, [*entries, Deleted(what="check_in", made_at=at(1))])) + b"{")
    diary = read_check_ins(place)
    assert (diary.check_ins, diary.shown, diary.asked_days) == ((check_in(2),), (), {DAY})
    assert [trouble.line for trouble in entries_in(place.read_bytes(), {"check_in"})[1]] == [6]


# -- the file ----------------------------------------------------------------------------------------------------------


def test_what_is_kept_is_read_and_only_its_owner_can(tmp_path: Path) -> None:
    place = tmp_path / "data" / "diary.jsonl"
    for entry in ONE_OF_EACH:
        append(entry, place)
    assert read_entries(place) == (list(ONE_OF_EACH), [])
    if sys.platform != "win32":
        assert stat.S_IMODE(place.stat().st_mode) == 0o600
        assert stat.S_IMODE(place.parent.stat().st_mode) == 0o700


def test_reading_makes_no_diary(tmp_path: Path) -> None:
    assert read_diary(tmp_path / "diary.jsonl") == diary_of([])
    assert list(tmp_path.iterdir()) == []


@settings(max_examples=30)
@given(cut=st.integers(1, 400))
def test_after_a_crash_in_the_midst_of_a_line_the_diary_goes_on(
    cut: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    place = tmp_path_factory.mktemp("diary") / "diary.jsonl"
    first, second = line_of(ONE_OF_EACH[0]), line_of(ONE_OF_EACH[2])
    place.write_bytes(first + second[: min(cut, len(second) - 2)])
    append(check_in(9), place)
    entries, troubles = read_entries(place)
    assert entries == [ONE_OF_EACH[0], check_in(9)]
    assert [trouble.line for trouble in troubles] == [2]


def test_a_diary_that_cannot_be_read_says_so(tmp_path: Path) -> None:
    (tmp_path / "diary.jsonl").mkdir()
    with pytest.raises(DiaryError, match="cannot be read"):
        read_diary(tmp_path / "diary.jsonl")
    with pytest.raises(DiaryError, match="is not kept, everything earlier is"):
        append(check_in(), tmp_path / "diary.jsonl")


class FullDisk(Disk):
    """Takes so many bytes of a line, and no more."""

    def __init__(self, room: int) -> None:
        self.room = room

    def append_to(self, path: Path) -> BinaryIO:
        file, disk = super().append_to(path), self

        class Filling:
            def __enter__(self) -> Self:
                return self

            def __exit__(self, *_: object) -> None:
                file.close()

            def __getattr__(self, name: str) -> Any:
                return getattr(file, name)

            def write(self, data: memoryview) -> int:
                if not disk.room:
                    raise OSError(errno.ENOSPC, "No space left on device")
                written = file.write(data[: disk.room])
                disk.room -= written
                return written

        return Filling()  # type: ignore[return-value]


@pytest.mark.parametrize("room", [0, 1, 50])
def test_on_a_full_disk_a_sentence_comes_and_nothing_earlier_is_lost(tmp_path: Path, room: int) -> None:
    place = tmp_path / "diary.jsonl"
    append(check_in(1), place)
    before = place.read_bytes()
    with pytest.raises(DiaryError, match="No space left on device"):
        append(check_in(2), place, disk=FullDisk(room))
    assert place.read_bytes() == before
    append(check_in(3), place, disk=FullDisk(10_000))
    assert read_entries(place) == ([check_in(1), check_in(3)], [])


class NeverSure(Disk):
    def sync(self, file: BinaryIO) -> None:
        raise OSError(errno.EIO, "Input/output error")


def test_what_is_not_surely_on_the_disk_is_not_said_to_be_kept(tmp_path: Path) -> None:
    place = tmp_path / "diary.jsonl"
    append(check_in(1), place)
    with pytest.raises(DiaryError, match="is not kept"):
        append(check_in(2), place, disk=NeverSure())
    assert read_entries(place) == ([check_in(1)], [])


WRITER = """
import sys
from pathlib import Path
from hipmonitor.core.instants import HostNs
from hipmonitor.core.programme import CheckIn
from hipmonitor.io.diary import append
first = int(sys.argv[2])
for k in range(40):
    append(CheckIn(made_at=HostNs(first + k), day=1, utc_offset_s=0, note="x" * 500), Path(sys.argv[1]))
"""


def test_two_who_write_at_once_lose_nothing(tmp_path: Path) -> None:
    place = tmp_path / "diary.jsonl"
    writers = [subprocess.Popen([sys.executable, "-c", WRITER, str(place), str(first)]) for first in (0, 1000)]
    assert [writer.wait(60) for writer in writers] == [0, 0]
    entries, troubles = read_entries(place)
    assert troubles == []
    made = [entry.made_at for entry in entries if isinstance(entry, CheckIn)]
    assert sorted(made) == [*range(40), *range(1000, 1040)]
    assert [k for k in made if k < 1000] == list(range(40))


def test_a_writer_that_hangs_is_not_waited_for_for_ever(tmp_path: Path) -> None:
    fcntl: Any = pytest.importorskip("fcntl", reason="locks of Unix")
    place = tmp_path / "diary.jsonl"
    append(check_in(1), place)
    with place.open("rb") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        with pytest.raises(DiaryError, match="another program writes to it"):
            append(check_in(2), place, wait_s=0.05)
        assert read_diary(place).check_ins == (check_in(1),)


# -- what stands -------------------------------------------------------------------------------------------------------


def test_a_correction_takes_the_place_of_what_it_corrects() -> None:
    diary = diary_of([check_in(1, pain_rest=2), check_in(2), replace(check_in(1), pain_rest=3)])
    assert diary.check_ins == (check_in(1, pain_rest=3), check_in(2))


def test_what_was_deleted_does_not_count_and_can_be_entered_again() -> None:
    gone = [*ONE_OF_EACH, Deleted(what="check_in", made_at=at(1)), Deleted(what="overruled", made_at=at(4))]
    diary = diary_of(gone)
    assert (diary.check_ins, diary.outside_scores, diary.overruled) == ((), (), ())
    assert diary_of([*gone, check_in(1)]).check_ins == (check_in(1),)


def test_a_sign_counts_for_its_day_until_it_is_taken_out() -> None:
    with_sign = check_in(1, signs=(WarningSign.FEVER_OR_ILL,))
    assert diary_of([with_sign]).signs_on(DAY)
    assert not diary_of([with_sign]).signs_on(DAY + 1)
    assert not diary_of([with_sign, check_in(1)]).signs_on(DAY)


def test_of_a_day_the_newest_word_of_the_wearer_counts() -> None:
    first = Overruled(made_at=at(1), day=DAY, step=Step.REST, by="me", note="")
    second = replace(first, made_at=at(2), step=Step.HOLD)
    assert diary_of([second, first]).overruled == (second,)


def test_a_shown_decision_knows_whether_something_was_said_since() -> None:
    shown = DecisionShown(shown_at=at(3), decision=decision(), plan_mark="abc")
    quiet = diary_of([check_in(1), shown, OutsideScore(made_at=at(4), day=DAY, name="HOOS", score=1.0)]).shown_on(DAY)
    said = diary_of([shown, check_in(1)]).shown_on(DAY)
    again = diary_of([shown, check_in(1), replace(shown, decision=decision(Step.HOLD))]).shown_on(DAY)
    assert quiet is not None
    assert not quiet.said_since
    assert said is not None
    assert said.said_since
    assert again is not None
    assert (again.said_since, again.entry.decision.step) == (False, Step.HOLD)
    assert diary_of([shown]).shown_on(DAY + 1) is None
