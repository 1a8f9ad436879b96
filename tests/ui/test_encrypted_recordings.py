"""Recordings that are encrypted: by command and by setting, copied plain, named by doctor, and gone with their key."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from hipmonitor.io.places import recordings_folder
from hipmonitor.io.session import is_sealed, read_session
from hipmonitor.ui.cli.app import app
from hipmonitor.ui.cli.checkup_kept import kept_findings
from hipmonitor.ui.cli.exits import ExitCode
from hipmonitor.ui.cli.finding import Finding
from tests.io.session.own_keyring import OwnKeyring, own_keyring

EXAMPLES = Path(__file__).parents[2] / "recordings"


@pytest.fixture(autouse=True)
def ring(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[OwnKeyring]:
    monkeypatch.setenv("HIPMONITOR_HOME", str(tmp_path / "home"))
    recordings_folder().mkdir(parents=True)
    shutil.copy(EXAMPLES / "alert.mcap", recordings_folder())
    with own_keyring() as own:
        yield own


def run(*arguments: object, says: str | None = None) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments], input=says)


def recording() -> Path:
    return recordings_folder() / "alert.mcap"


def found() -> Finding:
    return next(finding for finding in kept_findings() if finding.what == "Encryption")


def test_they_are_encrypted_analysed_and_made_plain_again() -> None:
    before = run("analyze", EXAMPLES / "alert.mcap", "--json").stdout
    assert "1 recordings" in run("recordings", "encrypt").stdout
    assert is_sealed(recording())
    after = run("analyze", recording(), "--json").stdout
    assert after == before.replace(str(EXAMPLES / "alert.mcap"), str(recording()))
    assert "1 recordings are plain." in run("recordings", "decrypt").stdout
    assert recording().read_bytes() == (EXAMPLES / "alert.mcap").read_bytes()


def test_a_plain_copy_leaves_the_recording_encrypted(tmp_path: Path) -> None:
    run("recordings", "encrypt")
    assert run("recordings", "decrypt", recording(), "--to", tmp_path / "plain").exit_code == ExitCode.OK
    assert (tmp_path / "plain" / "alert.mcap").read_bytes() == (EXAMPLES / "alert.mcap").read_bytes()
    assert is_sealed(recording())
    again = run("recordings", "decrypt", recording(), "--to", tmp_path / "plain")
    assert again.exit_code == ExitCode.USAGE


def test_a_copy_of_everything_is_plain(tmp_path: Path) -> None:
    run("recordings", "encrypt")
    assert run("data", "export", tmp_path / "copy").exit_code == ExitCode.OK
    (copied,) = (tmp_path / "copy").rglob("*.mcap")
    assert not is_sealed(copied)
    assert list(read_session(copied))


def test_doctor_names_a_missing_key_and_a_keyring_that_is_locked(ring: OwnKeyring) -> None:
    assert found().found == "off"
    run("recordings", "encrypt")
    assert (found().ok, found().found) == (True, "off, 1 recordings are encrypted")
    run("settings", "set", "recordings.encrypt", "true")
    assert found().found == "on, 1 recordings are encrypted"
    ring.kept.clear()
    assert (found().ok, found().found) == (False, "1 recordings without a key")
    ring.locked = True
    assert (found().ok, found().found) == (False, "its key cannot be had")


def test_without_a_keyring_nothing_is_changed_and_the_command_says_so(ring: OwnKeyring) -> None:
    ring.locked = True
    refused = run("recordings", "encrypt")
    assert refused.exit_code == ExitCode.USAGE
    assert "no keyring that can be used" in refused.stderr
    assert not is_sealed(recording())


def test_deleting_everything_takes_the_key_away_too(ring: OwnKeyring) -> None:
    run("recordings", "encrypt")
    run("data", "delete", "--all", "--yes")
    assert not recording().exists()
    assert not ring.kept


def test_deleting_where_nothing_was_encrypted_leaves_the_keyring_alone(ring: OwnKeyring) -> None:
    run("data", "delete", "--all", "--yes")
    assert not recording().exists()
    assert ring.kept
