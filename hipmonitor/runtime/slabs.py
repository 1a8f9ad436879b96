"""Arrays as Inbounds, in slabs of minutes: the way a researcher's recording comes through the front door."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from hipmonitor.core.arrays import Bools, Nanoseconds, Vec3s
from hipmonitor.core.errors import UsageError
from hipmonitor.core.frames import length
from hipmonitor.core.inbound import (
    ChangeSettings,
    Inbound,
    LinkChange,
    LinkState,
    Samples,
    SensorId,
    UserAction,
)
from hipmonitor.core.instants import NS_PER_S, HostNs
from hipmonitor.core.settings import Settings
from hipmonitor.io.clock import civil_tick

ARRAYS = SensorId("arrays")
SLAB_SAMPLES = 180_000
"""Half an hour at 100 Hz: the cost per slab (about 3 ms) is a twentieth; its arrays take some tens of megabytes."""
ROWS_AT_ONCE = 2_000_000
KEPT_BYTES = 32_000_000
"""A piece of that size once freed, though never touched, makes glibc keep what a slab frees for the next one (it keeps twice as
much, and learns from pieces up to 32 MiB): handing it back to the system and faulting it in again took a fifth of the time of a
day."""
RATES_HZ = (1.0, 2000.0)
ONE_SAMPLE_HZ = 100.0
"""A single sample has no rate; any will do."""
MOST_RATE_DIFFERENCE = 0.2
MOST_STRAYS = 0.05
"""Rows out of order are dropped and counted; more of them than this is not a recording."""
MOST_DAYS = 62
NOT_A_TIME = np.iinfo(np.int64).min


@dataclass(frozen=True, slots=True, kw_only=True)
class _Unit:
    """How long vectors of a quantity are at a percentile, and what to do where they are not."""

    percentile: float
    low: float
    high: float
    usual: str
    remedy: str


UNIT_ROWS = 100_000
"""A unit is judged by about so many rows, evenly taken."""
ACC_MEDIAN_MPS2 = _Unit(
    percentile=50,
    low=6,
    high=40,
    usual="near 9.8 m/s² (at most 40, running)",
    remedy="values in g times 9.80665 are m/s²",
)
GYR_P99_RADPS = _Unit(
    percentile=99, low=0, high=40, usual="below 40 rad/s (2300 °/s)", remedy="values in °/s times pi/180 are rad/s"
)
"""Hand-held motion as fast as it goes reaches 19 rad/s there, jogging 9; a walking thigh in °/s about 190."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Arrays:
    """Checked input of one sensor."""

    t_ns: Nanoseconds
    acc_mps2: Vec3s
    gyr_radps: Vec3s | None
    rate_hz: float

    def __len__(self) -> int:
        return len(self.t_ns)


def checked(*, acc_mps2: object, gyr_radps: object, rate_hz: float | None, t_ns: object) -> Arrays:
    """Arrays as the rooms need them, or a UsageError that names the argument and the remedy."""
    acc = _vectors("acc_mps2", acc_mps2)
    gyr = None if gyr_radps is None else _vectors("gyr_radps", gyr_radps)
    if gyr is not None and len(gyr) != len(acc):
        raise UsageError(f"gyr_radps has {len(gyr)} rows and acc_mps2 {len(acc)}; give one row a sample in both")
    check_units(acc, gyr)
    rate = _rate(rate_hz)
    if t_ns is None:
        if rate is None:
            raise UsageError("neither rate_hz nor t_ns was given; one of them must say when the samples were taken")
        times = _evenly(len(acc), NS_PER_S / rate)
    else:
        times = _times(t_ns, len(acc))
        rate = _agreed_rate_hz(times, rate)
        acc = _without(acc, _ahead(times))
    return Arrays(t_ns=times, acc_mps2=acc, gyr_radps=gyr, rate_hz=rate)


def _evenly(n: int, period_ns: float) -> Nanoseconds:
    """Times from 0 on, some millions of rows at once: nothing but the answer takes memory as long as the recording."""
    np.empty(KEPT_BYTES, np.uint8)
    if period_ns.is_integer():  # as at 25, 50 and 100 Hz: nothing to round
        return np.arange(0, n * int(period_ns), int(period_ns), dtype=np.int64)
    times = np.empty(n, np.int64)
    for start in range(0, n, ROWS_AT_ONCE):
        end = min(n, start + ROWS_AT_ONCE)
        times[start:end] = np.rint(np.arange(start, end, dtype=np.float64) * period_ns)
    return times


def check_units(acc_mps2: Vec3s, gyr_radps: Vec3s | None) -> None:
    """Raise a UsageError that names the quantity and the remedy where a vector's usual length is that of another unit."""
    _check_unit("acc_mps2", acc_mps2, ACC_MEDIAN_MPS2)
    if gyr_radps is not None:
        _check_unit("gyr_radps", gyr_radps, GYR_P99_RADPS)


def _check_unit(name: str, vectors: Vec3s, unit: _Unit) -> None:
    """A wrong unit is seen in the usual size of a vector, and told with its remedy."""
    some = vectors[:: max(1, len(vectors) // UNIT_ROWS)]
    size = length(some[np.all(np.isfinite(some), axis=1)])
    if not len(size):
        return
    found = float(np.percentile(size, unit.percentile))
    if not unit.low <= found <= unit.high:
        raise UsageError(
            f"{name}: the {unit.percentile:g}th percentile of its length is {found:.3g} and should be {unit.usual}; "
            f"{unit.remedy}"
        )


def _rate(rate_hz: object) -> float | None:
    if rate_hz is None:
        return None
    if isinstance(rate_hz, bool) or not isinstance(rate_hz, int | float | np.integer | np.floating):
        raise UsageError(f"rate_hz is {rate_hz!r}; give a number of samples a second")
    rate = float(rate_hz)
    if not RATES_HZ[0] <= rate <= RATES_HZ[1]:
        raise UsageError(f"rate_hz is {rate:g}; give samples a second, from {RATES_HZ[0]:g} to {RATES_HZ[1]:g}")
    return rate


def _vectors(name: str, values: object) -> Vec3s:
    try:
        array = np.ascontiguousarray(values, np.float64)
    except (TypeError, ValueError) as error:
        raise UsageError(f"{name} is not an array of numbers; give shape (n, 3)") from error
    if array.ndim != 2 or array.shape[1] != 3:
        raise UsageError(f"{name} has shape {array.shape}; give (n, 3), one row a sample")
    return array


def _times(values: object, n: int) -> Nanoseconds:
    array = np.asarray(values)
    if array.dtype.kind == "M":
        array = array.astype("datetime64[ns]").astype(np.int64)
    if array.dtype.kind not in "iu":
        raise UsageError(f"t_ns has type {array.dtype}; give integer nanoseconds, or datetime64")
    if array.shape != (n,):
        raise UsageError(f"t_ns has shape {array.shape}; give ({n},), one time a sample")
    times = np.array(array, np.int64)
    _check_order(times)
    return times


def _check_order(t_ns: Nanoseconds) -> None:
    if not len(t_ns):
        return
    if t_ns.min() == NOT_A_TIME:
        raise UsageError(
            f"t_ns holds {int(np.sum(t_ns == NOT_A_TIME))} times that are missing (NaT); leave those rows out"
        )
    span_days = float(t_ns.max() - t_ns.min()) / NS_PER_S / 86400
    if span_days > MOST_DAYS:
        raise UsageError(
            f"t_ns spans {span_days:.0f} days; a clock that was set in between? Give one recording, at most {MOST_DAYS} days"
        )
    stray = _ahead(t_ns)
    if np.mean(stray) > MOST_STRAYS:
        row = int(np.argmax(stray))
        raise UsageError(
            f"t_ns does not grow at row {row} and elsewhere ({np.mean(stray):.0%} of the rows); sort the rows"
        )


def _ahead(t_ns: Nanoseconds) -> Bools:
    """(n,) rows whose time is not before that of every later row: one such stamp would make all that follow it late."""
    latest_allowed = np.minimum.accumulate(t_ns[:0:-1])[::-1]
    return np.append(t_ns[:-1] >= latest_allowed, np.zeros(min(1, len(t_ns)), np.bool_))


def _without(acc_mps2: Vec3s, stray: Bools) -> Vec3s:
    """Rows that cannot be used, made not finite: they are counted, and come out untrusted."""
    if not stray.any():
        return acc_mps2
    out = acc_mps2.copy()
    out[stray] = np.nan
    return out


def _agreed_rate_hz(t_ns: Nanoseconds, rate_hz: float | None) -> float:
    """The rate that was given, if the times agree with it, else that of the times."""
    steps = np.diff(t_ns)
    steps = steps[steps > 0]
    if not len(steps):
        return rate_hz or ONE_SAMPLE_HZ
    told_hz = NS_PER_S / float(np.median(steps))
    if not RATES_HZ[0] <= told_hz <= RATES_HZ[1]:
        raise UsageError(f"t_ns tells {told_hz:g} samples a second; give nanoseconds, for 1 to 2000 samples a second")
    if rate_hz is not None and abs(rate_hz / told_hz - 1) > MOST_RATE_DIFFERENCE:
        raise UsageError(f"rate_hz is {rate_hz:g}, but t_ns tells {told_hz:g} samples a second; leave one of them out")
    return rate_hz or told_hz


def array_slabs(
    arrays: Arrays, settings: Settings, beside: Mapping[SensorId, Arrays] | None = None
) -> Iterator[Sequence[Inbound]]:
    """The settings, the samples slab by slab with the time of each slab's end (UTC), and the end.

    `beside`: other sensors; in every slab their samples of the same time come first.
    """
    if not len(arrays):
        return
    others = dict(beside or {})
    newest = {sensor: np.maximum.accumulate(other.t_ns) for sensor, other in others.items()}
    yield [UserAction(at=HostNs(int(arrays.t_ns[0])), action=ChangeSettings(settings=settings))]
    done = dict.fromkeys(others, 0)
    for start in range(0, len(arrays), SLAB_SAMPLES):
        rows = slice(start, start + SLAB_SAMPLES)
        at = HostNs(int(arrays.t_ns[rows][-1]))
        slab: list[Inbound] = []
        for sensor, other in others.items():
            due = len(other) if rows.stop >= len(arrays) else int(np.searchsorted(newest[sensor], at, side="right"))
            if due > done[sensor]:
                slab.append(_samples(other, sensor, slice(done[sensor], due), at))
                done[sensor] = due
        yield [*slab, _samples(arrays, ARRAYS, rows, at), civil_tick(at, 0)]
    yield [LinkChange(at=HostNs(int(arrays.t_ns[-1])), sensor=ARRAYS, state=LinkState.ENDED)]


def _samples(arrays: Arrays, sensor: SensorId, rows: slice, at: HostNs) -> Samples:
    return Samples(
        at=at,
        sensor=sensor,
        rate_hz=arrays.rate_hz,
        t_ns=arrays.t_ns[rows],
        acc_mps2=arrays.acc_mps2[rows],
        gyr_radps=None if arrays.gyr_radps is None else arrays.gyr_radps[rows],
    )
