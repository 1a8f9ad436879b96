"""The thigh's angle, second by second: mean and highest over trusted samples, kept until the second's activity is decided."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from math import inf, nan
from typing import NamedTuple

import numpy as np

from hipmonitor.core.arrays import Floats, Nanoseconds
from hipmonitor.core.exposure.fine_seconds import FineSeconds
from hipmonitor.core.samples import ImuBlock
from hipmonitor.core.seconds import ClosedSeconds, SecondGrid, SecondsState
from hipmonitor.core.thigh import ThighBlock

NO_THIGH_DEG = 150.0
"""No thigh of somebody on a seat, a saddle or the feet points higher: squats reach 70 to 110, hips bend to 122 in them (Hyodo 2017).
Who turns over in bed does, in a second that still counts as sitting, and a sensor in a hand, until that is known (as lived after a
quarter of a minute): such a second has no part in peaks, percentiles and cycles."""


class SecondAngle(NamedTuple):
    """One second of the thigh."""

    mean_deg: float
    """NaN where it is not trusted, as the highest."""
    highest_deg: float
    trusted: bool
    sd_deg: float
    roll_deg: float
    """Mean over trusted samples that have one."""


NOTHING = SecondAngle(nan, nan, False, inf, nan)
"""A second without samples."""
SD = SecondAngle._fields.index("sd_deg")


@dataclass(slots=True, kw_only=True)
class WaitingAngles:
    """Closed seconds that wait for their activity. Columns: an object each is looked at by the garbage collector again and again."""

    start_ns: Nanoseconds = field(default_factory=lambda: np.zeros(0, np.int64))
    table: Floats = field(default_factory=lambda: np.zeros((0, len(NOTHING))))
    """(k, 5) as SecondAngle."""

    def add(self, start_ns: Nanoseconds, *columns: Floats) -> None:
        """Seconds that follow."""
        self.start_ns = np.concatenate([self.start_ns, start_ns])
        self.table = np.concatenate([self.table, np.stack(columns, axis=1)])

    def take(self, start_ns: Nanoseconds) -> Floats:
        """(k, 5) of the seconds that begin then, in order, NOTHING where there was none. They wait no longer."""
        row = np.searchsorted(self.start_ns, start_ns)
        there = np.append(self.start_ns, -1)[row] == start_ns
        taken = np.concatenate([self.table, [NOTHING]])[np.where(there, row, len(self.table))]
        done = int(np.searchsorted(self.start_ns, start_ns[-1], side="right")) if len(start_ns) else 0
        self.start_ns, self.table = self.start_ns[done:].copy(), self.table[done:].copy()
        return taken


def one_by_one(table: Floats) -> Iterator[SecondAngle]:
    """Each made when its turn comes."""
    mean, highest, trusted, sd, roll = (column.tolist() for column in table.T)
    columns = zip(mean, highest, map(bool, trusted), sd, roll, strict=True)
    return map(partial(tuple.__new__, SecondAngle), columns)


@dataclass(slots=True, kw_only=True)
class SecondAnglesState:
    """Rows of the open second, closed seconds that wait for their activity, and the same seconds in parts."""

    grid: SecondsState = field(default_factory=SecondsState)
    waiting: WaitingAngles = field(default_factory=WaitingAngles)
    fine: FineSeconds = field(default_factory=FineSeconds)


def collect(state: SecondAnglesState, imu: ImuBlock, thigh: ThighBlock, *, flush: bool) -> bool:
    """Fold rows into closed seconds; on flush also the open one. Whether any closed."""
    grid = SecondGrid(state.grid)
    motion = imu.acc_mps2 if imu.gyr_radps is None else imu.gyr_radps
    columns = (thigh.thigh_flexion_deg, thigh.trusted, thigh.sd_deg, motion, thigh.thigh_roll_deg)
    by_gyroscope = imu.gyr_radps is not None
    closed = grid.step(thigh.t_ns, *columns)
    _fold(state, closed, by_gyroscope=by_gyroscope)
    if flush:
        _fold(state, grid.flush(*(column[:0] for column in columns)), by_gyroscope=by_gyroscope)
    return flush or len(closed) > 0


def _fold(state: SecondAnglesState, seconds: ClosedSeconds, *, by_gyroscope: bool) -> None:
    if not len(seconds):
        return
    flexion, trusted, sd = seconds.columns[0], seconds.columns[1].astype(np.bool_), seconds.columns[2]
    motion = seconds.columns[3].astype(np.float64, copy=False)
    state.fine.add(seconds, motion, flexion.astype(np.float64, copy=False), trusted, by_gyroscope=by_gyroscope)
    good = trusted.astype(np.float64)
    n = seconds.total(good)
    mean = _share(seconds.total(np.where(trusted, flexion, 0.0)), n)
    highest = seconds.highest(np.where(trusted, flexion, -np.inf))
    seen = n > seconds.count / 2
    roll = seconds.columns[4].astype(np.float64, copy=False)
    rolls = trusted & np.isfinite(roll)
    mean_roll = _share(seconds.total(np.where(rolls, roll, 0.0)), seconds.total(rolls.astype(np.float64)))
    state.waiting.add(
        seconds.start_ns,
        np.where(seen, mean, np.nan),
        np.where(seen, highest, np.nan),
        seen.astype(np.float64),
        seconds.highest(sd.astype(np.float64, copy=False)),
        np.where(seen, mean_roll, np.nan),
    )


def _share(total: Floats, n: Floats) -> Floats:
    share: Floats = np.divide(total, n, out=np.full(len(n), np.nan), where=n > 0)
    return share
