"""Both thighs side by side, where the other one was worn as well."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from hipmonitor.ui.dashboard.parts import Writing
from hipmonitor.ui.dashboard.plan.telling_card import Line, TellingCard
from hipmonitor.ui.dashboard.theme import Role, Theme, qcolor
from hipmonitor.ui.view_model.plan import SidesLook

BAR, BETWEEN = 9.0, 10.0


class SidesCard(TellingCard[SidesLook]):
    """Two bars for each thing."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "Both sides", parent)

    def lines(self, value: SidesLook) -> Sequence[Line]:
        """Which days."""
        return (Line(text=value.days, role=Role.SMALL, ink="ink2", after=8),)

    def spoken(self, value: SidesLook) -> str:
        """Every row."""
        return value.spoken

    def _row(self) -> float:
        return 3 * self.theme.metrics(Role.SMALL).height() + 4 + BETWEEN

    def picture_height(self, value: SidesLook, width: float) -> float:
        """A row for each."""
        return len(value.rows) * self._row()

    def draw_picture(self, painter: QPainter, rect: QRectF, value: SidesLook) -> None:
        """Name, then a bar for each side."""
        writing, p, m = Writing(painter, self.theme), self.theme.palette, self.theme.metrics(Role.SMALL)
        names = max(m.horizontalAdvance(name) for name in value.names) + 12
        for k, row in enumerate(value.rows):
            y = rect.top() + k * self._row()
            writing.text(rect.left(), y + m.ascent(), row.name, Role.SMALL, p.ink, room=rect.width())
            for name, share, words in zip(value.names, row.shares, row.words, strict=True):
                y += m.height()
                writing.text(rect.left(), y + m.ascent() + 2, name, Role.SMALL, p.ink2)
                end = writing.right(rect.right(), y + m.ascent() + 2, words, Role.SMALL, p.ink)
                room = max(10.0, end - 8 - rect.left() - names)
                bar = QRectF(rect.left() + names, y + 2 + (m.height() - BAR) / 2, max(2.0, share * room), BAR)
                painter.fillRect(bar, qcolor(p.sit))
