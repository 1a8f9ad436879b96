"""`kill -9` of the monitor while it records: the recording opens, under five seconds are missing, and nothing is left running."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from hipmonitor.core.inbound import Notification
from hipmonitor.io.session import find_unfinished, read_session, repair

pytestmark = pytest.mark.skipif(
    os.name != "posix", reason="SIGKILL and process groups are those of this system: POSIX only"
)
RECORDED_S = 7.0
"""Longer than one flush interval, so that at least one flush lies before the kill."""
LIMIT_S = 90.0


def wait_for(condition: Callable[[], object], what: str) -> None:
    """Wait for another process to get somewhere; there is no event to wait on across a kill."""
    end = time.monotonic() + LIMIT_S
    while not condition():
        assert time.monotonic() < end, f"{what} did not happen within {LIMIT_S:g} s"
        time.sleep(0.05)


def group_is_gone(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return True
    return False


def recorded_s(folder: Path) -> float:
    """Seconds of data that are safe on disk by now."""
    parts = list(folder.rglob("*.mcap.part"))
    if not parts or not parts[0].stat().st_size:  # the file is made before anything is written
        return 0.0
    times = [event.at for event in read_session(parts[0]) if isinstance(event, Notification)]
    return (times[-1] - times[0]) / 1e9 if times else 0.0


def test_a_killed_monitor_leaves_a_recording_with_less_than_five_seconds_missing(tmp_path: Path) -> None:
    program = "from hipmonitor.ui.cli import main; main()"
    command = [sys.executable, "-c", program, "demo", "--headless", "--seconds", "60"]
    command += ["--scenario", "desk", "--keep", str(tmp_path)]
    monitor = subprocess.Popen(
        command, start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL
    )
    try:
        wait_for(lambda: recorded_s(tmp_path) > RECORDED_S, "recording")
        monitor.send_signal(signal.SIGKILL)
        killed_ns = time.time_ns()
        monitor.wait(10)
        wait_for(lambda: group_is_gone(monitor.pid), "the end of the simulated sensor and its air")
    finally:
        if not group_is_gone(monitor.pid):
            os.killpg(monitor.pid, signal.SIGKILL)
        monitor.wait(10)
    (part,) = find_unfinished(next(tmp_path.rglob("*.mcap.part")).parent)
    last = max(event.at for event in read_session(part))
    assert (killed_ns - last) / 1e9 < 5.0
    report = repair(part)
    assert report.path.suffix == ".mcap"
    assert max(event.at for event in read_session(report.path)) == last
