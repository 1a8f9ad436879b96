"""Directions as three plain floats: what is done once in ten seconds needs no arrays."""

from __future__ import annotations

from math import acos, cos, degrees, radians, sqrt

Direction = tuple[float, float, float]
Symmetric = tuple[float, ...]
"""A symmetric matrix as xx yy zz xy xz yz."""


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


def sum3(a: Direction, b: Direction, share: float = 1.0) -> Direction:
    """The vector a + share b."""
    return (a[0] + share * b[0], a[1] + share * b[1], a[2] + share * b[2])


def across3(a: Direction, axis: Direction) -> Direction:
    """The part of a across a unit axis, not normalised."""
    return sum3(a, axis, -dot3(a, axis))


def turned3(a: Direction, towards: Direction, by_deg: float) -> Direction:
    """Unit a turned by an angle towards a unit direction across it."""
    c, s = cos(radians(by_deg)), sqrt(1 - cos(radians(by_deg)) ** 2) * (1 if by_deg >= 0 else -1)
    return (c * a[0] + s * towards[0], c * a[1] + s * towards[1], c * a[2] + s * towards[2])


def angle3(a: Direction, b: Direction) -> float:
    """Angle between unit directions in degrees."""
    return degrees(acos(max(-1.0, min(1.0, dot3(a, b)))))


def bilinear(m: Symmetric, a: Direction, b: Direction) -> float:
    """The product a' M b."""
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


def turn(angle: float) -> float:
    """An angle in degrees brought to -180..180."""
    return (angle + 180.0) % 360.0 - 180.0
