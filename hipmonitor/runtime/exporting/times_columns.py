"""Columns that most tables share: when a row begins and ends, and of which reading it is."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hipmonitor.core.instants import NS_PER_S
from hipmonitor.io.export import Column, Table
from hipmonitor.runtime.exporting.results import Results

Described = Mapping[str, tuple[str, Callable[[Any], object]]]
"""Column name to what it means and how it is read from an item."""
NUMBERS, WHOLE = ("_s", "_deg", "confidence"), ("repetitions", "_number")
SWITCHES = frozenset({"located", "full", "trusted"})


def listed(
    r: Results, name: str, meaning: str, items: Sequence[object], times: tuple[Column, ...], described: Described
) -> Table:
    """A table of a list of things; empty columns keep their type."""
    columns = [
        Column(name=column, meaning=words, values=_values([get(item) for item in items], column))
        for column, (words, get) in described.items()
    ]
    return Table(name=name, meaning=meaning, columns=(*times, *columns, reading_column(r, len(items))))


def _values(found: Sequence[object], column: str) -> NDArray[Any]:
    if column in SWITCHES:
        return np.array(found, np.bool_)
    if column.endswith(WHOLE):
        return np.array(found, np.int64)
    return np.array(found, np.float64 if column.endswith(NUMBERS) else np.str_)


def reading_column(r: Results, n: int) -> Column:
    """Which reading of the recording every row is of."""
    return Column(name="reading", meaning="settled or as_lived", values=np.full(n, r.analysis.reading))


def moment_columns(r: Results, at_ns: Sequence[int]) -> tuple[Column, ...]:
    """Of things that happened at an instant."""
    return (
        Column(name="t_ns", meaning=clock_words(r), values=np.array(at_ns, np.int64)),
        Column(name="time_s", meaning="since the first row", values=_since(r, at_ns), decimals=3),
        Column(name="time", meaning=LOCAL, values=_texts(r, at_ns)),
    )


def span_columns(r: Results, spans: Sequence[tuple[int, int]]) -> tuple[Column, ...]:
    """Of things that last: [start, end)."""
    starts, ends = [start for start, _ in spans], [end for _, end in spans]
    lasting_s = (np.array(ends, np.int64) - np.array(starts, np.int64)) / NS_PER_S
    return (
        Column(name="start_ns", meaning=clock_words(r), values=np.array(starts, np.int64)),
        Column(name="end_ns", meaning="likewise", values=np.array(ends, np.int64)),
        Column(name="start_s", meaning="since the first row", values=_since(r, starts), decimals=3),
        Column(name="start", meaning=LOCAL, values=_texts(r, starts)),
        Column(name="end", meaning=LOCAL, values=_texts(r, ends)),
        Column(name="duration_s", meaning="from start to end", values=lasting_s, decimals=3),
    )


LOCAL = "local time; empty where times count from their own start"


def clock_words(r: Results) -> str:
    """What the nanoseconds count from."""
    return {
        "utc": "nanoseconds since 1970-01-01 UTC",
        "wall": "the sensor's own clock (local time without a zone), nanoseconds as if it were UTC",
        "own": "nanoseconds of the sensor's own counter",
    }[r.clock.value]


def _since(r: Results, at_ns: Sequence[int]) -> NDArray[np.float64]:
    return np.asarray((np.array(at_ns, np.int64) - r.start_ns) / NS_PER_S)


def _texts(r: Results, at_ns: Sequence[int]) -> NDArray[np.str_]:
    return np.array([r.text(at) for at in at_ns], np.str_)
