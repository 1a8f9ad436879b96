"""Arrays of a sensor worn beside the thigh's: what a caller may give, and how it is checked."""

from __future__ import annotations

from collections.abc import Mapping, Sized
from dataclasses import dataclass, fields, replace

import numpy as np

from hipmonitor.core.errors import UsageError
from hipmonitor.core.hip import PelvisMethod, PelvisPlacement
from hipmonitor.core.instants import HostNs
from hipmonitor.core.thigh import Placement
from hipmonitor.runtime.slabs import Arrays, checked


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class SecondSensor:
    """Arrays of a pelvis sensor, or of one on the other thigh; units and axes as for the thigh's.

    Times: t_ns on the thigh's clock; or none of both, and as many rows as the thigh has: then its times are meant; or rate_hz
    alone: then the first samples of both sensors were taken together.
    """

    acc_mps2: object
    gyr_radps: object = None
    t_ns: object = None
    rate_hz: float | None = None
    placement: PelvisPlacement | Placement | None = None
    """Of the same strap-on, from an earlier Analysis: its `pelvis_calibration`, or the other thigh's `calibration`; without
    it, automatic."""


KEYS = tuple(field.name for field in fields(SecondSensor))


def second_sensor(name: str, given: object) -> SecondSensor:
    """A SecondSensor, or a mapping with its fields."""
    if isinstance(given, SecondSensor):
        return given
    if not isinstance(given, Mapping):
        raise UsageError(f"{name} is a {type(given).__name__}; give a mapping with acc_mps2 and gyr_radps")
    unknown = sorted(str(key) for key in given if key not in KEYS)
    if unknown or "acc_mps2" not in given:
        fault = f"has the unknown key {unknown[0]}" if unknown else "has no acc_mps2"
        raise UsageError(f"{name} {fault}; its keys are {', '.join(KEYS)}")
    return SecondSensor(**given)


def checked_beside(name: str, sensor: SecondSensor, thigh: Arrays) -> Arrays:
    """Its arrays on the thigh's clock, or a UsageError that names sensor, argument and remedy."""
    t_ns, rate_hz = sensor.t_ns, sensor.rate_hz
    if t_ns is None and rate_hz is None:
        t_ns, rate_hz = thigh.t_ns, thigh.rate_hz
        rows = len(sensor.acc_mps2) if isinstance(sensor.acc_mps2, Sized) else len(thigh)
        if rows != len(thigh):
            raise UsageError(f"{name} has {rows} rows and the thigh {len(thigh)}; give its own t_ns or rate_hz")
    try:
        arrays = checked(acc_mps2=sensor.acc_mps2, gyr_radps=sensor.gyr_radps, rate_hz=rate_hz, t_ns=t_ns)
    except UsageError as error:
        raise UsageError(f"{name}: {error}") from error
    if t_ns is None and len(thigh):
        arrays = replace(arrays, t_ns=arrays.t_ns + thigh.t_ns[0])
    if len(arrays) and len(thigh) and not _overlap(arrays, thigh):
        raise UsageError(f"{name}: its t_ns lie wholly before or after the thigh's; give both on one clock")
    return arrays


def _overlap(one: Arrays, other: Arrays) -> bool:
    return bool(one.t_ns[0] <= other.t_ns.max() and other.t_ns[0] <= one.t_ns.max())


def given_pelvis(placement: object, beginning: HostNs) -> PelvisPlacement:
    """A placement of the caller's, in force from the beginning, its quaternion made unit."""
    if not isinstance(placement, PelvisPlacement):
        raise UsageError(
            f"pelvis: placement is a {type(placement).__name__}; give the pelvis_calibration of an earlier Analysis"
        )
    quaternion = np.array(placement.pelvis_from_sensor, np.float64)
    size = float(np.sqrt(np.sum(quaternion * quaternion))) if quaternion.shape == (4,) else 0.0
    if not 0.5 < size < 2:
        raise UsageError("pelvis: placement has no quaternion of four numbers near unit length")
    return replace(placement, since=beginning, method=PelvisMethod.GIVEN, pelvis_from_sensor=quaternion / size)
