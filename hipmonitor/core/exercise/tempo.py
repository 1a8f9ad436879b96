"""Tempo of a movement: how long it went up, stayed at the far end and came down."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from hipmonitor.core.instants import NS_PER_S

LOW, HIGH = 0.25, 0.8
"""Shares of the range at which times are taken: clear of the rest and of a shaking far end."""
UP_SHARE = 0.345
"""Of the way up, the time between LOW and HIGH: 0.37 where the speed is half a sine, 0.32 where jerk is least (Flash and
Hogan 1985); people move between the two."""
BEFORE_LOW = 0.345
"""Likewise until LOW (0.33 and 0.36); after HIGH there is what is left."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tempo:
    """Seconds."""

    began_ns: int
    up_s: float
    hold_s: float
    down_s: float


def tempo(rows: Sequence[tuple[int, float]], base_deg: float, peak_deg: float) -> Tempo:
    """From (ns, degrees) of one movement. Speeds are fitted where the limb surely moves, so a slow turn is not a hold."""
    low, high = (base_deg + share * (peak_deg - base_deg) for share in (LOW, HIGH))
    first_high = next(k for k, (_, angle) in enumerate(rows) if angle >= high)
    last_high = max(k for k, (_, angle) in enumerate(rows) if angle >= high)
    up_low = max((k for k in range(first_high) if rows[k][1] <= low), default=0)
    down_low = next((k for k in range(last_high, len(rows)) if rows[k][1] <= low), len(rows) - 1)
    up_s = (rows[first_high][0] - rows[up_low][0]) / NS_PER_S / UP_SHARE
    down_s = (rows[down_low][0] - rows[last_high][0]) / NS_PER_S / UP_SHARE
    after_high = 1 - UP_SHARE - BEFORE_LOW
    far_s = (rows[last_high][0] - rows[first_high][0]) / NS_PER_S
    hold_s = far_s - after_high * (up_s + down_s)
    began_ns = rows[up_low][0] - round(BEFORE_LOW * up_s * NS_PER_S)
    return Tempo(began_ns=began_ns, up_s=up_s, hold_s=max(0.0, hold_s), down_s=down_s)
