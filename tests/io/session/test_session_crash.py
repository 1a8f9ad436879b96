"""A monitor that is killed leaves a recording with all but its last seconds."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest
from session_builders import START

from hipmonitor.core.inbound import Notification
from hipmonitor.core.instants import seconds_between
from hipmonitor.io.session import WriterParams, find_unfinished, read_session, repair

SPEED = 4
"""The child's session runs this much faster than the clock, and so does its flush timer."""

CHILD = f"""
import itertools, sys, time
from pathlib import Path
from hipmonitor.core.inbound import Notification
from hipmonitor.io.session import SessionWriter, WriterParams

began = time.monotonic()
session = SessionWriter(Path(sys.argv[1]), sensor="S", started_at={START}, params=WriterParams(
    flush_s=WriterParams().flush_s / {SPEED}))
for number in itertools.count():
    due = began + number / (10 * {SPEED})
    time.sleep(max(0.0, due - time.monotonic()))
    session.record([Notification(at={START} + number * 100_000_000, sensor="S", channel="hip/data", payload=bytes(136))])
    print(number, flush=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
@pytest.mark.parametrize("alive_s", [1.6, 2.3])
def test_a_killed_monitor_loses_less_than_five_seconds(tmp_path: Path, alive_s: float) -> None:
    child = subprocess.Popen([sys.executable, "-c", CHILD, str(tmp_path)], stdout=subprocess.PIPE, text=True)
    assert child.stdout is not None
    assert child.stdout.readline() == "0\n"
    until = time.monotonic() + alive_s
    recorded = 0
    while time.monotonic() < until:
        recorded = int(child.stdout.readline())
    child.kill()
    last_line = [line for line in child.stdout if line.endswith("\n")][-1:]
    child.wait(timeout=30)
    child.stdout.close()
    recorded = int(last_line[0]) if last_line else recorded

    (part,) = find_unfinished(tmp_path)
    reader = read_session(part)
    events = list(reader)
    assert reader.damage is not None
    assert [event.at for event in events] == [START + number * 100_000_000 for number in range(len(events))]
    assert all(isinstance(event, Notification) for event in events)
    missing_s = (recorded + 1 - len(events)) / 10
    assert 0 <= missing_s < WriterParams().flush_s + 1
    report = repair(part)
    assert report.events == len(events)
    assert seconds_between(START, events[-1].at) > 0
