"""Which columns of a table of text hold what: as a preset, or as a person writes it in TOML.

    name = "my logger"
    separator = ";"                    # found by itself where left out
    decimal = ","                      # a point where left out
    skip_lines = 3                     # lines that are not looked at
    rate_hz = 100                      # only where there is no time column

    [time]
    column = "Time"                    # a name in the header line, or a number: the first column is 1
    unit = "ms"                        # ns, us, ms, s; "text" for 2026-11-23 07:00:00.125
    wraps_at = 4294967296              # where the counter begins anew, in its unit
    clock = "wall"                     # wall (local time), utc, own (its own start)

    [acc]
    columns = ["ax", "ay", "az"]       # specific force: at rest about +1 g upwards
    unit = "g"                         # g, mg, m/s2
    inverted = true                    # at rest about -1 g upwards

    [gyr]
    columns = ["gx", "gy", "gz"]
    unit = "deg/s"                     # deg/s, rad/s
    file = "Gyroscope.csv"             # beside this file, where it is not in it; `time` is read there too

Without raw acceleration: [free_acc] (gravity removed, world axes, z up) with [orientation] columns = w, x, y, z, sensor to
world; or [acc] without gravity and [gravity], both in the sensor's axes.
"""

from __future__ import annotations

import difflib
import json
import tomllib
from dataclasses import Field, dataclass, fields, is_dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final, Literal

import numpy as np
from pydantic import ConfigDict, TypeAdapter, ValidationError, with_config
from pydantic_core import ErrorDetails

from hipmonitor.core.errors import SettingsError
from hipmonitor.core.samples import STANDARD_GRAVITY_MPS2
from hipmonitor.io.files.sample_file import in_short

Column = str | int
"""A name in the header line, or a number counted from 1."""
Three = tuple[Column, Column, Column]
Unit = Literal["g", "mg", "m/s2", "deg/s", "rad/s"]
IN_SI: Final[dict[Unit, float]] = {
    "g": STANDARD_GRAVITY_MPS2,
    "mg": STANDARD_GRAVITY_MPS2 / 1000,
    "m/s2": 1.0,
    "deg/s": float(np.pi / 180),
    "rad/s": 1.0,
}
RATES: Final[tuple[Unit, ...]] = ("deg/s", "rad/s")
VECTORS: Final = ("acc", "gyr", "gravity", "free_acc")
RATES_HZ: Final = (1.0, 2000.0)
NS_IN: Final = {"ns": 1.0, "us": 1e3, "ms": 1e6, "s": 1e9}
STRICT = ConfigDict(extra="forbid")


@with_config(STRICT)
@dataclass(frozen=True, slots=True, kw_only=True)
class TimeColumn:
    """When a row was measured."""

    column: Column
    unit: Literal["ns", "us", "ms", "s", "text"]
    wraps_at: float = 0.0
    """In its unit; 0 = never."""
    clock: Literal["wall", "utc", "own"] = "own"


@with_config(STRICT)
@dataclass(frozen=True, slots=True, kw_only=True)
class Vector:
    """Three columns of one quantity."""

    columns: Three
    unit: Unit
    inverted: bool = False
    file: str = ""
    """Beside the table, where it is not in it."""
    optional: bool = False
    """Left out where that file is not there."""

    @property
    def factor(self) -> float:
        """To m/s² or rad/s."""
        return -IN_SI[self.unit] if self.inverted else IN_SI[self.unit]


@with_config(STRICT)
@dataclass(frozen=True, slots=True, kw_only=True)
class Orientation:
    """A unit quaternion, sensor to world."""

    columns: tuple[Column, Column, Column, Column]
    """w, x, y, z."""


@with_config(STRICT)
@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """What a table holds, and where."""

    name: str = "columns"
    files: tuple[str, ...] = ()
    """What such a table is always called; empty = anything."""
    separator: str = ""
    """Found by itself where empty."""
    decimal: Literal[".", ","] = "."
    skip_lines: int = 0
    rate_hz: float | None = None
    time: TimeColumn | None = None
    acc: Vector | None = None
    gyr: Vector | None = None
    gravity: Vector | None = None
    """Added to acc, which then is without gravity."""
    free_acc: Vector | None = None
    orientation: Orientation | None = None
    begins_with: str = ""
    """The beginning of a line before the header that says when it was recorded, by the wall clock: 2021-08-20_20:21:13_839."""

    def __post_init__(self) -> None:
        """Together they must make an acceleration and a time."""
        if self.acc is None and (self.free_acc is None or self.orientation is None):
            raise ValueError("acc is missing; give acc, or free_acc and orientation")
        if self.time is None and self.rate_hz is None:
            raise ValueError("time is missing; give time, or rate_hz")
        if self.rate_hz is not None and not RATES_HZ[0] <= self.rate_hz <= RATES_HZ[1]:
            raise ValueError(f"rate_hz is {self.rate_hz:g}; give {RATES_HZ[0]:g} to {RATES_HZ[1]:g}")
        if len(self.separator) > 1 or self.separator.isalnum() or self.separator in set('"+-.\n\r'):
            raise ValueError(f"separator is {self.separator!r}; give one sign, such as ; or a tab")
        for name in ("acc", "free_acc"):
            if getattr(self, name) is not None and getattr(self, name).file:
                raise ValueError(f"{name}.file cannot be given; read the file that holds {name}")
        for name in VECTORS:
            self._check_unit(name, getattr(self, name))

    @staticmethod
    def _check_unit(name: str, vector: Vector | None) -> None:
        if vector is not None and (vector.unit in RATES) != (name == "gyr"):
            units = RATES if name == "gyr" else tuple(unit for unit in IN_SI if unit not in RATES)
            raise ValueError(f"{name}.unit is {vector.unit}; give {' or '.join(units)}")

    def needed(self) -> tuple[Column, ...]:
        """Columns of the table itself, the time first where there is one."""
        vectors = (self.acc, self.gyr, self.gravity, self.free_acc, self.orientation)
        times = () if self.time is None else (self.time.column,)
        inside = [v.columns for v in vectors if v is not None and not getattr(v, "file", "")]
        return times + tuple(column for columns in inside for column in columns)


def load_columns(path: Path) -> Columns:
    """Columns as a person wrote them.

    Raises:
        SettingsError: the file cannot be read or is wrong; names file, key and remedy.
    """
    try:
        document = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise SettingsError(f"{path}: is not there; check the path, or name a preset") from error
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path}: cannot be read ({in_short(error)}); give a TOML text file in UTF-8") from error
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise SettingsError(f"{path}: is not valid TOML ({in_short(error)}); correct that line") from error
    try:
        return _adapter().validate_python(document)
    except ValidationError as error:
        problems = "; ".join(_problem(details) for details in error.errors())
        raise SettingsError(f"{path}: {problems}") from error


@cache
def _adapter() -> TypeAdapter[Columns]:
    return TypeAdapter(Columns)


def _problem(details: ErrorDetails) -> str:
    place = [str(part) for part in details["loc"] if part not in {"str", "int"}]
    key = ".".join(place)
    cause = details.get("ctx", {}).get("error")
    if isinstance(cause, ValueError):
        return f"{key}.{cause}" if key else str(cause)
    if details["type"] == "unexpected_keyword_argument":
        return f"{in_short(key)} is not known; {_nearest(place[-1])}"
    return f"{key} is {in_short(repr(details['input']))}; {details['msg'].replace('Input should be', 'give')}"


def _nearest(key: str) -> str:
    known = sorted({field.name for kind in (Columns, TimeColumn, Vector) for field in fields(kind)})
    near = difflib.get_close_matches(key, known, n=1, cutoff=0.6)
    return f"did you mean {near[0]}?" if near else f"keys are {', '.join(known)}"


def dump_columns(columns: Columns) -> str:
    """As TOML that reads back as the same columns: a pattern to write one's own by."""
    parts = {field.name: getattr(columns, field.name) for field in fields(columns)}
    plain = Columns(rate_hz=1.0, acc=Vector(columns=(1, 2, 3), unit="g"))
    top = [
        _line(name, value) for name, value in parts.items() if not is_dataclass(value) and value != getattr(plain, name)
    ]
    tables = [
        "\n".join([f"\n[{name}]", *(_line(f.name, getattr(part, f.name)) for f in fields(part) if _says(part, f))])
        for name, part in parts.items()
        if is_dataclass(part) and not isinstance(part, type)
    ]
    return "\n".join([*(line for line in top if line), *tables]) + "\n"


def _says(part: object, field: Field[Any]) -> bool:
    """Whether a value is other than what it would be anyway."""
    return bool(getattr(part, field.name) != field.default)


def _line(name: str, value: object) -> str:
    return "" if value is None else f"{name} = {json.dumps(value, ensure_ascii=False)}"
