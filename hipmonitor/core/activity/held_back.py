"""Answers that later seconds may still take back: what turns out to have been a table, or on its way into a bag, was not worn."""

from __future__ import annotations

from typing import NamedTuple

from hipmonitor.core.activity.blocks import ActivityKind
from hipmonitor.core.activity.rules import ANSWER, Decided
from hipmonitor.core.instants import NS_PER_S


class Row(NamedTuple):
    """One row of the grid and its answer."""

    start_ns: int
    lasting_s: int
    decided: Decided


def taken_back(rows: list[Row], seconds: int) -> None:
    """The last of these rows, so many seconds of them, were not worn; what is not known stays so."""
    since_ns = rows[-1].start_ns - seconds * NS_PER_S
    for k in range(len(rows) - 1, -1, -1):
        row = rows[k]
        if row.start_ns < since_ns:
            return
        if row.decided.kind is not ActivityKind.UNKNOWN:
            rows[k] = row._replace(decided=ANSWER[ActivityKind.NOT_WORN])


def let_go(rows: list[Row], before_ns: int) -> list[Row]:
    """Rows that begin before this instant; they are no longer held."""
    ready = next((k for k, row in enumerate(rows) if row.start_ns >= before_ns), len(rows))
    out = rows[:ready]
    del rows[:ready]
    return out
