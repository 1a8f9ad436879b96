"""History from live sessions, from recordings, and again: the same numbers whatever the way."""

from __future__ import annotations

import shutil
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from hipmonitor.core.alerts import AlertKind, AlertLevel
from hipmonitor.core.exposure import BoutEnd
from hipmonitor.core.inbound import Way
from hipmonitor.core.instants import NS_PER_S
from hipmonitor.io.history import History
from hipmonitor.io.session import repair
from hipmonitor.runtime.history_settling import Cancelled, Progress, rebuild, settle
from tests.journeys.lived_days import DAY, Session, dump

MORNING = Session(begin_s=9 * 3600, number=1)
NIGHT = Session(begin_s=86_400 - 300, number=2)
JOURNEY = Session(begin_s=15 * 3600, number=3, zones=((0, 0), (400, -5 * 3600)))


def rebuilt(folder: Path, name: str = "rebuilt.db") -> list[str]:
    with History(folder / name) as history:
        rebuild(history, folder)
    return dump(folder / name)


def test_a_lived_session_and_a_rebuild_give_the_identical_database(tmp_path: Path) -> None:
    for session in (MORNING, NIGHT, JOURNEY):
        session.live(tmp_path, tmp_path / "lived.db")
    assert dump(tmp_path / "lived.db") == rebuilt(tmp_path)


def test_a_rebuild_changes_nothing_in_a_settled_history(tmp_path: Path) -> None:
    MORNING.live(tmp_path, tmp_path / "h.db")
    before = dump(tmp_path / "h.db")
    assert rebuilt(tmp_path, "h.db") == before


def test_while_a_session_runs_its_minutes_are_there_as_lived(tmp_path: Path) -> None:
    seen: list[tuple[int, str]] = []

    def look(second: int) -> None:
        if second == 400:
            with History(tmp_path / "h.db") as history:
                record = history.day(DAY, valid_day_worn_h=10)
                seen.append((record.figures.tally.recorded_s, record.reading))
                assert record.alerts
                assert record.minutes

    MORNING.live(tmp_path, tmp_path / "h.db", each=look)
    assert seen[0][1] == "as_lived"
    assert 300 <= seen[0][0] <= 400
    with History(tmp_path / "h.db") as history:
        assert history.day(DAY, valid_day_worn_h=10).reading == "settled"


def test_settling_says_what_it_changed(tmp_path: Path) -> None:
    path = MORNING.live(tmp_path, tmp_path / "h.db")
    with History(tmp_path / "h.db") as history:
        lived, settled = history.totals(path.name.removesuffix(".mcap"))
    assert (lived.reading, settled.reading) == ("as_lived", "settled")
    assert lived.unknown_s > settled.unknown_s  # the placement was learned on the way
    assert settled.sedentary_s == pytest.approx(440, abs=15)


def test_alerts_are_kept_with_how_they_were_told_and_what_followed(tmp_path: Path) -> None:
    MORNING.live(tmp_path, tmp_path / "h.db")
    with History(tmp_path / "h.db") as history:
        alerts = history.day(DAY, valid_day_worn_h=10).alerts
    loudest = [kept.followed for kept in alerts if kept.followed.alert.level is AlertLevel.ALERT]
    assert [followed.alert.kind for followed in loudest] == [AlertKind.SITTING, AlertKind.SITTING]
    assert [(told.way, told.failed) for told in loudest[0].told] == [(Way.TERMINAL, ""), (Way.SOUND, "no device")]
    assert [answered.answer for _, answered in loudest[0].answers] == ["stand"]
    assert loudest[0].stood_up_after_s == pytest.approx(120, abs=15)


def test_midnight_and_the_wearers_zone_name_the_days(tmp_path: Path) -> None:
    NIGHT.record(tmp_path)
    JOURNEY.record(tmp_path)
    rebuilt(tmp_path)
    with History(tmp_path / "rebuilt.db") as history:
        today, tomorrow = history.figures(DAY, DAY + 1, valid_day_worn_h=10)
        minutes = history.day(DAY, valid_day_worn_h=10).minutes
    assert tomorrow.tally.recorded_s == pytest.approx(760 - 300, abs=3)
    assert today.tally.recorded_s == pytest.approx(300 + 760, abs=3)
    assert today.length_s == 86_400  # the evening's session was in the morning's zone again
    assert {minute.utc_offset_s for minute in minutes} == {0, -5 * 3600}


# -- sessions that meet ------------------------------------------------------------------------------------------------

FIRST = Session(begin_s=9 * 3600, number=4)
SECOND = Session(begin_s=9 * 3600 + 400, number=5)
INSIDE = Session(begin_s=9 * 3600 + 100, script=(("stand", 30), ("walk", 60), ("sit", 60)), number=6)


@pytest.mark.parametrize("order", [(FIRST, SECOND, INSIDE), (INSIDE, SECOND, FIRST), (SECOND, FIRST, INSIDE)])
def test_no_time_is_counted_twice_in_whatever_order_sessions_are_settled(
    tmp_path: Path, order: tuple[Session, ...]
) -> None:
    for session in order:
        path = session.record(tmp_path)
        with History(tmp_path / "h.db") as history:
            settle(history, path)
    with History(tmp_path / "h.db") as history:
        figures = history.figures(DAY, DAY, valid_day_worn_h=10)[0]
        assert history.misjudged() == ()
    assert figures.tally.recorded_s == pytest.approx(400 + 760, abs=3)
    assert max(minute_seconds(tmp_path / "h.db")) <= 60
    assert dump(tmp_path / "h.db") == rebuilt(tmp_path)


def minute_seconds(database: Path) -> list[int]:
    with History(database) as history:
        minutes = history.day(DAY, valid_day_worn_h=10).minutes
    by_name: dict[int, int] = {}
    for minute in minutes:
        by_name[minute.minute_of_day] = by_name.get(minute.minute_of_day, 0) + minute.tally.recorded_s
    return list(by_name.values())


# -- what goes wrong ---------------------------------------------------------------------------------------------------


def test_a_monitor_started_anew_in_mid_sitting_does_not_make_two_bouts(tmp_path: Path) -> None:
    first = Session(begin_s=9 * 3600, script=(("stand", 60), ("walk", 90), ("chair", 300)))
    anew = Session(begin_s=9 * 3600 + 460, script=(("chair", 240), ("stand", 70), ("walk", 60)), number=2)
    for session in (first, anew):
        session.live(tmp_path, tmp_path / "h.db")
    with History(tmp_path / "h.db") as history:
        record = history.day(DAY, valid_day_worn_h=10)
    assert [bout.ended_by for bout in record.bouts] == [BoutEnd.BREAK]
    assert record.bouts[0].sitting_s == pytest.approx(540, abs=15)
    assert (record.figures.sitting.bouts, record.figures.breaks) == (1, 1)


def test_a_session_repaired_later_replaces_what_could_be_read_before(tmp_path: Path) -> None:
    whole = MORNING.record(tmp_path / "whole")
    cut = tmp_path / (whole.name + ".part")
    data = whole.read_bytes()
    cut.write_bytes(data[: len(data) // 2])
    with History(tmp_path / "h.db") as history:
        settle(history, cut)
        before = history.figures(DAY, DAY, valid_day_worn_h=10)[0].tally.recorded_s
    cut.unlink()
    shutil.copy(whole, tmp_path)
    repaired = repair(tmp_path / whole.name).path
    with History(tmp_path / "h.db") as history:
        settle(history, repaired)
        after = history.figures(DAY, DAY, valid_day_worn_h=10)[0].tally.recorded_s
        assert len(history.sessions()) == 1
    assert 0 < before < after == pytest.approx(760, abs=3)
    assert dump(tmp_path / "h.db") == rebuilt(tmp_path)


def test_a_session_whose_recording_is_gone_is_kept(tmp_path: Path) -> None:
    MORNING.record(tmp_path).unlink()
    path = MORNING.live(tmp_path, tmp_path / "h.db")
    before = dump(tmp_path / "h.db")
    path.unlink()
    with History(tmp_path / "h.db") as history:
        assert rebuild(history, tmp_path).kept == (path.name.removesuffix(".mcap"),)
    assert dump(tmp_path / "h.db") == before


def test_a_recording_that_is_being_written_is_left_to_its_session(tmp_path: Path) -> None:
    def look(second: int) -> None:
        if second == 300:
            with History(tmp_path / "h.db") as history:
                done = rebuild(history, tmp_path)
                assert (len(done.running), done.settled, done.failed) == (1, (), ())

    MORNING.live(tmp_path, tmp_path / "h.db", each=look)


def test_limits_set_on_a_day_that_never_was_keep_the_session_and_are_told_with_it(tmp_path: Path) -> None:
    wrong = replace(MORNING.settings)
    object.__setattr__(wrong, "set_on", "2026-02-30")  # as a version wrote it that did not look
    path = replace(MORNING, settings=wrong).record(tmp_path)
    with History(tmp_path / "h.db") as history:
        assert "'2026-02-30'" in settle(history, path).note
        limits = history.day(DAY, valid_day_worn_h=10).figures.limits
    assert limits is not None
    assert limits.set_on == ""


def test_what_is_no_recording_is_named_and_the_rest_settled(tmp_path: Path) -> None:
    MORNING.record(tmp_path)
    (tmp_path / "20260101T000000Z_none_00000000.mcap").write_bytes(b"no recording")
    with History(tmp_path / "h.db") as history:
        done = rebuild(history, tmp_path)
    assert (len(done.settled), [path.name[:8] for path, _ in done.failed]) == (1, ["20260101"])


def test_a_cancelled_rebuild_leaves_the_old_numbers(tmp_path: Path) -> None:
    MORNING.live(tmp_path, tmp_path / "h.db")
    before = dump(tmp_path / "h.db")
    with History(tmp_path / "h.db") as history:
        assert rebuild(history, tmp_path, lambda _: False).cancelled
        with pytest.raises(Cancelled):
            settle(history, next(tmp_path.glob("*.mcap")), lambda _: False)
    assert dump(tmp_path / "h.db") == before


def test_a_rebuild_tells_how_far_it_is(tmp_path: Path) -> None:
    MORNING.record(tmp_path)
    INSIDE.record(tmp_path)
    told: list[Progress] = []
    with History(tmp_path / "h.db") as history:
        rebuild(history, tmp_path, lambda progress: told.append(progress) or True)
    assert {(progress.number, progress.of) for progress in told} == {(1, 2), (2, 2)}
    assert max(progress.gone_through_s / progress.lasting_s for progress in told) == pytest.approx(1.0, abs=0.01)


def test_alerts_that_were_settled_stay_as_they_were_lived(tmp_path: Path) -> None:
    path = MORNING.live(tmp_path, tmp_path / "h.db")
    with sqlite3.connect(tmp_path / "h.db") as connection:  # as an earlier version of the rules may have told them
        connection.execute("UPDATE alert SET minutes = 1.25")
    with History(tmp_path / "h.db") as history:
        settle(history, path)
        assert {kept.followed.alert.evidence.minutes for kept in history.day(DAY, valid_day_worn_h=10).alerts} == {1.25}


def test_no_row_says_when_it_was_written(tmp_path: Path) -> None:
    MORNING.record(tmp_path)
    lines = "\n".join(rebuilt(tmp_path))
    this_year_ns = 1_790_000_000 * NS_PER_S
    numbers = [int(word) for word in lines.replace(",", " ").replace(")", " ").split() if word.isdecimal()]
    assert not [number for number in numbers if this_year_ns < number < 2 * this_year_ns]
