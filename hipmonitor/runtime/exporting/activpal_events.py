"""Spans of activity as rows like those of activPAL's "events extended" file, whose tools then read ours.

Columns: kb.palt.com, "Events extended csv"; their order is what PAL Technologies' own R tools go by. What is not measured here
(waking day, MET.h, sums of differences) stays empty. Stretches of unknown time have no code there and no row here.
Codes: 0 sedentary (sit, lie, not told apart), 1 standing, 2 stepping (walk, run, stairs), 2.1 cycling, 4 not worn. Steps are of
one leg, as theirs. Behind their columns stand ours: the word, its confidence, and the reading.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from hipmonitor.core.activity import ActivityKind
from hipmonitor.core.arrays import Floats
from hipmonitor.core.instants import NS_PER_S
from hipmonitor.io.export import Column, Table, write_csv
from hipmonitor.runtime.exporting.results import Results

CODES = {
    ActivityKind.LIE: "0",
    ActivityKind.SIT: "0",
    ActivityKind.SEDENTARY: "0",
    ActivityKind.STAND: "1",
    ActivityKind.WALK: "2",
    ActivityKind.RUN: "2",
    ActivityKind.STAIRS: "2",
    ActivityKind.CYCLE: "2.1",
    ActivityKind.NOT_WORN: "4",
}
UNIX_DAY = 25569
"""Days from 1899-12-30, where spreadsheets begin, to 1970-01-01."""


def events(r: Results, path: Path) -> list[Path]:
    """One row a span."""
    spans = [span for span in r.analysis.activity if span.kind in CODES]
    starts = np.array([span.start for span in spans], np.int64)
    lasting_s = np.array([span.end - span.start for span in spans], np.float64) / NS_PER_S
    local_s = np.array([_local_s(r, span.start) for span in spans], np.float64)
    empty = np.full(len(spans), "")
    columns = {
        "Time": (local_s / 86_400 + UNIX_DAY, 9),
        "Time(approx)": (np.array([_approximate(r, span.start) for span in spans], np.str_), 0),
        "Data Count (samples)": (np.rint((starts - r.start_ns) / NS_PER_S * 10).astype(np.int64), 0),
        "Event Type": (np.array([CODES[span.kind] for span in spans], np.str_), 0),
        "Duration (s)": (lasting_s, 1),
        "Waking Day": (empty, 0),
        "Cumulative Step Count": (np.rint(_steps_until(r, [span.end for span in spans]) / 2).astype(np.int64), 0),
        "Activity Score (MET.h)": (empty, 0),
        "AbsSumDiffX": (empty, 0),
        "AbsSumDiffY": (empty, 0),
        "AbsSumDiffZ": (empty, 0),
        "Activity": (np.array([span.kind.word for span in spans], np.str_), 0),
        "Confidence": (np.array([span.confidence for span in spans], np.float64), 3),
        "Reading": (np.full(len(spans), r.analysis.reading), 0),
    }
    table = Table(
        name="events",
        meaning="one row a span of activity",
        columns=tuple(
            Column(name=name, meaning="", values=values, decimals=decimals)
            for name, (values, decimals) in columns.items()
        ),
    )
    write_csv(path, table)
    return [path]


def _local_s(r: Results, at_ns: int) -> float:
    """Local time since 1970, as if it were UTC."""
    civil = r.civil(at_ns)
    offset = civil.utcoffset()
    return civil.timestamp() + (0.0 if offset is None else offset.total_seconds())


def _approximate(r: Results, at_ns: int) -> str:
    return r.civil(at_ns).strftime("%Y-%m-%d %H:%M:%S")


def _steps_until(r: Results, ends: list[int]) -> Floats:
    """Of both legs, from the first row on."""
    rhythm = r.analysis.rhythm
    total = np.cumsum([0.0, *(second.steps for second in rhythm)])
    return np.asarray(total[np.searchsorted([second.start for second in rhythm], ends)])
