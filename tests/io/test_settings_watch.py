"""The settings file, edited while a session runs."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from hipmonitor.core.errors import SettingsError
from hipmonitor.io.settings_watch import SettingsWatch


def write(path: Path, minutes: object, second: int) -> None:
    """A save; the second is the file's time, so that two saves within one tick of the disk's clock differ."""
    path.write_text(f"[sitting]\nsit_limit_min = {minutes}\n")
    os.utime(path, (second, second))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "config.toml"
    write(file, 30.0, 1)
    return file


def limits(watch: SettingsWatch, looks: int = 2) -> list[float]:
    """What the looks brought."""
    return [found.sitting.sit_limit_min for _ in range(looks) if (found := watch.look()) is not None]


def test_an_edited_file_is_taken_over_once_at_the_second_look(path: Path) -> None:
    watch = SettingsWatch(path)
    assert watch.settings.sitting.sit_limit_min == 30
    assert limits(watch) == []
    write(path, 20.0, 2)
    assert limits(watch, 1) == []
    assert limits(watch, 5) == [20.0]


def test_a_file_that_is_still_being_written_is_left_alone(path: Path) -> None:
    watch = SettingsWatch(path)
    for second in range(2, 6):
        write(path, "'half written", second)
        assert limits(watch, 1) == []
        assert not watch.problem
    write(path, 25.0, 6)
    assert limits(watch) == [25.0]


def test_a_broken_file_is_told_and_the_old_settings_stay_until_it_is_mended(path: Path) -> None:
    watch = SettingsWatch(path)
    write(path, "'long'", 2)
    assert limits(watch) == []
    assert "sit_limit_min" in watch.problem
    assert watch.settings.sitting.sit_limit_min == 30
    write(path, 30.0, 3)
    assert limits(watch) == []
    assert not watch.problem


def test_a_file_that_is_taken_away_is_told_and_comes_back(path: Path) -> None:
    watch = SettingsWatch(path)
    path.unlink()
    assert limits(watch) == []
    assert "is not there" in watch.problem
    write(path, 15.0, 4)
    assert limits(watch) == [15.0]


def test_a_save_that_changes_no_setting_is_no_change(path: Path) -> None:
    watch = SettingsWatch(path)
    path.write_text("# a note\n[sitting]\nsit_limit_min = 30.0\n")
    assert limits(watch) == []


def test_without_a_file_the_presets_are_in_force_until_there_is_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HIPMONITOR_HOME", str(tmp_path))
    watch = SettingsWatch()
    assert limits(watch) == []
    write(tmp_path / "config.toml", 45.0, 1)
    assert limits(watch) == [45.0]


def test_going_to_another_folder_does_not_change_which_file_is_meant(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(path.parent)
    watch = SettingsWatch(Path(path.name))
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    write(path, 50.0, 9)
    assert limits(watch) == [50.0]


def test_a_file_that_cannot_be_used_at_the_start_is_an_error(path: Path) -> None:
    write(path, "'long'", 2)
    with pytest.raises(SettingsError, match="sit_limit_min"):
        SettingsWatch(path)
