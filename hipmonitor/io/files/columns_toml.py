"""Columns of a table of text as a person writes them in TOML, and a preset as a pattern to write by.

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
from dataclasses import Field, fields, is_dataclass
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from hipmonitor.core.errors import SettingsError
from hipmonitor.io.files.columns import Columns, TimeColumn, Vector
from hipmonitor.io.files.sample_file import in_short


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
