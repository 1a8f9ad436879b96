"""The check-in of today, or the way to it; the last seven days as one row."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QWidget

from hipmonitor.ui.dashboard.parts import Button, Look, Writing
from hipmonitor.ui.dashboard.plan.telling_card import Line, TellingCard
from hipmonitor.ui.dashboard.theme import Role, Theme, Weight, qcolor
from hipmonitor.ui.view_model.plan import CheckInLook

MOST_PAIN, TALL = 10, 34.0


class CheckInCard(TellingCard[CheckInLook]):
    """Never nags: one sentence and one button."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "Check-in", parent)
        self.begin = Button(theme, "Check in", icon="check", look=Look.PRIMARY, parent=self)
        self.earlier = Button(theme, "Earlier ones", parent=self)
        self.buttons = [self.begin, self.earlier]

    def show_value(self, value: CheckInLook) -> None:
        """Done for today: the button says another one."""
        super().show_value(value)
        self.begin.say("Another one" if value.done_today else "Check in")
        self.begin.stand_out(primary=not value.done_today)
        self.place_buttons()

    def lines(self, value: CheckInLook) -> Sequence[Line]:
        """Today's."""
        return (
            Line(text=value.title, weight=Weight.MEDIUM, after=2),
            Line(text=value.words, role=Role.SMALL, ink="ink2", after=6),
        )

    def spoken(self, value: CheckInLook) -> str:
        """In words."""
        return value.spoken

    def picture_height(self, value: CheckInLook, width: float) -> float:
        """Seven columns of pain and their weekdays."""
        small = self.theme.metrics(Role.SMALL).height()
        return 2 * small + self.theme.px(TALL) + 12

    def draw_picture(self, painter: QPainter, rect: QRectF, value: CheckInLook) -> None:
        """A column as high as the pain was; a dot for a check-in without it; a ring for none."""
        p, m, writing = self.theme.palette, self.theme.metrics(Role.SMALL), Writing(painter, self.theme)
        writing.text(
            rect.left(), rect.top() + m.ascent(), "Pain at its worst, 0 to 10", Role.SMALL, p.ink2, room=rect.width()
        )
        wide, floor = rect.width() / len(value.days), rect.top() + 6 + m.height() + self.theme.px(TALL)
        for k, (name, pain, there) in enumerate(value.days):
            middle = rect.left() + (k + 0.5) * wide
            writing.middle(
                middle,
                floor + 2 + m.ascent(),
                name if m.horizontalAdvance(name) < wide - 2 else name[0],
                Role.SMALL,
                p.ink2,
            )
            if pain is None:
                painter.setPen(QPen(qcolor(p.ink if there else p.ctl), 1.2))
                painter.setBrush(qcolor(p.ink) if there else Qt.BrushStyle.NoBrush)
                painter.drawEllipse(QPointF(middle, floor - 5), 3, 3)
                continue
            high = max(2.0, self.theme.px(TALL) * 0.62 * pain / MOST_PAIN)
            painter.fillRect(QRectF(middle - 7, floor - high, 14, high), qcolor(p.ink2))
            writing.middle(middle, floor - high - 3, str(pain), Role.SMALL, p.ink)
