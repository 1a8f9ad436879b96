"""Draws our icons in any colour and size."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPainterPath, QPen, QPixmap

from hipmonitor.ui.dashboard.theme.icon_paths import GRID, ICONS, Shape

WORDS_OF = {"M": 2, "L": 2, "C": 6, "Z": 0}


@cache
def _path(shape: Shape) -> QPainterPath:
    path = QPainterPath()
    words = shape.path.split()
    at = 0
    while at < len(words):
        command, count = words[at], WORDS_OF[words[at]]
        numbers = [float(word) for word in words[at + 1 : at + 1 + count]]
        if command == "M":
            path.moveTo(*numbers)
        elif command == "L":
            path.lineTo(*numbers)
        elif command == "C":
            path.cubicTo(*numbers)
        else:
            path.closeSubpath()
        at += 1 + count
    return path


def draw_icon(painter: QPainter, name: str, rect: QRectF, colour: QColor) -> None:
    """One icon, filling the rectangle's width."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(rect.topLeft())
    painter.scale(rect.width() / GRID, rect.width() / GRID)
    for shape in ICONS[name]:
        painter.setPen(_pen(shape, colour))
        painter.setBrush(colour if shape.filled else Qt.BrushStyle.NoBrush)
        painter.drawPath(_path(shape))
    painter.restore()


def _pen(shape: Shape, colour: QColor) -> QPen:
    if not shape.stroke_px:
        return QPen(Qt.PenStyle.NoPen)
    pen = QPen(colour, shape.stroke_px)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap if shape.butt else Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    if shape.dash_px:
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        pen.setDashPattern([shape.dash_px / shape.stroke_px] * 2)
    return pen


def icon(name: str, px: int, colour: QColor) -> QIcon:
    """For menus and the window's title bar."""
    pixmap = QPixmap(px, px)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    draw_icon(painter, name, QRectF(0, 0, px, px), colour)
    painter.end()
    return QIcon(pixmap)
