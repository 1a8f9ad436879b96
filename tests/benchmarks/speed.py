"""A day at 100 Hz through batch, beside VQF.updateBatch in the same slabs and run. Bar: as lived at most 4 times VQF.

    python -m tests.benchmarks.speed [--hours 24] [--repeats 3]

The day is the simulated body's (night, desk, walks, sofa), with the sensor's own noise. Every job runs in a process of its
own, so that its peak memory is its own; `above input` is the peak over what the process held with the input loaded.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
from rich.console import Console
from rich.table import Table
from vqf import VQF

from firmware_sim.body import MovingBody
from firmware_sim.device import SampleClock, StreamShape
from firmware_sim.imu import ImuSource, drawn_errors, drawn_mounting
from firmware_sim.scenarios import scenario_named, wearer
from firmware_sim.worn_sensor import drawn_crystal
from hipmonitor.core.pipeline import Pipeline
from hipmonitor.core.settings import Settings
from hipmonitor.runtime.analyze import analyze
from hipmonitor.runtime.slabs import SLAB_SAMPLES, array_slabs, checked

RATE_HZ = 100.0
BAR_AS_LIVED = 4.0
G = 9.80665
JOBS = (
    "VQF.updateBatch",
    "corridor, as lived",
    "analyze, as lived",
    "analyze, settled",
    "corridor, accelerometer only",
)


def write_day(path: Path, hours: float) -> None:
    """The simulated day's samples in m/s² and rad/s."""
    person, mounting, acc_range_g, gyr_range_dps = wearer(1), drawn_mounting(1), 16, 2000
    body = MovingBody(scenario_named("day").script(person), person, seed=1, along_m=mounting.along_m)
    source = ImuSource(body, mounting=mounting, errors=drawn_errors(1), seed=1)
    clock = SampleClock(crystal=drawn_crystal(1), rate_mhz=round(RATE_HZ * 1000), start_own_ns=0, boot_true_s=0.0)
    source.begin(StreamShape(clock=clock, acc_range_g=acc_range_g, gyr_range_dps=gyr_range_dps))
    n, block = round(hours * 3600 * RATE_HZ), 60_000
    acc, gyr = np.empty((n, 3)), np.empty((n, 3))
    for start in range(0, n, block):
        counts = source.samples(start, min(block, n - start)).astype(np.float64)
        acc[start : start + block] = counts[:, :3] * (acc_range_g * G / 32768)
        gyr[start : start + block] = counts[:, 3:] * np.deg2rad(gyr_range_dps / 32768)
    np.save(path / "acc.npy", acc)
    np.save(path / "gyr.npy", gyr)


def job(name: str, acc: np.ndarray, gyr: np.ndarray) -> Callable[[], object]:
    """What is timed."""
    if name == "VQF.updateBatch":
        return lambda: by_vqf(acc, gyr)
    if name.startswith("corridor"):
        return lambda: by_corridor(acc, None if "only" in name else gyr)
    reading = "as_lived" if "lived" in name else "settled"
    return lambda: analyze(acc_mps2=acc, gyr_radps=gyr, rate_hz=RATE_HZ, side="right", reading=reading)  # type: ignore[arg-type]


def by_vqf(acc: np.ndarray, gyr: np.ndarray) -> None:
    orientation = VQF(1 / RATE_HZ)
    for start in range(0, len(acc), SLAB_SAMPLES):
        orientation.updateBatch(gyr[start : start + SLAB_SAMPLES], acc[start : start + SLAB_SAMPLES])


def by_corridor(acc: np.ndarray, gyr: np.ndarray | None) -> None:
    pipeline = Pipeline()
    arrays = checked(acc_mps2=acc, gyr_radps=gyr, rate_hz=RATE_HZ, t_ns=None)
    for events in array_slabs(arrays, Settings(side="right")):
        pipeline.step(events)


def child(name: str, folder: Path) -> None:
    """One job once, timed beside VQF on the same arrays; prints JSON."""
    acc, gyr = np.load(folder / "acc.npy"), np.load(folder / "gyr.npy")
    work = job(name, acc, gyr)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    began = time.perf_counter()
    work()
    took = time.perf_counter() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    began = time.perf_counter()
    by_vqf(acc, gyr)
    vqf = time.perf_counter() - began
    print(json.dumps({"seconds": took, "vqf": vqf, "mib": (peak - before) / 1024}))


def measured(name: str, folder: Path) -> dict[str, float]:
    command = [sys.executable, "-m", "tests.benchmarks.speed", "--child", name, "--folder", str(folder)]
    result: dict[str, float] = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    return result


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--hours", type=float, default=24.0)
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--child")
    parser.add_argument("--folder", type=Path)
    arguments = parser.parse_args()
    if arguments.child:
        child(arguments.child, arguments.folder)
        return 0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_day(folder, arguments.hours)
        rows = {job_name: [measured(job_name, folder) for _ in range(arguments.repeats)] for job_name in JOBS}
    return report(rows, arguments.hours)


def report(rows: dict[str, list[dict[str, float]]], hours: float) -> int:
    """Print the table; 1 where the bar is not met. The ratio is each run's own, against VQF in the same process."""
    table = Table(title=f"{hours:g} h at {RATE_HZ:g} Hz, slabs of {SLAB_SAMPLES} samples, best of {len(rows[JOBS[0]])}")
    for column in ("job", "seconds", "x VQF", "peak above input, MiB"):
        table.add_column(column, justify="left" if column == "job" else "right")
    ratios = {}
    for name, runs in rows.items():
        ratios[name] = min(run["seconds"] / run["vqf"] for run in runs)
        best, mib = min(run["seconds"] for run in runs), max(run["mib"] for run in runs)
        table.add_row(name, f"{best:.2f}", f"{ratios[name]:.2f}", f"{mib:.0f}")
    Console(width=100).print(table)
    met = ratios["corridor, as lived"] <= BAR_AS_LIVED
    print(f"bar: corridor as lived <= {BAR_AS_LIVED:g} x VQF.updateBatch: {'met' if met else 'NOT met'}")
    return 0 if met else 1


if __name__ == "__main__":
    raise SystemExit(main())
