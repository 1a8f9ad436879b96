"""One process at a time has the sensors. The system's own lock on a file: it goes with its process, however that one ends."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from hipmonitor.core.errors import AlreadyRunning, ControlError
from hipmonitor.io import file_lock
from hipmonitor.io.control.place import control_folder, no_place

LOCK_NAME = "lock"


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """Who has the sensors."""

    pid: int
    what: str
    """The command, as a person typed it."""


@contextmanager
def only_one(what: str) -> Iterator[Holder]:
    """Have the sensors while the context lasts.

    Raises:
        AlreadyRunning: another process has them; says which.
        ControlError: there is no place for the lock; names the remedy.
    """
    path = lock_file()
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise ControlError(no_place(path, error)) from error
    try:
        try:
            file_lock.take(descriptor)
        except OSError as error:
            raise AlreadyRunning(_refusal(path)) from error
        holder = Holder(pid=os.getpid(), what=what)
        os.ftruncate(descriptor, 0)
        os.write(descriptor, json.dumps(asdict(holder)).encode())
        yield holder
    finally:
        os.close(descriptor)


def lock_file() -> Path:
    """What is locked."""
    return control_folder() / LOCK_NAME


def _refusal(path: Path) -> str:
    other = _holder(path)
    who = f'"{other.what}" (process {other.pid})' if other else "another process"
    return f"The sensors are taken by {who}. One process has them at a time; `hipmonitor stop` ends a monitor."


def _holder(path: Path) -> Holder | None:
    try:
        written = json.loads(path.read_bytes())
        return Holder(pid=int(written["pid"]), what=str(written["what"]))
    except (OSError, ValueError, TypeError, KeyError):
        return None
