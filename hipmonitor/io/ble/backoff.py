"""How long to wait before the next try."""

from __future__ import annotations

import random

from hipmonitor.io.ble.params import BleParams


class Backoff:
    """Doubles from try to try up to a limit; each wait is drawn from the upper half of it."""

    def __init__(self, params: BleParams, chance: random.Random) -> None:
        self._params, self._chance = params, chance
        self.tries = 0

    def reset(self) -> None:
        """It worked."""
        self.tries = 0

    def failed(self) -> float:
        """One more try failed: seconds to wait before the next."""
        longest = min(self._params.longest_backoff_s, self._params.first_backoff_s * 2.0 ** min(self.tries, 16))
        self.tries += 1
        return longest * self._chance.uniform(0.5, 1.0)
