"""The day as a strip: bars by height, a lane for above the limit, marks on top."""

from __future__ import annotations

from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QWidget

from hipmonitor.ui.dashboard.parts import Card, Writing, draw_mark, hatch
from hipmonitor.ui.dashboard.theme import Palette, Role, Theme, Weight, qcolor
from hipmonitor.ui.view_model import HEIGHTS, Bar, Fill, StripLook

MARGIN, LANE, MARKS = 20.0, 7.0, 16.0
LOW = 100.0
"""A card lower than this stands closer."""
LEGEND = ((Fill.UP, "Walking"), (Fill.STAND, "Standing"), (Fill.SIT, "Sitting"), (Fill.LIE, "Lying"))


def bar_colour(p: Palette, fill: Fill) -> str:
    """What a bar is filled with; hatched ones have none."""
    return {Fill.UP: p.up, Fill.STAND: p.stand, Fill.SIT: p.sit, Fill.LIE: p.lie}.get(fill, p.missing)


class StripCard(Card[StripLook]):
    """Equal strips are not drawn again: by day that is once a minute."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "The day", parent)
        self.with_legend = True

    def spoken(self, value: StripLook) -> str:
        """The totals."""
        return f"{value.title}: {value.sentence}."

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
        for bar in value.bars:
            self._bar(painter, bar, strip)
        painter.setPen(QPen(qcolor(p.ctl), 1.0))
        painter.drawLine(QLineF(strip.bottomLeft(), strip.bottomRight()))
        for start, end in value.above:
            rect = QRectF(strip.left() + start * width, strip.bottom() + 1, max(2.0, (end - start) * width), LANE - 1)
            painter.fillRect(rect, qcolor(p.deep))
        self._times(writing, value, strip)
        self._now(writing, value, strip)
        for mark in value.marks:
            x = strip.left() + mark.at * width
            draw_mark(painter, p, x, strip.top() - (4 if low else 8), mark.level, half=5.0, hollow=not mark.sent)

    def _head(self, writing: Writing, value: StripLook, base: float) -> None:
        p, m = self.theme.palette, self.theme.metrics(Role.SMALL)
        x = MARGIN + writing.text(MARGIN, base, value.title, Role.BODY, p.ink, weight=Weight.STRONG) + 14
        right = self.width() - MARGIN
        words = [*LEGEND, (Fill.MISSING, "No data")]
        need = sum(m.horizontalAdvance(text) + 34 for _, text in words) + m.horizontalAdvance("Above limit") + 34
        if self.with_legend and x + writing.width(value.sentence, Role.BODY) + 20 + need <= right:
            right -= need
            self._legend(writing, right + 20, base)
        writing.text(x, base, value.sentence, Role.BODY, p.ink2, room=right - x)

    def _legend(self, writing: Writing, x: float, base: float) -> None:
        p, m, painter = self.theme.palette, self.theme.metrics(Role.SMALL), writing.painter
        rows = [(bar_colour(p, fill), text) for fill, text in LEGEND] + [(p.deep, "Above limit"), ("", "No data")]
        for colour, text in rows:
            box = QRectF(x, base - m.capHeight() / 2 - 6, 12, 12)
            if colour:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(qcolor(colour))
                painter.drawRoundedRect(box, 2, 2)
            else:
                hatch(painter, box, p.missing)
                painter.setPen(QPen(qcolor(p.missing), 1.0))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 2, 2)
            writing.text(x + 18, base, text, Role.SMALL, p.ink2)
            x += m.horizontalAdvance(text) + 34

    def _bar(self, painter: QPainter, bar: Bar, strip: QRectF) -> None:
        p = self.theme.palette
        left, right = strip.left() + bar.start * strip.width(), strip.left() + bar.end * strip.width()
        height = HEIGHTS[bar.fill] * strip.height()
        rect = QRectF(left, strip.bottom() - height, right - left, height)
        if bar.fill is Fill.NOT_WORN:
            pen = QPen(qcolor(p.missing), 2.0)
            pen.setDashPattern([1, 2])
            painter.setPen(pen)
            painter.drawLine(QLineF(left, strip.bottom() - 2, right, strip.bottom() - 2))
        elif bar.fill in {Fill.UNCLEAR, Fill.MISSING}:
            painter.fillRect(rect, qcolor(p.surface))
            hatch(painter, rect, p.missing)
        else:
            painter.setRenderHint(painter.RenderHint.Antialiasing, on=False)
            painter.fillRect(rect, qcolor(bar_colour(p, bar.fill)))
            painter.setRenderHint(painter.RenderHint.Antialiasing)
            if bar.fill is Fill.LIE:
                painter.fillRect(QRectF(left, rect.top(), right - left, 1.5), qcolor(p.lie_edge))

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
