"""Where an export goes: a new file or folder, never over what is there."""

from __future__ import annotations

from pathlib import Path

from hipmonitor.core.errors import UsageError


def new_file(path: Path) -> Path:
    """The same path, its folder made.

    Raises:
        UsageError: something is there, or the folder cannot be made.
    """
    if path.exists():
        raise UsageError(f"{path}: is there; name a new file")
    _made(path.parent)
    return path


def new_folder(path: Path) -> Path:
    """A new or empty folder.

    Raises:
        UsageError: it is there and not empty, or cannot be made.
    """
    if path.exists() and (not path.is_dir() or any(path.iterdir())):
        raise UsageError(f"{path}: is there and not empty; name a new folder")
    _made(path)
    return path


def _made(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(f"{folder}: cannot be made ({error.strerror}); name another place") from error
