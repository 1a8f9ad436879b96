"""What `doctor` looks at of all that is kept on this computer."""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from hipmonitor.core.errors import HistoryError, SettingsError, UsageError
from hipmonitor.io.history import History, history_file
from hipmonitor.io.own_data import own_files
from hipmonitor.io.places import private_folder, recordings_folder, settings_file
from hipmonitor.io.session import RecordingState, closed_recordings, find_unfinished, list_recordings, seal_key
from hipmonitor.io.settings import load_settings
from hipmonitor.ui.cli.finding import Finding
from hipmonitor.ui.terminal.screen import size_text

LEAST_FREE_BYTES = 1_000_000_000
"""About eleven days of one sensor (85 MB a day)."""
BUSY_S = 2.0
REBUILD = "hipmonitor history rebuild"


def kept_findings() -> Iterator[Finding]:
    """Line by line."""
    yield _disk()
    yield _recordings()
    yield _left_over()
    yield _encryption()
    yield _history()
    yield _settings()
    yield _private()


def _disk() -> Finding:
    folder = recordings_folder()
    try:
        private_folder(folder)
        with tempfile.TemporaryFile(dir=folder):
            free = shutil.disk_usage(folder).free
    except OSError as error:
        todo = f"Make {folder} writable, or name another place in HIPMONITOR_HOME."
        return Finding(what="Disk", ok=False, found=f"{folder}: {error.strerror}", todo=todo, names_things=True)
    todo = "" if free >= LEAST_FREE_BYTES else "Free some room: a day of one sensor takes about 85 MB."
    return Finding(what="Disk", ok=not todo, found=f"{folder}, writable, {size_text(free)} free", todo=todo)


def _recordings() -> Finding:
    states = Counter(info.state for info in list_recordings(recordings_folder()))
    found = ", ".join(f"{states[state]} {state.value}" for state in RecordingState if states[state]) or "none yet"
    todo = (
        "hipmonitor recordings list names them; repair saves what can be read" if states[RecordingState.DAMAGED] else ""
    )
    return Finding(what="Recordings", ok=not todo, found=found, todo=todo)


def _left_over() -> Finding:
    folder = recordings_folder()
    unfinished = [*find_unfinished(folder), *find_unfinished(folder / "demo")]
    if not unfinished:
        return Finding(what="Unfinished", ok=True, found="none")
    todo = f"The next session makes it whole, or: hipmonitor recordings repair {unfinished[0]}"
    return Finding(what="Unfinished", ok=True, found=f"{len(unfinished)} left by a crash", todo=todo, names_things=True)


def _encryption() -> Finding:
    sealed = len(closed_recordings(recordings_folder(), sealed=True))
    try:
        wanted = load_settings().recordings.encrypt
    except SettingsError:
        wanted = False
    if not wanted and not sealed:
        return Finding(what="Encryption", ok=True, found="off")
    try:
        key = seal_key.kept()
    except UsageError as error:
        return Finding(what="Encryption", ok=False, found="its key cannot be had", todo=str(error))
    if sealed and key is None:
        todo = "The key of these recordings is not in this computer's keyring: open them where they were made"
        return Finding(what="Encryption", ok=False, found=f"{sealed} recordings without a key", todo=todo)
    return Finding(what="Encryption", ok=True, found=f"{'on' if wanted else 'off'}, {sealed} recordings are encrypted")


def _history() -> Finding:
    path = history_file()
    if not _is_there(path):
        return Finding(what="History", ok=True, found="none yet")
    try:
        with History(path, busy_s=BUSY_S) as history:
            sound, sessions = history.is_sound, len(history.sessions())
    except HistoryError as error:
        return Finding(what="History", ok=False, found="cannot be read", todo=str(error), names_things=True)
    if not sound:
        todo = f"{REBUILD} (the broken file is kept)"
        return Finding(what="History", ok=False, found="broken inside", todo=todo)
    return Finding(what="History", ok=True, found=f"sound, {sessions} sessions, {size_text(path.stat().st_size)}")


def _settings() -> Finding:
    place = settings_file()
    try:
        load_settings()
    except SettingsError as error:
        return Finding(what="Settings", ok=False, found="cannot be used", todo=str(error), names_things=True)
    found = str(place) if _is_there(place) else f"presets; yours go into {place}"
    return Finding(what="Settings", ok=True, found=found)


def _private() -> Finding:
    """Files that others on this computer could read."""
    if sys.platform == "win32":
        return Finding(what="Private", ok=True, found="as all files of your user folder")
    shared = [file.path for file in own_files() if file.readable_by_others and not file.path.is_socket()]
    if not shared:
        return Finding(what="Private", ok=True, found="only you can read your data")
    todo = f"chmod go= {shared[0]}" + (f" and {len(shared) - 1} more (`hipmonitor data where`)" if shared[1:] else "")
    return Finding(
        what="Private", ok=False, found=f"{len(shared)} files can be read by others", todo=todo, names_things=True
    )


def _is_there(place: Path) -> bool:
    try:
        return place.exists()
    except OSError:
        return False
