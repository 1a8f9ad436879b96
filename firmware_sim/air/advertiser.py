"""Legacy advertising at the interval the host asked for, in slots of 0.625 ms, with the standard's random delay."""

from __future__ import annotations

import asyncio
import random

from bumble.controller import Controller, LegacyAdvertiser

SLOT_S = 0.000625
MOST_DELAY_S = 0.010
"""advDelay keeps two advertisers from colliding again and again (Core 6.0, Vol 6, Part B, 4.4.2.2.1)."""


class AirAdvertiser(LegacyAdvertiser):
    """An advertiser that keeps its interval; the stock one reads slots as milliseconds."""

    def __init__(self, controller: Controller, seed: int) -> None:
        super().__init__(controller)
        self._chance = random.Random(seed)

    def _on_timer_fired(self) -> None:
        self.send_advertising_data()
        delay_s = self.advertising_interval_min * SLOT_S + self._chance.uniform(0, MOST_DELAY_S)
        self.timer_handle = asyncio.get_running_loop().call_later(delay_s, self._on_timer_fired)
