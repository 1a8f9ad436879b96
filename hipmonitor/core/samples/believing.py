"""The guards applied to rows: which are refused, and where the gyroscope's rates are set aside."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np

from hipmonitor.core.arrays import Codes
from hipmonitor.core.samples.calibration import Calibration, CalibrationParams, RestState, collect
from hipmonitor.core.samples.doubts import Doubt, SensorDoubt
from hipmonitor.core.samples.guards import GuardParams, GuardState, judge
from hipmonitor.core.samples.joining import Judged
from hipmonitor.core.samples.rows import Rows
from hipmonitor.core.samples.windows import Grid, WindowState, closed_windows


@dataclass(frozen=True, slots=True, kw_only=True)
class BeliefParams:
    """What may be tuned."""

    guards: GuardParams = field(default_factory=GuardParams)
    calibration: CalibrationParams = field(default_factory=CalibrationParams)


@dataclass(slots=True, kw_only=True)
class BeliefState:
    """Of one kind of stream; another rate or range begins anew."""

    facts: tuple[float, ...] = ()
    windows: WindowState = field(default_factory=WindowState)
    guard: GuardState = field(default_factory=GuardState)
    rest: RestState = field(default_factory=RestState)
    """What the accelerometer reads at rest."""
    refused: int = 0
    """Why the run of refused rows began that the newest belongs to; 0 = it was not refused."""


def begin(state: BeliefState, facts: tuple[float, ...]) -> None:
    """What is known of a sensor of other facts does not hold for this one."""
    if state.facts != facts:
        state.facts, state.windows, state.guard, state.refused = facts, WindowState(), GuardState(), 0
        state.rest = RestState()


def believe(
    state: BeliefState, params: BeliefParams, rows: Rows, rate_hz: float, most_radps: float
) -> tuple[Judged, tuple[SensorDoubt, ...], tuple[Calibration, ...]]:
    """Rows that may be used, judged by the windows that ended before each; where the judgement changed; what rest taught."""
    grid, before, verdict = Grid.at(rate_hz), state.windows.count, state.guard.verdict
    windows = closed_windows(state.windows, rows, grid, most_radps)
    in_force = verdict.kind if verdict else Doubt.NONE
    if windows is None:  # as after most packets: what was said of the window before still holds
        return _judged(state, rows, np.full(len(rows), in_force, np.int8)), (), ()
    verdicts, changes = judge(state.guard, params.guards, windows)
    calibrations = collect(state.rest, params.calibration, windows)
    doubt = np.zeros(len(rows), np.int8)
    if in_force or verdicts.any():
        which = (before + np.arange(len(rows))) // grid.samples - before // grid.samples
        doubt = np.append(np.int8(in_force), verdicts)[which]
    return _judged(state, rows, doubt), changes, calibrations


def _judged(state: BeliefState, rows: Rows, doubt: Codes) -> Judged:
    if not doubt.any() and not state.refused:
        return Judged(rows=rows, doubt=doubt, refused=doubt)
    refused = np.where((doubt == Doubt.ACCELEROMETER_STUCK) | (doubt == Doubt.ACCELEROMETER_SCALE), doubt, 0)
    reason = _first_of_each_run(np.append(np.int8(state.refused), refused))
    state.refused = int(reason[-1])
    judged = Judged(rows=_without_rates(rows, doubt), doubt=doubt, refused=reason[:-1])
    return judged.where(refused == 0)


def _first_of_each_run(refused: Codes) -> Codes:
    """(n,) in every run of refused rows the reason why it began."""
    number = np.arange(len(refused))
    begins = (refused != 0) & np.append(True, refused[:-1] == 0)
    return np.where(refused != 0, refused[np.maximum.accumulate(np.where(begins, number, 0))], np.int8(0))


def _without_rates(rows: Rows, doubt: Codes) -> Rows:
    """The rows, with rates of 0 where they are not believed."""
    if rows.gyr_radps is None or not doubt.any():
        return rows
    return replace(rows, gyr_radps=np.where((doubt == 0)[:, None], rows.gyr_radps, 0.0))
