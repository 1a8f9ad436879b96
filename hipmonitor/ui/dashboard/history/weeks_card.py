"""Four weeks as three small charts with the median. A click on a day opens it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QLineF, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QHelpEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QToolTip, QWidget

from hipmonitor.ui.dashboard.history.card_head import MARGIN, draw_head, head_height
from hipmonitor.ui.dashboard.parts import Card, Writing, hatch
from hipmonitor.ui.dashboard.theme import Role, Theme, Weight, qcolor
from hipmonitor.ui.view_model.history import Chart, WeeksLook
from hipmonitor.ui.view_model.history.weeks_look import Stick

WIDEST = 26.0


class WeeksCard(Card[WeeksLook]):
    """Full columns are valid days, hatched ones are in no median."""

    day_chosen = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "Four weeks", parent)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def spoken(self, value: WeeksLook) -> str:
        """Titles and medians."""
        return value.spoken

    def least_height(self) -> float:
        """Three charts that can be read."""
        m = self.theme.metrics
        return 3 * (head_height(self.theme) + m(Role.SMALL).height() * 4) + 4 * m(Role.SMALL).height() + 14

    # --- places -----------------------------------------------------------------------------------------------------
    def _foot(self) -> QRectF:
        """The note, in as many lines as it takes."""
        m, room = self.theme.metrics(Role.SMALL), self.width() - 2 * MARGIN
        note = "" if self.shown is None else self.shown.note
        lines = -(-m.horizontalAdvance(note) * 1.1 // max(1.0, room)) or 1
        tall = lines * m.lineSpacing()
        return QRectF(MARGIN, self.height() - 10 - tall, room, tall)

    def _each(self) -> float:
        return (self._foot().top() - 8) / 3

    def _plot(self, number: int) -> QRectF:
        m = self.theme.metrics(Role.SMALL)
        top = number * self._each() + head_height(self.theme) + 6
        bottom = (number + 1) * self._each() - m.height() - 4
        left = MARGIN + m.horizontalAdvance("100 min") + 10
        return QRectF(left, top, self.width() - left - MARGIN, max(10.0, bottom - top))

    # --- picture ----------------------------------------------------------------------------------------------------
    def draw(self, painter: QPainter, value: WeeksLook) -> None:
        """One below the other, and what is said of all."""
        writing, p = Writing(painter, self.theme), self.theme.palette
        for k, chart in enumerate(value.charts):
            painter.save()
            painter.translate(0, k * self._each())
            draw_head(writing, chart.title, chart.said, self.width() - MARGIN)
            painter.restore()
            self._chart(writing, chart, value, self._plot(k))
        painter.setFont(self.theme.font(Role.SMALL))
        painter.setPen(qcolor(p.ink2))
        painter.drawText(self._foot(), int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignTop), value.note)

    def _chart(self, writing: Writing, chart: Chart, value: WeeksLook, plot: QRectF) -> None:
        p, m, painter = self.theme.palette, self.theme.metrics(Role.SMALL), writing.painter
        for share, words in ((0.0, "0"), (0.5, chart.half), (1.0, chart.top)):
            y = plot.bottom() - share * plot.height()
            painter.setPen(QPen(qcolor(p.line if share else p.ctl), 1.0))
            painter.drawLine(QLineF(plot.left(), y, plot.right(), y))
            if share != 0.5 or plot.height() > 2.6 * m.height():
                writing.right(plot.left() - 8, y + m.capHeight() / 2, words, Role.SMALL, p.ink2)
        room = plot.width() / len(chart.sticks)
        for k, stick in enumerate(chart.sticks):
            self._stick(painter, stick, plot, (plot.left() + (k + 0.5) * room, min(WIDEST, 0.62 * room)), chart.fill)
        if chart.median is not None:
            y = plot.bottom() - chart.median * plot.height()
            painter.setPen(QPen(qcolor(p.ink), 1.2, Qt.PenStyle.DashLine))
            painter.drawLine(QLineF(plot.left(), y, plot.right(), y))
        for k, words in value.names:
            x = plot.left() + (k + 0.5) * room
            left = min(x - m.horizontalAdvance(words) / 2, plot.right() - m.horizontalAdvance(words))
            writing.text(left, plot.bottom() + m.ascent() + 3, words, Role.SMALL, p.ink2, weight=Weight.PLAIN)

    def _stick(self, painter: QPainter, stick: Stick, plot: QRectF, at: tuple[float, float], fill: str) -> None:
        p, (middle, wide) = self.theme.palette, at
        if stick.share is None:
            painter.setPen(QPen(qcolor(p.ctl), 1.2))
            y, arm = plot.bottom() - 6, 3.0
            painter.drawLine(QLineF(middle - arm, y - arm, middle + arm, y + arm))
            painter.drawLine(QLineF(middle - arm, y + arm, middle + arm, y - arm))
            return
        tall = stick.share * plot.height()
        rect = QRectF(middle - wide / 2, plot.bottom() - tall, wide, tall)
        if stick.valid:
            painter.fillRect(rect, qcolor(getattr(p, fill)))
            return
        painter.fillRect(rect, qcolor(p.surface))
        hatch(painter, rect, p.missing)
        painter.setPen(QPen(qcolor(p.ctl), 1.0))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(rect)

    # --- hands ------------------------------------------------------------------------------------------------------
    def _at(self, point: QPointF) -> Stick | None:
        """The day at that place."""
        number = int(point.y() // self._each())
        plot = self._plot(0)
        if (
            self.shown is None
            or not plot.left() <= point.x() < plot.right()
            or not 0 <= number < len(self.shown.charts)
        ):
            return None
        sticks = self.shown.charts[number].sticks
        return sticks[int((point.x() - plot.left()) / plot.width() * len(sticks))]

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The day that was clicked."""
        stick = self._at(event.position())
        if self.stopped:
            super().mousePressEvent(event)
        elif stick is not None:
            self.day_chosen.emit(stick.day)

    def event(self, event: QEvent) -> bool:
        """A tooltip has the numbers."""
        if isinstance(event, QHelpEvent):
            stick = self._at(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), "" if stick is None else stick.words, self)
            return True
        return super().event(event)
