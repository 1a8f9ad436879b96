"""Sentences that take as many lines as they need."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter

from hipmonitor.ui.dashboard.theme import Role, Theme, Weight, qcolor

MANY = 10_000.0
FLAGS = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop


def _flags(theme: Theme, text: str, width: float, role: Role, weight: Weight | None) -> int:
    """Between words; a word that is wider than there is room for is broken."""
    longest = max((theme.width(word, role, weight) for word in text.split()), default=0.0)
    return int(FLAGS | Qt.TextFlag.TextWrapAnywhere) if longest > width else int(FLAGS)


def paragraph_height(theme: Theme, text: str, width: float, role: Role, weight: Weight | None = None) -> float:
    """How high it becomes."""
    if not text:
        return 0.0
    flags, room = _flags(theme, text, width, role, weight), QRectF(0, 0, max(1.0, width), MANY)
    return theme.metrics(role, weight).boundingRect(room, flags, text).height()


def draw_paragraph(
    painter: QPainter, theme: Theme, rect: QRectF, text: str, role: Role, colour: str, weight: Weight | None = None
) -> float:
    """Write it from the top of the rectangle; how high it became."""
    painter.setFont(theme.font(role, weight))
    painter.setPen(qcolor(colour))
    painter.drawText(rect, _flags(theme, text, rect.width(), role, weight), text)
    return paragraph_height(theme, text, rect.width(), role, weight)
