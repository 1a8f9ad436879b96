"""The guards applied to rows: which are refused, and where the gyroscope's rates are set aside."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np

from hipmonitor.core.arrays import Codes
from hipmonitor.core.samples.doubts import Doubt
from hipmonitor.core.samples.guards import GuardParams, GuardState, judge
from hipmonitor.core.samples.joining import Judged
from hipmonitor.core.samples.rows import Rows
from hipmonitor.core.samples.windows import Grid, Windows, WindowState, closed_windows


@dataclass(slots=True, kw_only=True)
class BeliefState:
    """Of one kind of stream; another rate or range begins anew."""

    facts: tuple[float, ...] = ()
    windows: WindowState = field(default_factory=WindowState)
    guard: GuardState = field(default_factory=GuardState)
    refused: int = 0
    """Why the last rows were refused."""


def begin(state: BeliefState, facts: tuple[float, ...]) -> None:
    """What is known of a sensor of other facts does not hold for this one."""
    if state.facts != facts:
        state.facts, state.windows, state.guard, state.refused = facts, WindowState(), GuardState(), 0


def believe(
    state: BeliefState, params: GuardParams, rows: Rows, rate_hz: float, most_radps: float
) -> tuple[Judged, Windows]:
    """Rows that may be used, judged by the windows that ended before each; and the windows these rows completed."""
    grid, before, in_force = Grid.at(rate_hz), state.windows.count, state.guard.verdict
    windows = closed_windows(state.windows, rows, grid, most_radps)
    verdicts = judge(state.guard, params, windows)
    doubt = np.zeros(len(rows), np.int8)
    if in_force or verdicts.any():
        which = (before + np.arange(len(rows))) // grid.samples - before // grid.samples
        doubt = np.append(np.int8(in_force), verdicts)[which]
    return _judged(state, rows, doubt), windows


def _judged(state: BeliefState, rows: Rows, doubt: Codes) -> Judged:
    if not doubt.any() and not state.refused:
        return Judged(rows=rows, doubt=doubt, refused=doubt)
    refused = np.where(doubt >= Doubt.ACCELEROMETER_STUCK, doubt, 0)
    before = np.append(np.int8(state.refused), refused)
    state.refused = int(before[-1])
    judged = Judged(rows=_without_rates(rows, doubt), doubt=doubt, refused=before[:-1])
    return judged.where(refused == 0)


def _without_rates(rows: Rows, doubt: Codes) -> Rows:
    """The rows, with rates of 0 where they are not believed."""
    if rows.gyr_radps is None or not doubt.any():
        return rows
    return replace(rows, gyr_radps=np.where((doubt == 0)[:, None], rows.gyr_radps, 0.0))
