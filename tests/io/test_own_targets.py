"""Targets that the wearer chose: kept beside the settings, whole, and never lost over a mistake."""

from __future__ import annotations

from pathlib import Path

import pytest

from hipmonitor.core.errors import SettingsError
from hipmonitor.core.exercises import Target
from hipmonitor.io.own_targets import keep_own_target, own_targets


def test_without_a_file_nothing_was_chosen(tmp_path: Path) -> None:
    assert own_targets(tmp_path / "targets.toml") == {}


def test_what_was_chosen_is_read_as_it_was_kept(tmp_path: Path) -> None:
    path = tmp_path / "targets.toml"
    chosen = {"squat": Target(sets=3, repetitions=8, hold_s=1.5), "bridge": Target(sets=2)}
    for name, target in chosen.items():
        keep_own_target(name, target, path)
    assert own_targets(path) == chosen


def test_going_back_to_the_preset_leaves_the_others(tmp_path: Path) -> None:
    path = tmp_path / "targets.toml"
    keep_own_target("squat", Target(sets=3), path)
    keep_own_target("bridge", Target(sets=2), path)
    keep_own_target("squat", None, path)
    assert own_targets(path) == {"bridge": Target(sets=2)}


@pytest.mark.parametrize(
    "text", ["[bridge]\nsets = 99\n", "[bridge]\nsets = 'x'\n", "bridge = 3\n", "[bridge\n", b"\xff"]
)
def test_a_file_that_cannot_be_used_is_named_and_not_written_over(tmp_path: Path, text: str | bytes) -> None:
    path = tmp_path / "targets.toml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(SettingsError, match=r"targets\.toml"):
        own_targets(path)
    with pytest.raises(SettingsError):
        keep_own_target("bridge", Target(sets=2), path)
    assert path.read_bytes() == (text if isinstance(text, bytes) else text.encode())


def test_a_file_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "targets.toml.new").mkdir()
    with pytest.raises(SettingsError, match="cannot be written"):
        keep_own_target("bridge", Target(sets=2), tmp_path / "targets.toml")
