"""What wrote a recording, and what reads it. Asked of the installed packages: this floor does not import the roof."""

from __future__ import annotations

import platform
from importlib.metadata import PackageNotFoundError, version
from typing import Final

PROGRAM: Final = "hipmonitor"
_COMPUTES: Final = ("numpy", "scipy", "vqf", "mcap", "zstandard")
"""Packages whose version can change a result or the file."""


def program() -> str:
    """This program with its version, for messages and the file."""
    return f"{PROGRAM} {installed(PROGRAM)}"


def versions() -> dict[str, str]:
    """Versions of everything that can change a result or the file."""
    found = {PROGRAM: installed(PROGRAM), "python": platform.python_version()}
    return found | {name: installed(name) for name in _COMPUTES}


def installed(name: str) -> str:
    """A package's version, or "unknown" where it runs without being installed."""
    try:
        return version(name)
    except PackageNotFoundError:
        return "unknown"
