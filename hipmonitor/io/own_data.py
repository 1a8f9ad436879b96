"""Everything that is the person's on this computer: where it lies, a copy of it, and its end."""

from __future__ import annotations

import contextlib
import os
import shutil
import sqlite3
import sys
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from hipmonitor.core.errors import UsageError
from hipmonitor.io.control import lock_file, only_one
from hipmonitor.io.history import ENDINGS, SPOILT, history_file
from hipmonitor.io.places import (
    diary_file,
    exercise_files,
    exercises_file,
    plan_file,
    private_file,
    private_folder,
    recordings_folder,
    settings_file,
    state_folder,
    targets_file,
)
from hipmonitor.io.session import RecordingState, is_sealed, list_recordings, opened, seal_key

What = Literal["recordings", "diary", "history", "settings", "plan", "program state"]
FILE_MODE: Final = 0o600
FOLDER_MODE: Final = 0o700
OTHERS: Final = 0o077
DEMOS: Final = "demo"
OURS: Final = ("*.mcap", "*.mcap.*", "*.truth.npz")
"""Of a folder of recordings, with what a crash or a repair leaves beside them; anything else there is somebody else's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnFile:
    """One file."""

    path: Path
    what: What
    size_bytes: int
    readable_by_others: bool


def own_files() -> tuple[OwnFile, ...]:
    """All of them, in order."""
    return tuple(_file(path, what) for path, what in _paths())


def _paths() -> Iterator[tuple[Path, What]]:
    for folder in (recordings_folder(), recordings_folder() / DEMOS):
        for path in sorted({path for pattern in OURS for path in folder.glob(pattern)}):
            yield path, "recordings"
    history = {Path(f"{history_file()}{ending}") for ending in ENDINGS}
    kept: tuple[tuple[What, Iterable[Path]], ...] = (
        ("diary", [diary_file()]),
        ("history", sorted(history)),
        ("settings", [settings_file(), *exercise_files(), targets_file()]),
        ("plan", [plan_file()]),
    )
    yield from ((path, what) for what, paths in kept for path in paths if path.exists())
    for path in sorted(state_folder().rglob("*")):
        if path not in history and not path.is_dir():
            yield path, "program state"


def _file(path: Path, what: What) -> OwnFile:
    stat = path.lstat()
    # Windows knows no such modes: there the folders of a user are the user's own.
    open_to_others = sys.platform != "win32" and bool(stat.st_mode & OTHERS)
    return OwnFile(path=path, what=what, size_bytes=stat.st_size, readable_by_others=open_to_others)


def export(target: Path) -> tuple[Path, ...]:
    """Copy recordings, diary, history, settings and plan into a new folder that only its owner can read; what was written.

    Raises:
        UsageError: the folder is there and not empty.
    """
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise UsageError(f"{target}: is there and not empty; name a new folder")
    _private_folder(target)
    written: list[Path] = []
    for file in own_files():
        if file.what == "recordings":
            written.append(_copy(file.path, target / "recordings" / file.path.relative_to(recordings_folder())))
        elif file.what == "diary":
            written.append(_copy(file.path, target / file.path.name))
        elif file.what in {"settings", "plan"}:
            written.append(_copy(file.path, target / file.path.relative_to(settings_file().parent)))
    if history_file().exists():
        written += _copy_history(target / history_file().name)
    return tuple(written)


def write_private(path: Path, text: str) -> Path:
    """A text that only its owner can read."""
    with open(path, "w", encoding="utf-8", opener=private_file) as file:
        file.write(text)
    return path


def _private_folder(folder: Path) -> None:
    private_folder(folder)
    folder.chmod(FOLDER_MODE)


def _copy(source: Path, target: Path) -> Path:
    _private_folder(target.parent)
    read, _ = opened(source)  # a copy is for reading elsewhere: what is encrypted here is plain there
    with read, os.fdopen(os.open(target, os.O_CREAT | os.O_WRONLY, FILE_MODE), "wb") as write:
        shutil.copyfileobj(read, write)
    return target


def _copy_history(target: Path) -> tuple[Path, ...]:
    """Whole, also while a session writes to it; one that is broken byte for byte, with what lies beside it."""
    try:
        return (_whole_history(target),)
    except (sqlite3.Error, *SPOILT):
        target.unlink(missing_ok=True)
        there = (ending for ending in ENDINGS if Path(f"{history_file()}{ending}").exists())
        return tuple(_copy(Path(f"{history_file()}{ending}"), Path(f"{target}{ending}")) for ending in there)


def _whole_history(target: Path) -> Path:
    os.close(os.open(target, os.O_CREAT | os.O_RDWR, FILE_MODE))
    with closing(sqlite3.connect(history_file())) as source, closing(sqlite3.connect(target)) as copy:
        source.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")  # one file, not three
    return target


def delete(files: tuple[OwnFile, ...]) -> tuple[Path, ...]:
    """Delete these, and the folders that are empty then; what could not be. Nobody gets the sensors meanwhile.

    Raises:
        UsageError: a session is being recorded.
        AlreadyRunning: a monitor looks for its sensor.
    """
    refuse_while_recording()
    with only_one("hipmonitor data delete"):
        lock, sealed = lock_file(), any(is_sealed(file.path) for file in files if file.what == "recordings")
        paths = [file.path for file in files if file.path != lock]
        in_order = [*sorted(paths, key=lambda path: path.parent == lock.parent), lock]  # the door and the lock go last
        left = tuple(path for path in in_order if not _gone(path))
    # Windows lets nobody delete an open file: there the lock goes now, unless somebody else has it by now.
    left = tuple(path for path in left if path != lock or not _gone(path))
    if sealed and not any(recordings_folder().rglob("*.mcap*")):
        seal_key.forget()  # it opens nothing any more
    folders = {recordings_folder() / DEMOS, recordings_folder(), *_inside(state_folder()), state_folder()}
    folders |= {exercises_file().with_suffix(""), settings_file().parent, diary_file().parent}
    for folder in sorted(folders, key=lambda path: len(path.parts), reverse=True):
        with contextlib.suppress(OSError):  # not empty, or not there
            folder.rmdir()
    return left


def refuse_while_recording() -> None:
    """A session writes into what would be deleted.

    Raises:
        UsageError: it names the recording.
    """
    for info in list_recordings(recordings_folder()):
        if info.state is RecordingState.RECORDING:
            raise UsageError(f"{info.path}: is being recorded; end that session first")


def _inside(folder: Path) -> set[Path]:
    return {path for path in folder.rglob("*") if path.is_dir()}


def _gone(path: Path) -> bool:
    with contextlib.suppress(OSError):
        path.unlink(missing_ok=True)
    return not path.exists()
