"""`hipmonitor forget`: a sensor can be paired anew."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from bumble.keys import PairingKeys

from hipmonitor.io.ble.bumble_keys import HostKeys
from hipmonitor.io.ble.radio import keys_file
from hipmonitor.ui.cli import forgetting
from hipmonitor.ui.cli.exits import ExitCode

ADDRESS = "C4:11:22:33:44:55"


def test_a_pairing_of_ours_is_forgotten_and_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("HIPMONITOR_HOME", str(tmp_path))
    asyncio.run(HostKeys(keys_file()).update(ADDRESS, PairingKeys(ltk=PairingKeys.Key(value=bytes(16)))))
    assert forgetting.run(ADDRESS, "usb:0") is ExitCode.OK
    assert "connect within a minute" in capsys.readouterr().out
    assert HostKeys(keys_file()).paired == frozenset()
    assert forgetting.run(ADDRESS, "usb:0") is ExitCode.NO_DEVICE


def test_pairings_of_the_system_are_the_systems(capsys: pytest.CaptureFixture[str]) -> None:
    assert forgetting.run(ADDRESS, None) is ExitCode.USAGE
    assert "Bluetooth settings" in capsys.readouterr().err
