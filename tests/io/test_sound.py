"""The tone: calm, no click, as loud as it is set; and what is said where it cannot be played."""

from __future__ import annotations

import io
import os
import sys
import wave
from pathlib import Path

import numpy as np
import pytest

from hipmonitor.core.errors import DeliveryError
from hipmonitor.io.sound import LOUDEST, play, tone

linux = pytest.mark.skipif(sys.platform != "linux", reason="players are looked for on Linux; this system has its own")


def samples(wav: bytes) -> np.ndarray:
    with wave.open(io.BytesIO(wav)) as file:
        assert (file.getnchannels(), file.getsampwidth(), file.getframerate()) == (1, 2, 44_100)
        return np.frombuffer(file.readframes(file.getnframes()), "<i2") / 32767


def player(folder: Path, script: str) -> None:
    """A player of this name, as an installed one would be found."""
    folder.mkdir(exist_ok=True)
    path = folder / "paplay"
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)


@pytest.fixture
def found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The only folder in which players are looked for, besides the shell's own."""
    monkeypatch.setenv("PATH", os.pathsep.join([str(tmp_path / "bin"), "/nowhere"]))
    return tmp_path / "bin"


def test_the_tone_is_short_and_begins_and_ends_in_silence() -> None:
    sound = samples(tone(100))
    assert 0.3 < len(sound) / 44_100 < 1.0
    assert np.abs(sound[[0, 1, -2, -1]]).max() < 0.001
    assert np.abs(np.diff(sound)).max() < 0.15


def test_the_volume_is_the_loudness() -> None:
    peaks = [np.abs(samples(tone(percent))).max() for percent in (0, 50, 100)]
    assert peaks == pytest.approx([0.0, LOUDEST / 4, LOUDEST], rel=0.01, abs=1e-4)


@linux
def test_it_is_played_by_the_player_that_is_there(found: Path, tmp_path: Path) -> None:
    player(found, f'/bin/cat "$1" > {tmp_path}/played.wav')
    play(tone(40))
    assert (tmp_path / "played.wav").read_bytes() == tone(40)


@linux
def test_without_a_player_it_says_which_would_do(found: Path) -> None:
    assert not found.exists()
    with pytest.raises(DeliveryError, match="pw-play, paplay, aplay"):
        play(tone(40))


@linux
def test_a_player_that_fails_gives_its_reason(found: Path) -> None:
    player(found, "echo 'no sound card' >&2; exit 1")
    with pytest.raises(DeliveryError, match="no sound card"):
        play(tone(40))


@linux
def test_a_player_that_hangs_is_ended(found: Path) -> None:
    player(found, "exec /bin/sleep 60")
    with pytest.raises(DeliveryError, match=r"within 0\.2 s"):
        play(tone(40), within_s=0.2)
