"""Whatever hipmonitor writes, only its owner can read: files 0600, folders 0700, whatever the umask is."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from hipmonitor.core.programme import STARTING_PLAN, CheckIn
from hipmonitor.io.control import ControlServer, only_one
from hipmonitor.io.diary import append
from hipmonitor.io.history import History, history_file
from hipmonitor.io.history.database import connect
from hipmonitor.io.history.schema import MIGRATIONS
from hipmonitor.io.places import recordings_folder
from hipmonitor.io.plan import save_plan, template_text
from hipmonitor.io.session import PartsParams, SessionParts, repair
from hipmonitor.io.settings import save_settings
from tests.core.history_builders import head, news
from tests.io.session.session_builders import START, THIGH, ManualTimer, seconds_of_session, writer

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="modes of Unix: this system has others")


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A home of its own, and a umask that would let everybody read."""
    monkeypatch.setenv("HIPMONITOR_HOME", str(tmp_path / "home"))
    before = os.umask(0)
    yield tmp_path / "home"
    os.umask(before)


def modes(home: Path) -> dict[str, int]:
    return {str(path.relative_to(home)): stat.S_IMODE(path.lstat().st_mode) for path in [home, *home.rglob("*")]}


def record() -> None:
    """In parts, torn, repaired."""
    parts = SessionParts(
        recordings_folder(),
        sensor=THIGH,
        started_at=START,
        new_timer=ManualTimer,
        params=PartsParams(shortest_s=1.0, largest_bytes=1),
    )
    for event in seconds_of_session(3):
        parts.record([event])
    parts.finish()
    torn = writer(recordings_folder() / "torn.mcap")
    torn.record(seconds_of_session(3))
    torn.flush()
    torn._mcap.file.close()
    repair(torn.path)


def keep() -> None:
    """A history that was migrated, and one that was broken; settings over unusable ones."""
    with History() as history:
        history.replace(head(), news())
    connect(history_file(), (*MIGRATIONS, "CREATE TABLE more (x INTEGER) STRICT;")).close()
    with history_file().open("r+b") as file:
        file.write(b"no database")
    History.to_rebuild()[0].close()
    save_settings("side = 'left'")
    save_settings("side = 'right'")
    append(CheckIn(made_at=START, day=1, utc_offset_s=0, pain_rest=2))
    save_plan(template_text(STARTING_PLAN, "2026-03-11"))


def test_only_the_owner_can_read_what_is_written(home: Path) -> None:
    record()
    keep()
    with only_one("hipmonitor monitor"), ControlServer(lambda _: {}):
        found = modes(home)
    assert len(found) > 12
    folders = {name for name in found if (home / name).is_dir()}
    assert {name for name in folders if found[name] != 0o700} == set()
    doors = {name for name in found if name.endswith("socket")}
    assert {name: oct(mode) for name, mode in found.items() if name not in folders | doors and mode != 0o600} == {}


def test_nobody_else_reaches_the_door_of_the_monitor(home: Path) -> None:
    with ControlServer(lambda _: {}):
        (door,) = home.rglob("socket")
        assert stat.S_IMODE(door.parent.stat().st_mode) == 0o700
        assert door.parent.stat().st_uid == os.getuid()
