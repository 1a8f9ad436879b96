"""Recordings saved by numpy: which fields are used, and a sentence where they do not fit."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from zipfile import BadZipFile
from zlib import error as ZlibError  # noqa: N812 - an exception, named like one

import numpy as np
from numpy.typing import NDArray

from hipmonitor.core.errors import UsageError
from hipmonitor.core.samples import STANDARD_GRAVITY_MPS2
from hipmonitor.io.files.sample_file import in_short

UNREADABLE = (
    OSError, ValueError, AttributeError, TypeError, SyntaxError, KeyError, EOFError, MemoryError,
    BadZipFile, ZlibError, NotImplementedError, RuntimeError,
)  # fmt: skip
"""What numpy and Python's reader of archives raise for files that are damaged or of another kind."""
MOST_TIME_S = 4e9
"""2096."""
NOT_A_TIME = np.iinfo(np.int64).min
Fields = dict[str, NDArray[np.generic]]
NEEDED = "acc_mps2 or acc_g (n, 3), t_ns, t_s or rate_hz, and gyr_radps (n, 3) if there is a gyroscope"
ACC_OF, GYR_OF = "_acc", "_gyr"
"""Endings of the fields of several sensors in one file: thigh_acc in m/s² and thigh_gyr in rad/s."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class NpzArrays:
    """What `analyze` is given."""

    acc_mps2: NDArray[np.float64]
    gyr_radps: NDArray[np.float64] | None
    t_ns: NDArray[np.int64] | None
    rate_hz: float | None


def read_npz(path: Path, sensor: str | None = None) -> NpzArrays:
    """One sensor's arrays. `sensor`: which, where the file holds several (thigh_acc, thigh_gyr, pelvis_acc, ...).

    Raises:
        UsageError: it cannot be read or lacks a field; names the file, what is there, and the remedy.
    """
    fields = _of_one(path, _fields(path), sensor)
    acc = _accelerometer(path, fields)
    t_ns, rate_hz = _times(path, fields)
    gyr = fields.get("gyr_radps")
    return NpzArrays(
        acc_mps2=acc, gyr_radps=None if gyr is None else _floats(path, "gyr_radps", gyr), t_ns=t_ns, rate_hz=rate_hz
    )


def _fields(path: Path) -> Fields:
    try:
        with path.open("rb") as raw, np.load(raw, allow_pickle=False) as file:
            return {name: _array(file[name]) for name in file.files}
    except FileNotFoundError as error:
        raise UsageError(f"{path}: is not there; check the path") from error
    except UNREADABLE as error:
        raise UsageError(
            f"{path}: cannot be read as an npz file ({in_short(error)}); save it with numpy.savez"
        ) from error


def _array(value: object) -> NDArray[np.generic]:
    """A field; of what does not begin as an array numpy gives the bytes."""
    if not isinstance(value, np.ndarray):
        raise TypeError("a field is no array")
    return value


def _of_one(path: Path, fields: Fields, sensor: str | None) -> Fields:
    """The fields with the plain names, those of the sensor that was asked for among them."""
    sensors = sorted(name.removesuffix(ACC_OF) for name in fields if name.endswith(ACC_OF))
    if sensor is None and sensors and not {"acc_mps2", "acc_g"} & set(fields):
        raise UsageError(f"{path}: holds the sensors {', '.join(sensors)}; name one of them (--sensor {sensors[0]})")
    if sensor is None:
        return fields
    if sensor not in sensors:
        raise UsageError(f"{path}: has no field {sensor}{ACC_OF}; it holds {_names(fields)}")
    own = {"acc_mps2": fields[sensor + ACC_OF]}
    if sensor + GYR_OF in fields:
        own["gyr_radps"] = fields[sensor + GYR_OF]
    return {name: fields[name] for name in ("t_ns", "t_s", "rate_hz") if name in fields} | own


def _accelerometer(path: Path, fields: Fields) -> NDArray[np.float64]:
    if "acc_mps2" in fields:
        return _floats(path, "acc_mps2", fields["acc_mps2"])
    if "acc_g" in fields:
        return _floats(path, "acc_g", fields["acc_g"]) * STANDARD_GRAVITY_MPS2
    raise UsageError(f"{path}: has no accelerometer; it holds {_names(fields)}, and needed are {NEEDED}")


def _floats(path: Path, name: str, values: NDArray[np.generic]) -> NDArray[np.float64]:
    if values.dtype.kind not in "fiu":
        raise UsageError(f"{path}: {name} has type {values.dtype}; save it as numbers")
    return values.astype(np.float64)


def _times(path: Path, fields: Fields) -> tuple[NDArray[np.int64] | None, float | None]:
    rate_hz = None
    if "rate_hz" in fields:
        rate = _floats(path, "rate_hz", fields["rate_hz"])
        if rate.size != 1:
            raise UsageError(f"{path}: rate_hz has {rate.size} values; save one number")
        rate_hz = float(rate.reshape(-1)[0])
    if "t_ns" in fields:
        if fields["t_ns"].dtype.kind not in "iuM":
            raise UsageError(f"{path}: t_ns has type {fields['t_ns'].dtype}; save it as whole nanoseconds")
        return fields["t_ns"].astype("datetime64[ns]").astype(np.int64), rate_hz
    if "t_s" in fields:
        t_s = _floats(path, "t_s", fields["t_s"])
        known = np.abs(t_s) < MOST_TIME_S
        return np.where(known, np.rint(np.where(known, t_s, 0) * 1e9), NOT_A_TIME).astype(np.int64), rate_hz
    if rate_hz is None:
        raise UsageError(f"{path}: does not say when its samples were taken; it holds {_names(fields)}; add {NEEDED}")
    return None, rate_hz


def _names(fields: Fields) -> str:
    return in_short(", ".join(sorted(fields))) or "nothing"
