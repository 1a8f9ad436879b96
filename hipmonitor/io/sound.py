"""A short calm tone, played by what the system itself brings: winsound, afplay, or one of three players on Linux."""

from __future__ import annotations

import io
import shutil
import subprocess
import sys
import tempfile
import wave
from typing import Final

import numpy as np

from hipmonitor.core.errors import DeliveryError

RATE_HZ: Final = 44_100
Notes = tuple[tuple[float, float], ...]
"""Hz and seconds, one after the other."""
NOTES: Final[Notes] = ((660.0, 0.22), (880.0, 0.38))
"""Of an alert: a fourth up and then nothing more: heard beside talk, and over before it annoys."""
LOUDEST: Final = 0.7
"""Of full scale at 100 %."""
LINUX_PLAYERS: Final = (("pw-play",), ("paplay",), ("aplay", "-q"))
"""Of PipeWire, PulseAudio and ALSA; the first that is there plays."""
WITHIN_S: Final = 5.0


def tone(volume_percent: int, notes: Notes = NOTES) -> bytes:
    """A WAV file. Loudness follows the square of the setting, so that half of it also sounds like half."""
    loudness = LOUDEST * (volume_percent / 100) ** 2
    samples = np.concatenate([_note(hz, seconds) for hz, seconds in notes]) * loudness
    content = io.BytesIO()
    with wave.open(content, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE_HZ)
        file.writeframes((samples * 32767).astype("<i2").tobytes())
    return content.getvalue()


def _note(hz: float, seconds: float) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """A sine that swells and fades, so that nothing clicks."""
    t = np.arange(round(seconds * RATE_HZ)) / RATE_HZ
    return np.asarray(np.sin(2 * np.pi * hz * t) * np.sin(np.pi * t / seconds) ** 2)


def play(wav: bytes, within_s: float = WITHIN_S) -> None:
    """Play it to its end.

    Raises:
        DeliveryError: it could not be played; says why.
    """
    if sys.platform == "win32":
        import winsound  # noqa: PLC0415 - Windows only

        try:
            winsound.PlaySound(wav, winsound.SND_MEMORY)
        except RuntimeError as error:
            raise DeliveryError(f"Windows could not play the tone ({error})") from error
    else:
        with tempfile.NamedTemporaryFile(suffix=".wav") as file:
            file.write(wav)
            file.flush()
            _run([*_player(), file.name], within_s)


def _player() -> tuple[str, ...]:
    players = (("afplay",),) if sys.platform == "darwin" else LINUX_PLAYERS
    for player in players:
        found = shutil.which(player[0])
        if found is not None:
            return (found, *player[1:])
    names = ", ".join(player[0] for player in players)
    raise DeliveryError(f"there is no player for sound; install one of {names}")


def _run(command: list[str], within_s: float) -> None:
    try:
        done = subprocess.run(  # noqa: S603 - a player that the system brought
            command, timeout=within_s, check=False, stdin=subprocess.DEVNULL, capture_output=True, text=True
        )
    except subprocess.TimeoutExpired as error:
        raise DeliveryError(f"{command[0]} did not end within {within_s:g} s") from error
    except OSError as error:
        raise DeliveryError(f"{command[0]} cannot be run ({error.strerror})") from error
    if done.returncode:
        words = done.stderr.strip().splitlines() or [f"exit code {done.returncode}"]
        raise DeliveryError(f"{command[0]} could not play the tone ({words[-1]})")
