"""The curve under points that may lie too high: a line with knots, each from the points around it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from hipmonitor.core.arrays import Floats
from hipmonitor.core.samples.envelope import Line, Point, edge_under


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Curve:
    """Straight between knots (k,), and beyond them along the first and the last window's own lines."""

    x: Floats
    y: Floats
    first: Line
    last: Line

    def at(self, x: Floats) -> Floats:
        """The curve's y at x (n,) from the first knot to the last; beyond, the knot's own."""
        return np.interp(x, self.x, self.y)

    def moved(self, offset: Floats) -> Curve:
        """The curve with its knots moved by (k,); its ends go along."""
        first, last = (
            replace(line, y0=line.y0 + float(by)) for line, by in ((self.first, offset[0]), (self.last, offset[-1]))
        )
        return Curve(x=self.x, y=self.y + offset, first=first, last=last)

    def between(self, begin: float, end: float) -> Curve:
        """The curve from one place to another, with knots at both."""
        inside = (self.x > begin) & (self.x < end)
        x = np.concatenate([[begin], self.x[inside], [end]])
        y = np.concatenate([[self.first.at(begin)], self.y[inside], [self.last.at(end)]])
        return Curve(x=x, y=y, first=self.first, last=self.last)


def straight(line: Line, x: float) -> Curve:
    """A line as a curve with one knot."""
    return Curve(x=np.array([x]), y=np.array([line.at(x)]), first=line, last=line)


def curve_under(points: Sequence[Point], *, window: float, step: float) -> Curve:
    """Knots about every `step` from the first point to the last: at each the line under the window around it.

    Where a window holds fewer than two points there is no knot.
    """
    xs = [point[0] for point in points]
    wanted = np.linspace(xs[0], xs[-1], 2 + int((xs[-1] - xs[0]) / step)).tolist()
    found = [(x, line) for x in wanted if (line := _line_around(points, xs, x, window))]
    return Curve(
        x=np.array([x for x, _ in found]),
        y=np.array([line.at(x) for x, line in found]),
        first=found[0][1],
        last=found[-1][1],
    )


def _line_around(points: Sequence[Point], xs: list[float], x: float, window: float) -> Line | None:
    """The line under the window around x; near the ends of all points the window stays whole, and its line goes on."""
    middle = max(min(x, xs[-1] - window / 2), xs[0] + window / 2)
    near = points[bisect_left(xs, middle - window / 2) : bisect_right(xs, middle + window / 2)]
    if len(near) < 2:
        return None
    quarter = (near[-1][0] - near[0][0]) / 4
    return edge_under(near, min(max(x, near[0][0] + quarter), near[-1][0] - quarter))
