"""Steps of a day as reports of thigh-worn sensors give them: cadence bands, stepping bouts by length, most steps in a row."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from math import inf
from typing import Final, NamedTuple

import numpy as np

from hipmonitor.core.activity import ActivityKind
from hipmonitor.core.days.civil_seconds import CivilSeconds
from hipmonitor.core.instants import NS_PER_S

BANDS: Final = (0.0, 75.0, 100.0, 125.0)
"""Steps of both legs a minute from which each cadence band begins, as activPAL's: 75 is purposeful, 100 moderate walking."""
BOUT_BINS: Final = (0, 60, 300, 600, 1200)
"""Seconds from which each bin of stepping bouts begins, as activPAL's."""
PEAK_WINDOWS_S: Final = (30, 120, 360)
LATE_S: Final = 15
"""The steps of a second are known so long after what was done in it, at the latest (2 s of signal, 3 s of borrowing)."""
STEPPING = np.array([ActivityKind.WALK, ActivityKind.RUN, ActivityKind.STAIRS], np.int8)
MILLI: Final = 1000


def bin_of(value: float, begins: tuple[float, ...]) -> int:
    """The last bin that begins at or below."""
    return max(k for k, begin in enumerate(begins) if begin <= value)


@dataclass(slots=True, kw_only=True)
class Walk:
    """Walking, running or stairs in one piece; Unix seconds [start_s, end_s)."""

    day: int
    start_s: int
    end_s: int
    steps_milli: int = 0


@dataclass(slots=True, kw_only=True)
class Walks:
    """Stepping bouts whose end, or whose steps, are not known yet; the last may go on."""

    open: list[Walk] = field(default_factory=list)

    def take(self, seconds: CivilSeconds) -> None:
        """Add stepping seconds to the bout that goes on, or begin new ones."""
        stepping = seconds.rows(np.isin(seconds.kind, STEPPING))
        if not len(stepping):
            return
        start_s = stepping.start_ns // NS_PER_S
        first = stepping.runs(start_s - np.arange(len(start_s)))
        last = np.append(first[1:], len(start_s)) - 1
        for a, b in zip(first.tolist(), last.tolist(), strict=True):
            begun = Walk(day=int(stepping.day[a]), start_s=int(start_s[a]), end_s=int(start_s[b]) + 1)
            if self.open and self.open[-1].end_s == begun.start_s:
                self.open[-1].end_s = begun.end_s
            else:
                self.open.append(begun)

    def step(self, second: int, steps_milli: int) -> None:
        """Steps of a Unix second."""
        for walk in self.open:
            if walk.start_s <= second < walk.end_s:
                walk.steps_milli += steps_milli

    def closed(self, before_s: float = inf) -> Iterator[Walk]:
        """Hand out those that ended before this Unix second."""
        while self.open and self.open[0].end_s < before_s:
            yield self.open.pop(0)


class _Stepped(NamedTuple):
    second: int
    steps_milli: int


@dataclass(slots=True, kw_only=True)
class PeakSteps:
    """Running sums of the last half minute, two and six minutes."""

    recent: list[_Stepped] = field(default_factory=list)
    first: list[int] = field(default_factory=lambda: [0] * len(PEAK_WINDOWS_S))
    """Of each window, in `recent`."""
    total_milli: list[int] = field(default_factory=lambda: [0] * len(PEAK_WINDOWS_S))

    def step(self, second: int, steps_milli: int) -> list[int]:
        """One second's steps; thousandths of steps in the windows that end with it."""
        self.recent.append(_Stepped(second, steps_milli))
        for k, window_s in enumerate(PEAK_WINDOWS_S):
            self.total_milli[k] += steps_milli
            while self.recent[self.first[k]].second <= second - window_s:
                self.total_milli[k] -= self.recent[self.first[k]].steps_milli
                self.first[k] += 1
        over = min(self.first)
        if over:
            del self.recent[:over]
            self.first = [k - over for k in self.first]
        return list(self.total_milli)
