"""The straight line under points that may lie too high but never too low, as delays do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

Point = tuple[float, float]
"""(x, y)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """y = y0 + slope * (x - x0)."""

    x0: float
    y0: float
    slope: float

    def at(self, x: float) -> float:
        """The line's y there."""
        return self.y0 + self.slope * (x - self.x0)


def lower_hull(points: Sequence[Point]) -> list[Point]:
    """Corners of the convex hull's lower side, from left to right, of points in the order of x (Andrew's monotone chain)."""
    hull: list[Point] = []
    for point in points:
        while len(hull) > 1 and _turns_down(hull[-2], hull[-1], point):
            hull.pop()
        if hull and hull[-1][0] == point[0]:
            if point[1] >= hull[-1][1]:
                continue
            hull.pop()
        hull.append(point)
    return hull


def _turns_down(a: Point, b: Point, c: Point) -> bool:
    """Whether b lies on or above the line from a to c."""
    return (b[0] - a[0]) * (c[1] - a[1]) <= (c[0] - a[0]) * (b[1] - a[1])


def edge_under(points: Sequence[Point], x: float) -> Line:
    """The line through the hull's edge below `x`, of at least two points with different x.

    With `x` in their middle it is the highest line that has all points above it, summed over them: the likeliest where
    delays beyond the shortest are exponential.
    """
    hull = lower_hull(points)
    left, right = hull[-2], hull[-1]
    for a, b in zip(hull, islice(hull, 1, None), strict=False):
        if b[0] >= x:
            left, right = a, b
            break
    return Line(x0=left[0], y0=left[1], slope=(right[1] - left[1]) / (right[0] - left[0]))


def touching(points: Sequence[Point], slope: float) -> Line:
    """The highest line of this slope that has all points above it."""
    x0, y0 = min(points, key=lambda point: point[1] - slope * point[0])
    return Line(x0=x0, y0=y0, slope=slope)
