"""A table to be written: columns of one length, each with its unit in its name and a sentence on what it means."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Column:
    """n values: numbers, truth values or words. NaN is no value."""

    name: str
    """Ends in its unit where it has one: _deg, _s, _ns, _mps2."""
    meaning: str
    values: NDArray[Any]
    """(n,)."""
    decimals: int = 4
    """In text, of numbers that are not whole."""

    @property
    def unit(self) -> str:
        """By the name; empty for words, counts and shares."""
        return UNITS.get(self.name.rpartition("_")[2], "")


UNITS = {
    "deg": "deg",
    "s": "s",
    "ns": "ns",
    "mps2": "m/s^2",
    "radps": "rad/s",
    "spm": "1/min",
    "rpm": "1/min",
    "min": "min",
}


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Table:
    """Columns side by side."""

    name: str
    meaning: str
    columns: tuple[Column, ...]

    def __len__(self) -> int:
        return len(self.columns[0].values)
