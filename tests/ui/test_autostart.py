"""What is printed to start the monitor at every login."""

from __future__ import annotations

import configparser
import plistlib
import shlex

import pytest
from typer.testing import CliRunner

from hipmonitor.ui.cli.app import app
from hipmonitor.ui.cli.autostart import instructions, program

ARGUMENTS = ["monitor", "--sensor", "HIP 1 <left> & 100 %", "--settings", "/home/me/my limits.toml"]


def unit(arguments: list[str]) -> configparser.ConfigParser:
    parser = configparser.ConfigParser(interpolation=None)
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read_string(instructions("linux", arguments))
    return parser


def test_on_linux_a_user_unit_that_starts_it_with_the_same_words() -> None:
    words = shlex.split(unit(ARGUMENTS)["Service"]["ExecStart"].replace("%%", "%").replace("$$", "$"))
    assert words == [program(), *ARGUMENTS]


def test_a_unit_expands_nothing_in_what_was_given() -> None:
    start = unit(["monitor", "--folder", "/data/$HOME/100%"])["Service"]["ExecStart"]
    assert "$$HOME" in start
    assert "100%%" in start


def test_a_refused_start_is_not_tried_again_and_again() -> None:
    service = unit(["monitor"])["Service"]
    assert service["Restart"] == "on-failure"
    assert service["RestartPreventExitStatus"].split() == ["2", "5"]


def test_on_macos_a_property_list_that_launchd_can_read() -> None:
    agent = plistlib.loads(instructions("macos", ARGUMENTS).encode())
    assert agent["ProgramArguments"] == [program(), *ARGUMENTS]
    assert agent["RunAtLoad"] is True
    assert agent["KeepAlive"] == {"SuccessfulExit": False}


def test_on_windows_a_task_at_login_whose_command_keeps_its_quotes() -> None:
    text = instructions("windows", ["monitor", "--sensor", "HIP 1"])
    assert "/SC ONLOGON" in text
    assert r"monitor --sensor \"HIP 1\"" in text


@pytest.mark.parametrize("system", ["linux", "macos", "windows"])
def test_it_is_printed_on_any_system(system: str) -> None:
    result = CliRunner().invoke(app, ["monitor", "--sensor", "HIP-1", "--autostart", system])
    assert result.exit_code == 0
    assert "HIP-1" in result.stdout
