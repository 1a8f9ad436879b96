"""The history's database: whole or not at all, private, and of one version."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import stat
import subprocess
import sys
import textwrap
from dataclasses import replace
from pathlib import Path

import pytest

from hipmonitor.core.errors import HistoryBroken, HistoryError
from hipmonitor.io.history import History, history_file
from hipmonitor.io.history.database import connect
from hipmonitor.io.history.part_text import part_from, part_text
from hipmonitor.io.history.schema import MIGRATIONS
from tests.core.day_builders import DAY, WALK, clock
from tests.core.history_builders import alert, head, morning, news


def lines(path: Path) -> list[str]:
    with History(path) as history:
        return list(history.dump())


def test_what_is_put_in_comes_out(tmp_path: Path) -> None:
    put = news(morning(), alert())
    with History(tmp_path / "h.db") as history:
        history.replace(head(), put)
        record = history.day(DAY, valid_day_worn_h=0.5)
    assert record.minutes == put.minutes
    assert record.bouts == put.bouts
    assert record.alerts == put.alerts
    assert record.events == put.events
    assert record.calibrations == put.calibrations
    assert record.sessions == (head(),)
    assert (record.reading, record.figures.valid) == ("settled", True)
    assert record.figures.sitting.over_30 == 1
    assert record.figures.tally == put.parts[0].tally


def test_days_without_a_recording_are_there_and_empty(tmp_path: Path) -> None:
    with History(tmp_path / "h.db") as history:
        assert history.span() is None
        history.replace(head(), news())
        before, today = history.figures(DAY - 1, DAY, valid_day_worn_h=10)
        assert history.span() == (DAY, DAY)
        assert history.day(DAY - 1, valid_day_worn_h=10).reading == "none"
    assert (before.tally.recorded_s, before.limits) == (0, None)
    assert today.tally.recorded_s > 0


def test_replacing_leaves_nothing_of_the_old(tmp_path: Path) -> None:
    with History(tmp_path / "a.db") as history:
        history.append(head(reading="as_lived"), news(morning(3000), alert(35)))
        history.replace(head(), news(morning(1200)))
    with History(tmp_path / "b.db") as history:
        history.replace(head(), news(morning(1200)))
    assert lines(tmp_path / "a.db") == lines(tmp_path / "b.db")


def test_a_settled_alert_stays_and_only_what_followed_may_become_known(tmp_path: Path) -> None:
    with History(tmp_path / "h.db") as history:
        history.replace(head(end=clock(9, 45)), news(morning(), alert(40, stood_up_after_s=None)))
        later = (alert(40, minutes=99.0, stood_up_after_s=75), alert(41), alert(50))
        history.replace(head(end=clock(10)), news(morning(), *later))
        kept = [record.followed for record in history.day(DAY, valid_day_worn_h=10).alerts]
    assert [followed.alert.at for followed in kept] == [clock(9, 40), clock(9, 50)]
    assert (kept[0].alert.evidence.minutes, kept[0].stood_up_after_s) == (30.0, 75)


def test_a_running_session_grows(tmp_path: Path) -> None:
    with History(tmp_path / "h.db") as history:
        history.append(head(reading="as_lived"), news(morning(600)))
        history.append(head(reading="as_lived"), news(morning(900)))
        record = history.day(DAY, valid_day_worn_h=10)
    assert (record.figures.tally.sit_s, record.reading) == (900, "as_lived")


def test_a_day_of_a_settled_and_a_running_session_is_mixed(tmp_path: Path) -> None:
    with History(tmp_path / "h.db") as history:
        history.replace(head(), news())
        history.append(head("evening", reading="as_lived", start=clock(19)), news())
        assert history.day(DAY, valid_day_worn_h=10).reading == "mixed"


def test_the_one_that_began_first_owns_the_time_until_it_ends(tmp_path: Path) -> None:
    with History(tmp_path / "h.db") as history:
        history.replace(head("first", end=clock(10)), news())
        assert history.owned_from(clock(9, 30), "second") == clock(10)
        assert history.owned_from(clock(10), "after") is None
        assert history.owned_from(clock(9), "a, as early") is None  # by name, where both began at once
        assert history.owned_from(clock(9), "second, as early") == clock(10)


def test_the_same_sessions_in_another_order_give_the_same_database(tmp_path: Path) -> None:
    sessions = [head("one"), head("two", start=clock(12)), head("three", start=clock(15))]
    for name, order in (("a.db", sessions), ("b.db", sessions[::-1])):
        with History(tmp_path / name) as history:
            for session in order:
                history.replace(session, news())
    assert lines(tmp_path / "a.db") == lines(tmp_path / "b.db")


# -- crashes -----------------------------------------------------------------------------------------------------------

WRITER = """
import os, signal, sys
from pathlib import Path
from hipmonitor.io.history import History, writing
from tests.core.history_builders import head, morning, news
history = History(Path(sys.argv[1]))
history.replace(head(), news(morning(600)))
put = writing._bouts
def killed(*args):
    put(*args)
    os.kill(os.getpid(), signal.SIGKILL)
writing._bouts = killed
history.replace(head(), news(morning(2400)))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
def test_a_process_killed_while_it_replaces_leaves_the_old_results_whole(tmp_path: Path) -> None:
    root = Path(__file__).parents[3]
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(WRITER), str(tmp_path / "h.db")],
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(root)},
        check=False,
        timeout=60,
    )
    assert done.returncode == -signal.SIGKILL
    with History(tmp_path / "untouched.db") as history:
        history.replace(head(), news(morning(600)))
    assert lines(tmp_path / "h.db") == lines(tmp_path / "untouched.db")


def test_an_error_inside_leaves_the_old_results_whole(tmp_path: Path) -> None:
    bad = news(morning(2400), alert())
    with History(tmp_path / "h.db") as history:
        history.replace(head(), news(morning(600)))
        before = list(history.dump())
        object.__setattr__(bad.minutes[0], "start_s", "no number")
        with pytest.raises(HistoryError, match=r"h\.db: cannot be written"):
            history.replace(head(), bad)
        assert list(history.dump()) == before


def test_two_may_read_and_write_at_once(tmp_path: Path) -> None:
    with History(tmp_path / "h.db") as one, History(tmp_path / "h.db") as other:
        one.replace(head(), news(morning(600)))
        assert other.day(DAY, valid_day_worn_h=10).figures.tally.sit_s == 600
        other.replace(head("other", start=clock(15)), news())
        assert len(one.sessions()) == 2


# -- the file ----------------------------------------------------------------------------------------------------------


@pytest.mark.skipif(sys.platform == "win32", reason="modes of Unix")
def test_only_its_owner_can_read_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HIPMONITOR_HOME", str(tmp_path / "home"))
    before = os.umask(0)
    try:
        with History() as history:
            history.replace(head(), news())
            modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in history_file().parent.iterdir()}
            assert stat.S_IMODE(history_file().parent.stat().st_mode) == 0o700
    finally:
        os.umask(before)
    assert modes == {"history.db": 0o600, "history.db-wal": 0o600, "history.db-shm": 0o600}


def test_an_older_database_is_brought_up_to_date_and_keeps_its_rows(tmp_path: Path) -> None:
    with History(tmp_path / "h.db") as history:
        history.replace(head(), news())
    more = (*MIGRATIONS, "CREATE TABLE note (day INTEGER PRIMARY KEY, words TEXT NOT NULL) STRICT;")
    connection = connect(tmp_path / "h.db", more)
    assert connection.execute("SELECT count(*) FROM note").fetchone() == (0,)
    assert connection.execute("SELECT count(*) FROM session").fetchone() == (1,)
    assert connection.execute("PRAGMA user_version").fetchone() == (len(more),)
    connection.close()


def test_a_migration_that_fails_changes_nothing(tmp_path: Path) -> None:
    with History(tmp_path / "h.db") as history:
        history.replace(head(), news())
    with pytest.raises(HistoryError, match="history rebuild"):
        connect(tmp_path / "h.db", (*MIGRATIONS, "CREATE TABLE note (day INTEGER);\nDROP TABLE nowhere;"))
    with History(tmp_path / "h.db") as history:
        assert len(history.sessions()) == 1
        assert not [line for line in history.dump() if "note (" in line]


def test_a_database_of_a_newer_program_is_left_alone(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "h.db") as connection:
        connection.execute(f"PRAGMA user_version={len(MIGRATIONS) + 1}")
    with pytest.raises(HistoryError, match="newer hipmonitor"):
        History(tmp_path / "h.db")


def test_what_is_no_database_is_told_with_the_remedy(tmp_path: Path) -> None:
    (tmp_path / "h.db").write_text("no database at all, but long enough to be looked at" * 20)
    with pytest.raises(HistoryError, match="run `hipmonitor history rebuild`"):
        History(tmp_path / "h.db")


def test_every_table_is_strict(tmp_path: Path) -> None:
    connection = connect(tmp_path / "h.db")
    tables = connection.execute("SELECT name, strict FROM pragma_table_list WHERE name NOT LIKE 'sqlite_%'").fetchall()
    connection.close()
    assert len(tables) == 13
    assert [name for name, strict in tables if not strict] == []


def test_a_file_that_is_broken_inside_is_told_with_its_remedy(tmp_path: Path) -> None:
    with History(tmp_path / "h.db") as history:
        history.replace(head(), news())
        for read in (history.sessions, history.span, lambda: history.day(DAY, valid_day_worn_h=10)):
            history._connection.execute("DROP TABLE IF EXISTS session")
            history._connection.execute("DROP TABLE IF EXISTS day_part")
            with pytest.raises(HistoryError, match="hipmonitor history rebuild"):
                read()


def test_a_row_whose_text_was_spoilt_is_told_with_its_remedy(tmp_path: Path) -> None:
    with History(tmp_path / "h.db") as history:
        history.replace(head(), news())
        for spoilt in ("not JSON", "{}", "[1, 2]"):
            history._connection.execute("UPDATE day_part SET figures = ?", (spoilt,))
            with pytest.raises(HistoryBroken, match="hipmonitor history rebuild"):
                history.day(DAY, valid_day_worn_h=10)


# -- broken, and made anew ---------------------------------------------------------------------------------------------


def spoil(path: Path, how: str) -> None:
    data = path.read_bytes()
    if how == "page":
        path.write_bytes(data[:4096] + os.urandom(4096) + data[8192:])
    elif how == "cut":
        path.write_bytes(data[: len(data) // 2])
    elif how == "text":
        path.write_text("no database at all, but long enough to be looked at" * 20)
    else:
        with sqlite3.connect(path) as connection:
            connection.execute("DROP TABLE minute")
        connection.close()


@pytest.mark.parametrize("how", ["page", "cut", "text", "table"])
def test_a_broken_history_is_put_aside_whole_and_a_new_one_begins(tmp_path: Path, how: str) -> None:
    path = tmp_path / "h.db"
    with History(path) as history:
        history.replace(head(), news(morning(), alert()))
    spoil(path, how)
    broken = path.read_bytes()
    history, aside = History.to_rebuild(path)
    with history:
        assert history.sessions() == ()
        history.replace(head(), news())
    assert aside == tmp_path / "h.db.damaged1"
    assert aside.read_bytes() == broken


def test_a_sound_history_is_not_put_aside(tmp_path: Path) -> None:
    with History(tmp_path / "h.db") as history:
        history.replace(head(), news())
    history, aside = History.to_rebuild(tmp_path / "h.db")
    with history:
        assert (aside, len(history.sessions())) == (None, 1)


def test_a_history_that_somebody_writes_or_of_a_newer_program_is_not_put_aside(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "new.db") as connection:
        connection.execute(f"PRAGMA user_version={len(MIGRATIONS) + 1}")
    connection.close()
    before = (tmp_path / "new.db").read_bytes()
    with pytest.raises(HistoryError, match="newer hipmonitor"):
        History.to_rebuild(tmp_path / "new.db")
    assert (tmp_path / "new.db").read_bytes() == before
    assert [path.name for path in tmp_path.glob("*.damaged*")] == []


def test_before_a_migration_the_history_is_kept_as_it_was(tmp_path: Path) -> None:
    with History(tmp_path / "h.db") as history:
        history.replace(head(), news())
    before = lines(tmp_path / "h.db")
    connect(tmp_path / "h.db", (*MIGRATIONS, "DROP TABLE minute;")).close()
    kept = tmp_path / f"h.db.version{len(MIGRATIONS)}"
    assert lines(kept) == before
    if sys.platform != "win32":
        assert stat.S_IMODE(kept.stat().st_mode) == 0o600


def test_parts_from_before_hours_of_bends_were_kept_still_read() -> None:
    part = replace(news().parts[0], flexion_cycles={WALK: 3}, flexion_cycles_by_hour={9: {WALK: 3}})
    assert part_from(part_text(part)) == part
    old = json.loads(part_text(part))
    del old["flexion_cycles_by_hour"], old["deep_cycles_by_hour"]
    assert part_from(json.dumps(old)) == replace(part, flexion_cycles_by_hour={})
