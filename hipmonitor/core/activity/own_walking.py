"""How this wearer walks, so that stairs and cycling are seen against it (Acti4 and acti-motus: the walking reference angle)."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from hipmonitor.core.arrays import Floats
from hipmonitor.core.thigh import movement

OWN = ("own_inclination", "own_flexion", "own_front", "own_up")
"""The last columns of the features."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnWalkingParams:
    """What may be tuned; accelerations are log(SD in g + 0.01), as in the features."""

    typical: tuple[float, float, float, float] = (8.0, 4.0, -0.85, -1.05)
    """Inclination and flexion (deg), front and up of walking before any was seen: the middle of harth, har70 and sens."""
    typical_s: int = 30
    """What that is worth in seconds of own walking."""
    memory_s: int = 600
    """Walking that is remembered."""
    most_deg: float = 40.0
    least_front: float = -2.04
    """0.12 g forward and back, as for walking in the rules."""
    least_up: float = -2.66
    """0.06 g."""


@dataclass(slots=True, kw_only=True)
class OwnWalking:
    """Running means of the wearer's walking; they move with walking only."""

    mean: list[float] = field(default_factory=list)
    worth_s: int = 0

    def compare(self, params: OwnWalkingParams, rows: movement.Rows, columns: tuple[int, int, int, int]) -> Floats:
        """(K, 4) how each second differs from the walking before it. `columns`: inclination, flexion, front, up."""
        if not self.mean:
            self.mean, self.worth_s = list(params.typical), params.typical_s
        values = np.stack([rows[:, column] for column in columns], axis=1)
        walks = (
            (values[:, 0] < params.most_deg) & (values[:, 2] > params.least_front) & (values[:, 3] > params.least_up)
        )
        reference = np.empty_like(values)
        begin = 0
        for row in np.flatnonzero(walks).tolist():
            reference[begin : row + 1] = self.mean
            begin = row + 1
            self._learn(params, values[row].tolist())
        reference[begin:] = self.mean
        return values - reference

    def _learn(self, params: OwnWalkingParams, now: list[float]) -> None:
        self.worth_s = min(self.worth_s + 1, params.memory_s)
        self.mean = [mean + (value - mean) / self.worth_s for mean, value in zip(self.mean, now, strict=True)]
