"""The repetitions of a set as a small drawing: range above the line, times below it."""

from __future__ import annotations

from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from hipmonitor.ui.dashboard.parts import Writing, hatch
from hipmonitor.ui.dashboard.theme import Role, Theme, Weight, qcolor
from hipmonitor.ui.view_model.exercise.done_look import DoneLook, RepetitionBar

WIDEST, LEAST_HEIGHT = 26.0, 110.0
TARGET = "target"
RANGE_SHARE = 0.66
"""Of the height that the ranges have."""


def draw_repetitions(painter: QPainter, theme: Theme, rect: QRectF, look: DoneLook) -> None:
    """From the first to the last; a partial one is an outline."""
    p, writing = theme.palette, Writing(painter, theme)
    small = theme.metrics(Role.SMALL)
    labels = max(theme.width(word, Role.SMALL) for word in ("range", "time")) + 8
    left, right = rect.left() + labels, rect.right() - theme.width(TARGET, Role.SMALL) - 6
    base = rect.top() + RANGE_SHARE * rect.height()
    below = rect.bottom() - 4
    writing.text(rect.left(), base, "range", Role.SMALL, p.ink2)
    writing.text(rect.left(), below, "time", Role.SMALL, p.ink2)
    painter.setPen(QPen(qcolor(p.ctl), 1.0))
    painter.drawLine(QLineF(left, base + 0.5, right, base + 0.5))
    pitch = min(WIDEST * 1.5, (right - left) / max(1, len(look.bars)))
    wide, high = min(WIDEST, 0.68 * pitch), base - rect.top()
    for k, bar in enumerate(look.bars):
        x = left + pitch * k + (pitch - wide) / 2
        _range(painter, theme, QRectF(x, base - bar.range_share * high, wide, bar.range_share * high), bar)
        _times(painter, theme, QRectF(x, base + 5, wide, below - base - 5), bar, look.longest_s)
    if look.target_share:
        y = base - look.target_share * high
        pen = QPen(qcolor(p.ink), 1.5)
        pen.setDashPattern([5, 3])
        painter.setPen(pen)
        painter.drawLine(QLineF(left, y, right, y))
        base = y + small.capHeight() / 2
        writing.text(right + 6, base, look.target, Role.SMALL, p.ink, weight=Weight.STRONG)
        writing.text(right + 6, base + small.height(), TARGET, Role.SMALL, p.ink2)


def _range(painter: QPainter, theme: Theme, rect: QRectF, bar: RepetitionBar) -> None:
    p = theme.palette
    inner = rect.adjusted(0.75, 0.75, -0.75, 0)
    painter.setPen(QPen(qcolor(p.ok if bar.full else p.body_edge), 1.5))
    painter.setBrush(qcolor(p.ok) if bar.full and bar.trusted else Qt.BrushStyle.NoBrush)
    painter.drawRect(inner)
    if not bar.trusted:
        hatch(painter, inner, p.missing)


def _times(painter: QPainter, theme: Theme, rect: QRectF, bar: RepetitionBar, longest_s: float) -> None:
    """There, held, back, from the line downwards."""
    p, y = theme.palette, rect.top()
    painter.setPen(Qt.PenStyle.NoPen)
    for seconds, colour in zip(bar.times_s, (p.ring_ok, p.ok, p.ring_ok), strict=True):
        high = rect.height() * seconds / longest_s
        painter.setBrush(qcolor(colour))
        painter.drawRect(QRectF(rect.left(), y, rect.width(), max(0.0, high - 1)))
        y += high
