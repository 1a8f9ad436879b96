"""Up, hold, down: each as long as it is asked for, filled as it passes."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen

from hipmonitor.ui.dashboard.parts import Writing
from hipmonitor.ui.dashboard.theme import Role, Theme, Weight, qcolor
from hipmonitor.ui.view_model.exercise.set_look import TempoPart

BAR, GAP = 14.0, 6.0


def tempo_height(theme: Theme) -> float:
    """The words above, the bar below."""
    return theme.metrics(Role.BODY).height() + 4 + BAR + 2


def draw_tempo(painter: QPainter, theme: Theme, rect: QRectF, parts: Sequence[TempoPart]) -> None:
    """From left to right."""
    if not parts:
        return
    p, writing, m = theme.palette, Writing(painter, theme), theme.metrics(Role.BODY)
    words = [f"{part.word} {part.asked_s:g} s" for part in parts]
    least = [theme.width(word, Role.BODY, Weight.STRONG) + 4 for word in words]
    room = rect.width() - GAP * (len(parts) - 1)
    whole = sum(part.asked_s for part in parts)
    spare = room - sum(least)
    x = rect.left()
    for part, word, narrowest in zip(parts, words, least, strict=True):
        even = room * part.asked_s / whole
        wide = even if spare <= 0 else narrowest + spare * part.asked_s / whole
        weight = Weight.STRONG if part.now else Weight.PLAIN
        writing.text(
            x, rect.top() + m.ascent(), word, Role.BODY, p.ink if part.now else p.ink2, weight=weight, room=wide
        )
        _bar(painter, theme, QRectF(x, rect.top() + m.height() + 4, wide, BAR), part.share)
        x += wide + GAP


def _bar(painter: QPainter, theme: Theme, rect: QRectF, share: float) -> None:
    p, outline = theme.palette, QPainterPath()
    outline.addRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), BAR / 2, BAR / 2)
    painter.fillPath(outline, qcolor(p.inset))
    painter.save()
    painter.setClipRect(QRectF(rect.left(), rect.top(), rect.width() * share, rect.height()))
    painter.fillPath(outline, qcolor(p.ok))
    painter.restore()
    painter.setPen(QPen(qcolor(p.ctl), 1.0))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(outline)
