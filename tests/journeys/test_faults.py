"""The fault matrix, a few of each: what was measured is kept, or its absence is recorded.

All of them: python -m tests.benchmarks.faults.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.benchmarks.faults.matrix import MATRIX
from tests.benchmarks.faults.row import Fault

POSIX_ONLY = frozenset({"killed", "vanished"})


@pytest.mark.parametrize("fault", [fault for fault in MATRIX if fault.short], ids=lambda fault: fault.name)
def test_the_bar_is_met(fault: Fault, tmp_path: Path) -> None:
    if os.name != "posix" and fault.name in POSIX_ONLY:
        pytest.skip("SIGKILL, and moving open files, are not of this system")
    row = fault.run(fault.short, tmp_path)
    assert row.wrong == ()
    assert row.times >= fault.short
