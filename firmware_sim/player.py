"""Plays a recorded file as the sensor's own samples, so that real human motion goes over the air.

The file's signals are interpolated linearly at the instants at which the simulated sensor samples, each axis for itself.
That weakens what lies near half the slower of the two rates and leaves posture and gait as they are; orientation is never
interpolated, only what an IMU measures.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from firmware_sim.device import Counts6, Model, StreamShape
from firmware_sim.imu import counts
from hipmonitor.core.arrays import Floats, Vec3s
from hipmonitor.core.errors import UsageError

G_MPS2 = 9.80665
DEFAULT_PART = "upper_leg_right"
Fields = dict[str, NDArray[np.generic]]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Recorded:
    """What a file holds of one sensor."""

    t_s: Floats
    """From 0, strictly growing."""
    acc_g: Vec3s
    gyr_dps: Vec3s | None
    note: str = ""
    """How it was read, for a person."""

    def model(self) -> Model:
        """A sensor whose ranges hold the file, without a gyroscope where the file has none."""
        acc_range = _range_for(self.acc_g, (8, 16))
        if self.gyr_dps is None:
            return Model(acc_range_g=acc_range, gyr_ranges_dps=(0,), gyr_range_dps=0)
        return Model(acc_range_g=acc_range, gyr_range_dps=_range_for(self.gyr_dps, (1000, 2000)))


def _range_for(values: Vec3s, ranges: tuple[int, ...]) -> int:
    largest = float(np.max(np.abs(values)))
    return next((full for full in ranges if largest < full), ranges[-1])


class PlayerSource:
    """A recorded file as a source of samples. At its end it starts again, or goes on with its last sample."""

    def __init__(self, recorded: Recorded, *, loop: bool = False) -> None:
        self._recorded, self._loop = recorded, loop
        self._shape: StreamShape | None = None

    def begin(self, shape: StreamShape) -> None:
        """A new stream; the file goes on from where true time has come to."""
        self._shape = shape

    def samples(self, first_index: int, count: int) -> Counts6:
        """Samples by index, as a pure function of the stream and the index."""
        if self._shape is None:
            raise RuntimeError("samples were asked for before a stream began")
        shape, recorded = self._shape, self._recorded
        t_s = shape.clock.true_s(np.arange(first_index, first_index + count, dtype=np.int64))
        if self._loop:
            t_s = t_s % recorded.t_s[-1]
        acc = counts(_at(recorded.t_s, recorded.acc_g, t_s), shape.acc_range_g)
        if recorded.gyr_dps is None or not shape.gyr_range_dps:
            return np.concatenate([acc, np.zeros_like(acc)], axis=1)
        return np.concatenate([acc, counts(_at(recorded.t_s, recorded.gyr_dps, t_s), shape.gyr_range_dps)], axis=1)


def _at(times_s: Floats, values: Vec3s, t_s: Floats) -> Vec3s:
    """Linear interpolation at t_s; the first and last values outside."""
    inside = np.clip(t_s, times_s[0], times_s[-1])
    k = np.clip(np.searchsorted(times_s, inside, side="right") - 1, 0, len(times_s) - 2)
    share = ((inside - times_s[k]) / (times_s[k + 1] - times_s[k]))[:, None]
    between: Vec3s = values[k] + (values[k + 1] - values[k]) * share
    return between


def from_npz(path: Path, *, part: str = DEFAULT_PART) -> Recorded:
    """One sensor's signals of an npz file: several body parts (`<part>_acc`), or one sensor (`acc_g` or `acc_mps2`).

    Raises:
        UsageError: it cannot be read or used; names the file, the field and the remedy.
    """
    try:
        with np.load(path) as file:
            fields: Fields = {name: file[name] for name in file.files}
    except (OSError, ValueError, BadZipFile, EOFError) as error:
        raise UsageError(f"{path} cannot be read as an npz file ({error}); give a recording saved by numpy") from error
    has_parts = any(name.endswith("_acc") for name in fields)
    return _checked(path, _of_part(path, fields, part) if has_parts else _of_sensor(path, fields))


def _of_part(path: Path, fields: Fields, part: str) -> Recorded:
    parts = sorted(name.removesuffix("_acc") for name in fields if name.endswith("_acc"))
    if part not in parts:
        raise UsageError(f"{path} has no field {part}_acc; choose the part {', '.join(parts)}")
    return Recorded(
        t_s=_times(path, fields, len(fields[f"{part}_acc"])),
        acc_g=_vectors(path, fields, f"{part}_acc") / G_MPS2,
        gyr_dps=np.degrees(_vectors(path, fields, f"{part}_gyr")) if f"{part}_gyr" in fields else None,
        note=f"{part} of {path.name}",
    )


def _of_sensor(path: Path, fields: Fields) -> Recorded:
    name = next((name for name in ("acc_g", "acc_mps2") if name in fields), None)
    if name is None:
        have = ", ".join(sorted(fields))
        raise UsageError(f"{path} has no accelerometer: fields are {have}; needed is acc_g, acc_mps2 or <part>_acc")
    return Recorded(
        t_s=_times(path, fields, len(fields[name])),
        acc_g=_vectors(path, fields, name) / (1.0 if name == "acc_g" else G_MPS2),
        gyr_dps=np.degrees(_vectors(path, fields, "gyr_radps")) if "gyr_radps" in fields else None,
        note=path.name + ("" if "gyr_radps" in fields else ", which has no gyroscope"),
    )


def _vectors(path: Path, fields: Fields, name: str) -> Vec3s:
    values = np.asarray(fields[name], np.float64)
    if values.ndim != 2 or values.shape[1] != 3:
        raise UsageError(f"{path}: field {name} has shape {values.shape}; three columns x, y, z are needed")
    return values


TIMES: tuple[tuple[str, Callable[[NDArray[np.generic], int], Floats]], ...] = (
    ("t_s", lambda value, _n: np.asarray(value, np.float64)),
    ("t_ns", lambda value, _n: (np.asarray(value, np.int64) - np.asarray(value, np.int64)[:1]) / 1e9),
    ("rate_hz", lambda value, n: np.arange(n) / float(np.asarray(value, np.float64))),
)
"""Fields that tell when samples were taken, the best first."""


def _times(path: Path, fields: Fields, n: int) -> Floats:
    for name, seconds in TIMES:
        if name in fields:
            t_s = seconds(fields[name], n)
            return t_s - t_s[:1]
    raise UsageError(f"{path} does not say when its samples were taken; it needs a field t_s, t_ns or rate_hz")


def _checked(path: Path, recorded: Recorded) -> Recorded:
    n = len(recorded.t_s)
    gyr = recorded.gyr_dps if recorded.gyr_dps is not None else recorded.acc_g
    if n < 2 or len(recorded.acc_g) != n or len(gyr) != n:
        raise UsageError(
            f"{path}: times, accelerometer and gyroscope must be equally many and at least two; cut the file"
        )
    for name, values in (("times", recorded.t_s), ("accelerometer", recorded.acc_g), ("gyroscope", gyr)):
        if not np.isfinite(values).all():
            raise UsageError(
                f"{path}: the {name} holds values that are not finite; remove them before playing the file"
            )
    if np.any(np.diff(recorded.t_s) <= 0):
        raise UsageError(f"{path}: the times do not grow everywhere; sort the samples and remove doubles")
    return recorded
