"""Everything lies where the platform wants it, or in one folder that is named."""

from __future__ import annotations

import stat
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from hipmonitor.io.control.place import control_folder
from hipmonitor.io.history import History
from hipmonitor.io.places import HOME_VARIABLE, private_file, recordings_folder, settings_file, state_folder
from hipmonitor.io.session.disk import Disk
from hipmonitor.io.settings import save_settings


def test_one_variable_moves_everything(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path))
    assert recordings_folder() == tmp_path / "recordings"
    assert settings_file() == tmp_path / "config.toml"
    assert state_folder() == tmp_path / "state"


def test_a_tilde_is_the_home_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(HOME_VARIABLE, "~/hips")
    assert settings_file() == Path.home() / "hips" / "config.toml"


@pytest.mark.parametrize("value", ["", None])
def test_otherwise_the_platform_decides(monkeypatch: pytest.MonkeyPatch, value: str | None) -> None:
    monkeypatch.delenv(HOME_VARIABLE, raising=False)
    if value is not None:
        monkeypatch.setenv(HOME_VARIABLE, value)
    places = [recordings_folder(), settings_file(), state_folder()]
    assert all(place.is_absolute() and "hipmonitor" in place.parts for place in places)
    assert len(set(places)) == 3


@pytest.mark.skipif(sys.platform == "win32", reason="modes of Unix")
@pytest.mark.parametrize(
    "make",
    [
        control_folder,
        lambda: History().close(),
        lambda: save_settings("", settings_file()),
        lambda: Disk().create(recordings_folder() / "a.mcap").close(),
    ],
)
def test_every_folder_that_is_made_is_its_owners_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, make: Callable[[], object]
) -> None:
    tmp_path.chmod(0o755)
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path / "deep" / "home"))
    make()
    made = [path for path in tmp_path.rglob("*") if path.is_dir()]
    assert {stat.S_IMODE(path.stat().st_mode) for path in made} == {0o700}
    assert stat.S_IMODE(tmp_path.stat().st_mode) == 0o755


@pytest.mark.skipif(sys.platform == "win32", reason="modes of Unix")
def test_what_is_written_over_an_open_file_is_its_owners_only(tmp_path: Path) -> None:
    there = tmp_path / "report.html"
    there.write_text("old")
    there.chmod(0o644)
    with open(there, "w", opener=private_file) as file:
        file.write("new")
    assert (stat.S_IMODE(there.stat().st_mode), there.read_text()) == (0o600, "new")
