"""Windows of these tests are drawn into memory, in a home of their own."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What the window keeps goes here."""
    monkeypatch.setenv("HIPMONITOR_HOME", str(tmp_path))
    return tmp_path


@pytest.fixture(autouse=True)
def _windows_end_with_their_test() -> Iterator[None]:
    """Else Qt deletes a closed window when its loop runs next: in the midst of another test.

    Only ours: curves keep menus and forms of their own, without a parent, and do not survive losing them.
    """
    yield
    program: Any = sys.modules.get("hipmonitor.ui.dashboard.window")
    if program is None or program.QApplication.instance() is None:
        return
    core: Any = sys.modules["PySide6.QtCore"]
    for widget in program.QApplication.topLevelWidgets():
        if isinstance(widget, program.Window):
            widget.finish()
            widget.deleteLater()
    core.QCoreApplication.sendPostedEvents(None, core.QEvent.Type.DeferredDelete)
