"""What leaves the orientation room."""

from __future__ import annotations

from dataclasses import dataclass

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
