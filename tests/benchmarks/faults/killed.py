"""kill -9 of a recording process, at random moments."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from hipmonitor.core.inbound import Notification
from hipmonitor.io.session import WriterParams, read_session, repair
from tests.benchmarks.faults.row import Row

SPEED = 4
"""The child's session runs this much faster than the clock, and so does its flush timer."""
PACKETS_PER_S = 12.5
START_NS = 1_786_000_000_000_000_000
AT_ONCE = 4
BAR_S = 5.0
ROOT = Path(__file__).parents[3]

CHILD = f"""
import itertools, sys, time
from pathlib import Path
from hipmonitor.core.inbound import Notification
from hipmonitor.io.session import SessionParts, WriterParams

began = time.monotonic()
session = SessionParts(Path(sys.argv[1]), sensor="S", started_at={START_NS}, writing=WriterParams(
    flush_s=WriterParams().flush_s / {SPEED}, least_free_bytes=0))
payload = bytes(112)
for number in itertools.count():
    due = began + number / ({PACKETS_PER_S} * {SPEED})
    time.sleep(max(0.0, due - time.monotonic()))
    at = {START_NS} + number * {round(1e9 / PACKETS_PER_S)}
    session.record([Notification(at=at, sensor="S", channel="hip/data", payload=payload)])
    print(number, flush=True)
"""


def killed(times: int, folder: Path) -> Row:
    """A recording process each time, as a monitor's: packets, a flush timer, fsync."""
    chance = random.Random(7)
    jobs = [(folder / f"{k}", chance.uniform(0.0, 3.0)) for k in range(times)]
    began = time.monotonic()
    with ThreadPoolExecutor(AT_ONCE) as at_once:
        outcomes = list(at_once.map(lambda job: _one(*job), jobs))
    wrong = [words for lost_s, words in outcomes if words or not 0 <= lost_s < BAR_S]
    lost_s = [lost for lost, _ in outcomes]
    return Row(
        fault="kill -9 of a recording process",
        times=times,
        lost=f"at most {max(lost_s):.1f} s, mean {sum(lost_s) / times:.1f} s",
        recovered=f"repair, {(time.monotonic() - began) / times:.1f} s each with its process",
        bar=f"every file opens, < {BAR_S:g} s lost of each (flush every {WriterParams().flush_s:g} s)",
        wrong=tuple(words or "too much was lost" for words in wrong),
    )


def _one(folder: Path, alive_s: float) -> tuple[float, str]:
    """Seconds lost, and what was wrong."""
    folder.mkdir()
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", CHILD, str(folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == "0\n"
        time.sleep(alive_s)
        child.send_signal(signal.SIGKILL)
        recorded = int(([0, *(line for line in child.stdout if line.endswith("\n"))])[-1])
    (part,) = folder.iterdir()
    report = repair(part)
    reader = read_session(report.path)
    numbers = [round((e.at - START_NS) * PACKETS_PER_S / 1e9) for e in reader if isinstance(e, Notification)]
    lost_s = (recorded + 1 - len(numbers)) / PACKETS_PER_S
    if numbers != list(range(len(numbers))) or reader.damage is not None:
        return lost_s, f"{part.name}: not the beginning of what was recorded"
    return max(lost_s, 0.0), "" if lost_s < BAR_S else f"{part.name}: {lost_s:.1f} s lost"
