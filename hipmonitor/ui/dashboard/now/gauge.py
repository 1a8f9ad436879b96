"""The ring around the hip: how far the thigh is, and where the limit stands."""

from __future__ import annotations

from math import cos, radians, sin

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from hipmonitor.ui.dashboard.now.body import HIP, THIGH
from hipmonitor.ui.dashboard.parts.writing import Writing
from hipmonitor.ui.dashboard.theme import Palette, Role, Theme, Weight, qcolor
from hipmonitor.ui.view_model import NEAR_DEG, FigurePose, FigureState, Zone

RADIUS, BREADTH = 1.26 * THIGH, 8.0
FROM_DEG, TO_DEG = -20.0, 130.0
LABELS_DEG = (0.0, 45.0, 120.0)
BESIDE_LEG = 26.0
"""Upright, the leg stands where the zero would be written."""
CLEAR_DEG = 14.0
"""A label this close to the limit gives way."""


def _at(deg: float, radius: float) -> QPointF:
    return QPointF(HIP.x() + radius * sin(radians(deg)), HIP.y() + radius * cos(radians(deg)))


def _arc(painter: QPainter, colour: str, start: float, end: float) -> None:
    """Qt counts from three o'clock against the clock, in sixteenths."""
    if end > start:
        pen = QPen(qcolor(colour), BREADTH)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        painter.setPen(pen)
        box = QRectF(HIP.x() - RADIUS, HIP.y() - RADIUS, 2 * RADIUS, 2 * RADIUS)
        painter.drawArc(box, round((start - 90) * 16), round((end - start) * 16))


def draw_gauge(painter: QPainter, theme: Theme, pose: FigurePose, deg: float, scale: float) -> None:
    """Ring, limit and labels: behind the body."""
    p = theme.palette
    known = pose.state is FigureState.WORN
    if known:
        _zones(painter, p, pose.limit_deg)
        _arc(painter, _own(p, pose.zone), min(0.0, max(FROM_DEG, deg)), min(TO_DEG, max(0.0, deg)))
    else:
        _arc(painter, p.line, FROM_DEG, TO_DEG)
    _labels(painter, theme, pose, scale)


def draw_pointer(painter: QPainter, theme: Theme, pose: FigurePose, deg: float) -> None:
    """Where the thigh points; nothing where that is not known."""
    p, known = theme.palette, pose.state is FigureState.WORN
    if known or pose.state is FigureState.UNCALIBRATED:
        painter.setPen(QPen(qcolor(_own(p, pose.zone) if known else p.body_edge), 3.0))
        painter.setBrush(qcolor(p.surface))
        painter.drawEllipse(_at(min(TO_DEG, max(FROM_DEG, deg)), RADIUS), 7.5, 7.5)


def _zones(painter: QPainter, p: Palette, limit: float) -> None:
    _arc(painter, p.ring_ok, FROM_DEG, limit - NEAR_DEG)
    _arc(painter, p.ring_notice, limit - NEAR_DEG, limit)
    _arc(painter, p.ring_deep, limit, TO_DEG)


def _own(p: Palette, zone: Zone) -> str:
    return {Zone.OK: p.ok, Zone.NOTICE: p.notice, Zone.DEEP: p.deep, Zone.UNKNOWN: p.body_edge}[zone]


def _labels(painter: QPainter, theme: Theme, pose: FigurePose, scale: float) -> None:
    """Their letters keep the size of the font setting, however large the figure is."""
    p, writing, factor = theme.palette, Writing(painter, theme), 1 / scale
    limit = pose.limit_deg
    painter.setPen(QPen(qcolor(p.ink), 2.0))
    painter.drawLine(QLineF(_at(limit, RADIUS - 9), _at(limit, RADIUS + 11)))
    at = _at(limit, RADIUS + 16)
    writing.text(at.x(), at.y() - 4, f"{limit:g}°", Role.BODY, p.ink, weight=Weight.STRONG, factor=factor)
    below = at.y() - 4 + theme.metrics(Role.SMALL, None, factor).height()
    writing.text(at.x(), below, "limit", Role.SMALL, p.ink2, factor=factor)
    for deg in LABELS_DEG:
        if abs(deg - limit) < CLEAR_DEG or (deg == 45.0 and pose.seated):
            continue
        painter.setPen(QPen(qcolor(p.ctl), 1.2))
        painter.drawLine(QLineF(_at(deg, RADIUS + 7), _at(deg, RADIUS + 11)))
        words, at = f"{deg:g}°", _at(deg, RADIUS + 16)
        width = writing.width(words, Role.SMALL, None, factor)
        beside = 0.0 if pose.seated or deg else BESIDE_LEG
        drop = theme.metrics(Role.SMALL, None, factor).capHeight()
        x = at.x() - width / 2 * (1 - sin(radians(deg))) - beside
        y = at.y() + drop * (0.5 + 0.5 * cos(radians(deg)))
        writing.text(x, y, words, Role.SMALL, p.ink2, factor=factor)
