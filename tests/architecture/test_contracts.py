"""The import contracts hold, and each of them catches what it is there for."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
VIOLATIONS = {
    "core reads the clock": ("hipmonitor/core/samples/timebase.py", "import time"),
    "core draws random numbers": ("hipmonitor/core/thigh/angles.py", "import random"),
    "core logs": ("hipmonitor/core/pipeline.py", "import logging"),
    "core opens files": ("hipmonitor/core/activity/activity.py", "import pathlib"),
    "core waits": ("hipmonitor/core/orientation/settled.py", "import asyncio"),
    "an early room looks at a later one": ("hipmonitor/core/wire/decode.py", "import hipmonitor.core.samples.rows"),
    "a leaf file looks into a room": ("hipmonitor/core/frames.py", "import hipmonitor.core.thigh.angles"),
    "io calls the runtime": ("hipmonitor/io/clock.py", "import hipmonitor.runtime.drive"),
    "the runtime draws": ("hipmonitor/runtime/live.py", "import hipmonitor.ui"),
    "the product imports the simulator": ("hipmonitor/ui/__init__.py", "import firmware_sim.ports"),
    "the simulator looks into the pipeline": ("firmware_sim/ports.py", "import hipmonitor.core.thigh.angles"),
    "plain values know Qt": ("hipmonitor/ui/view_model/zone.py", "import PySide6"),
    "the command line draws": ("hipmonitor/ui/cli/watch.py", "import pyqtgraph"),
    "siblings import each other": ("hipmonitor/runtime/row_table.py", "import hipmonitor.runtime.collect"),
}


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "from importlinter.cli import lint_imports_command as c; c(['--no-cache'])"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=120)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    for package in ("hipmonitor", "firmware_sim"):
        shutil.copytree(ROOT / package, tmp_path / package, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def test_all_contracts_hold() -> None:
    result = lint(ROOT)
    assert result.returncode == 0, result.stdout
    assert "0 broken" in result.stdout


@pytest.mark.parametrize("violation", VIOLATIONS)
def test_a_deliberate_violation_is_caught(copy: Path, violation: str) -> None:
    file, line = VIOLATIONS[violation]
    path = copy / file
    path.write_text(path.read_text(encoding="utf-8") + f"\n{line}\n", encoding="utf-8")
    result = lint(copy)
    assert result.returncode == 1, result.stdout + result.stderr
    assert line.rpartition(".")[2].removeprefix("import ") in result.stdout
