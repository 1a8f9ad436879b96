"""The day as a strip: bars by height, a lane for above the limit, marks on top."""

from __future__ import annotations

from PySide6.QtCore import QLineF, QRectF, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QWidget

from hipmonitor.ui.dashboard.parts import Card, Writing, draw_mark
from hipmonitor.ui.dashboard.parts.strip_bars import LANE, draw_bars, draw_lane, draw_legend, legend_width
from hipmonitor.ui.dashboard.theme import Role, Theme, Weight, qcolor
from hipmonitor.ui.view_model import StripLook

MARGIN, MARKS = 20.0, 16.0
LOW = 100.0
"""A card lower than this stands closer."""


class StripCard(Card[StripLook]):
    """Equal strips are not drawn again: by day that is once a minute."""

    clicked = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "The day", parent)
        self.with_legend = True

    def spoken(self, value: StripLook) -> str:
        """The totals."""
        return f"{value.title}: {value.sentence}."

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Its hours are in the history."""
        if self.stopped:
            super().mousePressEvent(event)
        else:
            self.clicked.emit()

    def draw(self, painter: QPainter, value: StripLook) -> None:
        """Head, bars, lane, times."""
        m, p, writing = self.theme.metrics, self.theme.palette, Writing(painter, self.theme)
        small, width = m(Role.SMALL), self.width() - 2 * MARGIN
        low = self.height() < LOW * self.theme.font_scale
        self._head(writing, value, (5 if low else 8) + m(Role.BODY).ascent())
        top = m(Role.BODY).height() + (14 if low else 10 + MARKS)
        base = self.height() - small.height() - (3 if low else 8) - LANE
        strip = QRectF(MARGIN, top, width, max(8.0, base - top))
        painter.fillRect(QRectF(strip.left(), strip.top(), width * value.now, strip.height()), qcolor(p.inset))
        draw_bars(painter, p, value.bars, strip)
        painter.setPen(QPen(qcolor(p.ctl), 1.0))
        painter.drawLine(QLineF(strip.bottomLeft(), strip.bottomRight()))
        draw_lane(painter, p, value.above, strip)
        self._times(writing, value, strip)
        self._now(writing, value, strip)
        for mark in value.marks:
            x = strip.left() + mark.at * width
            draw_mark(painter, p, x, strip.top() - (4 if low else 8), mark.level, half=5.0, hollow=not mark.sent)

    def _head(self, writing: Writing, value: StripLook, base: float) -> None:
        p = self.theme.palette
        x = MARGIN + writing.text(MARGIN, base, value.title, Role.BODY, p.ink, weight=Weight.STRONG) + 14
        right = self.width() - MARGIN
        need = legend_width(self.theme)
        if self.with_legend and x + writing.width(value.sentence, Role.BODY) + 20 + need <= right:
            right -= need
            draw_legend(writing, right + 20, base)
        writing.text(x, base, value.sentence, Role.BODY, p.ink2, room=right - x)

    def _times(self, writing: Writing, value: StripLook, strip: QRectF) -> None:
        p, m = self.theme.palette, self.theme.metrics(Role.SMALL)
        base, free = strip.bottom() + LANE + m.ascent() + 3, strip.left() - 1
        for at, words in value.ticks:
            x, width = strip.left() + at * strip.width(), m.horizontalAdvance(words)
            left = min(max(strip.left(), x - width / 2), strip.right() - width)
            writing.painter.setPen(QPen(qcolor(p.ctl), 1.0))
            writing.painter.drawLine(QLineF(x, strip.bottom(), x, strip.bottom() + 4))
            if left > free:
                writing.text(left, base, words, Role.SMALL, p.ink2)
                free = left + width + 8

    def _now(self, writing: Writing, value: StripLook, strip: QRectF) -> None:
        p, x = self.theme.palette, strip.left() + value.now * strip.width()
        writing.painter.setPen(QPen(qcolor(p.ink), 2.0))
        writing.painter.drawLine(QLineF(x, strip.top() - 4, x, strip.bottom() + LANE + 2))
        words = writing.width("now", Role.SMALL, Weight.STRONG)
        if x + 8 + words < strip.right():
            base = strip.top() + self.theme.metrics(Role.SMALL).capHeight() + 2
            writing.text(x + 6, base, "now", Role.SMALL, p.ink, weight=Weight.STRONG)
