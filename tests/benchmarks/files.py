"""Another maker's day read in pieces: flat memory, and its cost beside the decoding of a plain int16 array of the same size.

    python -m tests.benchmarks.files [--hours 24]

A day of AX3 (100 Hz, packed) is made by repeating the blocks of a real file with their times moved on, 36 MiB; a day of AX6 (100 Hz,
six axes) and one of an ActiGraph (100 Hz) likewise, the last one from the published format. Each read is a process of its own;
the hour is the first hour of the same file. Memory is the most that Python and numpy held at once (tracemalloc, in a read of
its own) and the growth of the process. "Plain" is `int16 -> float64 m/s²` and times by
the rate, in pieces of the same size, in the same process, before and after. Processor time of all threads, user and system.

A quarter of a day as a table of text (seven columns) is beside them for its memory; reading digits has no bar of speed.

Bars. Memory: the day's most over the hour's <= 1 MiB, and the process' <= 8 MiB: the day's samples as float64 are 200 MiB and
more, so what grows with a file is seen at once. Speed: a block of AX3 has ten-bit
numbers with an exponent each, a checksum over all its words, and a time that must fit to its neighbours; plain decoding has one
multiplication. 20 x that is 3 s a day on this machine, a fiftieth of what analysing the day takes: more would be noticed.
"""

from __future__ import annotations

import argparse
import json
import resource
import struct
import subprocess
import sys
import tempfile
import time
import tracemalloc
from collections.abc import Callable
from functools import reduce
from operator import xor
from pathlib import Path
from typing import NamedTuple
from zipfile import ZIP_DEFLATED, ZipFile

import numpy as np
from rich.console import Console
from rich.table import Table

from hipmonitor.io.files import open_samples
from hipmonitor.io.files.cwa_blocks import BLOCK, HEADER_BYTES, Blocks
from tests.journeys.shared_data import DATA

MOST_MIB, MOST_PROCESS_MIB = 1.0, 8.0
MOST_RATIO = 20.0
RATE_HZ = 100
G = 9.80665
REPEATS = 3
MOST_MISSING = 120
"""Samples of the last block, where the hours are no whole number of blocks."""
INFO = "Serial Number: MOS2A01234567\nSample Rate: 100\n"
START_S = 1_767_225_600
AX3, AX6, ACTIGRAPH, TEXT = "Axivity AX3", "Axivity AX6", "ActiGraph", "table of text"
SOURCES = {AX3: DATA / "devices" / "example-610-steps.cwa", AX6: DATA / "devices" / "ax6_sample.cwa"}


class Row(NamedTuple):
    """What was measured of one file."""

    mib: float
    hours: float
    hour: dict[str, float]
    """Its first hour."""
    whole: dict[str, float]


def axivity_day(path: Path, source: Path, hours: float) -> None:
    """The blocks of a real file again and again, numbered and stamped on; samples lie as they are."""
    content = source.read_bytes()
    blocks = np.frombuffer(content[HEADER_BYTES:], BLOCK)
    blocks = blocks[(blocks["mark"] == b"AX") & (blocks["count"] == blocks["count"].max())]
    per_block = int(blocks["count"].max())
    n = round(hours * 3600 * RATE_HZ / per_block)
    with path.open("wb") as file:
        file.write(content[:HEADER_BYTES])
        for start in range(0, n, 10_000):
            number = np.arange(start, min(n, start + 10_000))
            file.write(_stamped(blocks[number % len(blocks)].copy(), number, per_block).tobytes())


def _stamped(blocks: Blocks, number: np.ndarray, per_block: int) -> Blocks:
    """From 2026-01-01 00:00 on: the stamp belongs to the sample of each block's first whole second."""
    first = number * per_block
    whole_s = -(-first // RATE_HZ)
    moments = (np.datetime64("2026-01-01") + whole_s.astype("timedelta64[s]")).astype("datetime64[s]")
    days = moments.astype("datetime64[D]")
    second = (moments - days).astype(np.int64)
    day = (days - days.astype("datetime64[M]")).astype(np.int64) + 1
    month = days.astype("datetime64[M]").astype(np.int64) % 12 + 1
    blocks["stamp"] = (
        26 << 26 | month << 22 | day << 17 | (second // 3600) << 12 | (second // 60 % 60) << 6 | second % 60
    )
    blocks["fraction"], blocks["stamp_sample"] = 0, whole_s * RATE_HZ - first
    blocks["sequence"], blocks["session"] = number, 1
    blocks["checksum"] = 0
    blocks["checksum"] = (-blocks.view("<u2").reshape(-1, 256).sum(axis=1, dtype=np.int64)) & 0xFFFF
    return blocks


def actigraph_day(path: Path, hours: float) -> None:
    """Seconds of 16-bit counts, as the published format says; noise, so that it does not pack to nothing."""
    counts = np.random.default_rng(1).integers(-60, 60, (64, RATE_HZ, 3), dtype=np.int16) + np.array(
        [0, 256, 0], np.int16
    )
    payloads = [second.astype("<i2").tobytes() for second in counts]
    parities = [reduce(xor, payload) for payload in payloads]
    with ZipFile(path, "w", ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("info.txt", INFO)
        with archive.open("log.bin", "w", force_zip64=True) as log:
            for second in range(round(hours * 3600)):
                head = struct.pack("<BBIH", 0x1E, 0x1A, START_S + second, 6 * RATE_HZ)
                check = ~(reduce(xor, head) ^ parities[second % 64]) & 0xFF
                log.write(head + payloads[second % 64] + bytes([check]))


def table_hours(path: Path, hours: float) -> None:
    """A phone's table: times, g and rad/s, six digits."""
    rows, rng = 20_000, np.random.default_rng(1)
    values = rng.normal(0, 0.1, (rows, 6)) + np.array([0, 1, 0, 0, 0, 0])
    digits = ["," + ",".join(f"{value:.6f}" for value in row) for row in values.tolist()]
    with path.open("w", encoding="utf-8") as file:
        file.write("time,gFx,gFy,gFz,wx,wy,wz\n")
        for start in range(0, round(hours * 3600 * RATE_HZ), rows):
            last = min(start + rows, round(hours * 3600 * RATE_HZ))
            file.writelines(f"{k / RATE_HZ:.2f}{row}\n" for k, row in zip(range(start, last), digits, strict=False))


def child(path: Path, hours: float) -> None:
    """Read the first hours of a file in pieces; prints what it took as JSON."""
    file = open_samples(path)
    samples, axes = 0, 3

    def read() -> None:
        nonlocal samples, axes
        samples, end_ns = 0, None
        for chunk in file.chunks():
            if len(chunk.t_ns):
                end_ns = end_ns or int(chunk.t_ns[0] + hours * 3.6e12)
                samples, axes = samples + len(chunk.t_ns), 3 if chunk.gyr_radps is None else 6
                if chunk.t_ns[-1] >= end_ns:
                    break

    took = min(cpu_seconds(read) for _ in range(REPEATS))
    process = peak_mib()
    plain = min(cpu_seconds(lambda: decode_plainly(samples, axes)) for _ in range(REPEATS))
    tracemalloc.start()
    read()
    held = tracemalloc.get_traced_memory()[1] / 2**20
    print(json.dumps({"samples": samples, "seconds": took, "plain": plain, "held": held, "process": process}))


def decode_plainly(samples: int, axes: int, piece: int = 30_720) -> None:
    """An int16 array of the same size, in pieces of the same size, to m/s² and rad/s and times."""
    raw = np.zeros((piece, axes), "<i2").tobytes()
    scale = np.array([G / 256] * 3 + [np.pi / 180 / 16] * (axes - 3))
    for start in range(0, samples, piece):
        values = np.frombuffer(raw, "<i2").reshape(-1, axes).astype(np.float64) * scale
        times = np.arange(start, start + len(values)) * (1_000_000_000 // RATE_HZ)
        assert len(times) == len(values)


def peak_mib() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def cpu_seconds(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began


def measured(path: Path, hours: float) -> dict[str, float]:
    command = [sys.executable, "-m", "tests.benchmarks.files", "--child", str(path), "--hours", str(hours)]
    result: dict[str, float] = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    return result


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--hours", type=float, default=24.0)
    parser.add_argument("--child", type=Path)
    arguments = parser.parse_args()
    if arguments.child:
        child(arguments.child, arguments.hours)
        return 0
    with tempfile.TemporaryDirectory() as name:
        folder, rows = Path(name), dict[str, Row]()
        makers: dict[str, tuple[str, float, Callable[[Path, float], None]]] = {
            AX3: ("ax3.cwa", arguments.hours, lambda path, hours: axivity_day(path, SOURCES[AX3], hours)),
            AX6: ("ax6.cwa", arguments.hours, lambda path, hours: axivity_day(path, SOURCES[AX6], hours)),
            ACTIGRAPH: ("day.gt3x", arguments.hours, actigraph_day),
            TEXT: ("day.csv", arguments.hours / 4, table_hours),
        }
        for kind, (file, hours, make) in makers.items():
            make(folder / file, hours)
            size = (folder / file).stat().st_size / 2**20
            rows[kind] = Row(size, hours, measured(folder / file, min(1.0, hours)), measured(folder / file, hours))
            (folder / file).unlink()
    return report(rows)


def report(rows: dict[str, Row]) -> int:
    """Print the table; 1 where a bar is not met."""
    table = Table(title=f"Files at {RATE_HZ} Hz, read in pieces, best of {REPEATS}")
    headings = (
        "file",
        "hours",
        "MiB",
        "samples",
        "CPU s",
        "plain int16, s",
        "ratio",
        "held 1 h",
        "held all",
        "process grew",
    )
    for heading in headings:
        table.add_column(heading, justify="left" if heading == "file" else "right")
    met = True
    for kind, row in rows.items():
        ratio, grew = row.whole["seconds"] / row.whole["plain"], row.whole["held"] - row.hour["held"]
        process = row.whole["process"] - row.hour["process"]
        missing = abs(row.whole["samples"] - row.hours * 3600 * RATE_HZ)
        met &= grew <= MOST_MIB and process <= MOST_PROCESS_MIB and missing <= MOST_MISSING
        met &= ratio <= MOST_RATIO or kind == TEXT
        table.add_row(
            kind,
            f"{row.hours:g}",
            f"{row.mib:.0f}",
            f"{row.whole['samples']:.0f}",
            f"{row.whole['seconds']:.2f}",
            f"{row.whole['plain']:.3f}",
            f"{ratio:.1f}",
            f"{row.hour['held']:.1f} MiB",
            f"{row.whole['held']:.1f} MiB",
            f"{process:+.1f} MiB",
        )
    Console(width=120).print(table)
    bars = f"held grew <= {MOST_MIB:g} MiB, process <= {MOST_PROCESS_MIB:g} MiB, ratio <= {MOST_RATIO:g}, every sample there"
    print(f"{bars}: {'met' if met else 'NOT met'}")
    return 0 if met else 1


if __name__ == "__main__":
    raise SystemExit(main())
