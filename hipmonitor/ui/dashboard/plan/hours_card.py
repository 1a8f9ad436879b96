"""Deep bends by the hour of the day: a column each."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QLineF, QRectF
from PySide6.QtGui import QHelpEvent, QPainter, QPen
from PySide6.QtWidgets import QToolTip, QWidget

from hipmonitor.ui.dashboard.history.card_head import MARGIN
from hipmonitor.ui.dashboard.parts import Writing
from hipmonitor.ui.dashboard.plan.telling_card import Line, TellingCard
from hipmonitor.ui.dashboard.theme import Role, Theme, qcolor
from hipmonitor.ui.view_model.plan import HourBar

Hours = tuple[HourBar, ...]
TALL, EVERY = 110.0, 6


class HoursCard(TellingCard[Hours]):
    """24 columns; a tooltip has the numbers."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "Deep bends by hour", parent)

    def spoken(self, value: Hours) -> str:
        """Hours with bends."""
        return "; ".join(bar.words for bar in value if bar.share) + "."

    def lines(self, value: Hours) -> Sequence[Line]:
        """What the tallest column stands for."""
        tallest = max(value, key=lambda bar: bar.share, default=None)
        if tallest is None or not tallest.share:
            return ()
        return (Line(text=f"Most: {tallest.words}", role=Role.SMALL, ink="ink2"),)

    def picture_height(self, value: Hours, width: float) -> float:
        """Columns and hours."""
        return self.theme.px(TALL) + self.theme.metrics(Role.SMALL).height() + 10

    def draw_picture(self, painter: QPainter, rect: QRectF, value: Hours) -> None:
        """On one line."""
        p, m, writing = self.theme.palette, self.theme.metrics(Role.SMALL), Writing(painter, self.theme)
        floor, wide = rect.bottom() - m.height() - 4, rect.width() / len(value)
        tall = floor - rect.top()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        for bar in value:
            left = rect.left() + bar.hour * wide
            painter.fillRect(
                QRectF(left + 1.5, floor - bar.share * tall, max(2.0, wide - 3), bar.share * tall), qcolor(p.deep)
            )
        painter.setPen(QPen(qcolor(p.ctl), 1.0))
        painter.drawLine(QLineF(rect.left(), floor, rect.right(), floor))
        for hour in range(0, len(value) + 1, EVERY):
            words = f"{hour:02}"
            x = min(rect.left() + hour * wide, rect.right() - m.horizontalAdvance(words))
            writing.text(x, floor + 3 + m.ascent(), words, Role.SMALL, p.ink2)

    def event(self, event: QEvent) -> bool:
        """The numbers of an hour."""
        if isinstance(event, QHelpEvent) and self.shown:
            k = int((event.pos().x() - MARGIN) // ((self.width() - 2 * MARGIN) / len(self.shown)))
            QToolTip.showText(event.globalPos(), self.shown[k].words if 0 <= k < len(self.shown) else "", self)
            return True
        return super().event(event)
