"""What leaves the orientation room."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from hipmonitor.core.arrays import Bools, Nanoseconds, Quats


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class OrientationBlock:
    """n orientations, one a sample of the ImuBlock they came from, in the same order."""

    t_ns: Nanoseconds
    """(n,)."""
    world_from_sensor: Quats
    """(n, 4) wxyz; world z is up, heading is arbitrary and drifts."""
    at_rest: Bools
    """(n,)."""
    trusted: Bools
    """(n,) False while settling, after losses, and without a gyroscope while moving."""

    def __len__(self) -> int:
        return len(self.t_ns)


def no_orientations() -> OrientationBlock:
    """An OrientationBlock of length 0."""
    no = np.zeros(0, np.bool_)
    return OrientationBlock(t_ns=np.zeros(0, np.int64), world_from_sensor=np.zeros((0, 4)), at_rest=no, trusted=no)


def joined_orientations(blocks: Sequence[OrientationBlock]) -> OrientationBlock:
    """Several, one after the other."""
    if len(blocks) == 1:
        return blocks[0]
    return OrientationBlock(
        t_ns=np.concatenate([block.t_ns for block in blocks]),
        world_from_sensor=np.concatenate([block.world_from_sensor for block in blocks]),
        at_rest=np.concatenate([block.at_rest for block in blocks]),
        trusted=np.concatenate([block.trusted for block in blocks]),
    )
