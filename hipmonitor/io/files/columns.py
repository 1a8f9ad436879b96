"""Which columns of a table of text hold what. As a person writes it: `columns_toml`; those that are known: `presets`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
from pydantic import ConfigDict, with_config

from hipmonitor.core.samples import STANDARD_GRAVITY_MPS2

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
