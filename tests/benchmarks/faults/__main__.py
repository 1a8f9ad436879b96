"""python -m tests.benchmarks.faults [--short] [--jobs N] [name ...]: each fault made to happen, and what became of it.

Exits non-zero where a bar is missed. `--short` does what the tests do, a few of each. Every row runs in a process of its own, so many
at once as `--jobs` says; the whole takes hours, most of them for fuzzed inputs.
"""

from __future__ import annotations

import argparse
import sys
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

from rich.console import Console
from rich.table import Table

from tests.benchmarks.faults.matrix import MATRIX, made
from tests.benchmarks.faults.row import Row

COLUMNS = ("Fault", "Times", "Lost", "Recovered", "Bar", "Took", "Verdict")


def main() -> int:
    """Run the rows that were named, or all."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("names", nargs="*", choices=[[], *(fault.name for fault in MATRIX)])
    asked.add_argument("--short", action="store_true", help="as in the tests")
    asked.add_argument("--jobs", type=int, default=1, help="rows at once")
    given = asked.parse_args()
    table, missed = Table(*COLUMNS), []
    console = Console(width=200 if not sys.stdout.isatty() else None)
    rows = {fault.name: fault.short if given.short else fault.long for fault in MATRIX}
    due = [name for name, times in rows.items() if times and name in (given.names or rows)]
    with ProcessPoolExecutor(given.jobs, mp_context=get_context("spawn"), max_tasks_per_child=1) as processes:
        for name, (row, took_s) in zip(due, processes.map(made, due, (rows[name] for name in due)), strict=True):
            table.add_row(*_cells(row), f"{took_s:.0f} s", "met" if not row.wrong else f"MISSED: {row.wrong[0]}")
            missed += [f"{row.fault}: {words}" for words in row.wrong]
            verdict = "met" if not row.wrong else "MISSED"
            console.print(f"{verdict} {name}, {row.times:,} in {took_s:.0f} s: {row.lost}", style="dim")
    console.print(table)
    for words in missed:
        console.print(words)
    return 1 if missed else 0


def _cells(row: Row) -> tuple[str, ...]:
    return row.fault, f"{row.times:,}", row.lost, row.recovered, row.bar


if __name__ == "__main__":
    sys.exit(main())
