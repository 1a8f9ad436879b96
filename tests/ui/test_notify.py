"""`hipmonitor notify`: each way can be tried, and what does not arrive is said with its reason."""

from __future__ import annotations

import sys
import threading
import time
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

if sys.platform != "linux":
    pytest.skip("D-Bus belongs to Linux; this system has another one", allow_module_level=True)

from hipmonitor.ui.cli.app import app
from hipmonitor.ui.cli.exits import ExitCode
from tests.desktop_service import LIMIT_S, Desktop, message_bus, needs_bus


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HIPMONITOR_HOME", str(tmp_path / "home"))


def notify(*words: str) -> Result:
    return CliRunner().invoke(app, ["notify", *words], catch_exceptions=False)


def click_when_shown(desktop: Desktop, button: str) -> None:
    end = time.monotonic() + LIMIT_S
    while not desktop.shown and time.monotonic() < end:
        time.sleep(0.01)
    desktop.click(desktop.shown[0], button)


@needs_bus
def test_a_test_notification_says_which_button_was_clicked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with message_bus(tmp_path) as address, Desktop(address) as desktop:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
        person = threading.Thread(target=click_when_shown, args=(desktop, "until_stand"))
        person.start()
        result = notify()
        person.join()
    assert result.exit_code == 0
    assert "You clicked Until I stand." in result.stderr


def test_without_a_desktop_it_says_why(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", f"unix:path={tmp_path / 'none'}")
    result = notify("desktop")
    assert result.exit_code == ExitCode.NO_DEVICE
    assert "cannot be reached" in result.stderr


def test_the_sound_is_played_at_the_volume_of_the_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    player = tmp_path / "paplay"
    player.write_text("#!/bin/sh\nexit 0\n")
    player.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/nowhere")
    (tmp_path / "limits.toml").write_text("[delivery]\nsound_volume_percent = 20\n")
    result = notify("sound", "--settings", str(tmp_path / "limits.toml"))
    assert result.exit_code == 0
    assert "Played at 20 %." in result.stderr


def test_without_a_player_the_sound_says_what_would_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    result = notify("sound")
    assert result.exit_code == ExitCode.NO_DEVICE
    assert "install one of" in result.stderr
