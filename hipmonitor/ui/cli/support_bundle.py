"""A file for support: what `doctor` found and how recordings fare as files. Nothing of what was measured, told or written, and no names."""

from __future__ import annotations

import getpass
import json
import os
import platform
import re
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

from hipmonitor import __version__
from hipmonitor.core.errors import UsageError
from hipmonitor.io.places import HOME_VARIABLE, private_file, recordings_folder, settings_file, state_folder
from hipmonitor.io.session import RecordingInfo, list_recordings
from hipmonitor.ui.cli.finding import Finding

README: Final = """For support, made by `hipmonitor doctor --bundle`.

findings.json    what doctor found, without what could name you, your files or your settings
recordings.json  of each recording: its state as a file, its size, how many packets; not when, and not what
system.json      versions of the system and of Python

It holds no angles, activities, alerts, check-ins, plans, notes, limits or names, no path of yours, and of Bluetooth addresses the
last two bytes at most.
"""
_ADDRESS: Final = re.compile(
    r"(?<![0-9A-Fa-f])(?:[0-9A-Fa-f]{2}[:_-]){4}([0-9A-Fa-f]{2}[:_-][0-9A-Fa-f]{2})(?![0-9A-Fa-f])"
)
_UUID: Final = re.compile(r"\b[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{8}([0-9A-Fa-f]{4})\b")
"""macOS calls a sensor so."""
_PATH: Final = re.compile(r"(?:[A-Za-z]:)?[\\/][^\s:;,'\"()]*[\\/][^\s:;,'\"()]*")


def write_bundle(path: Path, findings: Sequence[Finding]) -> None:
    """A zip file that only its owner can read.

    Raises:
        UsageError: it cannot be written there.
    """
    pages = {
        "README.txt": README,
        "findings.json": _json([_finding(finding) for finding in findings]),
        "recordings.json": _json([_recording(info) for info in list_recordings(recordings_folder())]),
        "system.json": _json(_system()),
    }
    try:
        with open(path, "wb", opener=private_file) as file, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, text in pages.items():
                archive.writestr(name, text)
    except OSError as error:
        raise UsageError(f"{path}: cannot be written ({error.strerror}); name another file") from error


def _finding(finding: Finding) -> dict[str, Any]:
    told = asdict(finding)
    names_things = told.pop("names_things")
    told["todo"] = "(left out)" if names_things and told["todo"] else scrubbed(told["todo"])
    return {**told, "found": scrubbed(told["found"])}


def _recording(info: RecordingInfo) -> dict[str, Any]:
    return {"state": info.state, "size_bytes": info.size_bytes, "packets": info.packets, "has_note": bool(info.note)}


def _system() -> dict[str, str]:
    return {
        "hipmonitor": __version__,
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.release()} {platform.machine()}",
        "own_folder": "yes" if os.environ.get(HOME_VARIABLE) else "no",
    }


def scrubbed(text: str) -> str:
    """Without paths, names of this user and computer, and most of any address."""
    for place in _own_places():
        text = text.replace(place, "(place)")
    text = _PATH.sub("(path)", _UUID.sub(r"..\1", _ADDRESS.sub(r"..\1", text)))
    for name in _own_names():
        text = re.sub(rf"\b{re.escape(name)}\b", "(name)", text, flags=re.IGNORECASE)
    return text


def _own_places() -> Iterable[str]:
    """Whole, because a name in them may have spaces; the longest first."""
    places = (recordings_folder(), settings_file(), state_folder(), Path.home(), Path.cwd())
    return sorted({str(place) for place in places if len(place.parts) > 1}, key=len, reverse=True)


def _own_names() -> Iterable[str]:
    try:
        user = getpass.getuser()
    except (OSError, KeyError):  # no such user, as in some containers
        user = ""
    return sorted({name for name in (user, platform.node(), Path.home().name) if len(name) > 1}, key=len, reverse=True)


def _json(document: object) -> str:
    return json.dumps(document, indent=1, default=str)
