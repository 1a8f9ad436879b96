"""Motion that arrives without overshoot."""

from __future__ import annotations

from dataclasses import dataclass
from math import exp

SETTLE_S = 0.12
"""The figure follows the angle within about this long (tokens 8)."""
ARRIVED = 0.05


@dataclass(slots=True, kw_only=True)
class Glide:
    """A value on its way to a target: a critically damped spring, exact for any step of time."""

    value: float
    target: float
    speed: float = 0.0
    settle_s: float = SETTLE_S

    def advance(self, seconds: float) -> bool:
        """Go on for so long; whether it moved."""
        if not self.moving:
            return False
        omega = 3.0 / self.settle_s
        away, decay = self.value - self.target, exp(-omega * seconds)
        pull = self.speed + omega * away
        self.value = self.target + (away + pull * seconds) * decay
        self.speed = (self.speed - omega * pull * seconds) * decay
        self._arrive()
        return True

    @property
    def moving(self) -> bool:
        """Whether it is still under way."""
        return abs(self.value - self.target) > ARRIVED or abs(self.speed) > ARRIVED / self.settle_s

    def _arrive(self) -> None:
        if not self.moving:
            self.jump()

    def jump(self) -> None:
        """Be there."""
        self.value, self.speed = self.target, 0.0
