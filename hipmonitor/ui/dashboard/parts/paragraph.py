"""Sentences that take as many lines as they need."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter

from hipmonitor.ui.dashboard.theme import Role, Theme, Weight, qcolor

MANY = 10_000.0
FLAGS = Qt.TextFlag.TextWordWrap | Qt.TextFlag.TextWrapAnywhere | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop


def paragraph_height(theme: Theme, text: str, width: float, role: Role, weight: Weight | None = None) -> float:
    """How high it becomes."""
    if not text:
        return 0.0
    return theme.metrics(role, weight).boundingRect(QRectF(0, 0, max(1.0, width), MANY), int(FLAGS), text).height()


def draw_paragraph(
    painter: QPainter, theme: Theme, rect: QRectF, text: str, role: Role, colour: str, weight: Weight | None = None
) -> float:
    """Write it from the top of the rectangle; how high it became."""
    painter.setFont(theme.font(role, weight))
    painter.setPen(qcolor(colour))
    painter.drawText(rect, int(FLAGS), text)
    return paragraph_height(theme, text, rect.width(), role, weight)
