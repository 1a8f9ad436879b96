"""Windows of about a second on a fixed grid of samples, thinned to about 25 a second: what the guards and the calibration look at.

Only every so many-th sample is looked at, counted from the stream's first: faults that last for seconds are seen as well at
25 Hz, at a quarter of the cost. A window is worked on once, whole, from its own samples, however the stream was cut.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from hipmonitor.core.arrays import Bools, Floats, Ints, Nanoseconds, Vec3s
from hipmonitor.core.frames import cross, dot
from hipmonitor.core.instants import NS_PER_S
from hipmonitor.core.samples.packet_rows import STANDARD_GRAVITY_MPS2
from hipmonitor.core.samples.rows import Rows

LOOKS_HZ = 25.0
LEAST_LOOKS = 5
"""In a window, also where the rate is so low that this lasts longer than a second."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Windows:
    """k complete windows of n looks each; (k, ...) throughout."""

    start_ns: Nanoseconds
    end_ns: Nanoseconds
    """Time of the last look."""
    whole: Bools
    """No gap in it."""
    acc_mean: Vec3s
    acc_variance: Floats
    """Of the three axes together, (m/s²)²."""
    off_one_g: Floats
    """Root mean square of (|a|² - g²) / 2g, m/s²: what moves the sensor besides gravity."""
    lowest: Floats
    highest: Floats
    """(k, 3) or (k, 6): of each axis, accelerometer first."""
    rate_mean: Floats
    """Mean of |rate|, rad/s; 0 without a gyroscope."""
    turned: Vec3s
    turned_late: Vec3s
    """Integral of -rate x acc over the window in m/s, and the same with a weight that rises from 0 to 1; 0 without a gyroscope."""

    def __len__(self) -> int:
        return len(self.start_ns)


@dataclass(slots=True, kw_only=True)
class WindowState:
    """The looks of the window that is not complete yet."""

    count: int = 0
    """Samples so far."""
    t_ns: Nanoseconds = field(default_factory=lambda: np.zeros(0, np.int64))
    axes: Floats | None = None
    """(3, m) or (6, m)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """How a stream of this rate is looked at."""

    every: int
    """Samples from one look to the next."""
    looks: int
    """In a window."""
    look_s: float

    @classmethod
    def at(cls, rate_hz: float) -> Grid:
        """About 25 looks a second, a window of about a second."""
        every = max(1, int(rate_hz / LOOKS_HZ))
        return cls(every=every, looks=max(LEAST_LOOKS, round(rate_hz / every)), look_s=every / rate_hz)

    @property
    def samples(self) -> int:
        """In a window."""
        return self.every * self.looks


def closed_windows(state: WindowState, rows: Rows, grid: Grid, most_radps: float) -> Windows | None:
    """The windows that these rows complete, None where they complete none; every window ends with its last sample."""
    looks, open_looks = slice((grid.every - 1 - state.count) % grid.every, None, grid.every), len(state.t_ns)
    t_ns = np.concatenate([state.t_ns, rows.t_ns[looks]])
    axes = np.empty((3 if rows.gyr_radps is None else 6, len(t_ns)))
    if state.axes is not None:
        axes[:, :open_looks] = state.axes
    axes[:3, open_looks:] = rows.acc_mps2[looks].T
    if rows.gyr_radps is not None:
        rates = axes[3:, open_looks:]
        rates[:] = rows.gyr_radps[looks].T
        np.maximum(rates, -most_radps, out=rates)
        np.minimum(rates, most_radps, out=rates)
    done = len(t_ns) // grid.looks * grid.looks
    state.count += len(rows)
    if not done:
        state.t_ns, state.axes = t_ns, axes
        return None
    state.t_ns, state.axes = t_ns[done:].copy(), axes[:, done:].copy()
    return _looked_at(t_ns[:done], axes[:, :done], grid)


def _looked_at(t_ns: Nanoseconds, axes: Floats, grid: Grid) -> Windows:
    """At least one window."""
    first = np.arange(0, len(t_ns), grid.looks)
    acc = axes[:3].T
    size2 = dot(acc, acc)
    acc_mean = _sums(acc, first) / grid.looks
    off = (size2 - STANDARD_GRAVITY_MPS2**2) / (2 * STANDARD_GRAVITY_MPS2)
    start_ns, end_ns = t_ns[first], t_ns[first + grid.looks - 1]
    turned, turned_late, rate_mean = _turning(axes, first, grid)
    return Windows(
        start_ns=start_ns,
        end_ns=end_ns,
        whole=end_ns - start_ns < 1.5 * grid.looks * grid.look_s * NS_PER_S,
        acc_mean=acc_mean,
        acc_variance=np.maximum(_sums(size2, first) / grid.looks - dot(acc_mean, acc_mean), 0.0),
        off_one_g=np.sqrt(_sums(off * off, first) / grid.looks),
        lowest=np.minimum.reduceat(axes, first, axis=1).T,
        highest=np.maximum.reduceat(axes, first, axis=1).T,
        rate_mean=rate_mean,
        turned=turned,
        turned_late=turned_late,
    )


def _turning(axes: Floats, first: Ints, grid: Grid) -> tuple[Vec3s, Vec3s, Floats]:
    """A direction that stands still in the world moves by -rate x direction in the sensor's axes."""
    if len(axes) < 6:
        return np.zeros((len(first), 3)), np.zeros((len(first), 3)), np.zeros(len(first))
    acc, rate = axes[:3].T, axes[3:].T
    change = cross(acc, rate) * grid.look_s
    weight = np.tile((np.arange(grid.looks) + 0.5) / grid.looks, len(first))
    speed = np.sqrt(dot(rate, rate))
    return _sums(change, first), _sums(change * weight[:, None], first), _sums(speed, first) / grid.looks


def _sums(values: Floats, first: Ints) -> Floats:
    """Of (n,) or (n, 3) over each window, component by component: the same bits wherever it lies in memory."""
    return np.add.reduceat(np.ascontiguousarray(values.T), first, axis=-1).T
