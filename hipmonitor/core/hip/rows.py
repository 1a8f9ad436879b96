"""Rows on their way through the hip room: one a sample of the thigh, filled in as more becomes known."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hipmonitor.core.arrays import Bools, Codes, Floats, Ints, Nanoseconds, Quats, Scalar


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Rows:
    """n rows, all of the thigh's own instants. Without a pelvis sensor all but the first four columns stay empty."""

    t_ns: Nanoseconds
    flexion_deg: Floats
    sd_deg: Floats
    trusted: Bools
    world_from_thigh: Quats
    """NaN where nothing is to be measured."""
    turns: Bools
    """There is a gyroscope that is believed, so heading means something."""
    run: Ints
    """Grows whenever the thigh's heading may have begun anew."""
    turned_deg: Floats
    """By how much to the left a new placement turned the thigh's forward at this row; 0 elsewhere."""
    mirror: Floats
    """1 on the right leg, -1 on the left; NaN where the side is not known."""
    anew: Bools
    """The sensors were put on anew before this row."""
    kind: Codes
    """The activity of the row's second."""
    world_from_pelvis: Quats
    """Of the pelvis sensor; NaN where it is not known."""
    pelvis_turns: Bools
    pelvis_run: Ints

    def __len__(self) -> int:
        return len(self.t_ns)

    def part(self, rows: slice) -> Rows:
        """Some consecutive rows, as views."""
        return Rows(**{name: getattr(self, name)[rows] for name in NAMES})

    def after(self, n: int) -> Rows:
        """The rows after the first n, copied: as views they would keep the others."""
        return Rows(**{name: getattr(self, name)[n:].copy() for name in NAMES}) if n else self

    def where(self, chosen: Bools) -> Rows:
        """Some of the rows, copied."""
        return Rows(**{name: getattr(self, name)[chosen] for name in NAMES})

    def followed_by(self, later: Rows) -> Rows:
        """Both, one after the other; of the same columns."""
        if not len(self) or not len(later):
            return later if len(later) else self
        return Rows(**{name: _joined(getattr(self, name), getattr(later, name)) for name in NAMES})

    def widened(self) -> Rows:
        """The same with all columns, of which nothing is known."""
        n = len(self)
        no, unknown = np.zeros(n, np.bool_), np.full((n, 4), np.nan)
        return replace(
            self,
            world_from_thigh=unknown,
            turns=no,
            run=np.zeros(n, np.int64),
            turned_deg=np.zeros(n),
            mirror=np.full(n, np.nan),
            anew=no,
            kind=np.zeros(n, np.int8),
            world_from_pelvis=unknown,
            pelvis_turns=no,
            pelvis_run=np.zeros(n, np.int64),
        )

    @property
    def pelvis_known(self) -> Bools:
        """(n,) rows at which the pelvis sensor is trusted."""
        return np.asarray(~np.isnan(self.world_from_pelvis[:, 0]))

    @property
    def known(self) -> Bools:
        """(n,) rows at which both sensors are trusted."""
        return np.asarray(self.trusted & self.pelvis_known & ~np.isnan(self.world_from_thigh[:, 0]))


NAMES = tuple(Rows.__dataclass_fields__)


def _joined(first: NDArray[Scalar], second: NDArray[Scalar]) -> NDArray[Scalar]:
    return np.concatenate([first, second]) if len(second) else first


def narrow(*, t_ns: Nanoseconds, flexion_deg: Floats, sd_deg: Floats, trusted: Bools) -> Rows:
    """Rows of a thigh alone."""
    return Rows(t_ns=t_ns, flexion_deg=flexion_deg, sd_deg=sd_deg, trusted=trusted, **_EMPTY)


def no_rows() -> Rows:
    """None."""
    nothing = np.zeros(0)
    return narrow(t_ns=np.zeros(0, np.int64), flexion_deg=nothing, sd_deg=nothing, trusted=np.zeros(0, np.bool_))


_EMPTY: dict[str, NDArray[Any]] = {
    "world_from_thigh": np.zeros((0, 4)),
    "turns": np.zeros(0, np.bool_),
    "run": np.zeros(0, np.int64),
    "turned_deg": np.zeros(0),
    "mirror": np.zeros(0),
    "anew": np.zeros(0, np.bool_),
    "kind": np.zeros(0, np.int8),
    "world_from_pelvis": np.zeros((0, 4)),
    "pelvis_turns": np.zeros(0, np.bool_),
    "pelvis_run": np.zeros(0, np.int64),
}
