"""Limbs: the hull of two circles."""

from __future__ import annotations

from math import acos, atan2, cos, degrees, hypot, sin

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainterPath


def capsule(start: QPointF, start_r: float, end: QPointF, end_r: float) -> QPainterPath:
    """The outline around a circle at each end."""
    dx, dy = end.x() - start.x(), end.y() - start.y()
    length = hypot(dx, dy)
    path = QPainterPath()
    if length <= abs(start_r - end_r):
        path.addEllipse(start, max(start_r, end_r), max(start_r, end_r))
        return path
    along, side = atan2(dy, dx), acos((start_r - end_r) / length)
    opening = degrees(side)
    first = along + side
    path.moveTo(start.x() + start_r * cos(first), start.y() + start_r * sin(first))
    # Qt measures angles against the clock, with y upwards.
    path.arcTo(_box(start, start_r), -degrees(first), -(360 - 2 * opening))
    path.arcTo(_box(end, end_r), -degrees(along - side), -2 * opening)
    path.closeSubpath()
    return path


def _box(centre: QPointF, radius: float) -> QRectF:
    return QRectF(centre.x() - radius, centre.y() - radius, 2 * radius, 2 * radius)
