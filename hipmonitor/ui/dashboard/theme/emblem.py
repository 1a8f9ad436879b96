"""The mark of the program: a bent hip, thigh and shank."""

from __future__ import annotations

from PySide6.QtCore import QLineF, QPointF, Qt
from PySide6.QtGui import QPainter, QPen

from hipmonitor.ui.dashboard.theme.palette import Palette
from hipmonitor.ui.dashboard.theme.theme import qcolor


def draw_emblem(painter: QPainter, palette: Palette, middle: QPointF, scale: float = 1.0) -> None:
    """Around a point; 26 by 26 pixels at scale 1."""
    painter.save()
    painter.translate(middle)
    painter.scale(scale, scale)
    pen = QPen(qcolor(palette.ink), 5.0)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter.setPen(pen)
    painter.drawLine(QLineF(9, -2, 9, 11))
    pen.setColor(qcolor(palette.ok))
    pen.setWidthF(7.0)
    painter.setPen(pen)
    painter.drawLine(QLineF(-8, -6, 8, -3))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(qcolor(palette.surface))
    painter.drawEllipse(QPointF(-8, -6), 2.0, 2.0)
    painter.restore()
