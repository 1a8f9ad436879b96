"""Recordings that are closed are encrypted, where the wearer wants that: at a session's end, and what is left at the next beginning."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from hipmonitor.core.errors import UsageError
from hipmonitor.io.session import closed_recordings, seal, seal_key


def seal_closed(folder: Path, say: Callable[[str], None]) -> int:
    """Encrypt all closed recordings of a folder; how many were. What cannot be stays readable, and `say` hears why."""
    plain = closed_recordings(folder, sealed=False)
    if not plain:
        return 0
    try:
        key = seal_key.made()
    except UsageError as error:
        say(f"Recordings are not encrypted: {error}.")
        return 0
    done = 0
    for path in plain:
        try:
            seal(path, key)
        except OSError as error:
            say(f"{path.name} is not encrypted: {error.strerror or error}. It is tried again at the next session.")
        else:
            done += 1
    return done
