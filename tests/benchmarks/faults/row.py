"""One fault of the matrix and what became of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of the table."""

    fault: str
    times: int
    """Made to happen."""
    lost: str
    """Samples or seconds; the worst of all times."""
    recovered: str
    """How soon, and by whom."""
    bar: str
    wrong: tuple[str, ...] = ()
    """What the bar was missed by; empty where it was met."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """How a row is made: `run(times, folder)`, in a folder of its own."""

    name: str
    run: Callable[[int, Path], Row]
    long: int
    """Times by hand."""
    short: int
    """Times in the tests; 0 = only by hand."""
