"""Where hipmonitor keeps things on this computer. HIPMONITOR_HOME puts all of it into one folder."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Final

import platformdirs

HOME_VARIABLE: Final = "HIPMONITOR_HOME"
_APP: Final = "hipmonitor"


def recordings_folder() -> Path:
    """Recordings of sessions."""
    return _home("recordings") or platformdirs.user_data_path(_APP, appauthor=False) / "recordings"


def settings_file() -> Path:
    """The settings that a person edits."""
    return _home("config.toml") or platformdirs.user_config_path(_APP, appauthor=False) / "config.toml"


def plan_file() -> Path:
    """The plan that a person edits: beside the settings."""
    return settings_file().with_name("plan.toml")


def diary_file() -> Path:
    """What the wearer says, day by day: beside the recordings, for it is no less theirs and cannot be made anew."""
    return recordings_folder().with_name("diary.jsonl")


def exercises_file() -> Path:
    """What a provider wants other than the library of exercises, beside the settings."""
    return settings_file().with_name("exercises.toml")


def targets_file() -> Path:
    """Targets that the wearer chose, beside the settings."""
    return settings_file().with_name("targets.toml")


def exercise_files() -> tuple[Path, ...]:
    """Those that are there: exercises.toml, and any .toml of a folder beside it, in order of their names."""
    folder = exercises_file().with_suffix("")
    return (*(path for path in (exercises_file(),) if path.exists()), *sorted(folder.glob("*.toml")))


def state_folder() -> Path:
    """History and logs: what the program keeps for itself."""
    return _home("state") or platformdirs.user_state_path(_APP, appauthor=False)


def private_folder(path: Path) -> Path:
    """Make it, and what is missing above it, so that only its owner can look into them.

    Folders that were there keep their modes: they may be shared on purpose.
    """
    if not path.exists():
        private_folder(path.parent)
        path.mkdir(mode=0o700, exist_ok=True)
    return path


def private_file(path: str, flags: int) -> int:
    """An opener for `open`: only its owner can read the file, also one that was there and is written over."""
    descriptor = os.open(path, flags, 0o600)
    if sys.platform != "win32":
        os.fchmod(descriptor, 0o600)
    return descriptor


def write_whole(path: Path, text: str) -> None:
    """A private file, whole or not at all: what was there stays until the new one is on the disk. Lines end as they are given."""
    new = path.with_name(f"{path.name}.new")
    private_folder(path.parent)
    new.unlink(missing_ok=True)
    with open(new, "x", encoding="utf-8", newline="\n", opener=private_file) as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    new.replace(path)


def _home(name: str) -> Path | None:
    home = os.environ.get(HOME_VARIABLE)
    return Path(home).expanduser() / name if home else None
