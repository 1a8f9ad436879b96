"""A recording that was read through: what its title, its overview and its list of markers show."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from hipmonitor.core.arrays import Floats
from hipmonitor.core.instants import NS_PER_S, HostNs
from hipmonitor.core.settings import Settings
from hipmonitor.ui.view_model.angle_history import AngleHistory, TraceRange
from hipmonitor.ui.view_model.civil_dates import long_name
from hipmonitor.ui.view_model.durations import S_PER_DAY, clock_time
from hipmonitor.ui.view_model.strip import StripMark

MOST_BUCKETS = 40_000
"""The overview is made from the finest buckets that are not more than these."""

TICK_STEPS_S = (5, 10, 30, 60, 300, 600, 1800, 3600, 7200, 21_600)
MOST_TICKS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Film:
    """What stays the same while it is replayed."""

    path: Path
    size_bytes: int
    start: HostNs
    end: HostNs
    utc_offset_s: int
    settings: Settings
    """In force at its end."""
    lost_percent: float
    """Of its samples."""
    marks: tuple[StripMark, ...]
    """Notices, nudges, alerts and the wearer's own, in order."""
    words: tuple[str, ...]
    """What each mark says."""
    gaps: tuple[tuple[int, int], ...]
    totals: str
    alerts: int
    """As `replay --json` counts them."""
    damage: str
    """What is missing of the file; empty = nothing."""
    can_repair: bool

    @property
    def date(self) -> str:
        """10 March 2026."""
        return date_of(self.start, self.utc_offset_s)

    def time(self, at: HostNs) -> str:
        """The time of day where the wearer was; with seconds."""
        return clock_time(at, self.utc_offset_s, seconds=True)

    @property
    def span(self) -> str:
        """10 March 2026, 08:12 to 17:25."""
        start, end = (clock_time(at, self.utc_offset_s) for at in (self.start, self.end))
        return f"{self.date}, {start} to {end}" if start != end else f"{self.date}, {start}"

    @property
    def readable(self) -> str:
        """Of a file that was cut off: how far it goes."""
        return f"Readable to {self.time(self.end)}." if self.damage else ""

    def gap_at(self, at: HostNs) -> tuple[int, int] | None:
        """The loss that this instant lies in."""
        return next((gap for gap in self.gaps if gap[0] <= at < gap[1]), None)

    def mark_after(self, at: HostNs) -> HostNs | None:
        """The next marker."""
        return next((HostNs(mark.at_ns) for mark in self.marks if mark.at_ns > at), None)

    def mark_before(self, at: HostNs) -> HostNs | None:
        """The one before."""
        return next((HostNs(mark.at_ns) for mark in reversed(self.marks) if mark.at_ns < at), None)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class FilmOverview:
    """The whole file in so many columns."""

    low_deg: Floats
    """NaN where no angle is known."""
    high_deg: Floats
    ticks: tuple[tuple[float, str], ...]
    """(share of the width, time of day)."""


def film_overview(film: Film, angles: AngleHistory, columns: int) -> FilmOverview:
    """Lowest and highest angle of every column."""
    seconds = (film.end - film.start) / NS_PER_S
    which = next(r for r in TraceRange if seconds / r.bucket_s <= MOST_BUCKETS or r is TraceRange.DAY)
    buckets = angles.buckets(which, film.start, film.end)
    starts = (np.arange(columns) * len(buckets.low_deg)) // columns
    return FilmOverview(
        low_deg=np.fmin.reduceat(buckets.low_deg, starts),
        high_deg=np.fmax.reduceat(buckets.high_deg, starts),
        ticks=_ticks(film),
    )


def date_of(at: HostNs, utc_offset_s: int) -> str:
    """10 March 2026, where the wearer was."""
    return long_name((at // NS_PER_S + utc_offset_s) // S_PER_DAY).split(" ", 1)[1]


def _ticks(film: Film) -> tuple[tuple[float, str], ...]:
    """Round times of day within it."""
    span_ns = max(1, film.end - film.start)
    step = next((s for s in TICK_STEPS_S if span_ns / NS_PER_S / s <= MOST_TICKS), TICK_STEPS_S[-1])
    first = -(-(film.start // NS_PER_S + film.utc_offset_s) // step) * step - film.utc_offset_s
    seconds = range(first, film.end // NS_PER_S + 1, step)
    return tuple(
        ((s * NS_PER_S - film.start) / span_ns, clock_time(HostNs(s * NS_PER_S), film.utc_offset_s, seconds=step < 60))
        for s in seconds
    )
