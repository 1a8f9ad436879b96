"""The hatch that means: nothing is known here."""

from __future__ import annotations

from functools import lru_cache

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
    count = int((rect.width() + rect.height()) / step) + 2
    painter.translate(first, rect.bottom())
    painter.drawLines(_lines(count, rect.height(), step))
    painter.restore()


@lru_cache(maxsize=64)
def _lines(count: int, height: float, step: float) -> list[QLineF]:
    """From the lower left corner on; a long gap has hundreds, and moves with every frame."""
    return [QLineF(k * step, 0.0, k * step + height, -height) for k in range(count)]
