"""`hipmonitor settings`: shown, changed, edited, and never left half changed."""

from __future__ import annotations

import json
import shlex
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from hipmonitor.core.settings import DeepFlexionLimit, Settings, SittingLimit
from hipmonitor.io.settings import load_settings
from hipmonitor.ui.cli.app import app
from hipmonitor.ui.cli.exits import ExitCode

Run = Callable[..., Result]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HIPMONITOR_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.fixture
def run(home: Path) -> Run:
    """Runs a command with a home of its own; `typed` is what the wearer answers."""

    def settings(*arguments: str, typed: str = "") -> Result:
        return CliRunner().invoke(app, ["settings", *arguments], input=typed, catch_exceptions=False)

    return settings


def editor(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, *texts: str) -> None:
    """An editor that replaces the file, each time it is opened, with the next of these texts."""
    script = tmp_path / "editor.py"
    script.write_text(
        "import pathlib, sys\n"
        f"texts, count = {list(texts)!r}, pathlib.Path({str(tmp_path / 'count')!r})\n"
        "n = int(count.read_text()) if count.exists() else 0\n"
        "count.write_text(str(n + 1))\n"
        "pathlib.Path(sys.argv[1]).write_text(texts[n])\n",
        encoding="utf-8",
    )
    monkeypatch.setenv("VISUAL", f"{shlex.quote(sys.executable)} {shlex.quote(str(script))}")


def test_they_are_shown_with_what_is_not_the_preset(run: Run, home: Path) -> None:
    run("set", "sit_limit_min", "25")
    out = run("show").output
    row = next(line for line in out.splitlines() if "sitting.sit_limit_min" in line)
    assert row.split() == ["sitting.sit_limit_min", "25", "30"]
    assert f"Settings: {home / 'config.toml'}" in out


def test_before_there_are_any_the_presets_are_shown_and_that_nobody_confirmed_them(run: Run) -> None:
    result = run("show")
    assert "is not there yet: presets." in result.output
    assert "Nobody has confirmed these limits (preset): sitting 30 min, above 90° 10 min." in result.stderr


def test_they_are_shown_as_json(run: Run, home: Path) -> None:
    document = json.loads(run("show", "--json").stdout)
    assert (document["path"], document["exists"]) == (str(home / "config.toml"), False)
    assert document["settings"]["sitting"] == {"sit_limit_min": 30.0, "break_s": 60.0}


def test_their_place_is_told(run: Run, home: Path) -> None:
    assert run("path").output.strip() == str(home / "config.toml")


def test_one_is_changed(run: Run) -> None:
    assert run("set", "alerts.mode", "track").output == "alerts.mode = track\n"
    assert load_settings().alerts.mode == "track"
    assert not load_settings().confirmed


def test_who_changes_a_limit_has_set_and_confirmed_the_limits(run: Run) -> None:
    today = time.strftime("%Y-%m-%d")
    out = run("set", "thigh_limit_deg", "85").output
    assert out.splitlines()[1] == f"Limits, set by me on {today}: sitting 30 min, above 85° 10 min."
    settings = load_settings()
    assert (settings.set_by, settings.set_on, settings.confirmed) == ("me", today, True)


def test_a_limit_can_be_noted_as_somebody_else_s(run: Run) -> None:
    run("set", "thigh_limit_deg", "85", "--by", "my physio", "--on", "2026-11-02")
    assert (load_settings().set_by, load_settings().set_on) == ("my physio", "2026-11-02")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("sit_limit_mins", "25"), "did you mean sitting.sit_limit_min?"),
        (("sit_limit_min", "0"), "choose a value from 0.05 to 600 min"),
        (("preset", "none"), "preset is none; give everyday or physio"),
        (("sit_limit_min", "20", "--on", "May"), "write the day as 2026-11-22"),
    ],
)
def test_what_is_wrong_is_refused_and_nothing_is_written(
    run: Run, home: Path, arguments: tuple[str, ...], told: str
) -> None:
    result = run("set", *arguments)
    assert (result.exit_code, told in result.stderr) == (ExitCode.USAGE, True)
    assert not home.exists()


def test_the_everyday_preset_confirms_the_usual_limits_and_leaves_the_rest(run: Run) -> None:
    run("set", "sit_limit_min", "20")
    run("set", "side", "left")
    run("set", "preset", "everyday")
    settings = load_settings()
    assert (settings.sitting, settings.deep_flexion) == (SittingLimit(), DeepFlexionLimit())
    assert (settings.set_by, settings.confirmed, settings.side) == ("preset", True, "left")


def test_the_physio_preset_asks_who_when_and_which_limits(run: Run) -> None:
    out = run("set", "preset", "physio", typed="Dr A\n2026-11-02\n20\n85\n\n").output
    assert out.endswith("Limits, set by Dr A on 2026-11-02: sitting 20 min, above 85° 10 min.\n")
    assert (load_settings().set_by, load_settings().set_on, load_settings().confirmed) == ("Dr A", "2026-11-02", True)


def test_what_was_said_beforehand_is_not_asked(run: Run) -> None:
    run("set", "preset", "physio", "--by", "my physio", "--on", "2026-11-02")
    assert load_settings() == Settings(set_by="my physio", set_on="2026-11-02", confirmed=True)


def test_an_editor_s_text_is_taken_as_it_is(
    run: Run, home: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    editor(monkeypatch, tmp_path, "# mine\nside = 'right'\n")
    assert f"Settings: {home / 'config.toml'}" in run("edit").output
    assert (home / "config.toml").read_text(encoding="utf-8") == "# mine\nside = 'right'\n"


def test_a_mistake_in_the_editor_is_told_and_can_be_mended(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    editor(monkeypatch, tmp_path, "sid = 'left'", "side = 'left'")
    result = run("edit", typed="y\n")
    assert "did you mean side?" in result.stderr
    assert load_settings().side == "left"


def test_who_gives_up_in_the_editor_changes_nothing(
    run: Run, home: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    editor(monkeypatch, tmp_path, "sid = 'left'")
    run("edit", typed="n\n")
    assert not home.exists()


def test_an_editor_that_saves_nothing_changes_nothing(run: Run, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VISUAL", "true")
    assert run("edit").output == "Nothing was changed.\n"
    assert not home.exists()


def test_another_file_can_be_meant(run: Run, home: Path, tmp_path: Path) -> None:
    run("set", "side", "left", "--file", str(tmp_path / "other.toml"))
    assert load_settings(tmp_path / "other.toml").side == "left"
    assert not home.exists()
