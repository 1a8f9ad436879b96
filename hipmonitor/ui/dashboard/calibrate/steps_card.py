"""The five steps: done, now, ahead."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QWidget

from hipmonitor.ui.dashboard.parts import Card, Writing
from hipmonitor.ui.dashboard.parts.paragraph import draw_paragraph, paragraph_height
from hipmonitor.ui.dashboard.theme import Role, Theme, Weight, draw_icon, qcolor
from hipmonitor.ui.view_model.wizard_now import StepNow, StepState

MARGIN, RING, LEAST_GAP, MOST_GAP = 20.0, 16.0, 12.0, 36.0
SPOKEN = {StepState.DONE: "done", StepState.NOW: "now", StepState.AHEAD: "ahead", StepState.SKIPPED: "left out"}
FOOT = "Under a minute in all. Do it again after moving the strap."


class StepsCard(Card[tuple[StepNow, ...]]):
    """A line leads from ring to ring."""

    side = "thigh"

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "Steps", parent)

    def spoken(self, value: tuple[StepNow, ...]) -> str:
        """In words."""
        return ", ".join(f"{step.number} {step.word}: {SPOKEN[step.state]}" for step in value)

    def _text_room(self, width: float) -> float:
        return width - 2 * MARGIN - self.theme.px(2 * RING) - 12

    def _step_height(self, step: StepNow, width: float) -> float:
        room = self._text_room(width)
        word = paragraph_height(self.theme, step.word, room, Role.BODY, Weight.STRONG)
        return max(self.theme.px(2 * RING), word + paragraph_height(self.theme, step.detail, room, Role.SMALL))

    def least_height(self, width: float) -> float:
        """With little room between the steps."""
        steps = self.shown or ()
        foot = paragraph_height(self.theme, FOOT, width - 2 * MARGIN, Role.SMALL) + 24
        head = self.theme.metrics(Role.BODY).height() + 30
        return head + sum(self._step_height(step, width) + LEAST_GAP for step in steps) + foot

    def draw(self, painter: QPainter, value: tuple[StepNow, ...]) -> None:
        """Title, steps, how long it takes."""
        p, m = self.theme.palette, self.theme.metrics(Role.BODY)
        room = self.width() - 2 * MARGIN
        base = 18 + m.ascent()
        title = f"Calibrate {self.side}"
        Writing(painter, self.theme).text(MARGIN, base, title, Role.BODY, p.ink2, weight=Weight.MEDIUM, room=room)
        spare = self.height() - self.least_height(self.width())
        gap = min(MOST_GAP, LEAST_GAP + max(0.0, spare) / max(1, len(value)))
        y, ring = base + 16, self.theme.px(RING)
        for step in value:
            high = self._step_height(step, self.width())
            if step is not value[-1]:
                colour = p.up if step.state is StepState.DONE else p.line
                painter.setPen(QPen(qcolor(colour), 2.0))
                x = MARGIN + ring
                painter.drawLine(QPointF(x, y + 2 * ring + 3), QPointF(x, y + high + gap - 3))
            self._step(painter, step, y, ring)
            y += high + gap
        foot = paragraph_height(self.theme, FOOT, room, Role.SMALL)
        place = QRectF(MARGIN, self.height() - foot - 14, room, foot + 4)
        painter.fillRect(QRectF(MARGIN, place.top() - 10, room, 1), qcolor(p.line))
        draw_paragraph(painter, self.theme, place, FOOT, Role.SMALL, p.ink2)

    def _step(self, painter: QPainter, step: StepNow, y: float, ring: float) -> None:
        p, w = self.theme.palette, Writing(painter, self.theme)
        now, done = step.state is StepState.NOW, step.state is StepState.DONE
        painter.setPen(QPen(qcolor(p.up if done else p.btn if now else p.ctl), 1.4))
        painter.setBrush(qcolor(p.up_tint if done else p.btn if now else p.surface))
        middle = QPointF(MARGIN + ring, y + ring)
        painter.drawEllipse(middle, ring - 1, ring - 1)
        if done:
            draw_icon(
                painter, "check", QRectF(middle.x() - ring / 2, middle.y() - ring / 2, ring, ring), qcolor(p.up_text)
            )
        else:
            base = middle.y() + self.theme.metrics(Role.BODY).capHeight() / 2
            colour = p.btn_ink if now else p.ink2
            weight = Weight.STRONG if now else Weight.PLAIN
            w.middle(middle.x(), base, str(step.number), Role.BODY, colour, weight=weight)
        ahead = step.state is StepState.AHEAD
        place = QRectF(MARGIN + 2 * ring + 12, y, self._text_room(self.width()), 400)
        colour, weight = (p.ink2, Weight.PLAIN) if ahead else (p.ink, Weight.STRONG)
        place.translate(0, draw_paragraph(painter, self.theme, place, step.word, Role.BODY, colour, weight))
        draw_paragraph(painter, self.theme, place, step.detail, Role.SMALL, p.ink2)
