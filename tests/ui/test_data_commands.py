"""Data are theirs: where they lie, a copy, their end; and a history made anew."""

from __future__ import annotations

import csv
import json
import shutil
import sqlite3
import stat
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from hipmonitor.core.errors import AlreadyRunning
from hipmonitor.core.inbound import SensorId
from hipmonitor.core.programme import STARTING_PLAN, CheckIn
from hipmonitor.io.control import ControlServer, Status, ask, only_one
from hipmonitor.io.diary import append
from hipmonitor.io.history import History, SetRecord, history_file
from hipmonitor.io.places import diary_file, plan_file, recordings_folder, settings_file, state_folder
from hipmonitor.io.plan import save_plan, template_text
from hipmonitor.io.session import SessionWriter
from hipmonitor.ui.cli.app import app
from hipmonitor.ui.cli.exits import ExitCode
from tests.core.day_builders import DAY, clock
from tests.core.history_builders import alert, head, morning, news
from tests.core.set_builders import ended_set

EXAMPLES = Path(__file__).parents[2] / "recordings"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HIPMONITOR_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


def run(*arguments: object, says: str | None = None) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments], input=says)


def live_a_little() -> None:
    """A recording, a demo, a history, settings, and what the program keeps for itself."""
    for folder in (recordings_folder(), recordings_folder() / "demo"):
        folder.mkdir(parents=True)
        shutil.copy(EXAMPLES / "alert.mcap", folder)
    with History() as history:
        done = SetRecord(result=ended_set(clock(9, 30)), shown=9, day=DAY, utc_offset_s=0)
        history.replace(head(), replace(news(morning(), alert()), sets=(done,)))
    settings_file().write_text('set_by = "me"\n')
    save_plan(template_text(STARTING_PLAN, "2026-03-11"))
    append(CheckIn(made_at=clock(20), day=DAY, utc_offset_s=0, pain_rest=2, note="secret words"))
    (settings_file().parent / "exercises").mkdir()
    for name in ("exercises.toml", "exercises/from_physio.toml"):
        (settings_file().parent / name).touch(0o600)
    (state_folder() / "log").mkdir()
    (state_folder() / "log" / "hipmonitor.log").write_text("started\n")


# -- export ------------------------------------------------------------------------------------------------------------


def test_an_export_holds_everything_and_says_what_it_is(tmp_path: Path) -> None:
    live_a_little()
    done = run("data", "export", tmp_path / "mine")
    assert done.exit_code == 0, done.output
    found = sorted(
        str(path.relative_to(tmp_path / "mine")) for path in (tmp_path / "mine").rglob("*") if path.is_file()
    )
    assert found == [
        "README.txt",
        "check_ins.csv",
        "config.toml",
        "days.csv",
        "diary.jsonl",
        "exercises.toml",
        "exercises/from_physio.toml",
        "history.db",
        "plan.toml",
        "recordings/alert.mcap",
        "recordings/demo/alert.mcap",
        "sets.csv",
    ]
    copy = tmp_path / "mine" / "recordings" / "alert.mcap"
    assert copy.read_bytes() == (EXAMPLES / "alert.mcap").read_bytes()
    assert "Not a medical device." in (tmp_path / "mine" / "README.txt").read_text()
    with (tmp_path / "mine" / "days.csv").open() as file:
        assert [row["date"] for row in csv.DictReader(file)] == ["2026-03-11"]
    with (tmp_path / "mine" / "sets.csv").open() as file:
        assert [
            (row["date"], row["time"], row["repetitions"], row["shown_repetitions"], row["comfort"])
            for row in csv.DictReader(file)
        ] == [("2026-03-11", "09:30", "10", "9", "")]
    with (tmp_path / "mine" / "check_ins.csv").open() as file:
        assert [(row["date"], row["pain_rest"], row["fatigue"]) for row in csv.DictReader(file)] == [
            ("2026-03-11", "2", "")
        ]
    assert (tmp_path / "mine" / "diary.jsonl").read_bytes() == diary_file().read_bytes()


def test_an_exported_history_is_one_whole_file(tmp_path: Path) -> None:
    live_a_little()
    with History() as history:  # a session may be writing
        run("data", "export", tmp_path / "mine")
        with History(tmp_path / "mine" / "history.db") as copy:
            assert list(copy.dump()) == list(history.dump())
    with sqlite3.connect(tmp_path / "mine" / "history.db") as connection:
        assert connection.execute("SELECT count(*) FROM alert").fetchone() == (1,)


@pytest.mark.skipif(sys.platform == "win32", reason="modes of Unix")
def test_only_the_owner_can_read_an_export(tmp_path: Path) -> None:
    live_a_little()
    run("data", "export", tmp_path / "mine")
    modes = {path: stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "mine", *(tmp_path / "mine").rglob("*"))}
    assert {mode for path, mode in modes.items() if path.is_dir()} == {0o700}
    assert {mode for path, mode in modes.items() if path.is_file()} == {0o600}


def test_an_export_never_mixes_with_what_is_there(tmp_path: Path) -> None:
    live_a_little()
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("dear")
    done = run("data", "export", tmp_path / "mine")
    assert done.exit_code == 2
    assert "is there and not empty; name a new folder" in done.output
    assert [path.name for path in (tmp_path / "mine").iterdir()] == ["letter.txt"]


def test_of_nothing_an_export_is_its_readme(tmp_path: Path) -> None:
    run("data", "export", tmp_path / "mine")
    assert [path.name for path in (tmp_path / "mine").iterdir()] == ["README.txt"]


def test_an_export_to_where_nothing_can_be_written_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    done = run("data", "export", tmp_path / "file" / "mine")
    assert done.exit_code == 2
    assert "the copy cannot be made" in done.output
    assert "name another folder" in done.output


def test_a_broken_history_is_copied_as_it_is_and_said(tmp_path: Path) -> None:
    live_a_little()
    broken = b"no database, and long enough to be seen as none" * 20
    history_file().write_bytes(broken)
    done = run("data", "export", tmp_path / "mine")
    assert done.exit_code == 0, done.output
    assert (tmp_path / "mine" / "history.db").read_bytes() == broken
    assert (tmp_path / "mine" / "recordings" / "alert.mcap").exists()
    assert "it was copied as it is" in done.output
    assert "it was copied as it is" in (tmp_path / "mine" / "README.txt").read_text()


# -- delete ------------------------------------------------------------------------------------------------------------


def test_delete_asks_and_the_wrong_word_deletes_nothing(home: Path) -> None:
    live_a_little()
    before = sorted(home.rglob("*"))
    done = run("data", "delete", "--all", says="yes\n")
    assert "Recordings" in done.stdout
    assert "Nothing was deleted." in done.stdout
    assert sorted(home.rglob("*")) == before


def test_delete_shows_what_is_gone_and_it_is(home: Path) -> None:
    live_a_little()
    done = run("data", "delete", "--all", says="delete\n")
    assert done.exit_code == 0, done.output
    for path in (recordings_folder() / "alert.mcap", history_file(), settings_file(), diary_file(), plan_file()):
        assert str(path) in done.stdout
    assert not home.exists()


def test_delete_with_yes_does_not_ask(home: Path) -> None:
    live_a_little()
    assert run("data", "delete", "--all", "--yes").exit_code == 0
    assert not home.exists()
    assert "Nothing is kept on this computer." in run("data", "delete", "--all", "--yes").stdout


def test_delete_leaves_what_is_not_hipmonitors() -> None:
    live_a_little()
    (recordings_folder() / "notes.txt").write_text("my own")
    run("data", "delete", "--all", "--yes")
    assert [path.name for path in recordings_folder().iterdir()] == ["notes.txt"]


def test_delete_wants_to_hear_all() -> None:
    live_a_little()
    done = run("data", "delete")
    assert done.exit_code == 2
    assert "say --all" in done.output
    assert history_file().exists()


@pytest.mark.skipif(sys.platform == "win32", reason="locks of Unix")
def test_delete_refuses_while_a_session_is_recorded() -> None:
    live_a_little()
    with SessionWriter(recordings_folder(), sensor=SensorId("C0:FF"), started_at=clock(9)):
        done = run("data", "delete", "--all", "--yes")
    assert done.exit_code == 2
    assert "is being recorded; end that session first" in done.output
    assert history_file().exists()


@pytest.mark.skipif(sys.platform == "win32", reason="locks of Unix")
def test_delete_refuses_while_a_monitor_looks_for_its_sensor() -> None:
    live_a_little()
    with only_one("hipmonitor monitor"), ControlServer(lambda _: {}):
        done = run("data", "delete", "--all", "--yes")
        assert ask(Status())["ok"]
        with pytest.raises(AlreadyRunning), only_one("another monitor"):
            pass
    assert done.exit_code == ExitCode.ALREADY_RUNNING
    assert "hipmonitor stop" in done.output
    assert history_file().exists()


# -- where -------------------------------------------------------------------------------------------------------------


@pytest.mark.skipif(sys.platform == "win32", reason="modes of Unix")
def test_where_says_who_can_read() -> None:
    live_a_little()
    settings_file().chmod(0o600)
    for path in recordings_folder().rglob("*.mcap"):
        path.chmod(0o600)
    (state_folder() / "log" / "hipmonitor.log").chmod(0o644)
    done = run("data", "where")
    assert f"Recordings: {recordings_folder()}" in done.stdout
    assert f"chmod 600 {state_folder() / 'log' / 'hipmonitor.log'}" in done.stdout
    (state_folder() / "log" / "hipmonitor.log").chmod(0o600)
    assert "Only you can read these files." in run("data", "where").stdout


def test_a_rebuild_leaves_the_diary_alone() -> None:
    live_a_little()
    before = diary_file().read_bytes()
    assert run("history", "rebuild").exit_code == 0
    assert diary_file().read_bytes() == before


# -- rebuild -----------------------------------------------------------------------------------------------------------


def test_a_rebuild_makes_the_history_from_the_recordings() -> None:
    recordings_folder().mkdir(parents=True)
    shutil.copy(EXAMPLES / "alert.mcap", recordings_folder())
    done = run("history", "rebuild")
    assert done.exit_code == 0, done.output
    assert "1 sessions" not in done.stdout
    assert "1 session " in done.stdout
    with History() as history:
        assert [kept.key for kept in history.sessions()] == ["alert"]


def test_a_rebuild_names_what_it_could_not_read() -> None:
    recordings_folder().mkdir(parents=True)
    (recordings_folder() / "broken.mcap").write_bytes(b"nothing")
    done = run("history", "rebuild", "--json")
    assert done.exit_code == 3
    assert [Path(path).name for path, _ in json.loads(done.stdout)["rebuilt"]["failed"]] == ["broken.mcap"]


def test_a_rebuild_keeps_sessions_whose_recording_is_gone() -> None:
    live_a_little()
    done = run("history", "rebuild")
    assert "morning: its recording is gone; what the history held of it is kept" in done.stdout
    with History() as history:
        assert history.day(DAY, valid_day_worn_h=10).alerts


def test_a_rebuild_from_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    done = run("history", "rebuild", "--folder", tmp_path / "nowhere")
    assert done.exit_code == 2
    assert "is no folder" in done.output
    assert not history_file().exists()


@pytest.mark.parametrize("day", ["0001-01-01", "1969-12-31", "9999-12-31"])
def test_a_week_of_no_recording_is_refused(day: str) -> None:
    live_a_little()
    done = run("week", day)
    assert done.exit_code == 2
    assert "is a day of no recording" in done.output


def test_without_an_editor_settings_say_how_else(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VISUAL", "/no/such/editor")
    done = run("settings", "edit")
    assert done.exit_code == 2
    assert "use `hipmonitor settings set`" in done.output
