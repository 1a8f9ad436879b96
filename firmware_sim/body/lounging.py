"""Sitting as people sit: slumped, over the desk, legs crossed, knee fallen in; what it does to the thighs and the pelvis."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from firmware_sim.body.script import RIDES, Manner, Seat


@dataclass(frozen=True, slots=True, kw_only=True)
class Lounge:
    """Against sitting upright with the feet side by side, in degrees."""

    flexion: float = 0.0
    """Both thighs, by sliding on the seat."""
    pelvis: float = 0.0
    """+ tipped forward."""
    listed: float = 0.0
    lift: float = 0.0
    spread: float = 0.0
    twist: float = 0.0
    """Of the worn leg: knee up, out, turned in."""
    other_lift: float = 0.0
    other_spread: float = 0.0
    other_twist: float = 0.0


SPREADS: dict[Manner, tuple[Lounge, Lounge]] = {
    # Sagittal pelvis of sitters: slumped 10 to 20 further back than upright, leaning to the desk 10 to 15 further forward
    # (O'Sullivan 2006, Claus 2009, from memory).
    "slump": (Lounge(flexion=-4.0, pelvis=-13.0), Lounge(flexion=2.5, pelvis=5.0)),
    "lean_forward": (Lounge(flexion=1.0, pelvis=14.0), Lounge(flexion=1.5, pelvis=5.0)),
    # The upper thigh lies on the lower one: 10 to 14 cm at the knee of a thigh of 42 cm, its hip adducted by 10 to 20 and a
    # little turned; the pelvis is listed by 3 to 6 and rolls back a few degrees more (Snijders 2006, from memory).
    "crossed": (
        Lounge(pelvis=-4.0, listed=4.0, lift=13.0, spread=-14.0, twist=4.0, other_spread=-6.0),
        Lounge(pelvis=3.0, listed=1.5, lift=3.5, spread=4.0, twist=5.0, other_spread=3.0, other_twist=3.0),
    ),
    "crossed_under": (
        Lounge(pelvis=-4.0, listed=-4.0, spread=-6.0, other_lift=13.0, other_spread=-14.0, other_twist=4.0),
        Lounge(pelvis=3.0, listed=1.5, spread=3.0, twist=3.0, other_lift=3.5, other_spread=4.0, other_twist=5.0),
    ),
    # The foot out to the side or on its tip, the knee fallen to the midline: adduction and internal rotation together.
    "knee_in": (Lounge(spread=-10.0, twist=16.0), Lounge(lift=2.0, spread=3.5, twist=6.0, other_spread=4.0)),
    # Figure four: 25 to 45 out, 30 to 45 turned out, the knee somewhat above the other.
    "ankle_on_knee": (
        Lounge(pelvis=-6.0, lift=6.0, spread=33.0, twist=-35.0),
        Lounge(pelvis=4.0, lift=4.0, spread=6.0, twist=7.0, other_spread=4.0),
    ),
}
"""Mean and SD."""
FLOOR = (
    Lounge(pelvis=-12.0, spread=38.0, twist=-28.0, other_spread=38.0, other_twist=-28.0),
    Lounge(pelvis=7.0, lift=8.0, spread=7.0, twist=7.0, other_lift=8.0, other_spread=7.0, other_twist=7.0),
)
"""Cross-legged."""
RIDE = (Lounge(pelvis=-10.0, spread=8.0, other_spread=8.0), Lounge(pelvis=6.0, spread=5.0, other_spread=5.0))
"""Leaning back in a car's or a bus's seat, knees apart."""
STANDING = (
    Lounge(spread=2.0, other_spread=2.0),
    Lounge(
        pelvis=2.5,
        listed=2.0,
        lift=2.5,
        spread=2.5,
        twist=4.0,
        other_lift=2.5,
        other_spread=2.5,
        other_twist=4.0,
    ),
)
"""Weight on one leg, the other a little bent, feet apart: a stander's thigh wanders by some degrees from minute to minute
(labelled standing: one-second means of a person spread by 2 to 5 degrees)."""
LYING = (
    Lounge(lift=-1.0, spread=7.0, twist=-14.0, other_lift=-1.0, other_spread=7.0, other_twist=-14.0),
    Lounge(pelvis=3.0, lift=5.0, spread=5.0, twist=10.0, other_lift=5.0, other_spread=5.0, other_twist=10.0),
)
"""Relaxed feet fall outward; mattress, pillow and the other leg lift a thigh (labelled lying: 77 to 100 degrees)."""
SIDE_ROLL_DEG, SIDE_BEND_DEG = 13.0, 18.0
"""SD of how far who lies on the side is rolled and bends the hips."""
NOTHING = Lounge()


def varied(spread: tuple[Lounge, Lounge], variety: float, r: np.random.Generator) -> Lounge:
    """One stand or lie of somebody, by so much of the usual variety; nothing is drawn where there is none."""
    return _drawn(spread, r, variety) if variety else NOTHING


def lounge(seat: Seat, manner: Manner, r: np.random.Generator) -> Lounge:
    """How it is sat this time; the plain old manners draw nothing."""
    spread = FLOOR if seat == "floor" else RIDE if seat in RIDES else SPREADS.get(manner)
    if spread is None:
        return NOTHING
    return _drawn(spread, r, 1.0)


def _drawn(spread: tuple[Lounge, Lounge], r: np.random.Generator, size: float) -> Lounge:
    mean, sd = spread
    drawn = {
        name: size * (getattr(mean, name) + getattr(sd, name) * float(np.clip(r.standard_normal(), -2.0, 2.0)))
        for name in Lounge.__dataclass_fields__
    }
    return Lounge(**drawn)
