"""The break credit: six pips that fill while the wearer is up."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QWidget

from hipmonitor.ui.dashboard.parts import Card, Writing, hatch
from hipmonitor.ui.dashboard.theme import Role, Theme, Weight, qcolor
from hipmonitor.ui.view_model import PIPS, CreditNow

MARGIN, GAP, PIP = 20.0, 5.0, 12.0


class CreditCard(Card[CreditNow]):
    """Filled while upright; tinted for what was not enough; hatched where the session has ended."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "Break credit", parent)

    def spoken(self, value: CreditNow) -> str:
        """In words."""
        return value.text

    def draw(self, painter: QPainter, value: CreditNow) -> None:
        """A line of words, and the pips."""
        p, m, writing = self.theme.palette, self.theme.metrics(Role.BODY), Writing(painter, self.theme)
        spare = max(0.0, self.height() - m.height() - PIP) / 3
        base = spare + m.ascent() - 1
        done = value.up_s >= value.need_s
        px, right = self.theme.px(16), self.width() - MARGIN
        writing.icon(MARGIN, base, "check" if done else "up", px, p.ink2 if value.ended else p.up_text, Role.BODY)
        x = MARGIN + px + self.theme.px(9)
        title = writing.width("Break credit", Role.BODY, Weight.MEDIUM)
        words = writing.width(value.text, Role.BODY)
        if x + title + 14 + words <= right:
            writing.text(x, base, "Break credit", Role.BODY, p.ink2, weight=Weight.MEDIUM)
            writing.right(right, base, value.text, Role.BODY, p.ink2 if value.ended else p.ink)
        else:
            writing.text(x, base, value.text, Role.BODY, p.ink, room=right - x)
        self._pips(painter, value, self.height() - spare - PIP)

    def _pips(self, painter: QPainter, value: CreditNow, y: float) -> None:
        p = self.theme.palette
        width = (self.width() - 2 * MARGIN - (PIPS - 1) * GAP) / PIPS
        solid = value.running or value.up_s >= value.need_s
        for k in range(PIPS):
            rect = QRectF(MARGIN + k * (width + GAP), y, width, PIP).adjusted(0.5, 0.5, -0.5, -0.5)
            outline = QPainterPath()
            outline.addRoundedRect(rect, 3, 3)
            share = min(1.0, max(0.0, value.up_s / value.need_s * PIPS - k))
            if share > 0:
                painter.save()
                painter.setClipRect(QRectF(rect.left(), rect.top(), rect.width() * share, rect.height()))
                if value.ended:
                    painter.setClipPath(outline, Qt.ClipOperation.IntersectClip)
                    hatch(painter, rect, p.missing)
                else:
                    painter.fillPath(outline, qcolor(p.up if solid else p.up_tint))
                painter.restore()
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(qcolor(p.ctl if value.ended else p.up), 1.2))
            painter.drawPath(outline)
