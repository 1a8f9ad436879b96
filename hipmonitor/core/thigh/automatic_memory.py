"""What ordinary movement taught so far: where up was while walking, while standing quietly, and while at rest otherwise.

Plain numbers, updated once in ten seconds, so that the whole memory can be looked at and stored.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from math import acos, cos, degrees, radians, sqrt

Direction = tuple[float, float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class MemoryParams:
    """What may be tuned."""

    remembered: int = 60
    """Epochs a mean direction rests on; older ones fade, so that a sensor that creeps is followed."""
    upright_deg: float = 22.0
    """Quiet this close to walking is standing. People differ by 5-13 deg between the two (harth, har70, sens)."""
    same_rest_deg: float = 15.0
    """Rest directions this close are one place."""
    places: int = 12
    """Rest directions remembered; the one with the least time makes room."""
    stay_s: float = 300.0
    """One stay counts for no more: a night on the side must not outvote the day's chairs."""
    moved_deg: float = 25.0
    """Walking that disagrees by this much, and with itself agrees, means the sensor was put on anew. A wearer's walking
    stays within 15 deg."""
    moved_epochs: int = 6
    """How often, without walking in between that agrees. Only sure walking counts: an hour on a bicycle has some epochs
    that might be walking."""


@dataclass(slots=True, kw_only=True)
class Mean:
    """A running mean direction."""

    of: Direction = (0.0, 0.0, 0.0)
    epochs: int = 0
    seconds: float = 0.0

    def add(self, direction: Direction, seconds: float, remembered: int) -> None:
        """One more epoch."""
        self.epochs += 1
        self.seconds += seconds
        share = 1.0 / min(self.epochs, remembered)
        self.of = unit3(
            (
                self.of[0] + share * (direction[0] - self.of[0]),
                self.of[1] + share * (direction[1] - self.of[1]),
                self.of[2] + share * (direction[2] - self.of[2]),
            )
        )


@dataclass(slots=True, kw_only=True)
class Memory:
    """Everything learned."""

    walking: Mean = field(default_factory=Mean)
    standing: Mean = field(default_factory=Mean)
    rests: list[Mean] = field(default_factory=list)
    swing: tuple[float, ...] = (0.0,) * 6
    """Mean covariance of walking's accelerations in the sensor's axes, xx yy zz xy xz yz."""
    elsewhere: Mean = field(default_factory=Mean)
    """Walking that disagrees with `walking`."""
    elsewhere_since: int = 0
    """Epoch in which it was first seen."""
    moves: int = 0
    """How often the sensor turned out to sit elsewhere."""
    moved_at: int = 0
    """Epoch from which on it sits as it does now."""
    staying: int = -1
    """Which rest place the last quiet epoch was in."""
    stayed_s: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Walked:
    """What an epoch with walking showed."""

    up: Direction
    seconds: float
    covariance: tuple[float, ...]
    """xx yy zz xy xz yz."""
    epoch: int


def walked(memory: Memory, params: MemoryParams, seen: Walked, *, sure: bool) -> None:
    """An epoch with walking in it."""
    up, seconds = seen.up, seen.seconds
    if memory.walking.epochs and angle3(up, memory.walking.of) > params.moved_deg:
        if sure:
            _disagreed(memory, params, seen)
        return
    memory.elsewhere = Mean()
    known = memory.walking.epochs > 0
    memory.walking.add(up, seconds, params.remembered)
    share = 1.0 / min(memory.walking.epochs, params.remembered)
    memory.swing = tuple(old + share * (new - old) for old, new in zip(memory.swing, seen.covariance, strict=True))
    if not known:
        _recognise_standing(memory, params)


def rested(memory: Memory, params: MemoryParams, up: Direction, seconds: float) -> None:
    """An epoch with quiet in it."""
    if memory.walking.epochs and angle3(up, memory.walking.of) < params.upright_deg:
        memory.standing.add(up, seconds, params.remembered)
        memory.staying = -1
        return
    place = _place(memory, params, up)
    if place != memory.staying:
        memory.staying, memory.stayed_s = place, 0.0
    counted = min(seconds, params.stay_s - memory.stayed_s)
    memory.stayed_s += seconds
    if counted > 0:
        memory.rests[place].add(up, counted, params.remembered)


def _disagreed(memory: Memory, params: MemoryParams, seen: Walked) -> None:
    other = memory.elsewhere
    if other.epochs and angle3(seen.up, other.of) > params.moved_deg / 2:
        memory.elsewhere = other = Mean()
    if not other.epochs:
        memory.elsewhere_since = seen.epoch
    other.add(seen.up, seen.seconds, params.remembered)
    if other.epochs >= params.moved_epochs:
        memory.moves, memory.moved_at = memory.moves + 1, memory.elsewhere_since
        memory.walking, memory.elsewhere, memory.standing = other, Mean(), Mean()
        memory.rests, memory.staying, memory.swing = [], -1, (0.0,) * 6


def _recognise_standing(memory: Memory, params: MemoryParams) -> None:
    """Quiet from before the first walking that turns out to have been standing."""
    near = [rest for rest in memory.rests if angle3(rest.of, memory.walking.of) < params.upright_deg]
    memory.rests = [rest for rest in memory.rests if rest not in near]
    memory.staying = -1
    for rest in near:
        memory.standing.add(rest.of, rest.seconds, params.remembered)


def _place(memory: Memory, params: MemoryParams, up: Direction) -> int:
    """The rest place this direction belongs to, made if it is new."""
    angles = [angle3(up, rest.of) for rest in memory.rests]
    if angles and min(angles) < params.same_rest_deg:
        return angles.index(min(angles))
    if len(memory.rests) == params.places:
        least = min(range(len(memory.rests)), key=lambda i: memory.rests[i].seconds)
        memory.rests[least] = Mean()
        memory.staying = -1 if memory.staying == least else memory.staying
        return least
    memory.rests.append(Mean())
    return len(memory.rests) - 1


def dot3(a: Direction, b: Direction) -> float:
    """Scalar product."""
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]


def unit3(a: Direction) -> Direction:
    """The same direction, of length 1; zero stays zero."""
    norm = sqrt(dot3(a, a))
    return (a[0] / norm, a[1] / norm, a[2] / norm) if norm > 0 else a


def cross3(a: Direction, b: Direction) -> Direction:
    """Vector product."""
    return (a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0])


def across3(a: Direction, axis: Direction) -> Direction:
    """The part of a across a unit axis, not normalised."""
    along = dot3(a, axis)
    return (a[0] - along * axis[0], a[1] - along * axis[1], a[2] - along * axis[2])


def turned3(a: Direction, towards: Direction, by_deg: float) -> Direction:
    """Unit a turned by an angle towards a unit direction across it."""
    c, s = cos(radians(by_deg)), sqrt(1 - cos(radians(by_deg)) ** 2) * (1 if by_deg >= 0 else -1)
    return (c * a[0] + s * towards[0], c * a[1] + s * towards[1], c * a[2] + s * towards[2])


def angle3(a: Direction, b: Direction) -> float:
    """Angle between unit directions in degrees."""
    return degrees(acos(max(-1.0, min(1.0, dot3(a, b)))))
