"""What was done in a set, against its target."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from hipmonitor.ui.dashboard.exercise.repetition_bars import LEAST_HEIGHT, draw_repetitions
from hipmonitor.ui.dashboard.parts import Card, Writing
from hipmonitor.ui.dashboard.parts.paragraph import draw_paragraph, paragraph_height
from hipmonitor.ui.dashboard.theme import Role, Theme, Weight, qcolor
from hipmonitor.ui.view_model.exercise.done_look import DoneLook

MARGIN, GAP, MOST_DRAWING = 24.0, 12.0, 340.0


class DoneCard(Card[DoneLook]):
    """Words, drawing, figures."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "The set that ended", parent)

    def spoken(self, value: DoneLook) -> str:
        """In words."""
        return value.spoken

    def _figures_height(self, value: DoneLook, width: float) -> float:
        return sum(self._figure_height(*figure, width) for figure in value.figures)

    def _beside(self, name: str, value: str, width: float) -> bool:
        """Whether name and value have room in one line."""
        wanted = self.theme.width(name, Role.BODY) + self.theme.width(value, Role.BODY, Weight.STRONG)
        return wanted + 16 <= width - 2 * MARGIN

    def _figure_height(self, name: str, value: str, width: float) -> float:
        line = self.theme.metrics(Role.BODY).height()
        return line + 10 if self._beside(name, value, width) else 2 * line + 10

    def _words_height(self, value: DoneLook, width: float) -> float:
        m, room = self.theme.metrics, width - 2 * MARGIN
        sentence = paragraph_height(self.theme, value.sentence, room, Role.NEXT, Weight.PLAIN)
        return m(Role.STATE).height() + sentence + 10

    def least_height(self, width: float) -> float:
        """With a small drawing, where there is something to draw."""
        if self.shown is None:
            return 0.0
        drawing = self.theme.px(LEAST_HEIGHT) + GAP if self.shown.bars else 0.0
        words = self._words_height(self.shown, width)
        return 18 + words + drawing + self._figures_height(self.shown, width) + 2 * GAP + 14

    def draw(self, painter: QPainter, value: DoneLook) -> None:
        """From top to bottom."""
        y = self._words(painter, value, 18.0) + GAP
        figures = self._figures_height(value, self.width())
        if value.bars:
            room = self.height() - y - figures - 2 * GAP - 14
            high = min(self.theme.px(MOST_DRAWING), room)
            draw_repetitions(painter, self.theme, QRectF(MARGIN, y + 6, self.width() - 2 * MARGIN, high), value)
            y += high + 6 + GAP
        for name, figure in value.figures:
            y += self._figure(painter, name, figure, y)

    def _words(self, painter: QPainter, value: DoneLook, y: float) -> float:
        p, m, w = self.theme.palette, self.theme.metrics, Writing(painter, self.theme)
        room = self.width() - 2 * MARGIN
        which = f", {value.which}" if value.which else ""
        wide = w.text(MARGIN, y + m(Role.STATE).ascent(), value.title, Role.STATE, p.ink, room=room)
        x = MARGIN + wide
        w.text(x, y + m(Role.STATE).ascent(), which, Role.STATE, p.ink2, weight=Weight.PLAIN, room=MARGIN + room - x)
        y += m(Role.STATE).height() + 6
        place = QRectF(MARGIN, y, room, self.height())
        return y + draw_paragraph(painter, self.theme, place, value.sentence, Role.NEXT, p.ink, Weight.PLAIN)

    def _figure(self, painter: QPainter, name: str, figure: str, y: float) -> float:
        p, w, m = self.theme.palette, Writing(painter, self.theme), self.theme.metrics(Role.BODY)
        right, room = self.width() - MARGIN, self.width() - 2 * MARGIN
        painter.fillRect(QRectF(MARGIN, y, room, 1), qcolor(p.line))
        base = y + 6 + m.ascent()
        w.text(MARGIN, base, name, Role.BODY, p.ink2, room=room)
        if self._beside(name, figure, self.width()):
            w.right(right, base, figure, Role.BODY, p.ink, weight=Weight.STRONG)
        else:
            w.text(MARGIN, base + m.height(), figure, Role.BODY, p.ink, weight=Weight.STRONG, room=room)
        return self._figure_height(name, figure, self.width())
