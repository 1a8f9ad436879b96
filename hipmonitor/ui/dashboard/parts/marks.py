"""Marks on bars, traces and strips: notice and nudge a triangle, alert a diamond, the wearer's own a flag."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF

from hipmonitor.core.alerts import AlertLevel
from hipmonitor.ui.dashboard.theme import Palette, qcolor


def draw_mark(
    painter: QPainter,
    palette: Palette,
    x: float,
    y: float,
    level: AlertLevel | None,
    *,
    half: float = 5.5,
    hollow: bool = False,
) -> None:
    """Around (x, y). `level` None = the wearer's flag; hollow = it was not told."""
    fill, edge = _colours(palette, level)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(qcolor(edge), 1.2))
    painter.setBrush(Qt.BrushStyle.NoBrush if hollow else qcolor(fill))
    painter.drawPolygon(QPolygonF([QPointF(x + dx * half, y + dy * half) for dx, dy in _outline(level)]))
    if level is None:
        painter.drawLine(QPointF(x - half, y - half), QPointF(x - half, y + 1.4 * half))
    painter.restore()


def _colours(palette: Palette, level: AlertLevel | None) -> tuple[str, str]:
    if level is None:
        return palette.mark, palette.mark_text
    return (palette.deep, palette.deep) if level >= AlertLevel.ALERT else (palette.notice, palette.notice_edge)


def _outline(level: AlertLevel | None) -> tuple[tuple[float, float], ...]:
    if level is None:
        return (-1, -1), (1.1, -1), (0.6, -0.35), (1.1, 0.3), (-1, 0.3)
    if level >= AlertLevel.ALERT:
        return (0, -1.1), (1.1, 0), (0, 1.1), (-1.1, 0)
    return (0, -0.9), (1, 0.9), (-1, 0.9)
