"""`hipmonitor doctor`: everything that can be in the way, with what to do; and a file for support without anything of the person."""

from __future__ import annotations

import getpass
import json
import shutil
import sqlite3
import stat
import sys
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from hipmonitor.core.inbound import ChangeSettings, LinkChange, LinkState, Mark, SensorId, UserAction
from hipmonitor.core.programme import STARTING_PLAN, CheckIn, WarningSign
from hipmonitor.core.settings import Settings
from hipmonitor.io.diary import PlanConfirmed, append
from hipmonitor.io.history import History, history_file
from hipmonitor.io.places import diary_file, plan_file, recordings_folder, settings_file, state_folder
from hipmonitor.io.plan import save_plan, template_text
from hipmonitor.io.session import SessionWriter
from hipmonitor.io.settings import dump_settings, save_settings
from hipmonitor.ui.cli.app import app
from hipmonitor.ui.cli.exits import ExitCode
from hipmonitor.ui.cli.support_bundle import scrubbed
from tests.core.history_builders import alert, head, morning, news
from tests.io.session.session_builders import START, ManualTimer, at, packet

ADDRESS = "C0:FF:EE:12:34:5A"
WEARER, SET_BY, SENSOR_NAME, NOTE = "Annabel Hipster", "Dr Bonesetter", "Annabels clip", "pinched on the stairs"
SAID, PLAN_NAME = "slept badly after the dance", "Annabels way back"
HOME_NAME = "annabels home with spaces"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HIPMONITOR_HOME", str(tmp_path / HOME_NAME))
    return tmp_path / HOME_NAME


def doctor(*arguments: object) -> Result:
    return CliRunner().invoke(app, ["doctor", "--radio", "nonsense", *map(str, arguments)])


def findings() -> dict[str, dict[str, object]]:
    document = json.loads(doctor("--json").stdout)
    return {finding["what"]: finding for finding in document["findings"]}


def lived() -> None:
    """Health data of every kind, with names in every place where there can be any."""
    settings = Settings(wearer=WEARER, set_by=SET_BY, side="left", pelvis_sensor="AA:BB:CC:DD:EE:FF")
    save_settings(dump_settings(settings))
    with SessionWriter(recordings_folder(), sensor=SensorId(ADDRESS), started_at=START, timer=ManualTimer()) as writer:
        detail = f"Connected to {SENSOR_NAME} ({ADDRESS})."
        writer.record(
            [
                UserAction(at=START, action=ChangeSettings(settings=settings)),
                LinkChange(at=at(10), sensor=SensorId(ADDRESS), state=LinkState.CONNECTED, detail=detail),
                UserAction(at=at(20), action=Mark(text=NOTE)),
                packet(1, sensor=SensorId(ADDRESS)),
            ]
        )
    with History() as history:
        history.replace(head(), news(morning(), alert()))
    append(CheckIn(made_at=START, day=20_671, utc_offset_s=0, pain_rest=2, note=SAID, signs=(WarningSign.NUMBNESS,)))
    append(PlanConfirmed(at=START, name=PLAN_NAME, by=SET_BY, on="2026-08-06", plan_mark="a"))
    save_plan(template_text(replace(STARTING_PLAN, name=PLAN_NAME), "2026-08-06"))


def test_on_a_new_computer_only_the_radio_that_is_not_there_is_in_the_way() -> None:
    assert [what for what, finding in findings().items() if not finding["ok"]] == ["Bluetooth"]


@pytest.mark.parametrize(
    ("what", "spoil", "todo"),
    [
        ("Settings", lambda: settings_file().write_text("sid = 1"), "did you mean side?"),
        ("Plan", lambda: plan_file().write_text('nam = "x"'), "did you mean name?"),
        ("Diary", lambda: (diary_file().unlink(), diary_file().mkdir()), "cannot be read"),
        ("History", lambda: history_file().write_bytes(b"no database" * 99), "hipmonitor history rebuild"),
        ("Recordings", lambda: (recordings_folder() / "a.mcap").write_bytes(b"\x89MCAP0\r\n"), "recordings list"),
    ],
)
def test_what_is_broken_is_named_with_what_to_do(what: str, spoil: object, todo: str) -> None:
    lived()
    assert callable(spoil)
    spoil()
    found = findings()[what]
    assert not found["ok"]
    assert todo in str(found["todo"])


def test_a_history_that_is_broken_inside_is_found() -> None:
    lived()
    with sqlite3.connect(history_file()) as connection:
        connection.execute("DROP TABLE minute")
    connection.close()
    assert findings()["History"]["found"] == "broken inside"


def test_a_crash_s_recording_is_named_and_nothing_has_to_be_done() -> None:
    recordings_folder().mkdir(parents=True)
    shutil.copy(Path(__file__).parents[2] / "recordings" / "unclosed.mcap.part", recordings_folder())
    found = findings()["Unfinished"]
    assert found["ok"]
    assert "The next session makes it whole" in str(found["todo"])


def test_a_diary_with_a_damaged_line_is_named_and_everything_else_of_it_is_read() -> None:
    lived()
    assert str(findings()["Diary"]["found"]).startswith("whole")
    damaged = bytearray(diary_file().read_bytes())
    damaged[40] ^= 1
    diary_file().write_bytes(damaged)
    found = findings()["Diary"]
    assert found["ok"]
    assert "1 line cannot be read" in str(found["found"])
    assert "line 1 is damaged" in str(found["todo"])


@pytest.mark.skipif(sys.platform == "win32", reason="modes of Unix")
def test_files_that_others_can_read_are_named() -> None:
    lived()
    assert findings()["Private"]["ok"]
    settings_file().chmod(0o644)
    found = findings()["Private"]
    assert (found["ok"], found["todo"]) == (False, f"chmod go= {settings_file()}")


# --- for support ------------------------------------------------------------------------------------------------------


def in_the_bundle(path: Path) -> dict[str, str]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def test_the_bundle_says_what_doctor_found_and_what_is_in_it(tmp_path: Path) -> None:
    lived()
    done = doctor("--bundle", tmp_path / "support.zip")
    assert done.exit_code == ExitCode.NO_DEVICE
    pages = in_the_bundle(tmp_path / "support.zip")
    assert sorted(pages) == ["README.txt", "findings.json", "recordings.json", "system.json"]
    named = [finding["what"] for finding in json.loads(pages["findings.json"])]
    assert {"Python", "Packages", "Bluetooth", "Disk", "Recordings", "History", "Settings", "Private", "Clock"} <= set(
        named
    )
    assert json.loads(pages["recordings.json"])[0].keys() == {"state", "size_bytes", "packets", "has_note"}
    if sys.platform != "win32":
        assert stat.S_IMODE((tmp_path / "support.zip").stat().st_mode) == 0o600


@pytest.mark.parametrize("broken", [False, True])
def test_the_bundle_holds_nothing_of_the_person(tmp_path: Path, *, broken: bool) -> None:
    lived()
    if broken:
        settings_file().write_text(f'wearer = "{WEARER}"\nset_by = 3\nsid = "{SET_BY}"')
        history_file().write_bytes(b"no database" * 99)
        diary_file().write_bytes(diary_file().read_bytes()[:-9])
        plan_file().write_text(f'name = "{PLAN_NAME}"\nset_by = "{SET_BY}"')
        (recordings_folder() / f"{WEARER}.mcap").write_bytes(b"x")
        settings_file().chmod(0o644)
    doctor("--bundle", tmp_path / "support.zip")
    text = "\n".join(in_the_bundle(tmp_path / "support.zip").values())
    names = (WEARER, SET_BY, SENSOR_NAME, NOTE, SAID, "numbness", PLAN_NAME, *WEARER.split(), "Bonesetter", HOME_NAME)
    places = (str(tmp_path), str(Path.home()), str(state_folder()), "2026-08-06", "20260806", str(START))
    addresses = (ADDRESS, ADDRESS.replace(":", ""), "C0:FF", "EE:12:34", "AA:BB", "12345a")
    for kept_back in (*names, *places, *addresses):
        assert kept_back.lower() not in text.lower(), kept_back
    assert set(json.loads(in_the_bundle(tmp_path / "support.zip")["findings.json"])[0]) == {
        "what",
        "ok",
        "found",
        "todo",
    }


def test_a_bundle_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    done = doctor("--bundle", tmp_path / "none" / "support.zip")
    assert done.exit_code == ExitCode.USAGE
    assert "cannot be written" in done.stderr


@pytest.mark.parametrize(
    ("text", "left"),
    [
        (f"Sensor {ADDRESS} is gone", "Sensor ..34:5A is gone"),
        ("Sensor dev_C0_FF_EE_12_34_5A", "Sensor dev_..34_5A"),
        ("of 0f4bd9a1-7f11-4b42-9c9f-a1b2c3d4e5f6", "of ..e5f6"),
        ("open /srv/data/anna/x.mcap: no", "open (path): no"),
        (r"open C:\Users\anna\x.mcap, no", "open (path), no"),
        ("tcp-client: timed out", "tcp-client: timed out"),
    ],
)
def test_what_names_somebody_is_taken_out_of_sentences(text: str, left: str) -> None:
    assert scrubbed(text) == left


def test_the_name_of_who_is_logged_in_is_taken_out() -> None:
    assert getpass.getuser() not in scrubbed(f"permission of {getpass.getuser()} denied")
