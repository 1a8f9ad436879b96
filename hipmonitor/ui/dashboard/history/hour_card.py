"""An hour of a day: its curve in the same plot as the running session's trace, with bands, marks and gaps."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QLineF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import QWidget

from hipmonitor.core.instants import NS_PER_S, HostNs
from hipmonitor.ui.dashboard.history.card_head import MARGIN, draw_head, head_height
from hipmonitor.ui.dashboard.now.plot import HIGH_DEG, LOW_DEG, Plot
from hipmonitor.ui.dashboard.now.plot_overlay import Over, PlotOverlay, shares
from hipmonitor.ui.dashboard.parts import Button, Card, Writing, draw_mark
from hipmonitor.ui.dashboard.theme import Role, Theme, Weight, qcolor
from hipmonitor.ui.view_model import TraceRange
from hipmonitor.ui.view_model.durations import clock_time
from hipmonitor.ui.view_model.history import HourLook, HourSource

HOUR_S, QUARTER_S, LANE = 3600.0, 900.0, 20.0
NEAR_S = 45.0
"""The pointer tells the nearest value within so long."""
LINE = 4.0


class HourCard(Card[HourLook]):
    """Says what the curve is drawn from, and how far the recording is read."""

    stopped_reading = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "An hour of the day", parent)
        self._plot, self.overlay = Plot(self), PlotOverlay(theme, self)
        self.replay = Button(theme, "Replay this hour", icon="replay", parent=self)
        self.replay.hide()
        self.stop = Button(theme, "Stop reading", parent=self)
        self.stop.clicked.connect(self.stopped_reading)
        self.stop.hide()
        self.replays, self._share = False, 0.0
        self.setMouseTracking(True)
        theme.changed.connect(self._dress)

    def show_value(self, value: HourLook) -> None:
        """Another hour, or the same one from the recording."""
        super().show_value(value)
        self._share = 0.0
        self.stop.setVisible(value.source is HourSource.READING)
        self.replay.setVisible(self.replays and value.source in {HourSource.RECORDING, HourSource.READING})
        self._dress()

    def went_on(self, share: float) -> None:
        """How far the recording is read."""
        self._share = share
        self.update()

    def spoken(self, value: HourLook) -> str:
        """Which hour, and from what."""
        marks = f" Alert {value.said}." if value.said else ""
        return f"{value.title}, {value.source.value}; the limit is {value.limit_deg:g}°.{marks}"

    def _dress(self) -> None:
        if self.shown is None:
            return
        self._plot.dress(self.theme.palette, TraceRange.HOUR, self.shown.limit_deg, calibrated=True)
        self._plot.draw(self.shown.curve)
        self._say(None)

    # --- pointer ----------------------------------------------------------------------------------------------------
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The value below it."""
        plot = self._plot.widget.geometry()
        inside = plot.contains(event.position().toPoint())
        self._say((event.position().x() - plot.left()) / plot.width() if inside else None)

    def leaveEvent(self, _event: object) -> None:
        """It has gone."""
        self._say(None)

    def _say(self, cursor: float | None) -> None:
        look = self.shown
        if look is None:
            return
        words = "" if cursor is None else self._words_at(look, (cursor - 1) * HOUR_S)
        gaps = shares(look.curve.unknown, HOUR_S)
        self.overlay.show_over(Over(gaps=gaps, marks=look.marks, cursor=cursor, cursor_words=words))

    def _words_at(self, look: HourLook, x_s: float) -> str:
        """14:28:10, 83° (81-86°)."""
        clock = clock_time(HostNs(look.end + round(x_s * NS_PER_S)), look.utc_offset_s, seconds=True)
        known = np.isfinite(look.curve.low_deg)
        far = np.where(known, np.abs(look.curve.x_s - x_s), np.inf)
        if not len(far) or far.min() > NEAR_S:
            return f"{clock}, not known"
        k = int(far.argmin())
        low, high = look.curve.low_deg[k], look.curve.high_deg[k]
        spread = "" if round(low) == round(high) else f" ({low:.0f}-{high:.0f}°)"
        return f"{clock}, {(low + high) / 2:.0f}°{spread}"

    # --- frame ------------------------------------------------------------------------------------------------------
    def resizeEvent(self, _event: QResizeEvent) -> None:
        """Buttons at the right of the head, the plot between lane and times."""
        m, right = self.theme.metrics, self.width() - 14
        for button in (self.replay, self.stop):
            size = button.sizeHint()
            button.setGeometry(right - size.width(), 3, size.width(), size.height())
            if button is self.replay and self.replays:
                right -= size.width() + 4
        left = MARGIN + m(Role.SMALL, Weight.STRONG).horizontalAdvance("120°") + 10
        top = max(head_height(self.theme), self.stop.sizeHint().height()) + LANE
        bottom = self.height() - m(Role.SMALL).height() - 12
        plot = QRect(round(left), round(top), round(self.width() - left - MARGIN), max(10, round(bottom - top)))
        self._plot.widget.setGeometry(plot)
        self.overlay.setGeometry(plot)
        self._dress()  # how high the least column is depends on the plot's height

    def draw(self, painter: QPainter, value: HourLook) -> None:
        """Everything around the plot."""
        writing, plot = Writing(painter, self.theme), QRectF(self._plot.widget.geometry())
        right = min([self.width() - MARGIN, *(b.x() - 8.0 for b in (self.replay, self.stop) if not b.isHidden())])
        words = value.source.value
        if value.source is HourSource.READING:
            words = words.replace(";", f", {100 * self._share:.0f} %;")
            self._progress(painter, plot)
        draw_head(writing, value.title, words, right)
        self._degrees(writing, value, plot)
        self._quarters(writing, value, plot)
        self._marks(writing, value, plot)

    def _progress(self, painter: QPainter, plot: QRectF) -> None:
        p = self.theme.palette
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(qcolor(p.line))
        painter.drawRoundedRect(QRectF(plot.left(), plot.top() - LINE - 2, plot.width(), LINE), 2, 2)
        painter.setBrush(qcolor(p.ink))
        painter.drawRoundedRect(QRectF(plot.left(), plot.top() - LINE - 2, plot.width() * self._share, LINE), 2, 2)

    def _degrees(self, writing: Writing, value: HourLook, plot: QRectF) -> None:
        p, m = self.theme.palette, self.theme.metrics(Role.SMALL)
        labels = ((0.0, False), (45.0, False), (value.limit_deg, True))
        crowded = plot.height() * 45 / (HIGH_DEG - LOW_DEG) < m.height()
        for deg, strong in labels[::2] if crowded else labels:
            y = plot.top() + (HIGH_DEG - deg) / (HIGH_DEG - LOW_DEG) * plot.height() + m.capHeight() / 2
            weight, colour = (Weight.STRONG, p.ink) if strong else (Weight.PLAIN, p.ink2)
            writing.right(plot.left() - 8, y, f"{deg:g}°", Role.SMALL, colour, weight=weight)

    def _quarters(self, writing: Writing, value: HourLook, plot: QRectF) -> None:
        p, m = self.theme.palette, self.theme.metrics(Role.SMALL)
        base, free = plot.bottom() + m.ascent() + 5, plot.left() - 1
        for k in range(5):
            words = f"{value.hour + k // 4:02}:{k % 4 * 15:02}"
            x, width = plot.left() + k * QUARTER_S / HOUR_S * plot.width(), m.horizontalAdvance(words)
            writing.painter.setPen(QPen(qcolor(p.ctl), 1.0))
            writing.painter.drawLine(QLineF(x, plot.bottom() + 1, x, plot.bottom() + 4))
            left = min(max(plot.left(), x - width / 2), plot.right() - width)
            if left > free:
                writing.text(left, base, words, Role.SMALL, p.ink2)
                free = left + width + 8

    def _marks(self, writing: Writing, value: HourLook, plot: QRectF) -> None:
        p, m = self.theme.palette, self.theme.metrics(Role.SMALL)
        base, x = plot.top() - 7, plot.left()
        for mark in value.marks:
            x = plot.left() + mark.at * plot.width()
            draw_mark(writing.painter, p, x, base - m.capHeight() / 2, mark.level, hollow=not mark.sent)
        if value.said:
            width = m.horizontalAdvance(value.said)
            fits = x + 12 + width < plot.right()
            first = plot.left() + value.marks[0].at * plot.width()
            writing.text(x + 12 if fits else first - 12 - width, base, value.said, Role.SMALL, p.ink2)
