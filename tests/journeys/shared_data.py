"""Where the real recordings are; a test that needs them skips with a reason where they are not."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

DATA = Path(os.environ.get("HIPMONITOR_DATA", Path(__file__).parents[3] / "shared" / "data"))
needs_data = pytest.mark.skipif(
    not DATA.is_dir(), reason=f"the real recordings are not at {DATA}; set HIPMONITOR_DATA to their folder"
)
