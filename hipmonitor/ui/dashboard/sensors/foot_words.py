"""A sentence below the list that is always there."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from hipmonitor.ui.dashboard.parts import Card
from hipmonitor.ui.dashboard.parts.paragraph import draw_paragraph, paragraph_height
from hipmonitor.ui.dashboard.theme import Role, Theme


class FootWords(Card[str]):
    """Small and secondary."""

    framed = False

    def __init__(self, theme: Theme, words: str, parent: QWidget | None = None) -> None:
        super().__init__(theme, "Hint", parent)
        self.show_value(words)

    def spoken(self, value: str) -> str:
        """Itself."""
        return value

    def height_for(self, width: float) -> float:
        """As many lines as it takes."""
        return paragraph_height(self.theme, self.shown or "", width, Role.SMALL)

    def draw(self, painter: QPainter, value: str) -> None:
        """Write it."""
        draw_paragraph(painter, self.theme, QRectF(self.rect()), value, Role.SMALL, self.theme.palette.ink2)
