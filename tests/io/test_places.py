"""Everything lies where the platform wants it, or in one folder that is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from hipmonitor.io.places import HOME_VARIABLE, recordings_folder, settings_file, state_folder


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
