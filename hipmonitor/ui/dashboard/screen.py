"""Whether a window can be shown here. No Qt is loaded to find out."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from importlib.util import find_spec

SCREENS = ("DISPLAY", "WAYLAND_DISPLAY")
PACKAGES = ("PySide6", "pyqtgraph")
PLATFORM = "QT_QPA_PLATFORM"


def why_no_window(environment: Mapping[str, str] | None = None, platform: str = sys.platform) -> str:
    """Empty where there is a screen and what draws on it; else a sentence."""
    environment = os.environ if environment is None else environment
    for package in PACKAGES:
        if find_spec(package) is None:
            return f"{package} is not installed."
    if platform in {"win32", "darwin"} or environment.get(PLATFORM):
        return ""
    return "" if any(environment.get(name) for name in SCREENS) else "There is no screen here."
