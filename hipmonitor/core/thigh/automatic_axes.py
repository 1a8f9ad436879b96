"""From what was learned to a placement: the thigh's axes in the sensor, and how far they may be off."""

from __future__ import annotations

from dataclasses import dataclass
from math import atan2, cos, degrees, pi, sin, sqrt

import numpy as np

from hipmonitor.core.frames import from_axes
from hipmonitor.core.instants import HostNs
from hipmonitor.core.thigh.automatic_memory import (
    Direction,
    Mean,
    Memory,
    across3,
    angle3,
    cross3,
    dot3,
    turned3,
    unit3,
)
from hipmonitor.core.thigh.blocks import Placement, PlacementMethod


@dataclass(frozen=True, slots=True, kw_only=True)
class AxesParams:
    """What may be tuned. Angles between walking and standing were measured on 68 people (harth, har70, sens)."""

    walking_flexion_deg: float = 6.0
    """The thigh's mean flexion in walking, from quiet standing: 3.7, 7.0 and 7.0 in the three sets."""
    walking_sd_deg: float = 4.5
    """Its spread between people."""
    blind_sd_deg: float = 8.0
    """Walking alone, bending plane unknown, so that the offset cannot be taken off: 6 deg off and 4.5 deg spread."""
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
    signed_sd_deg: float = 45.0
    """No seat seen: which way is forward is taken from walking lying in front of standing."""
    unsigned_sd_deg: float = 90.0
    """Nor is that clear."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """Where the thigh points when seated, across the upright axis."""

    forward: Direction
    seconds: float


def placement_of(memory: Memory, params: AxesParams, since: HostNs) -> Placement:
    """The best placement there is; needs walking."""
    up = memory.walking.of
    seat = _seat(memory, params, up)
    forward = seat.forward if seat else _forward_from_walking(memory, params)
    y, sd_deg = _zero(memory, params, forward if seat else None)
    if not seat:
        signed = memory.standing.epochs > 1 and angle3(up, memory.standing.of) > 3
        sd_deg = params.signed_sd_deg if signed else params.unsigned_sd_deg
    x = unit3(across3(forward, y))
    return Placement(
        since=since,
        thigh_from_sensor=from_axes(np.array(x), np.array(y), np.array(cross3(x, y))),
        method=PlacementMethod.AUTOMATIC,
        sd_deg=sd_deg,
    )


def _zero(memory: Memory, params: AxesParams, forward: Direction | None) -> tuple[Direction, float]:
    """Knee-to-hip in the sensor at flexion 0, and its sd: walking and quiet standing, weighed by what each is worth."""
    up, stands = memory.walking.of, memory.standing.epochs
    walking_sd = params.walking_sd_deg if forward else params.blind_sd_deg
    if forward:
        up = turned3(up, unit3(across3(forward, up)), -params.walking_flexion_deg)
    if not stands:
        return up, walking_sd
    standing_var = params.standing_sd_deg**2 + params.epoch_sd_deg**2 / stands
    share = walking_sd**2 / (walking_sd**2 + standing_var)
    a, b = memory.standing.of, up
    y = unit3((b[0] + share * (a[0] - b[0]), b[1] + share * (a[1] - b[1]), b[2] + share * (a[2] - b[2])))
    return y, sqrt(share * standing_var)


def _seat(memory: Memory, params: AxesParams, up: Direction) -> Seat | None:
    """The azimuth about the upright axis where the most seat-like rest was, or None."""
    e1, e2 = basis(up)
    low, high = params.seat_deg
    votes = [_vote(memory, params, rest, e1, e2) for rest in memory.rests if low < angle3(rest.of, up) < high]
    best, best_s = 0.0, 0.0
    for azimuth, _ in votes:
        near = [(_turn(other - azimuth), s) for other, s in votes if abs(_turn(other - azimuth)) < params.together_deg]
        total = sum(s for _, s in near)
        if total > best_s:
            best, best_s = azimuth + sum(d * s for d, s in near) / total, total
    if best_s < params.enough_seat_s:
        return None
    c, s = cos(best * pi / 180), sin(best * pi / 180)
    return Seat(forward=(c * e1[0] + s * e2[0], c * e1[1] + s * e2[1], c * e1[2] + s * e2[2]), seconds=best_s)


def _vote(memory: Memory, params: AxesParams, rest: Mean, e1: Direction, e2: Direction) -> tuple[float, float]:
    """Azimuth of a rest direction and the seconds it counts for: fewer the further it is from the walking swing."""
    azimuth = degrees(atan2(dot3(rest.of, e2), dot3(rest.of, e1)))
    swing, ratio = _swing(memory, e1, e2)
    if ratio < params.swing_ratio:
        return azimuth, rest.seconds
    along = cos((azimuth - swing) * pi / 180) ** 2
    return azimuth, rest.seconds * (params.off_swing + (1 - params.off_swing) * along)


def _forward_from_walking(memory: Memory, params: AxesParams) -> Direction:
    """Along the swing, to the side on which walking lies of standing; a guess until somebody sits down."""
    e1, e2 = basis(memory.walking.of)
    azimuth, ratio = _swing(memory, e1, e2)
    ahead = across3(memory.standing.of, memory.walking.of)
    if ratio < params.swing_ratio and memory.standing.epochs:
        return unit3((-ahead[0], -ahead[1], -ahead[2]))
    c, s = cos(azimuth * pi / 180), sin(azimuth * pi / 180)
    swing = (c * e1[0] + s * e2[0], c * e1[1] + s * e2[1], c * e1[2] + s * e2[2])
    return (-swing[0], -swing[1], -swing[2]) if dot3(swing, ahead) > 0 else swing


def _swing(memory: Memory, e1: Direction, e2: Direction) -> tuple[float, float]:
    """Azimuth of the larger horizontal movement in walking (either way round), and its ratio to the smaller."""
    a, b, c = bilinear(memory.swing, e1, e1), bilinear(memory.swing, e2, e2), bilinear(memory.swing, e1, e2)
    middle, half = (a + b) / 2, sqrt(((a - b) / 2) ** 2 + c * c)
    ratio = sqrt((middle + half) / max(middle - half, 1e-9))
    return degrees(atan2(2 * c, a - b) / 2), ratio


def bilinear(m: tuple[float, ...], a: Direction, b: Direction) -> float:
    """The product a' M b of a symmetric matrix given as xx yy zz xy xz yz."""
    xx, yy, zz, xy, xz, yz = m
    return (
        a[0] * (xx * b[0] + xy * b[1] + xz * b[2])
        + a[1] * (xy * b[0] + yy * b[1] + yz * b[2])
        + a[2] * (xz * b[0] + yz * b[1] + zz * b[2])
    )


def basis(axis: Direction) -> tuple[Direction, Direction]:
    """Two unit directions across an axis and each other."""
    size = [abs(v) for v in axis]
    k = size.index(min(size))
    helper: Direction = (float(k == 0), float(k == 1), float(k == 2))
    e1 = unit3(across3(helper, axis))
    return e1, cross3(axis, e1)


def _turn(angle: float) -> float:
    """An angle in degrees brought to -180..180."""
    return (angle + 180.0) % 360.0 - 180.0
