"""One row a second of the recording: what was done, and how far the thigh and hip were bent."""

from __future__ import annotations

import numpy as np

from hipmonitor.core.arrays import Bools, Floats, Ints, Singles
from hipmonitor.core.instants import NS_PER_S
from hipmonitor.io.export import Column, Table
from hipmonitor.runtime.exporting.results import Results
from hipmonitor.runtime.exporting.times_columns import clock_words, reading_column


def seconds(r: Results) -> Table:
    """Second k covers [t0 + k s, t0 + (k + 1) s), t0 the time of the first row. Angles are of trusted samples only."""
    a = r.analysis
    words = a.activity_per_second()
    n = len(words)
    start_ns = r.start_ns + np.arange(n) * NS_PER_S
    which = (a.t_ns - r.start_ns) // NS_PER_S
    inside = (which >= 0) & (which < n)
    trusted = inside & a.trusted
    steps, cadence, turns, crank = _rhythm(r, n)
    columns = (
        Column(name="start_ns", meaning=clock_words(r), values=start_ns),
        Column(name="start_s", meaning="since the first row", values=np.arange(n)),
        Column(name="activity", meaning="what the wearer did; sedentary = sit or lie not told apart", values=words),
        _mean("thigh_flexion_mean_deg", which, a.thigh_flexion_deg, trusted, n),
        _highest("thigh_flexion_highest_deg", which, a.thigh_flexion_deg, trusted, n),
        _mean("hip_flexion_mean_deg", which, a.hip_flexion_deg, trusted & np.isfinite(a.hip_flexion_deg), n),
        _mean("trusted_share", which, a.trusted.astype(np.float32), inside, n),
        Column(name="steps", meaning="of both legs", values=steps, decimals=3),
        Column(name="cadence_spm", meaning="steps of both legs a minute", values=cadence, decimals=1),
        Column(name="crank_turns", meaning="on a bicycle", values=turns, decimals=3),
        Column(name="crank_rpm", meaning="on a bicycle", values=crank, decimals=1),
        reading_column(r, n),
    )
    return Table(name="seconds", meaning="one row a second from the first row on", columns=columns)


def _mean(name: str, which: Ints, values: Singles, used: Bools, n: int) -> Column:
    """NaN where no sample is used."""
    count = np.bincount(which[used], minlength=n)
    total = np.bincount(which[used], values[used], minlength=n)
    mean = np.divide(total, count, out=np.full(n, np.nan), where=count > 0)
    return Column(name=name, meaning="mean of the second's trusted samples" if "deg" in name else "0-1", values=mean)


def _highest(name: str, which: Ints, values: Singles, used: Bools, n: int) -> Column:
    highest = np.full(n, -np.inf)
    np.maximum.at(highest, which[used], values[used])
    highest[np.isinf(highest)] = np.nan
    return Column(name=name, meaning="highest of the second's trusted samples", values=highest)


def _rhythm(r: Results, n: int) -> tuple[Floats, Floats, Floats, Floats]:
    """Steps, cadence, crank turns and crank rate of every second: 0 and NaN where no rhythm was known."""
    steps, turns = np.zeros(n), np.zeros(n)
    cadence, crank = np.full(n, np.nan), np.full(n, np.nan)
    for second in r.analysis.rhythm:
        k = round((second.start - r.start_ns) / NS_PER_S)
        if 0 <= k < n:
            steps[k], turns[k] = steps[k] + second.steps, turns[k] + second.crank_turns
            cadence[k], crank[k] = second.cadence_spm, second.crank_rpm
    return steps, cadence, turns, crank
