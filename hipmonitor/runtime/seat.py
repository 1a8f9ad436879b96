"""The seat coach on what is kept of days, and on one analysis."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from hipmonitor.core.activity import ActivityKind
from hipmonitor.core.arrays import Bools
from hipmonitor.core.errors import UsageError
from hipmonitor.core.exposure import SittingBout
from hipmonitor.core.instants import NS_PER_S
from hipmonitor.core.programme import (
    MEASURED_AROUND_MIN,
    SeatCoach,
    SeatParams,
    SeatReading,
    at_measuring,
    readings_of,
    seat_coach,
)
from hipmonitor.core.settings import SeatHeight
from hipmonitor.io.history import History
from hipmonitor.runtime.analysis import Analysis

S_PER_DAY, S_PER_MIN = 86_400, 60


def seat_until(history: History, told: SeatHeight, day: int) -> SeatCoach:
    """What is known of the wearer's seats until the end of a day.

    Raises:
        HistoryError: it cannot be read.
    """
    bouts = history.bouts(day - SeatParams().look_back_days, day)
    measured = told.measured
    minutes = () if measured is None else history.minutes(measured[0])
    return seat_coach(readings_of(bouts), told, today=day, measuring_deg=at_measuring(minutes, told))


def seat_of(analysis: Analysis, told: SeatHeight | None = None, *, utc_offset_s: int = 0) -> SeatCoach:
    """The same of one recording, by its rows: for a notebook.

    Args:
        analysis: settled, with its rows.
        told: length of the thigh, margin and measurement; the presets where None.
        utc_offset_s: of the wearer's clock, for days and for `told.measured_at`.

    Raises:
        UsageError: the analysis has no rows.
    """
    told = told or SeatHeight()
    if not len(analysis.t_ns):
        raise UsageError("the analysis has no rows; analyse with per_sample=True")
    sat = _sitting(analysis)
    readings = tuple(_readings(analysis, sat, utc_offset_s))
    last = (int(analysis.t_ns[-1]) // NS_PER_S + utc_offset_s) // S_PER_DAY
    return seat_coach(readings, told, today=last, measuring_deg=_at_measuring(analysis, sat, told, utc_offset_s))


def _sitting(analysis: Analysis) -> Bools:
    """(n,) trusted rows of plain sitting."""
    sat = np.zeros(len(analysis.t_ns), np.bool_)
    for span in analysis.activity:
        if span.kind is ActivityKind.SIT:
            sat[slice(*np.searchsorted(analysis.t_ns, (span.start, span.end)))] = True
    return sat & analysis.trusted & np.isfinite(analysis.thigh_flexion_deg)


def _readings(analysis: Analysis, sat: Bools, utc_offset_s: int) -> Iterator[SeatReading]:
    for bout in analysis.bouts:
        rows = slice(*np.searchsorted(analysis.t_ns, (bout.start, bout.end)))
        degrees = analysis.thigh_flexion_deg[rows][sat[rows]].astype(np.float64)
        if not len(degrees):
            continue
        low, middle, high = np.percentile(degrees, (16, 50, 84)).tolist()
        yield SeatReading(
            day=(bout.start // NS_PER_S + utc_offset_s) // S_PER_DAY,
            seconds=_seconds(bout, len(degrees), rows),
            flexion_deg=middle,
            spread_deg=(high - low) / 2,
            placement_sd_deg=analysis.calibration.sd_deg,
        )


def _seconds(bout: SittingBout, trusted: int, rows: slice) -> int:
    """What the trusted rows are of the bout's time."""
    return int((bout.end - bout.start) * trusted // (max(1, rows.stop - rows.start) * NS_PER_S))


def _at_measuring(analysis: Analysis, sat: Bools, told: SeatHeight, utc_offset_s: int) -> float | None:
    if told.measured is None:
        return None
    day, middle = told.measured
    first, last = middle - MEASURED_AROUND_MIN, middle + MEASURED_AROUND_MIN
    start_s, end_s = (day * S_PER_DAY + minute * S_PER_MIN - utc_offset_s for minute in (first, last + 1))
    rows = slice(*np.searchsorted(analysis.t_ns, (start_s * NS_PER_S, end_s * NS_PER_S)))
    degrees = analysis.thigh_flexion_deg[rows][sat[rows]]
    return float(np.median(degrees.astype(np.float64))) if len(degrees) else None
