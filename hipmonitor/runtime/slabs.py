"""Arrays as Inbounds, in slabs of minutes: the way a researcher's recording comes through the front door."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from hipmonitor.core.arrays import Nanoseconds, Vec3s
from hipmonitor.core.errors import UsageError
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
SLAB_SAMPLES = 30_000
"""Five minutes at 100 Hz: the cost per slab vanishes, its memory too."""
RATES_HZ = (1.0, 2000.0)


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
    if rate_hz is not None and not RATES_HZ[0] <= rate_hz <= RATES_HZ[1]:
        raise UsageError(f"rate_hz is {rate_hz:g}; give samples a second, from {RATES_HZ[0]:g} to {RATES_HZ[1]:g}")
    if t_ns is None:
        if rate_hz is None:
            raise UsageError("neither rate_hz nor t_ns was given; one of them must say when the samples were taken")
        times = np.rint(np.arange(len(acc)) * (NS_PER_S / rate_hz)).astype(np.int64)
    else:
        times = _times(t_ns, len(acc))
    return Arrays(t_ns=times, acc_mps2=acc, gyr_radps=gyr, rate_hz=rate_hz or _usual_rate_hz(times))


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
    return np.ascontiguousarray(array, np.int64)


def _usual_rate_hz(t_ns: Nanoseconds) -> float:
    steps = np.diff(t_ns)
    steps = steps[steps > 0]
    if not len(steps):
        raise UsageError("t_ns never grows; give the times of the samples, or rate_hz")
    rate_hz = NS_PER_S / float(np.median(steps))
    if not RATES_HZ[0] <= rate_hz <= RATES_HZ[1]:
        raise UsageError(f"t_ns tells {rate_hz:g} samples a second; give nanoseconds, for 1 to 2000 samples a second")
    return rate_hz


def array_slabs(arrays: Arrays, settings: Settings) -> Iterator[Sequence[Inbound]]:
    """The settings, the samples slab by slab with the time of each slab's end (UTC), and the end."""
    if not len(arrays):
        return
    yield [UserAction(at=HostNs(int(arrays.t_ns[0])), action=ChangeSettings(settings=settings))]
    for start in range(0, len(arrays), SLAB_SAMPLES):
        rows = slice(start, start + SLAB_SAMPLES)
        at = HostNs(int(arrays.t_ns[rows][-1]))
        yield [
            Samples(
                at=at,
                sensor=ARRAYS,
                rate_hz=arrays.rate_hz,
                t_ns=arrays.t_ns[rows],
                acc_mps2=arrays.acc_mps2[rows],
                gyr_radps=None if arrays.gyr_radps is None else arrays.gyr_radps[rows],
            ),
            civil_tick(at, 0),
        ]
    yield [LinkChange(at=HostNs(int(arrays.t_ns[-1])), sensor=ARRAYS, state=LinkState.ENDED)]
