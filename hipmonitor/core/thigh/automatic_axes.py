"""From what was learned to a placement: the thigh's axes in the sensor, and how far they may be off."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from math import atan2, cos, degrees, pi, sin, sqrt

import numpy as np

from hipmonitor.core.frames import from_axes
from hipmonitor.core.instants import HostNs
from hipmonitor.core.thigh.automatic_memory import Memory, Swing, lately_up
from hipmonitor.core.thigh.blocks import Placement, PlacementMethod
from hipmonitor.core.thigh.directions import (
    Direction,
    Symmetric,
    across3,
    angle3,
    basis,
    bilinear,
    cross3,
    dot3,
    sum3,
    turn,
    turned3,
    unit3,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class AxesParams:
    """What may be tuned. Angles between walking and standing were measured on 68 people (harth, har70, sens)."""

    walking_flexion_deg: float = 6.0
    """The thigh's mean flexion in walking, from quiet standing: 3.7, 7.0 and 7.0 in the three sets."""
    walking_sd_deg: float = 4.5
    """Its spread between people."""
    blind_sd_deg: float = 8.0
    """Walking alone, bending plane unknown, so that the offset cannot be taken off: 6 deg off and 4.5 deg spread. Fast walking
    alone is worth no more."""
    standing_sd_deg: float = 2.5
    """One person's quiet standing: sway, and how differently a person stands from time to time."""
    epoch_sd_deg: float = 8.0
    """A single stand of some seconds may have the knee bent or the leg to the side; n stands average."""
    seat_deg: tuple[float, float] = (45.0, 125.0)
    """Rest this far from upright may be a seat (Acti4 begins at 45)."""
    together_deg: float = 35.0
    """Seats within this azimuth vote together: knees apart and knees together."""
    swing_ratio: float = 1.5
    """Walking swings the thigh forward at least this much more than sideways where the plane is worth using; below it
    (walkers with a stick, 1.2-1.3) it was up to 77 deg off, above it within 25 deg."""
    off_swing: float = 0.15
    """Share of its weight that rest at right angles to the swing keeps: lying on the side, not a seat."""
    enough_seat_s: float = 20.0
    sure_stays: int = 2
    """Stays on seats that agree."""
    contrary_deg: float = 60.0
    """A seat this far round the thigh from the others contradicts them; knees apart and together are within 35."""
    signed_sd_deg: float = 45.0
    """No seat seen: which way is forward is taken from walking lying in front of standing."""
    unsigned_sd_deg: float = 90.0
    """Nor is that clear."""
    ahead_deg: float = 3.0
    """Walking this far from standing is in front of it."""
    bent_deg: float = 28.0
    """Movement about a direction this far from upright bends the hip: cycling 37-50, running and stairs up to 20."""
    carried_sd_deg: float = 10.0
    """The front of the thigh was known before the strap slipped a little, and is taken to lie where it did."""
    seat_sd_deg: float = 2.3
    """Soft tissue: how much less or more the strap turns than the bone when sitting down (0-4 deg)."""
    most_stands: int = 30
    """Stands that a mean rests on."""
    usual_deg: float = 4.0
    """The last walking is this near to all walking where nothing slipped."""
    prone_s: float = 20.0
    """Rest with the thigh bent backwards: lying on the front, or the strap is turned."""
    impossible_s: float = 5.0
    """The same, as no thigh can."""
    doubt_sd_deg: float = 10.0
    """The sensor may have been taken off and put on, or a seat contradicts the others: nothing is known of how, but that alerts
    must wait."""


Place = tuple[Direction, float]
"""Where up was at rest or bent, and for how many seconds."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Axes:
    """Where the thigh's axes lie in the sensor, as far as movement told. Told apart by identity: one is asked of often."""

    up: Direction
    """Along the thigh in walking."""
    e1: Direction
    e2: Direction
    """Two directions across it, from which azimuths count."""
    swing_deg: float
    """Azimuth of the larger movement across it in walking, either way round."""
    swing_ratio: float
    """How much larger."""

    def azimuth_deg(self, direction: Direction) -> float:
        """In which direction across the thigh it points, -180..180."""
        return degrees(atan2(dot3(direction, self.e2), dot3(direction, self.e1)))

    def towards(self, azimuth_deg: float) -> Direction:
        """The unit direction across the thigh of that azimuth."""
        c, s = cos(azimuth_deg * pi / 180), sin(azimuth_deg * pi / 180)
        return (c * self.e1[0] + s * self.e2[0], c * self.e1[1] + s * self.e2[1], c * self.e1[2] + s * self.e2[2])


def axes_of(memory: Memory, swing: Swing | None = None) -> Axes:
    """What walking told; `swing`: instead of the whole memory's."""
    return _axes(memory.walking.of, (swing or whole_swing(memory)).of)


@lru_cache(maxsize=4)
def _axes(up: Direction, covariance: Symmetric) -> Axes:
    """Asked every epoch, and the same until somebody walks."""
    e1, e2 = basis(up)
    a, b, c = bilinear(covariance, e1, e1), bilinear(covariance, e2, e2), bilinear(covariance, e1, e2)
    middle, half = (a + b) / 2, sqrt(((a - b) / 2) ** 2 + c * c)
    return Axes(
        up=up,
        e1=e1,
        e2=e2,
        swing_deg=degrees(atan2(2 * c, a - b) / 2),
        swing_ratio=sqrt((middle + half) / max(middle - half, 1e-9)),
    )


def whole_swing(memory: Memory) -> Swing:
    """How the thigh swings in walking: what is remembered and the last epochs."""
    of = _whole_swing(memory.swing.of, memory.swing.epochs, tuple(memory.swings))
    return Swing(of=of, epochs=memory.swing.epochs + len(memory.swings))


@lru_cache(maxsize=4)
def _whole_swing(of: Symmetric, epochs: int, swings: tuple[Symmetric, ...]) -> Symmetric:
    out = Swing(of=of, epochs=epochs)
    for covariance in swings:
        out.add(covariance, 2 * len(swings) + out.epochs)
    return out.of


def placement_of(memory: Memory, params: AxesParams, since: HostNs) -> Placement:
    """The best placement there is; needs walking."""
    axes = axes_of(memory)
    seat_deg = seat_azimuth_deg(memory, params, axes)
    forward, plane_sd_deg = _forward(memory, params, axes, seat_deg)
    y, zero_sd_deg = _zero(memory, params, forward if plane_sd_deg <= params.carried_sd_deg else None)
    late_deg = max(0.0, angle3(lately_up(memory), memory.walking.of) - params.usual_deg)
    doubt_deg = _doubt_sd_deg(memory, params)
    sds = (zero_sd_deg, params.seat_sd_deg, plane_sd_deg, late_deg, doubt_deg)
    x = unit3(across3(forward, y))
    return Placement(
        since=since,
        thigh_from_sensor=from_axes(np.array(x), np.array(y), np.array(cross3(x, y))),
        method=PlacementMethod.AUTOMATIC,
        sd_deg=sqrt(sum(sd * sd for sd in sds)),
        walked=memory.walking.epochs,
        doubted=doubt_deg > 0,
    )


def _doubt_sd_deg(memory: Memory, params: AxesParams) -> float:
    """What may have happened to the sensor does to flexion: a front that was contradicted twice has no sign any more."""
    if memory.hanging_s >= params.impossible_s or memory.contrary.epochs > 1:
        return params.signed_sd_deg
    turned = memory.contrary.epochs > 0 or memory.behind_s >= params.prone_s or memory.leant_deg is not None
    return params.doubt_sd_deg if turned or memory.doubted_since is not None else 0.0


def _forward(memory: Memory, params: AxesParams, axes: Axes, seat_deg: float | None) -> tuple[Direction, float]:
    """The front of the thigh across its axis, and what not knowing it better does to flexion (sd in degrees).

    What was carried over from before a slip is believed once walking lies in front of standing by it: a strap that was turned
    by half moves walking just as little.
    """
    if seat_deg is not None:
        return axes.towards(seat_deg), 0.0
    ahead = across3(axes.up, memory.standing.of)
    signed = memory.standing.epochs > 1 and angle3(axes.up, memory.standing.of) > params.ahead_deg
    if memory.carried and not (signed and dot3(ahead, memory.carried) < 0):
        return unit3(across3(memory.carried, axes.up)), params.carried_sd_deg if signed else params.signed_sd_deg
    return _forward_from_walking(memory, params, axes), params.signed_sd_deg if signed else params.unsigned_sd_deg


def _zero(memory: Memory, params: AxesParams, forward: Direction | None) -> tuple[Direction, float]:
    """Knee-to-hip in the sensor at flexion 0, and its sd: walking and quiet standing, weighed by what each is worth."""
    up, stands = memory.walking.of, memory.standing.epochs
    walking_sd = params.walking_sd_deg if forward and not memory.fast else params.blind_sd_deg
    if forward:
        up = turned3(up, unit3(across3(forward, up)), -params.walking_flexion_deg)
    if not stands:
        return up, walking_sd
    standing_var = params.standing_sd_deg**2 + params.epoch_sd_deg**2 / min(stands, params.most_stands)
    share = walking_sd**2 / (walking_sd**2 + standing_var)
    y = unit3(sum3(up, sum3(memory.standing.of, up, -1.0), share))
    return y, sqrt(share * standing_var)


def seat_azimuth_deg(memory: Memory, params: AxesParams, axes: Axes) -> float | None:
    """The azimuth about the upright axis where the most seat-like rest was, or None.

    Stays that agreed are not outvoted: those that contradict them show in the end that the sensor was moved.
    """
    rests = tuple([(place.of, place.seconds) for place in memory.rests])
    bends = tuple([(place.of, place.seconds) for place in memory.bends])
    best, best_s = _most_seat_like(rests, bends, params, axes)
    if memory.front and memory.confirmed >= params.sure_stays:
        front = axes.azimuth_deg(memory.front)
        return front if best_s < params.enough_seat_s or abs(turn(best - front)) > params.contrary_deg else best
    return None if best_s < params.enough_seat_s else best


@lru_cache(maxsize=4)
def _most_seat_like(
    rests: tuple[Place, ...], bends: tuple[Place, ...], params: AxesParams, axes: Axes
) -> tuple[float, float]:
    """Azimuth, and the seconds that speak for it. Asked up to three times an epoch, and the same while somebody stays."""
    low, high = params.seat_deg
    seats = [place for place in rests if low < angle3(place[0], axes.up) < high]
    low = params.bent_deg
    bent = [place for place in bends if low < angle3(place[0], axes.up) < high]
    votes = [_vote(params, place, axes) for place in (*seats, *bent)]
    best, best_s, most_deg = 0.0, 0.0, params.together_deg
    for azimuth, _ in votes:
        away = 180.0 - azimuth  # `turn` in place: asked a million times a day
        near = [(off, s) for other, s in votes if -most_deg < (off := (other + away) % 360.0 - 180.0) < most_deg]
        total = sum(s for _, s in near)
        if total > best_s:
            best, best_s = azimuth + sum(d * s for d, s in near) / total, total
    return best, best_s


def _vote(params: AxesParams, place: Place, axes: Axes) -> tuple[float, float]:
    """Azimuth of a place and the seconds it counts for: fewer the further it is from the walking swing."""
    of, seconds = place
    azimuth = axes.azimuth_deg(of)
    if axes.swing_ratio < params.swing_ratio:
        return azimuth, seconds
    along = cos((azimuth - axes.swing_deg) * pi / 180) ** 2
    return azimuth, seconds * (params.off_swing + (1 - params.off_swing) * along)


def _forward_from_walking(memory: Memory, params: AxesParams, axes: Axes) -> Direction:
    """Along the swing, to the side on which walking lies of standing; a guess until somebody sits down."""
    ahead = across3(memory.standing.of, axes.up)
    if axes.swing_ratio < params.swing_ratio and memory.standing.epochs:
        return unit3((-ahead[0], -ahead[1], -ahead[2]))
    swing = axes.towards(axes.swing_deg)
    return (-swing[0], -swing[1], -swing[2]) if dot3(swing, ahead) > 0 else swing
