"""Sitting bouts by length: the bar is their time."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from hipmonitor.ui.dashboard.history.card_head import MARGIN, draw_head, head_height
from hipmonitor.ui.dashboard.parts import Card, Writing
from hipmonitor.ui.dashboard.theme import Role, Theme, Weight, qcolor
from hipmonitor.ui.view_model.history import BoutRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Bouts:
    """What it shows."""

    rows: tuple[BoutRow, ...]
    said: str


class BoutsCard(Card[Bouts]):
    """Name, bar, count, time."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "Sitting bouts by length", parent)

    def spoken(self, value: Bouts) -> str:
        """Every row."""
        return f"{value.said}; {'; '.join(f'{row.name}: {row.count}, {row.time}' for row in value.rows)}."

    def draw(self, painter: QPainter, value: Bouts) -> None:
        """Rows share the height."""
        writing, p, m = Writing(painter, self.theme), self.theme.palette, self.theme.metrics(Role.SMALL)
        right = self.width() - MARGIN
        draw_head(writing, "Sitting bouts by length", "", right, at_right=value.said)
        names = max((m.horizontalAdvance(row.name) for row in value.rows), default=0.0)
        times = max((m.horizontalAdvance(row.time) for row in value.rows), default=0.0)
        left, end = MARGIN + names + 12, right - times - 16
        counts = end - writing.width("00", Role.SMALL, Weight.STRONG) - 8
        top = head_height(self.theme)
        each = (self.height() - top - 8) / max(1, len(value.rows))
        for k, row in enumerate(value.rows):
            middle = top + (k + 0.5) * each
            base = middle + m.capHeight() / 2
            writing.text(MARGIN, base, row.name, Role.SMALL, p.ink2)
            tall = min(12.0, 0.7 * each)
            if row.share:
                bar = QRectF(left, middle - tall / 2, max(2.0, row.share * (counts - left)), tall)
                painter.fillRect(bar, qcolor(p.sit))
            writing.right(end, base, str(row.count), Role.SMALL, p.ink, weight=Weight.STRONG)
            writing.right(right, base, row.time, Role.SMALL, p.ink2)
