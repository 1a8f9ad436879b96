"""The hatch that means: nothing is known here."""

from __future__ import annotations

from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from hipmonitor.ui.dashboard.theme import qcolor

PITCH_PX = 6.0


def hatch(painter: QPainter, rect: QRectF, colour: str) -> None:
    """45 degree lines within the rectangle, and within the clip that is already set."""
    painter.save()
    painter.setClipRect(rect, Qt.ClipOperation.IntersectClip)
    painter.setPen(QPen(qcolor(colour), 1.0))
    step = PITCH_PX * 2**0.5
    first = (rect.left() - rect.height()) // step * step
    count = int((rect.right() - first) / step) + 1
    painter.drawLines(
        [QLineF(first + k * step, rect.bottom(), first + k * step + rect.height(), rect.top()) for k in range(count)]
    )
    painter.restore()
