"""Pain and each load over weeks, one below the other under one axis, with the words beside each."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QLineF, QPointF, QRectF
from PySide6.QtGui import QHelpEvent, QPainter, QPen
from PySide6.QtWidgets import QToolTip, QWidget

from hipmonitor.ui.dashboard.parts import Writing
from hipmonitor.ui.dashboard.parts.paragraph import draw_paragraph, paragraph_height
from hipmonitor.ui.dashboard.plan.telling_card import Line, TellingCard
from hipmonitor.ui.dashboard.theme import Role, Theme, Weight, qcolor
from hipmonitor.ui.view_model.history import Chart
from hipmonitor.ui.view_model.plan import BeforeLook

PLOT, BETWEEN, WIDEST = 52.0, 14.0, 18.0


class BeforeCard(TellingCard[BeforeLook]):
    """The same days stand below each other."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "What came before a harder day", parent)
        self._plots: list[QRectF] = []

    def head(self, value: BeforeLook) -> tuple[str, str]:
        """Which days."""
        return self.accessibleName(), value.dates

    def lines(self, value: BeforeLook) -> tuple[Line, ...]:
        """Why there is nothing to draw yet, and what this is."""
        return (
            Line(text=value.empty or value.answer, weight=Weight.MEDIUM, after=4),
            Line(text=value.note, role=Role.SMALL, ink="ink2", after=8),
        )

    def spoken(self, value: BeforeLook) -> str:
        """In words."""
        return value.spoken

    # --- places -----------------------------------------------------------------------------------------------------
    def _left(self) -> float:
        return self.theme.metrics(Role.SMALL).horizontalAdvance("100 min") + 10

    def _row(self, said: str, width: float) -> float:
        m = self.theme.metrics
        words = paragraph_height(self.theme, said, width, Role.SMALL)
        return m(Role.SMALL).height() + 4 + self.theme.px(PLOT) + 4 + words + BETWEEN

    def picture_height(self, value: BeforeLook, width: float) -> float:
        """A row for each, and the dates."""
        rows = sum(self._row(said, width - self._left()) for said in value.said)
        return rows + self.theme.metrics(Role.SMALL).height() + 4 if value.charts else 0.0

    def draw_picture(self, painter: QPainter, rect: QRectF, value: BeforeLook) -> None:
        """From the top; dates at the bottom."""
        m, y, self._plots = self.theme.metrics(Role.SMALL), rect.top(), []
        left = rect.left() + self._left()
        for chart, said in zip(value.charts, value.said, strict=True):
            plot = QRectF(left, y + m.height() + 4, rect.right() - left, self.theme.px(PLOT))
            self._plots.append(plot)
            self._draw_chart(painter, chart, plot)
            below = QRectF(left, plot.bottom() + 4, plot.width(), 200)
            draw_paragraph(painter, self.theme, below, said, Role.SMALL, self.theme.palette.ink2)
            y += self._row(said, rect.width() - self._left())
        self._draw_names(painter, value, left, y, rect.right())

    def _draw_names(self, painter: QPainter, value: BeforeLook, left: float, y: float, right: float) -> None:
        m, writing, free = self.theme.metrics(Role.SMALL), Writing(painter, self.theme), left - 1
        count = len(value.charts[0].sticks)
        for k, words in value.names:
            x = left + (k + 0.5) * (right - left) / count - m.horizontalAdvance(words) / 2
            if x > free and x + m.horizontalAdvance(words) <= right:
                writing.text(x, y + m.ascent() - 6, words, Role.SMALL, self.theme.palette.ink2)
                free = x + m.horizontalAdvance(words) + 10

    def _draw_chart(self, painter: QPainter, chart: Chart, plot: QRectF) -> None:
        writing, p, m = Writing(painter, self.theme), self.theme.palette, self.theme.metrics(Role.SMALL)
        writing.text(plot.left(), plot.top() - 4 - m.descent(), chart.title, Role.SMALL, p.ink, weight=Weight.STRONG)
        for share, words in ((0.0, "0"), (1.0, chart.top)):
            y = plot.bottom() - share * plot.height()
            painter.setPen(QPen(qcolor(p.line if share else p.ctl), 1.0))
            painter.drawLine(QLineF(plot.left(), y, plot.right(), y))
            writing.right(plot.left() - 8, y + m.capHeight() / 2, words, Role.SMALL, p.ink2)
        room = plot.width() / len(chart.sticks)
        wide = max(1.5, min(WIDEST, 0.62 * room))
        for k, stick in enumerate(chart.sticks):
            middle = plot.left() + (k + 0.5) * room
            if stick.share is None:
                painter.setPen(QPen(qcolor(p.ctl), 1.0))
                painter.drawLine(QLineF(middle - 1.5, plot.bottom() - 3, middle + 1.5, plot.bottom() - 3))
                continue
            high = max(1.0, stick.share * plot.height())
            painter.fillRect(
                QRectF(middle - wide / 2, plot.bottom() - high, wide, high), qcolor(getattr(p, chart.fill))
            )

    # --- hands ------------------------------------------------------------------------------------------------------
    def _words_at(self, at: QPointF) -> str:
        for plot, chart in zip(self._plots, () if self.shown is None else self.shown.charts, strict=False):
            if plot.contains(at):
                return chart.sticks[int((at.x() - plot.left()) / plot.width() * len(chart.sticks))].words
        return ""

    def event(self, event: QEvent) -> bool:
        """The numbers of a day."""
        if isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), self._words_at(QPointF(event.pos())), self)
            return True
        return super().event(event)
