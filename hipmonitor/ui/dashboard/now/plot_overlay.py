"""What lies over the curve: gaps, marks, the last value, the pointer, and that it is frozen."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from hipmonitor.core.alerts import AlertLevel
from hipmonitor.ui.dashboard.now.plot import HIGH_DEG, LOW_DEG
from hipmonitor.ui.dashboard.parts import Writing, hatch
from hipmonitor.ui.dashboard.theme import Role, Theme, qcolor
from hipmonitor.ui.view_model import PlacedMark, UnknownSpan, Zone


@dataclass(frozen=True, slots=True, kw_only=True)
class Over:
    """One frame of it; x as shares of the width."""

    gaps: tuple[tuple[float, float], ...] = ()
    marks: tuple[PlacedMark, ...] = ()
    newest_deg: float | None = None
    zone: Zone = Zone.UNKNOWN
    cursor: float | None = None
    cursor_words: str = ""
    pill: str = ""


def shares(spans: tuple[UnknownSpan, ...], span_s: float) -> tuple[tuple[float, float], ...]:
    """Spans of time as shares of the width."""
    return tuple((1 + span.start_s / span_s, 1 + span.end_s / span_s) for span in spans)


class PlotOverlay(QWidget):
    """Transparent for the mouse: the card below hears it."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme, self.over = theme, Over()
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def show_over(self, over: Over) -> None:
        """Draw this from now on."""
        if over != self.over:
            self.over = over
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """From the ground up."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        p, w, h = self.theme.palette, float(self.width()), float(self.height())
        for start, end in self.over.gaps:
            rect = QRectF(start * w, 0, (end - start) * w, h)
            painter.fillRect(rect, qcolor(p.surface))
            hatch(painter, rect, p.missing)
        for mark in self.over.marks:
            self._mark_line(painter, mark, w, h)
        if self.over.newest_deg is not None:
            self._dot(painter, self.over.newest_deg, w, h)
        self._words(painter, w, h)
        painter.end()

    def _mark_line(self, painter: QPainter, mark: PlacedMark, w: float, h: float) -> None:
        p = self.theme.palette
        colour = p.mark if mark.level is None else p.deep if mark.level >= AlertLevel.ALERT else p.notice_edge
        pen = QPen(qcolor(colour), 1.0)
        pen.setDashPattern([2, 3])
        painter.setPen(pen)
        painter.drawLine(QLineF(mark.at * w, 0, mark.at * w, h))

    def _dot(self, painter: QPainter, deg: float, w: float, h: float) -> None:
        p = self.theme.palette
        colours = {Zone.OK: p.ok, Zone.NOTICE: p.notice, Zone.DEEP: p.deep, Zone.UNKNOWN: p.missing}
        y = (HIGH_DEG - min(HIGH_DEG, max(LOW_DEG, deg))) / (HIGH_DEG - LOW_DEG) * h
        painter.setPen(QPen(qcolor(p.surface), 1.2))
        painter.setBrush(qcolor(colours[self.over.zone]))
        painter.drawEllipse(QPointF(w - 6, y), 5.0, 5.0)

    def _words(self, painter: QPainter, w: float, h: float) -> None:
        """The pointer's value beside it, and the pill, left of the middle."""
        if self.over.cursor is not None:
            x = self.over.cursor * w
            painter.setPen(QPen(qcolor(self.theme.palette.ink), 1.5))
            painter.drawLine(QLineF(x, 0, x, h))
            self._pill(painter, self.over.cursor_words, x + 8, 6, w)
        if self.over.pill:
            self._pill(painter, self.over.pill, 10, h - self.theme.px(26) - 6, w)

    def _pill(self, painter: QPainter, words: str, x: float, y: float, w: float) -> None:
        if not words:
            return
        p, m = self.theme.palette, self.theme.metrics(Role.SMALL)
        width, height = m.horizontalAdvance(words) + 20, self.theme.px(24)
        x = x if x + width <= w else x - width - 16
        rect = QRectF(max(2.0, x), y, width, height)
        painter.setPen(QPen(qcolor(p.ctl), 1.0))
        painter.setBrush(qcolor(p.surface))
        painter.drawRoundedRect(rect, height / 2, height / 2)
        base = rect.center().y() + m.capHeight() / 2
        Writing(painter, self.theme).text(rect.left() + 10, base, words, Role.SMALL, p.ink)
