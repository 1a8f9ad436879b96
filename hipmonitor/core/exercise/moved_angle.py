"""How far the thigh has moved from the start of a set, in the direction of the exercise, from where up is. Scalars, row by row."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import atan2, degrees, hypot, isnan, nan, sqrt

from hipmonitor.core.exercises import Sees
from hipmonitor.core.settings import Side

Up = tuple[float, float, float]
"""The world's up in the thigh's frame, or in the sensor's where no placement is known; its length does not matter."""
ROLL_INCLINATION_DEG = (30.0, 150.0)
"""As the thigh room's: nearer to vertical, turning about the long axis does not move gravity."""
SIDEWAYS = 0.5
"""Share of up along the thigh's z axis from which the wearer lies on the side (30 deg from either)."""
STRAP_FOLLOWS = 0.8
"""Of a turn of the thigh bone about its long axis, what a strap on the skin turns along. A guess: nobody measured a strap. What was
measured follows less: thigh wands 53 +-10 % (distal) and 43 +-13 % (proximal) of an isolated turn (Wren 2008, Gait Posture 27:530),
thigh clusters at best 60 % (Schache 2008, Gait Posture 27:60), and skin markers lost 22 deg (Fiorentino 2017, doi
10.1016/j.gaitpost.2017.03.033); all from their abstracts. So the true turn is rather larger than shown; comparing one's own sets
is not affected."""
MIRROR: dict[Side, float] = {"right": 1.0, "left": -1.0, "unknown": nan}


def flexion_deg(up: Up) -> float:
    """As `thigh_flexion_deg`."""
    return degrees(atan2(up[0], up[1]))


def inclination_deg(up: Up) -> float:
    """As `thigh_inclination_deg`."""
    return degrees(atan2(hypot(up[0], up[2]), up[1]))


def roll_out_deg(up: Up, mirror: float) -> float:
    """Minus `thigh_roll_deg`; `mirror` is -1 for a left leg. NaN near vertical."""
    low, high = ROLL_INCLINATION_DEG
    return -mirror * degrees(atan2(up[2], up[0])) if low <= inclination_deg(up) <= high else nan


def turn_deg(a: Up, b: Up) -> float:
    """Angle between two directions, 0-180."""
    return degrees(atan2(_length(_cross(a, b)), _dot(a, b)))


def wrapped(angle_deg: float) -> float:
    """Within ±180."""
    return (angle_deg + 180.0) % 360.0 - 180.0


def mirror_by_gravity(up: Up, side: Side) -> float:
    """+1 for a right leg, -1 for a left one; NaN where it is not known.

    Of a side that nobody said: who lies on the side for an exercise has the worn leg on top, and z points to the wearer's right.
    """
    if side != "unknown":
        return MIRROR[side]
    across = up[2] / (_length(up) or 1.0)
    return (1.0 if across > 0 else -1.0) if abs(across) > SIDEWAYS else nan


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """Where a set started: what its movement is measured from."""

    sees: Sees
    up: Up
    mirror: float = nan
    """Of roll; NaN = the side is not known, and roll is counted without sign."""
    along: Up | None = None
    """Of a set without a start pose: the direction, across `up`, in which the thigh goes."""
    reach_deg: float = 0.0
    """And the furthest from `up` that a movement went in it."""

    def moved_deg(self, up: Up) -> float:
        """From the start, + in the direction of the exercise; NaN where that cannot be told."""
        return _MOVED[self.sees](self, up)

    def learned(self, far: Up) -> Start:
        """With the direction towards the far end of a movement taken in."""
        new = _across(far, self.up)
        if new is None:
            return self
        if self.along is not None:
            sign = 1.0 if _dot(new, self.along) > 0 else -1.0
            new = _unit(tuple(OLD_SHARE * a + (1 - OLD_SHARE) * sign * b for a, b in zip(self.along, new, strict=True)))
        return replace(self, along=new, reach_deg=max(self.reach_deg, turn_deg(self.up, far)))

    def turned(self) -> Start:
        """With the direction turned over; how far the thigh goes in it is to be seen."""
        return self if self.along is None else replace(self, along=(-self.along[0], -self.along[1], -self.along[2]))


OLD_SHARE = 0.7
"""What the direction of so far weighs against that of one more movement."""


def _flexed(start: Start, up: Up) -> float:
    return wrapped(flexion_deg(up) - flexion_deg(start.up))


def _extended(start: Start, up: Up) -> float:
    return -_flexed(start, up)


def _risen(start: Start, up: Up) -> float:
    return inclination_deg(up) - inclination_deg(start.up)


def _fallen(start: Start, up: Up) -> float:
    return -_risen(start, up)


def _rolled_out(start: Start, up: Up) -> float:
    unknown = isnan(start.mirror)
    mirror = 1.0 if unknown else start.mirror
    by = wrapped(roll_out_deg(up, mirror) - roll_out_deg(start.up, mirror)) / STRAP_FOLLOWS
    return abs(by) if unknown else by


def _turned(start: Start, up: Up) -> float:
    if start.along is None:
        return turn_deg(start.up, up)
    return degrees(atan2(_dot(up, start.along), _dot(up, _unit(start.up))))


_MOVED = {
    Sees.FLEXION: _flexed,
    Sees.EXTENSION: _extended,
    Sees.RISING: _risen,
    Sees.FALLING: _fallen,
    Sees.ROLL_OUT: _rolled_out,
    Sees.TURN: _turned,
}


def _across(far: Up, up: Up) -> Up | None:
    """The unit part of `far` at right angles to `up`."""
    share = _dot(far, up) / (_dot(up, up) or 1.0)
    part = (far[0] - share * up[0], far[1] - share * up[1], far[2] - share * up[2])
    return _unit(part) if _length(part) > 0 else None


def _dot(a: Up, b: Up) -> float:
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]


def _cross(a: Up, b: Up) -> Up:
    return (a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0])


def _length(a: Up) -> float:
    return sqrt(_dot(a, a))


def _unit(a: tuple[float, ...]) -> Up:
    size = sqrt(a[0] * a[0] + a[1] * a[1] + a[2] * a[2]) or 1.0
    return (a[0] / size, a[1] / size, a[2] / size)
