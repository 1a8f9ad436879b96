"""Who bends this hip most: a bar for each activity, as long as its deep bends, and a kinder way below it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from hipmonitor.ui.dashboard.parts import Writing
from hipmonitor.ui.dashboard.parts.paragraph import draw_paragraph, paragraph_height
from hipmonitor.ui.dashboard.plan.telling_card import Line, TellingCard
from hipmonitor.ui.dashboard.theme import Role, Theme, Weight, qcolor
from hipmonitor.ui.view_model.plan import BendRow, BendsLook

BAR, BETWEEN = 12.0, 12.0


class BendsCard(TellingCard[BendsLook]):
    """By activity."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "Who bends this hip most", parent)

    def head(self, value: BendsLook) -> tuple[str, str]:
        """Which days."""
        return "Who bends this hip most", value.dates

    def lines(self, value: BendsLook) -> Sequence[Line]:
        """The answer."""
        first = [Line(text=words, weight=Weight.MEDIUM, after=8) for words in value.said[:1]]
        return (*first, *(Line(text=words, role=Role.SMALL, ink="ink2", after=8) for words in value.said[1:]))

    def spoken(self, value: BendsLook) -> str:
        """In words."""
        return value.spoken

    def _row_height(self, row: BendRow, width: float) -> float:
        kinder = paragraph_height(self.theme, row.kinder, width, Role.SMALL)
        return self.theme.metrics(Role.BODY).height() + BAR + 4 + kinder + BETWEEN

    def _note_height(self, value: BendsLook, width: float) -> float:
        return paragraph_height(self.theme, value.note, width, Role.SMALL) + 2

    def picture_height(self, value: BendsLook, width: float) -> float:
        """A row for each, and how it was counted."""
        return sum(self._row_height(row, width) for row in value.rows) + self._note_height(value, width)

    def draw_picture(self, painter: QPainter, rect: QRectF, value: BendsLook) -> None:
        """From the top."""
        y = rect.top()
        for row in value.rows:
            self._draw_row(painter, QRectF(rect.left(), y, rect.width(), self._row_height(row, rect.width())), row)
            y += self._row_height(row, rect.width())
        note = QRectF(rect.left(), y, rect.width(), rect.bottom() - y + 4)
        draw_paragraph(painter, self.theme, note, value.note, Role.SMALL, self.theme.palette.ink2)

    def _draw_row(self, painter: QPainter, place: QRectF, row: BendRow) -> None:
        writing, p, m = Writing(painter, self.theme), self.theme.palette, self.theme.metrics(Role.BODY)
        base = place.top() + m.ascent()
        end = writing.right(place.right(), base, f"{row.deep}, {row.count}", Role.SMALL, p.ink2)
        writing.text(place.left(), base, row.name, Role.BODY, p.ink, weight=Weight.MEDIUM, room=end - place.left() - 8)
        bar = QRectF(place.left(), place.top() + m.height() + 2, place.width(), BAR)
        painter.fillRect(bar, qcolor(p.inset))
        if row.share:
            painter.fillRect(QRectF(bar.left(), bar.top(), max(2.0, row.share * bar.width()), BAR), qcolor(p.deep))
        below = QRectF(place.left(), bar.bottom() + 2, place.width(), place.bottom() - bar.bottom())
        draw_paragraph(painter, self.theme, below, row.kinder, Role.SMALL, p.ink2)
