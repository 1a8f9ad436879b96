"""Names for the arrays that pass between rooms: what a row means stands in the name, shape in this file."""

from __future__ import annotations

from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
"""(n,) float64."""
Vec3s = NDArray[np.float64]
"""(n, 3) float64, one vector a row."""
Quats = NDArray[np.float64]
"""(n, 4) float64, unit quaternions wxyz, one a row."""
Counts3 = NDArray[np.int16]
"""(n, 3) int16, raw sensor counts."""
Sent3 = NDArray[np.int16] | NDArray[np.int32] | NDArray[np.float32]
"""(n, 3) numbers as a sensor sent them."""
Nanoseconds = NDArray[np.int64]
"""(n,) int64, points in time, ns since the Unix epoch."""
Ints = NDArray[np.int64]
"""(n,) int64."""
Bools = NDArray[np.bool_]
"""(n,) bool."""
Singles = NDArray[np.float32]
"""(n,) or (n, k) float32: results that are kept by the million; a hundred-thousandth of a degree is far below what is known."""
Codes = NDArray[np.int8]
"""(n,) int8, index into an enumeration's members."""


Scalar = TypeVar("Scalar", bound=np.generic)


def differences(values: Ints, before: int) -> Ints:
    """(n,) each value less the one before it, the first less `before`. np.diff(prepend=...) takes ten times as long for few."""
    out = np.empty_like(values)
    out[:1] = values[:1] - before
    np.subtract(values[1:], values[:-1], out=out[1:])
    return out


def lengths(starts: Ints, end: int) -> Ints:
    """(k,) rows from each start to the next one, and from the last to `end`; likewise faster than np.diff(append=...)."""
    out = np.empty_like(starts)
    np.subtract(starts[1:], starts[:-1], out=out[:-1])
    out[-1:] = end - starts[-1:]
    return out


def read_only(array: NDArray[Scalar]) -> NDArray[Scalar]:
    """The same values, closed for writing; an array that others still write to is not closed under their hands."""
    view = array.view()
    view.flags.writeable = False
    return view
