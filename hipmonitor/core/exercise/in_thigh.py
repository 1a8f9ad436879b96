"""Up in the thigh's frame, row by row, by a placement; in the sensor's own frame where none is known well enough."""

from __future__ import annotations

import numpy as np

from hipmonitor.core.exercise.moved_angle import Up
from hipmonitor.core.frames import rotate
from hipmonitor.core.samples import STANDARD_GRAVITY_MPS2
from hipmonitor.core.thigh import Placement, PlacementMethod

MOST_SD_DEG = 15.0
"""As the thigh room's: a placement known less well may have the bending plane wrong. Then only turns from the start are counted."""


class InThigh:
    """Of one placement. One that is doubted (poses on the floor look like a seat that contradicts others) is still the best."""

    def __init__(self, placement: Placement | None, *, was_known: bool) -> None:
        """`was_known`: this strap-on's placement was known well before it was doubted."""
        self.doubted = placement is not None and placement.doubted and was_known
        self.known = self.doubted or (
            placement is not None and placement.method is not PlacementMethod.NONE and placement.sd_deg <= MOST_SD_DEG
        )
        if placement is None or not self.known:
            self._rows, self._offset = ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)), (0.0, 0.0, 0.0)
            return
        x, y, z = rotate(placement.thigh_from_sensor, np.eye(3)).T.tolist()
        self._rows = (x, y, z)
        offset = (placement.acc_offset_mps2 / STANDARD_GRAVITY_MPS2).tolist()
        self._offset = (offset[0], offset[1], offset[2])

    def up(self, sensor: Up) -> Up:
        """An up direction seen from the sensor, seen from the thigh; an accelerometer's offset tilts it, which is taken back."""
        a, b, c = (one - off for one, off in zip(sensor, self._offset, strict=True))
        x, y, z = ((r[0] * a + r[1] * b + r[2] * c) for r in self._rows)
        return (x, y, z)
