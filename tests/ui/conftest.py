"""Windows of these tests are drawn into memory, in a home of their own."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What the window keeps goes here."""
    monkeypatch.setenv("HIPMONITOR_HOME", str(tmp_path))
    return tmp_path
