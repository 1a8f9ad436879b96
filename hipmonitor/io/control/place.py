"""Where the monitor's door is: a private folder, and in it a file that says the address and the key."""

from __future__ import annotations

import json
import os
import secrets
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from hipmonitor.core.errors import ControlError, NotRunning
from hipmonitor.io.places import private_folder, state_folder

DOOR_NAME = "door.json"
SOCKET_NAME = "socket"
FOLDER_PREFIX = "hipmonitor-door-"
"""Of the folder for a socket whose path would be too long beside the door file."""
KEY_BYTES = 32
LONGEST_SOCKET_PATH = 100
"""Bytes; a socket's path may have 103 on macOS and 107 on Linux (sockaddr_un)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Door:
    """How a running monitor is reached."""

    address: str
    key: bytes


def control_folder() -> Path:
    """A folder that only its owner can look into, made where it is missing.

    Raises:
        ControlError: it cannot be made; names the remedy.
    """
    folder = state_folder() / "monitor"
    try:
        private_folder(folder)
        if sys.platform != "win32":
            folder.chmod(0o700)
    except OSError as error:
        raise ControlError(no_place(folder, error)) from error
    return folder


def no_place(path: Path, error: OSError) -> str:
    """Why nothing can be kept there, and what helps."""
    return f"{path}: cannot be written ({error.strerror}); make it writable, or name another place in HIPMONITOR_HOME"


def new_door() -> Door:
    """A door for a monitor that starts, told in the door file. What an earlier one left behind is removed."""
    close_door()
    door = Door(address=_address(control_folder()), key=secrets.token_bytes(KEY_BYTES))
    _write_private(control_folder() / DOOR_NAME, json.dumps({"address": door.address, "key": door.key.hex()}).encode())
    return door


def read_door() -> Door:
    """The door of the monitor that runs, or of one that was killed.

    Raises:
        NotRunning: there is none.
    """
    try:
        written = json.loads((control_folder() / DOOR_NAME).read_bytes())
        return Door(address=str(written["address"]), key=bytes.fromhex(written["key"]))
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise NotRunning(NO_MONITOR) from error


NO_MONITOR = "No monitor is running. `hipmonitor monitor` starts one."


def close_door() -> None:
    """Take away the door file and the socket it names, where they are."""
    try:
        address = Path(read_door().address)
    except NotRunning:
        address = control_folder() / SOCKET_NAME
    if sys.platform != "win32" and address.is_socket():
        address.unlink(missing_ok=True)
    if sys.platform != "win32" and address.parent.name.startswith(FOLDER_PREFIX) and address.parent.is_dir():
        address.parent.rmdir()
    (control_folder() / DOOR_NAME).unlink(missing_ok=True)


def _address(folder: Path) -> str:
    if sys.platform == "win32":
        return rf"\\.\pipe\hipmonitor-{secrets.token_hex(16)}"
    beside = folder / SOCKET_NAME
    if len(os.fsencode(beside)) <= LONGEST_SOCKET_PATH:
        return str(beside)
    return str(Path(tempfile.mkdtemp(prefix=FOLDER_PREFIX)) / SOCKET_NAME)


def _write_private(path: Path, content: bytes) -> None:
    """At once and whole, readable by its owner only."""
    new = path.with_name(f"{path.name}.{os.getpid()}")
    descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
    new.replace(path)
