"""What may be tuned in the seat coach."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

LEVEL_DEG: Final = 90.0
"""Flexion of a level thigh."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatParams:
    """What may be tuned. Where no source is named it is our choice."""

    least_bout_s: int = 300
    """Of trusted sitting in a bout; shorter ones are visits."""
    least_usual_s: int = 1200
    """On the usual seat of a day."""
    most_placement_sd_deg: float = 5.0
    """As for alerts: beyond it sitting is hardly told from standing."""
    most_spread_deg: float = 6.0
    """Who sat in ways further apart than this has no one angle: legs crossed for half of the time lift the thigh by 13 deg."""
    same_seat_deg: float = 2.5
    """Bouts closer together are one seat: within 2 cm at 42 cm."""
    posture_s: float = 300.0
    """One sits about so long in one way: so much time is one look at the seat."""
    least_own_sd_deg: float = 0.4
    common_sd_deg: float = 2.3
    """What of a placement's sd is the strap's bed of soft tissue, the same on all seats of a strap-on and much alike in the next."""
    length_sd_cm: float = 1.0
    joint_sd_cm: float = 0.2
    """How far off a finger always takes one joint to be; no number of measurements averages it away."""
    look_sd_cm: float = 0.6
    """Of one height measured once, the joint felt for anew: anthropometrists repeat such heights to 0.3 to 0.6 cm (from memory);
    the larger one, for a person at home."""
    wander_deg: float = 1.0
    """How far the sitter's thigh wanders between the moments of measuring."""
    disagree_sd: float = 3.0
    """Tape and sensor further apart than this are not both right, and no centimetre is told: 6 cm at 42 cm, so a knee that lies 3 cm
    below the hip and was given without its sign is met."""
    most_sd_cm: float = 1.0
    """Told in centimetres only where 1.5 cm are one and a half sd at least. The sd is meant to be too large rather than too small:
    on simulated people what is told errs by 0.7 to 0.8 of it."""
    look_back_days: int = 14
    clear_sd: float = 2.0
    """A change is told once it is so many sd, and at least the next."""
    least_change_deg: float = 2.5
