"""The middle: one instruction, one help line, the figure, and how long the pose was held."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QWidget

from hipmonitor.ui.dashboard.calibrate.target_figure import TargetFigure
from hipmonitor.ui.dashboard.parts import Card, Writing
from hipmonitor.ui.dashboard.parts.paragraph import draw_paragraph, paragraph_height
from hipmonitor.ui.dashboard.theme import Role, Theme, Weight, qcolor
from hipmonitor.ui.view_model.wizard_now import WizardNow

MARGIN, BAR = 28.0, 14.0
LEAST_FIGURE = 190.0


class PoseCard(Card[WizardNow]):
    """Draws words and progress; the figure is a card of its own on it."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "What to do", parent)
        self.figure = TargetFigure(theme, self)

    def spoken(self, value: WizardNow) -> str:
        """In words."""
        held = f" {value.hold.big} {value.hold.small}." if value.hold.big else ""
        return f"{value.title}. {value.help}{held}"

    def show_value(self, value: WizardNow) -> None:
        """The figure as well; its room follows from the words."""
        other_words = self.shown is None or (value.title, value.help) != (self.shown.title, self.shown.help)
        self.figure.aim(value.target_deg)
        self.figure.show_value(value.pose)
        super().show_value(value)
        if other_words:
            self.arrange()

    def _head_height(self, width: float) -> float:
        if self.shown is None:
            return 0.0
        room = width - 2 * MARGIN
        title = paragraph_height(self.theme, self.shown.title, room, Role.STATE)
        return 18 + title + 4 + paragraph_height(self.theme, self.shown.help, room, Role.NEXT, Weight.PLAIN) + 8

    @property
    def _foot_height(self) -> float:
        return self.theme.metrics(Role.STATE).height() + BAR + 34

    def least_height(self, width: float, *, figure: bool = True) -> float:
        """With a small figure, or without one."""
        return self._head_height(width) + (self.theme.px(LEAST_FIGURE) if figure else 0) + self._foot_height

    def show_figure(self, *, shown: bool) -> None:
        """Where there is little room the words and the progress stay."""
        self.figure.setVisible(shown)

    def arrange(self) -> None:
        """The figure has what the words leave."""
        top = self._head_height(self.width())
        high = self.height() - top - self._foot_height
        self.figure.setGeometry(10, round(top), self.width() - 20, max(1, round(high)))

    def resizeEvent(self, _event: object) -> None:
        """Another size."""
        self.arrange()

    def draw(self, painter: QPainter, value: WizardNow) -> None:
        """Words above, progress below."""
        p = self.theme.palette
        place = QRectF(MARGIN, 18, self.width() - 2 * MARGIN, self.height())
        place.translate(0, 4 + draw_paragraph(painter, self.theme, place, value.title, Role.STATE, p.ink))
        colour = p.notice_text if value.trouble else p.ink2
        draw_paragraph(painter, self.theme, place, value.help, Role.NEXT, colour, Weight.PLAIN)
        self._hold(painter, value)

    def _hold(self, painter: QPainter, value: WizardNow) -> None:
        p, w = self.theme.palette, Writing(painter, self.theme)
        right = self.width() - MARGIN - 6
        base = self.height() - 24 - BAR - 12
        x = MARGIN + 6
        if value.hold.big:
            x += w.text(x, base, value.hold.big, Role.STATE, p.ink) + 8
            x += w.text(x, base, value.hold.small, Role.NEXT, p.ink2, weight=Weight.PLAIN)
        if value.hold.right and x + w.width(value.hold.right, Role.NEXT) + 12 < right:
            w.right(right, base, value.hold.right, Role.NEXT, p.ink)
        if value.hold.big or value.hold.share:
            self._bar(painter, QRectF(MARGIN + 6, base + 12, right - MARGIN - 6, BAR), value.hold.share)

    def _bar(self, painter: QPainter, rect: QRectF, share: float) -> None:
        p, outline = self.theme.palette, QPainterPath()
        outline.addRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), BAR / 2, BAR / 2)
        painter.fillPath(outline, qcolor(p.inset))
        painter.save()
        painter.setClipRect(QRectF(rect.left(), rect.top(), rect.width() * share, rect.height()))
        painter.fillPath(outline, qcolor(p.up))
        painter.restore()
        painter.setPen(QPen(qcolor(p.ctl), 1.0))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(outline)
