"""python -m tests.benchmarks.faults [--short] [name ...]: each fault made to happen, and what became of it.

Exits non-zero where a bar is missed. `--short` does what the tests do, a few of each.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

from rich.console import Console
from rich.table import Table

from tests.benchmarks.faults.matrix import MATRIX
from tests.benchmarks.faults.row import Fault, Row

COLUMNS = ("Fault", "Times", "Lost", "Recovered", "Bar", "Took", "Verdict")


def main() -> int:
    """Run the rows that were named, or all."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("names", nargs="*", choices=[[], *(fault.name for fault in MATRIX)])
    asked.add_argument("--short", action="store_true", help="as in the tests")
    given = asked.parse_args()
    table, missed = Table(*COLUMNS), []
    console = Console(width=200 if not sys.stdout.isatty() else None)
    for fault in MATRIX:
        times = fault.short if given.short else fault.long
        if (given.names and fault.name not in given.names) or not times:
            continue
        row, took_s = _run(fault, times)
        table.add_row(*_cells(row), f"{took_s:.0f} s", "met" if not row.wrong else f"MISSED: {row.wrong[0]}")
        missed += [f"{row.fault}: {words}" for words in row.wrong]
        console.print(f"{fault.name}: {'met' if not row.wrong else 'MISSED'} ({took_s:.0f} s)", style="dim")
    console.print(table)
    for words in missed:
        console.print(words)
    return 1 if missed else 0


def _run(fault: Fault, times: int) -> tuple[Row, float]:
    began = time.monotonic()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        row = fault.run(times, Path(folder))
    return row, time.monotonic() - began


def _cells(row: Row) -> tuple[str, ...]:
    return row.fault, f"{row.times:,}", row.lost, row.recovered, row.bar


if __name__ == "__main__":
    sys.exit(main())
