"""Whether a window can be shown here. Qt ends the whole process where it cannot, so it is found out without Qt."""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Callable, Mapping
from importlib.util import find_spec
from pathlib import Path

PACKAGES = ("PySide6", "pyqtgraph")
PLATFORM = "QT_QPA_PLATFORM"
UNSEEN = frozenset({"offscreen", "minimal"})
"""Platforms of Qt on which nobody sees a window: for tests and pictures."""
NO_SCREEN = "There is no screen here."
PLUGINS = "Qt/plugins/platforms"
XCB = "libxcb.so.1"


def why_no_window(environment: Mapping[str, str] | None = None, platform: str = sys.platform) -> str:
    """Empty where there is a screen and what draws on it; else a sentence."""
    environment = os.environ if environment is None else environment
    for package in PACKAGES:
        if find_spec(package) is None:
            return f"{package} is not installed."
    if environment.get(PLATFORM, "").split(":")[0] in UNSEEN:
        return NO_SCREEN
    if platform in {"win32", "darwin"} or environment.get(PLATFORM):
        return ""
    reasons = [check(environment) for name, check in SCREENS if environment.get(name)]
    return "" if "" in reasons else reasons[0] if reasons else NO_SCREEN


def _plugin(name: str) -> str:
    """Why Qt's plugin cannot be loaded: mostly a library of the system that is missing."""
    spec = find_spec("PySide6")
    folders = [] if spec is None else list(spec.submodule_search_locations or ())
    try:
        ctypes.CDLL(str(Path(folders[0]) / PLUGINS / name))
    except (OSError, IndexError) as error:
        return f"{error}." if isinstance(error, OSError) else "PySide6 is not whole."
    return ""


def _x11(_environment: Mapping[str, str]) -> str:
    """Libraries, then the server: it must answer."""
    missing = _plugin("libqxcb.so")
    if missing:
        return missing
    xcb = ctypes.CDLL(XCB)
    xcb.xcb_connect.restype = ctypes.c_void_p
    connection = ctypes.c_void_p(xcb.xcb_connect(None, None))
    failed = xcb.xcb_connection_has_error(connection)
    xcb.xcb_disconnect(connection)
    return "The screen does not answer." if failed else ""


def _wayland(environment: Mapping[str, str]) -> str:
    socket = Path(environment.get("XDG_RUNTIME_DIR", "/nowhere")) / environment["WAYLAND_DISPLAY"]
    return _plugin("libqwayland.so") if socket.exists() else "The screen does not answer."


SCREENS: tuple[tuple[str, Callable[[Mapping[str, str]], str]], ...] = (("WAYLAND_DISPLAY", _wayland), ("DISPLAY", _x11))
"""Environment variable, and what must hold beside it."""
